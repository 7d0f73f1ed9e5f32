"""A small world for the journeys: people who say and tap, a simulated Telegram, the real bot, a clock that is moved."""

import asyncio
import os
import re
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select

from bot.chat_allowance import ChatAllowance, Window
from bot.clock import MovableClock
from bot.command_menu import register
from bot.process import Jalon, running
from bot.rate_limits import PacedRateLimiter
from bot.receiving import Waits
from bot.settings import Settings, load_settings
from bot.territory_file import load_territory
from programme.coalitions import Coalition
from programme.forums import Forum
from programme.ids import TelegramId
from programme.memberships import MembershipState
from programme.people import Person as KnownPerson
from programme.territory import Territory
from programme.usecases.introduce_person import IN_OWN_NAME, Introduction, introduce_person
from programme.usecases.plan_forum import ForumPlan, plan_forum
from simulator.accounts import Bot
from simulator.chats import Message
from simulator.network import Query
from simulator.people import Person
from simulator.server import running as simulating
from simulator.telegram import Telegram
from storage.inbox import Inbox
from storage.tables import metadata
from storage.tables.delivery import anchors, inbox, outbox, remembered
from storage.tables.programme import drafts
from storage.unit_of_work import SqlUnitOfWork

Found = TypeVar("Found")

_FIRST_STARTS: Final[dict[tuple[Path, datetime], bytes]] = {}
"""The database as the first start of the bot leaves it, once a process: that start takes longer than most journeys."""

TOKEN: Final = "123456:AAH-a-token-that-only-the-simulator-knows"
PARIS: Final = ZoneInfo("Europe/Paris")
STAFF_ID: Final = 900_000_001
COLLEAGUE_ID: Final = 900_000_002
A_MILLION: Final = 1_000_000
CAPUCINS: Final = "Les Capucins, Brest"
A_HALF_DAY: Final = timedelta(hours=4)
MONDAY_NOON: Final = datetime(2026, 11, 23, 12, 0, tzinfo=PARIS)
IN_A_MONTH: Final = datetime(2026, 12, 17, 14, 0, tzinfo=PARIS)
BREST: Final = Path("territories/brest.toml")
AT_ONCE: Final = Waits(people_first=0, gathers=0)
"""What is due is looked for at once, and what was sent is written down at once: nobody else speaks meanwhile."""
ENV_EXAMPLE: Final = Path(".env.example")


@dataclass
class World:
    """Everything a journey needs; `settle` waits until nothing is left to do at this moment of the clock."""

    telegram: Telegram
    bot: Bot
    clock: MovableClock
    jalon: Jalon
    territory: Territory
    settings: Settings
    people: dict[str, Person] = field(default_factory=dict)

    def stranger(self, name: str, **facts: object) -> Person:
        """Somebody who has never talked to the bot."""
        self.people[name] = self.telegram.new_person(name, **facts)  # type: ignore[arg-type]  # facts of new_person
        return self.people[name]

    async def member(self, name: str, organisation: str = "", **facts: object) -> Person:
        """Somebody who has gone through first contact."""
        person = self.stranger(name, **facts)
        await self.introduces(person, name, organisation)
        return person

    async def known(self, name: str, **facts: object) -> Person:
        """Somebody who came before this journey, and whose latest message is the menu."""
        person = self.stranger(name, **facts)
        telegram_id, language, now = TelegramId(person.id), self.settings.locale, self.clock.now()
        who = Introduction(name, IN_OWN_NAME)
        await self.does(lambda uow: introduce_person(uow, telegram_id, who, language, now))
        await self.says(person, "/menu")
        return person

    async def staff(self, name: str = "Anne", number: int = STAFF_ID) -> Person:
        """Somebody of the project team, whom the settings name: STAFF_ID or COLLEAGUE_ID."""
        return await self.member(name, id=number)

    async def introduces(self, person: Person, name: str, organisation: str = "", link: str = "") -> None:
        """Go through first contact as people do."""
        await self.says(person, f"/start {link}".strip())
        await self.taps(person, "J’accepte")
        await self.says(person, name)
        if not organisation:
            await self.taps(person, "Je viens en mon nom")
            return
        await self.says(person, organisation)  # the whole name of a known organisation is an answer by itself

    async def says(self, person: Person, text: str) -> str:
        """Say something to the bot, and give what one reads then."""
        person.says(text)
        await self.settle()
        return self.reads(person)

    def reads(self, person: Person) -> str:
        """What somebody reads in the bot's latest message, every kind of space as a plain one."""
        return plain_spaces(person.last_read)

    def buttons(self, person: Person) -> list[list[str]]:
        """The buttons under the bot's latest message, every kind of space as a plain one."""
        message = person.last_message
        return [] if message is None else [[plain_spaces(label) for label in row] for row in message.buttons]

    async def taps(self, person: Person, label: str, on: Message | None = None) -> str | None:
        """Tap a button by its label, and give the words shown on it."""
        tap = person.taps(self._as_written(person, label, on), on)
        await self.settle()
        return None if tap.toast is None else plain_spaces(tap.toast)

    async def forges(self, person: Person, data: str, on: Message | None = None) -> Query:
        """Send callback data as only a tampered client does, and give how the tap was answered."""
        query = person.taps_data(data, on or person.last_message or person.chat_with().last)
        await self.settle()
        return query

    async def settle(self, within: float = 30.0) -> None:
        """Wait until every update is answered and everything due now is sent."""
        async with asyncio.timeout(within):
            while not await self._settled():  # noqa: ASYNC110 (what is waited for lives in a database)
                await asyncio.sleep(0.004)

    async def moves_to(self, moment: datetime) -> None:
        """Move the clock, and let what is due happen."""
        self.clock.move_to(moment)
        await self.jalon.schedule.tick()
        self.jalon.sender.wake()
        await self.settle()

    async def moves_by(self, step: timedelta) -> None:
        """Move the clock on, and let what is due happen."""
        await self.moves_to(self.clock.now() + step)

    async def finds(self, work: Callable[[SqlUnitOfWork], Found]) -> Found:
        """Look into the database."""
        staff_ids = frozenset(self.settings.staff_ids)
        return await self.jalon.database.read(lambda connection: work(SqlUnitOfWork(connection, staff_ids)))

    async def record_of(self, person: Person) -> KnownPerson:
        """Somebody as the programme knows them."""
        known = await self.finds(lambda uow: uow.people.by_telegram(TelegramId(person.id)))
        assert known is not None
        return known

    async def coalition(self, name: str) -> Coalition:
        """The coalition of that name."""
        found = await self.finds(lambda uow: uow.coalitions.by_name(name))
        assert found is not None
        return found

    async def belongs(self, person: Person, coalition: Coalition, *, facilitator: bool = False) -> None:
        """Make somebody a member of a coalition without the words that lead to it."""
        known, now = await self.record_of(person), self.clock.now()
        accepted = MembershipState.ACCEPTED
        await self.does(lambda uow: uow.memberships.put(known.id, coalition.id, accepted, now, facilitator=facilitator))

    async def forum(
        self, title: str, places: int = 120, starts_at: datetime = IN_A_MONTH, lasts: timedelta = A_HALF_DAY
    ) -> Forum:
        """A forum at the Capucins that the project team has announced without the words that lead to it."""
        team, now = TelegramId(STAFF_ID), self.clock.now()
        if await self.finds(lambda uow: uow.people.by_telegram(team)) is None:
            await self.known("Anne", id=STAFF_ID)
        by = (await self.record_of(self.people["Anne"])).id
        plan = ForumPlan(title, starts_at.astimezone(UTC), starts_at.astimezone(UTC) + lasts, CAPUCINS, "", places)
        return await self.does(lambda uow: plan_forum(uow, by, plan, now, self.territory.zone))

    async def does(self, work: Callable[[SqlUnitOfWork], Found]) -> Found:
        """Do a deed without the words that lead to it, and let its notices be sent."""
        staff_ids = frozenset(self.settings.staff_ids)
        done = await self.jalon.database.write(lambda connection: work(SqlUnitOfWork(connection, staff_ids)))
        self.jalon.sender.wake()
        await self.settle()
        return done

    async def kept(self, besides: Person | None = None) -> dict[str, list[dict[str, Any]]]:
        """Give every row of the programme, table by table, without the conversation that `besides` has under way."""
        return await self.jalon.database.read(lambda connection: _rows(connection, besides))

    async def given_up(self) -> list[str | None]:
        """Give the reasons why messages could not be sent."""
        dead = select(outbox.c.reason).where(outbox.c.state == "dead").order_by(outbox.c.id)
        return await self.jalon.database.read(lambda connection: list(connection.scalars(dead)))

    def _as_written(self, person: Person, label: str, on: Message | None) -> str:
        """Give a button's label with the spaces it really has."""
        messages = [on] if on is not None else list(person.chat_with().latest())
        labels = [written for message in messages for row in message.buttons for written in row]
        return next((written for written in labels if plain_spaces(written) == label), label)

    async def _settled(self) -> bool:
        if self.telegram.unconfirmed(self.bot) or self.jalon.queue.unfinished or not self.jalon.sender.idle():
            return False
        return await self.jalon.database.read(self._nothing_waits)

    def _nothing_waits(self, connection: Connection) -> bool:
        if Inbox(connection).count_waiting():
            return False
        due = outbox.c.state.in_(["waiting", "sending"]) & (outbox.c.due_at <= self.clock.now())
        return connection.scalar(select(func.count()).select_from(outbox).where(due)) == 0


def plain_spaces(text: str) -> str:
    """Give a text with plain spaces in place of no-break ones, which the catalogue's checks look after."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


@asynccontextmanager
async def a_world(folder: Path, territory_file: Path = BREST, start: datetime = MONDAY_NOON) -> AsyncIterator[World]:
    """Start a Telegram and the bot, both for real, and stop them at the end; the bot was started once before."""
    file = folder / "jalon.db"
    if not file.exists():
        file.write_bytes(await _after_first_start(territory_file, start))
    async with _running(folder, territory_file, start) as world:
        yield world


@asynccontextmanager
async def _running(folder: Path, territory_file: Path, start: datetime) -> AsyncIterator[World]:
    clock = MovableClock(start)
    telegram = Telegram(clock=clock.now)
    bot = telegram.new_bot(TOKEN, username="jalon_test_bot", first_name="Jalon", inline=True)
    territory = _territory(territory_file)
    async with simulating(telegram) as address:
        settings = settings_for(folder, address)
        async with running(settings, territory, clock, unpaced(), AT_ONCE) as jalon:
            yield World(telegram, bot, clock, jalon, territory, settings)


async def _after_first_start(territory_file: Path, start: datetime) -> bytes:
    """Give the database of a bot that was started on this territory and stopped before anybody spoke to it."""
    key = (territory_file, start)
    if key not in _FIRST_STARTS:
        with tempfile.TemporaryDirectory() as folder:
            async with _running(Path(folder), territory_file, start) as world:
                bot, staff_ids = world.jalon.application.bot, frozenset(world.settings.staff_ids)
                await register(bot, world.jalon.database, world.territory, staff_ids)
            _FIRST_STARTS[key] = (Path(folder) / "jalon.db").read_bytes()
    return _FIRST_STARTS[key]


@cache
def _territory(file: Path) -> Territory:
    return load_territory(file)


def _rows(connection: Connection, besides: Person | None) -> dict[str, list[dict[str, Any]]]:
    found = {}
    for table in metadata.sorted_tables:
        if table in {inbox, outbox, anchors, remembered}:
            continue
        rows = [dict(row) for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()]
        for row in rows:
            row.pop("last_active_on", None)  # whoever speaks or taps is noted as heard of on that day
        if table is drafts and besides is not None:
            rows = [row for row in rows if row["telegram_id"] != besides.id]
        found[table.name] = rows
    return found


def unpaced() -> PacedRateLimiter:
    """Let messages pass as fast as the machine makes them: Telegram's pace has tests of its own."""
    return PacedRateLimiter(A_MILLION, A_MILLION, allowance=lambda _: ChatAllowance((Window(A_MILLION, 1.0),)))


def settings_for(folder: Path, address: str) -> Settings:
    """Give the settings of a test bot: those of .env.example, but for what a test needs otherwise."""
    database = f"sqlite+aiosqlite:///{folder / 'jalon.db'}"
    environment = frozenset((name, value) for name, value in os.environ.items() if name.startswith("JALON_"))
    return _settings(environment).model_copy(update={"api_url": address, "database_url": database})


@cache
def _settings(_: frozenset[tuple[str, str]]) -> Settings:
    """Give the settings as they are in this environment; reading them takes longer than most turns."""
    otherwise = {
        "JALON_TOKEN": TOKEN,
        "JALON_STAFF_IDS": f"{STAFF_ID},{COLLEAGUE_ID}",
        "JALON_LISTEN": "127.0.0.1:0",
    }
    words = ENV_EXAMPLE.read_text("utf-8")
    for name, value in otherwise.items():
        words, found = re.subn(rf"^{name}=.*$", f"{name}={value}", words, flags=re.MULTILINE)
        assert found == 1
    with tempfile.TemporaryDirectory() as folder:
        env_file = Path(folder) / ".env"
        env_file.write_text(words, "utf-8")
        return load_settings(env_file)
