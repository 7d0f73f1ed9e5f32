"""A small world for the journeys: people who say and tap, a simulated Telegram, the real bot, a clock that is moved."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from pydantic import SecretStr
from sqlalchemy import Connection, func, select

from bot.clock import MovableClock
from bot.process import Jalon, running
from bot.settings import Settings
from bot.settings_rules import Listen
from bot.territory_file import load_territory
from programme.territory import Territory
from simulator.accounts import Bot
from simulator.chats import Message
from simulator.network import Query
from simulator.people import Person
from simulator.server import running as simulating
from simulator.telegram import Telegram
from storage.inbox import Inbox
from storage.tables import metadata
from storage.tables.delivery import anchors, inbox, outbox
from storage.tables.programme import drafts
from storage.unit_of_work import SqlUnitOfWork

Found = TypeVar("Found")

TOKEN: Final = "123456:AAH-a-token-that-only-the-simulator-knows"
PARIS: Final = ZoneInfo("Europe/Paris")
STAFF_ID: Final = 900_000_001
COLLEAGUE_ID: Final = 900_000_002
MONDAY_NOON: Final = datetime(2026, 11, 23, 12, 0, tzinfo=PARIS)
BREST: Final = Path("territories/brest.toml")


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
        return person.last_read

    async def taps(self, person: Person, label: str, on: Message | None = None) -> str | None:
        """Tap a button by its label, and give the words shown on it."""
        tap = person.taps(label, on)
        await self.settle()
        return tap.toast

    async def forges(self, person: Person, data: str, on: Message | None = None) -> Query:
        """Send callback data as only a tampered client does, and give how the tap was answered."""
        query = person.taps_data(data, on or person.last_message or person.chat_with().last)
        await self.settle()
        return query

    async def settle(self, within: float = 10.0) -> None:
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

    async def _settled(self) -> bool:
        if self.telegram.unconfirmed(self.bot) or self.jalon.queue.unfinished or not self.jalon.sender.idle():
            return False
        return await self.jalon.database.read(self._nothing_waits)

    def _nothing_waits(self, connection: Connection) -> bool:
        if Inbox(connection).count_waiting():
            return False
        due = outbox.c.state.in_(["waiting", "sending"]) & (outbox.c.due_at <= self.clock.now())
        return connection.scalar(select(func.count()).select_from(outbox).where(due)) == 0


@asynccontextmanager
async def a_world(folder: Path, territory_file: Path = BREST, start: datetime = MONDAY_NOON) -> AsyncIterator[World]:
    """Start a Telegram and the bot, both for real, and stop them at the end."""
    clock = MovableClock(start)
    telegram = Telegram(clock=clock.now)
    bot = telegram.new_bot(TOKEN, username="jalon_test_bot", first_name="Jalon")
    territory = load_territory(territory_file)
    async with simulating(telegram) as address:
        settings = settings_for(folder, address)
        async with running(settings, territory, clock) as jalon:
            yield World(telegram, bot, clock, jalon, territory, settings)


def _rows(connection: Connection, besides: Person | None) -> dict[str, list[dict[str, Any]]]:
    found = {}
    for table in metadata.sorted_tables:
        if table in {inbox, outbox, anchors}:
            continue
        rows = [dict(row) for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()]
        if table is drafts and besides is not None:
            rows = [row for row in rows if row["telegram_id"] != besides.id]
        found[table.name] = rows
    return found


def settings_for(folder: Path, address: str) -> Settings:
    """Give the settings of a test bot, none of them from the environment."""
    return Settings(
        token=SecretStr(TOKEN),
        api_url=address,
        database_url=f"sqlite+aiosqlite:///{folder / 'jalon.db'}",
        staff_ids=(STAFF_ID, COLLEAGUE_ID),
        listen=Listen("127.0.0.1", 0),
    )
