"""Two processes on one database: nobody is told twice, and neither stands in the way of the other's start."""

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from pydantic import SecretStr

from bot.chat_allowance import ChatAllowance
from bot.clock import MovableClock
from bot.process import Jalon, running
from bot.rate_limits import PacedRateLimiter
from bot.settings import Settings
from bot.settings_rules import Listen
from bot.territory_file import load_territory
from simulator.server import running as simulating
from simulator.telegram import Telegram
from storage.engine import Database
from storage.unit_of_work import SqlUnitOfWork
from tests.resilience.a_crowd import crowd, meets, reminders
from tests.resilience.bot_process import BotProcess, reserved_port
from tests.resilience.records import rows, states
from tests.world import BREST, MONDAY_NOON, PARIS, TOKEN, settings_for

MEMBERS: Final = 40
MORE_THAN_ONE_TAKES: Final = 110
"""Members enough that two senders share the work: one has at most 48 notices in hand."""


class CountingLimiter(PacedRateLimiter):
    """Telegram's pace, and how many messages passed."""

    passed = 0

    async def process_request(self, *args: Any, **kwargs: Any) -> Any:
        """Count a message, and let it pass in its turn."""
        self.passed += 1
        return await super().process_request(*args, **kwargs)


async def test_reminders_fanned_out_by_two_processes_come_once(tmp_path: Path) -> None:
    clock = MovableClock(MONDAY_NOON)
    telegram = Telegram(clock=clock.now, any_webhook=True)
    telegram.new_bot(TOKEN, username="jalon_test_bot", first_name="Jalon")
    territory = load_territory(BREST)
    people = crowd(telegram, MORE_THAN_ONE_TAKES)
    starts_at = datetime(2026, 12, 8, 18, 30, tzinfo=PARIS)
    limiters = [CountingLimiter(1000, allowance=ChatAllowance.of) for _ in range(2)]
    async with simulating(telegram) as address, AsyncExitStack() as both:
        settings = settings_for(tmp_path, address)
        jalons = [
            await both.enter_async_context(
                running(by_webhook(settings, both.enter_context(reserved_port())), territory, clock, limiter)
            )
            for limiter in limiters
        ]
        await jalons[0].database.write(
            lambda connection: meets(
                SqlUnitOfWork(connection, frozenset()), people, starts_at, clock.now(), territory.zone
            )
        )
        for before in (timedelta(days=14), timedelta(days=7), timedelta(days=1), timedelta(hours=2)):
            clock.move_to(starts_at - before)
            await asyncio.gather(*(jalon.schedule.tick() for jalon in jalons))
            await all_is_sent(jalons)

    for person in people:
        assert reminders(person) == [
            "Rappel : votre rencontre a lieu le mardi 8 décembre 2026 à 18 h 30.",
            "Rappel : votre rencontre a lieu demain à 18 h 30.",
            "Rappel : votre rencontre a lieu aujourd’hui à 18 h 30.",
        ]
    assert min(limiter.passed for limiter in limiters) > 0
    assert sum(limiter.passed for limiter in limiters) >= 4 * len(people) - 1


def by_webhook(settings: Settings, port: int) -> Settings:
    """The settings of one of several processes: only one may poll, and each listens on a port of its own."""
    return settings.model_copy(
        update={
            "webhook_url": f"http://127.0.0.1:{port}/telegram",
            "webhook_secret": SecretStr("only-the-simulator-knows-this"),
            "listen": Listen("127.0.0.1", port),
        }
    )


async def all_is_sent(jalons: list[Jalon]) -> None:
    """Wake both, and wait until nothing is left to send at this moment of the clock."""
    for jalon in jalons:
        jalon.sender.wake()
    async with asyncio.timeout(30):
        while any(not jalon.sender.idle() for jalon in jalons):  # noqa: ASYNC110 - what is waited for lives in a database
            await asyncio.sleep(0.01)


async def test_reminders_of_two_operating_processes_come_once(tmp_path: Path) -> None:
    telegram = Telegram(any_webhook=True)
    telegram.new_bot(TOKEN, username="jalon_test_bot", first_name="Jalon")
    people = crowd(telegram, MEMBERS)
    async with simulating(telegram) as address, AsyncExitStack() as both:
        bots = [several(both, tmp_path, name, address) for name in ("one", "other")]
        await bots[0].start()
        await bots[0].is_running()
        database = Database(bots[0].settings["JALON_DATABASE_URL"])
        both.push_async_callback(database.close)
        now = telegram.clock().astimezone(UTC)
        # Two hours before the meeting is in a few seconds, which the other process spends on its start.
        starts_at = now + timedelta(hours=2, seconds=6)
        zone = load_territory(BREST).zone
        await database.write(
            lambda connection: meets(SqlUnitOfWork(connection, frozenset()), people, starts_at, now, zone)
        )
        await bots[1].start()
        await bots[1].is_running()
        await telegram.until(lambda: all(reminders(person) for person in people), 90, "every reminder")
        assert [await bot.stop() for bot in bots] == [0, 0]

    assert [len(reminders(person)) for person in people] == [1] * MEMBERS
    assert set(states(tmp_path / "jalon.db", "outbox")) == {"sent"}
    assert [worse_than_a_warning(bot) for bot in bots] == [[], []]


async def test_processes_started_at_one_instant_on_a_new_file_all_run(tmp_path: Path) -> None:
    telegram = Telegram(any_webhook=True)
    telegram.new_bot(TOKEN, username="jalon_test_bot", first_name="Jalon")
    async with simulating(telegram) as address, AsyncExitStack() as all_of_them:
        bots = [several(all_of_them, tmp_path, name, address) for name in ("one", "two", "three")]
        for bot in bots:
            await bot.start()
        for bot in bots:
            await bot.is_running()
        assert [await bot.stop() for bot in bots] == [0, 0, 0]

    coalitions = [coalition.name for coalition in load_territory(BREST).coalitions]
    kept = [name for (name,) in rows(tmp_path / "jalon.db", "SELECT name FROM coalitions ORDER BY id")]
    assert kept == coalitions
    assert [worse_than_a_warning(bot) for bot in bots] == [[], [], []]


def several(stack: AsyncExitStack, folder: Path, name: str, address: str) -> BotProcess:
    """One of several processes on one database, each with its own log and port; none is left running."""
    port = stack.enter_context(reserved_port())
    settings = {
        "JALON_TOKEN": TOKEN,
        "JALON_API_URL": address,
        "JALON_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/jalon.db",
        "JALON_LISTEN": f"127.0.0.1:{port}",
        "JALON_WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
        "JALON_WEBHOOK_SECRET": "only-the-simulator-knows-this",
    }
    bot = BotProcess(folder / name, settings)
    stack.push_async_callback(bot.end)
    return bot


def worse_than_a_warning(bot: BotProcess) -> list[dict[str, Any]]:
    return [line for line in bot.events if line["level"] in {"error", "critical"}]
