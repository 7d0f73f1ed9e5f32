"""Databases to measure on: people, coalitions and meetings, written straight by the repositories."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from itertools import cycle
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine

from benchmarks.processes import TERRITORY
from bot.clock import SystemClock
from bot.territory_file import load_territory
from programme.coalitions import Coalition, CoalitionState
from programme.ids import CoalitionId, MeetingId, PersonId, TelegramId
from programme.meetings import Meeting, MeetingState
from programme.memberships import MembershipState
from programme.people import Preferences
from programme.quiet_hours import QuietHours
from programme.territory import ScopeKind
from programme.usecases.plan_meeting import remind_of_meeting
from storage.engine import Database
from storage.migrate import migrate
from storage.unit_of_work import SqlUnitOfWork

FIRST_CHAT: Final = 7_000_000_001
"""The Telegram id of the first person; those of the others follow."""
ANY_HOUR: Final = QuietHours(time(0), time(0))
"""So that a benchmark finds the same at night."""


async def make_database(file: Path) -> None:
    """Make an empty database with the tables of this version."""
    database = Database(f"sqlite+aiosqlite:///{file}")
    try:
        await migrate(database, SystemClock().now())
    finally:
        await database.close()


@contextmanager
def writing(file: Path) -> Iterator[SqlUnitOfWork]:
    """Open a database for one large transaction, committed at the end of the block."""
    engine = create_engine(f"sqlite:///{file}")
    try:
        with engine.begin() as connection:
            yield SqlUnitOfWork(connection, frozenset())
    finally:
        engine.dispose()


def add_people(uow: SqlUnitOfWork, count: int) -> list[PersonId]:
    """Add people who are written to at any hour, in the order of their chats from FIRST_CHAT on."""
    now = SystemClock().now()
    preferences = Preferences(quiet_hours=ANY_HOUR)
    return [
        uow.people.add(TelegramId(FIRST_CHAT + number), f"Personne {number}", None, now, preferences).id
        for number in range(count)
    ]


def add_coalition(uow: SqlUnitOfWork, number: int, members: list[PersonId]) -> CoalitionId:
    """Add a coalition and its members, the first of whom facilitates it."""
    coalition = uow.coalitions.add(
        Coalition(
            id=CoalitionId(0),
            code=f"mesure{number}",
            name=f"Coalition mesurée {number}",
            objective="Réduire le chauffage des bureaux.",
            scope=ScopeKind.THEME,
            stakes=(),
            open=False,
            state=CoalitionState.ACTIVE,
        )
    )
    now = SystemClock().now()
    for place, person in enumerate(members):
        uow.memberships.put(person, coalition.id, MembershipState.ACCEPTED, now, facilitator=place == 0)
    return coalition.id


def add_meeting(uow: SqlUnitOfWork, coalition_id: CoalitionId, starts_at: datetime) -> Meeting:
    """Add a meeting without reminders."""
    return uow.meetings.add(
        Meeting(
            id=MeetingId(0),
            coalition_id=coalition_id,
            title="Premier atelier",
            starts_at=starts_at,
            place="Maison de l’International",
            state=MeetingState.PLANNED,
            version=0,
            planned_by=None,
        )
    )


def add_events(uow: SqlUnitOfWork, coalition_ids: list[CoalitionId], starts: Iterable[datetime]) -> None:
    """Add meetings with their reminders, one at each of these moments, coalition by coalition."""
    now, zone = SystemClock().now(), load_territory(TERRITORY).zone
    for coalition_id, starts_at in zip(cycle(coalition_ids), starts, strict=False):
        remind_of_meeting(uow, add_meeting(uow, coalition_id, starts_at), now, zone)


def add_coalitions(uow: SqlUnitOfWork, people: list[PersonId], *, of: int) -> list[CoalitionId]:
    """Put people into coalitions of so many, beside those that are there."""
    there = len(uow.coalitions.active())
    starts = range(0, len(people), of)
    return [add_coalition(uow, there + number, people[start : start + of]) for number, start in enumerate(starts)]


def in_days(days: float) -> datetime:
    """Give a moment that many days from now."""
    return SystemClock().now() + timedelta(days=days)
