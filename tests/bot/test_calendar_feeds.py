from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
import structlog
from icalendar import Calendar
from sqlalchemy import Connection

from bot.calendar_feeds import CalendarFeeds
from bot.clock import MovableClock
from bot.territory_file import load_territory
from bot.web import Health, serving, web_app
from programme.ids import PersonId
from programme.meetings import Answer
from programme.usecases.calendar_feed import change_feed, open_feed, stop_feed
from storage.engine import Database
from storage.tables import metadata
from storage.tables.programme import feeds
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import coalition, forum, joins, meeting, person, registration

BREST = load_territory(Path("territories/brest.toml"))
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
NOT_FOUND = (404, "text/plain; charset=utf-8", b"Not found\n")


@dataclass
class Site:
    """The bot's web side with Léa's agenda, and a calendar program that calls it."""

    database: Database
    address: str
    client: aiohttp.ClientSession
    lea: PersonId
    secret: str

    async def gets(self, name: str, method: str = "GET") -> tuple[int, str, bytes]:
        async with self.client.request(method, f"{self.address}/agenda/{name}") as answer:
            return answer.status, answer.headers.get("Content-Type", ""), await answer.read()

    async def reads(self) -> list[tuple[str, str]]:
        """What Léa's calendar shows: titles and how sure they are."""
        status, media_type, content = await self.gets(f"{self.secret}.ics")
        assert (status, media_type) == (200, "text/calendar; charset=utf-8")
        return [(str(event["summary"]), str(event["status"])) for event in Calendar.from_ical(content).walk("VEVENT")]


def _lea(connection: Connection) -> tuple[PersonId, str]:
    """Let Léa be in a coalition with three meetings, one of them declined, and registered for a forum."""
    uow = SqlUnitOfWork(connection, frozenset())
    rade, lea = coalition(uow, "Rade"), person(uow, "Léa")
    joins(uow, lea, rade)
    sure, _, declined = (meeting(uow, rade, title=title) for title in ("Sûre", "Ouverte", "Déclinée"))
    uow.meetings.put_answer(sure.id, lea.id, Answer.YES, NOW)
    uow.meetings.put_answer(declined.id, lea.id, Answer.NO, NOW)
    registration(uow, lea, forum(uow))
    return lea.id, open_feed(uow, lea.id, NOW)


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/jalon.db")
    await database.write(metadata.create_all)
    lea, secret = await database.write(_lea)
    given = CalendarFeeds(database, BREST, frozenset(), MovableClock(NOW), "jalon_bot")

    async def health() -> Health:
        return Health(well=True, facts={})

    app = web_app(health, feeds=given)
    async with serving(app, "127.0.0.1", 0) as address, aiohttp.ClientSession() as client:
        yield Site(database, address, client, lea, secret)
    await database.close()


async def test_a_calendar_finds_the_agenda_without_what_was_declined(site: Site) -> None:
    assert await site.reads() == [
        ("Sûre (Rade)", "CONFIRMED"),
        ("Ouverte (Rade)", "TENTATIVE"),
        ("Forum des acteurs engagés", "CONFIRMED"),
    ]
    _, _, content = await site.gets(f"{site.secret}.ics")
    assert str(Calendar.from_ical(content)["x-wr-calname"]) == "Mon agenda · Coalitions d’acteurs"


async def test_a_calendar_may_ask_for_the_head_only_and_keeps_nothing_for_others(site: Site) -> None:
    async with site.client.head(f"{site.address}/agenda/{site.secret}.ics") as answer:
        assert (answer.status, await answer.read()) == (200, b"")
        assert int(answer.headers["Content-Length"]) > 500
        assert answer.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    "name",
    ["x" * 43 + ".ics", "x.ics", ".ics", "nothing", "x" * 5000 + ".ics", "%00.ics", "..%2F..%2Fhealth", "é.ics"],
)
async def test_every_wrong_address_gets_the_same_answer(site: Site, name: str) -> None:
    assert await site.gets(name) == NOT_FOUND


async def test_a_secret_without_its_ending_opens_nothing(site: Site) -> None:
    assert await site.gets(site.secret) == await site.gets(f"{site.secret}.ICS") == NOT_FOUND


async def test_nothing_can_be_written_there(site: Site) -> None:
    assert (await site.gets(f"{site.secret}.ics", "POST"))[0] == 405


async def test_a_changed_address_closes_the_one_before_at_once(site: Site) -> None:
    secret = await site.database.write(lambda c: change_feed(SqlUnitOfWork(c, frozenset()), site.lea, NOW))

    assert len(secret) == 43
    assert await site.gets(f"{site.secret}.ics") == NOT_FOUND
    assert (await site.gets(f"{secret}.ics"))[0] == 200


async def test_an_agenda_is_closed_when_its_owner_stops_it_or_is_erased(site: Site) -> None:
    await site.database.write(lambda c: stop_feed(SqlUnitOfWork(c, frozenset()), site.lea))
    assert await site.gets(f"{site.secret}.ics") == NOT_FOUND

    secret = await site.database.write(lambda c: open_feed(SqlUnitOfWork(c, frozenset()), site.lea, NOW))

    def erases(connection: Connection) -> None:
        uow = SqlUnitOfWork(connection, frozenset())
        uow.own_data.erase(uow.people.get(site.lea))

    await site.database.write(erases)
    assert await site.gets(f"{secret}.ics") == NOT_FOUND


async def test_a_failure_is_told_without_the_secret(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    await site.database.write(feeds.drop)
    with structlog.testing.capture_logs() as logs:
        status, _, content = await site.gets(f"{site.secret}.ics")

    assert (status, content) == (503, b"")
    assert [(line["event"], line["reason"]) for line in logs] == [("feed_not_given", "OperationalError")]
    assert site.secret not in str(logs) + caplog.text


async def test_without_a_public_address_there_are_no_feeds(site: Site) -> None:
    async def health() -> Health:
        return Health(well=True, facts={})

    async with (
        serving(web_app(health), "127.0.0.1", 0) as address,
        site.client.get(f"{address}/agenda/{site.secret}.ics") as answer,
    ):
        assert answer.status == 404
