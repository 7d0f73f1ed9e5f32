"""An announcement while much goes wrong, and killed in the middle: everybody gets it, and only the stated few twice."""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

import pytest

from bot.clock import SystemClock
from bot.outbox import NOTICES_AT_ONCE
from bot.process import Jalon, running
from bot.receiving import Waits
from bot.territory_file import load_territory
from programme.announcements import AudienceKind, Content, Part
from programme.ids import TelegramId
from programme.people import Preferences
from programme.usecases.send_announcement import send_announcement
from programme.usecases.write_announcement import write_announcement
from simulator.faults import Fault
from simulator.people import Person
from simulator.server import running as simulating
from simulator.telegram import Telegram
from storage.engine import Database
from storage.migrate import migrate
from storage.unit_of_work import SqlUnitOfWork
from tests.conftest import FIGURE
from tests.resilience.a_crowd import crowd
from tests.resilience.bot_process import BotProcess
from tests.resilience.records import in_hand, rows, states
from tests.world import BREST, STAFF_ID, TOKEN, settings_for, unpaced

MANY: Final = 3000
BLOCKED: Final = 150
LOST: Final = 0.01
"""Of the answers, after the delivery."""
FLOOD: Final = 1.5
RESTARTED_AFTER: Final = 1000
A_PACED_CROWD: Final = 150
KILLED_AFTER: Final = 50
IMPATIENT: Final = Waits(poll=1, answer=1.0, people_first=0)
LOOK_AGAIN: Final = 0.02
WORDS: Final = "Le forum ouvre ses inscriptions"
STAFF: Final = frozenset({STAFF_ID})
Recording = Callable[[str, object], None]


def announce(uow: SqlUnitOfWork, people: list[Person], now: datetime) -> None:
    """Have somebody of the team announce to everybody, at any hour."""
    by = uow.people.add(TelegramId(STAFF_ID), "Anne", None, now, Preferences()).id
    for person in people:
        uow.people.add(TelegramId(person.id), person.user["first_name"], None, now, Preferences())
    draft = write_announcement(uow, by, Content(WORDS), (Part(AudienceKind.EVERYBODY),), now, urgent=True)
    zone = load_territory(BREST).zone
    send_announcement(uow, by, draft.id, draft.version, now, zone, approval_above=2 * MANY)


def copies(people: list[Person]) -> Counter[int]:
    """How many people have it how often."""
    return Counter(sum(one.text == WORDS for one in person.chat_with().messages) for person in people)


async def until(told: Callable[[], bool], within: float) -> None:
    async with asyncio.timeout(within):
        while not told():  # noqa: ASYNC110 - what is waited for lives in a database
            await asyncio.sleep(LOOK_AGAIN)


async def over(jalon: Jalon, database: Path, within: float) -> None:
    """Wait until every delivery has had its end."""
    left = "SELECT 1 FROM outbox WHERE announcement_id = 1 AND state IN ('waiting', 'sending') LIMIT 1"
    await until(lambda: not rows(database, left), within)
    await until(jalon.sender.idle, 10)


@pytest.mark.timeout(200)
async def test_3000_get_it_once_through_blocks_lost_answers_a_flood_and_a_restart(
    tmp_path: Path, record_property: Recording
) -> None:
    telegram, territory, database = Telegram(), load_territory(BREST), tmp_path / "jalon.db"
    telegram.new_bot(TOKEN, username="jalon_test_bot", first_name="Jalon")
    people = crowd(telegram, MANY)
    closed, reachable = people[:BLOCKED], people[BLOCKED:]
    for person in closed:
        person.chat_with().blocked = True
    async with simulating(telegram) as address:
        settings = settings_for(tmp_path, address)
        async with running(settings, territory, SystemClock(), unpaced(), IMPATIENT) as jalon:
            telegram.faults.often(Fault.LOST_ANSWER, LOST, "sendMessage")
            now = SystemClock().now()
            await jalon.database.write(lambda c: announce(SqlUnitOfWork(c, STAFF), people, now))
            jalon.sender.wake()
            await until(lambda: copies(reachable)[1] > RESTARTED_AFTER, 90)
        async with running(settings, territory, SystemClock(), unpaced(), IMPATIENT) as jalon:
            telegram.faults.flood(FLOOD)
            await over(jalon, database, 90)

    ends = dict(
        rows(
            database,
            "SELECT CASE state WHEN 'sent' THEN reason ELSE state END, count(*) FROM outbox"
            " WHERE announcement_id = 1 AND chat_id <> 900000001 GROUP BY 1",
        )
    )
    unconfirmed = ends["unknown outcome: MaybeDelivered"]
    assert copies(reachable) == Counter({1: MANY - BLOCKED})
    assert copies(closed) == Counter({0: BLOCKED})
    assert set(ends) == {None, "unknown outcome: MaybeDelivered", "dead"}
    assert sum(ends.values()) == MANY
    # A refusal may be lost too: of who had blocked the bot then, it is not known either.
    assert BLOCKED - unconfirmed <= ends["dead"] <= BLOCKED
    assert telegram.faults.happened[Fault.FLOOD] > 0
    assert rows(database, "SELECT state FROM announcements") == [("sent",)]
    record_property(
        FIGURE,
        f"announcement to {MANY}: {MANY - BLOCKED} reached, each once; {BLOCKED} blocked; {unconfirmed} unanswered",
    )


@pytest.mark.timeout(120)
async def test_killed_in_the_middle_everybody_gets_it_and_only_what_was_in_the_air_comes_twice(
    tmp_path: Path, record_property: Recording
) -> None:
    telegram = Telegram()
    telegram.new_bot(TOKEN, username="jalon_test_bot", first_name="Jalon")
    people = crowd(telegram, A_PACED_CROWD)
    async with simulating(telegram) as address:
        given = {"JALON_TOKEN": TOKEN, "JALON_API_URL": address, "JALON_STAFF_IDS": str(STAFF_ID)}
        bot = BotProcess(tmp_path / "bot", given)
        database = Database(f"sqlite+aiosqlite:///{bot.database}")
        now = SystemClock().now()
        await migrate(database, now)
        await database.write(lambda c: announce(SqlUnitOfWork(c, STAFF), people, now))
        await database.close()
        try:
            await bot.start()
            await until(lambda: copies(people)[1] > KILLED_AFTER, 60)
            await bot.kill()
            in_the_air = in_hand(bot.database).messages
            await bot.start()
            await until(lambda: not {"waiting", "sending"} & states(bot.database, "outbox").keys(), 60)
            assert await bot.stop() == 0
        finally:
            await bot.end()

    found = copies(people)
    assert found[1] + found[2] == A_PACED_CROWD
    assert 0 < in_the_air <= NOTICES_AT_ONCE
    assert found[2] <= in_the_air
    record_property(FIGURE, f"announcement, killed with {in_the_air} in the air: {found[2]} came twice, none was lost")
