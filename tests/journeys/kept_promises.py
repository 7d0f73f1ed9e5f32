"""What must be true of the database whatever people have done: seats, lines, reminders, and nothing orphaned."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, select, text

from programme.forums import RegistrationState
from programme.leads import EventKind
from programme.reminders import ReminderState
from programme.usecases.places import in_line, seats_left, takes_registrations
from storage.inbox import Inbox
from storage.tables.forums import forums, registrations
from storage.tables.programme import meetings, milestones, reminders
from storage.unit_of_work import SqlUnitOfWork

HELD: Final = (RegistrationState.CONFIRMED, RegistrationState.OFFERED)
EVENTS: Final = {EventKind.MEETING: meetings, EventKind.FORUM: forums, EventKind.MILESTONE: milestones}

Seats = Mapping[int, tuple[int, int]]
"""For each forum its places, and the seats that are taken."""


def seats(connection: Connection) -> Seats:
    """Count what each forum has and has given."""
    taken = func.coalesce(func.sum(registrations.c.seats), 0)
    held = (registrations.c.forum_id == forums.c.id) & registrations.c.state.in_(HELD)
    asked = select(forums.c.id, forums.c.places, taken).outerjoin(registrations, held).group_by(forums.c.id)
    return {number: (places, given) for number, places, given in connection.execute(asked)}


def broken_promises(connection: Connection, before: Seats, now: datetime) -> list[str]:
    """Say what is not as it must be; `before` are the seats of a while ago."""
    return [
        *_too_many_seats(before, seats(connection)),
        *_passed_over(SqlUnitOfWork(connection, frozenset()), now),
        *_registered_twice(connection),
        *_reminders_of_old_versions(connection),
        *_orphans(connection),
    ]


def _too_many_seats(before: Seats, after: Seats) -> Iterator[str]:
    """A forum made smaller keeps whom it has confirmed, and gives no seat more."""
    for number, (places, taken) in after.items():
        places_before, taken_before = before.get(number, (places, 0))
        if taken > max(places, places_before, taken_before):
            yield f"forum {number} has given {taken} of {places} seats"


def _passed_over(uow: SqlUnitOfWork, now: datetime) -> Iterator[str]:
    for forum in uow.forums.upcoming(now):
        first = next(in_line(uow, forum, now), None)
        if takes_registrations(forum, now) and first and first.registration.seats <= seats_left(uow, forum):
            yield f"registration {first.registration.id} waits, and there is room in forum {forum.id}"


def _registered_twice(connection: Connection) -> Iterator[str]:
    who = (registrations.c.forum_id, registrations.c.person_id)
    live = registrations.c.state != RegistrationState.CANCELLED
    twice = select(*who).where(live, who[1].is_not(None)).group_by(*who).having(func.count() > 1)
    yield from (f"person {person} is registered twice for forum {forum}" for forum, person in connection.execute(twice))


def _reminders_of_old_versions(connection: Connection) -> Iterator[str]:
    for kind, table in EVENTS.items():
        old = (
            select(reminders.c.id)
            .join(table, table.c.id == reminders.c.event_id, isouter=True)
            .where(reminders.c.event == kind, reminders.c.state == ReminderState.PLANNED)
            .where((table.c.id.is_(None)) | (table.c.version != reminders.c.version))
        )
        yield from (f"reminder {number} is of an old version of its {kind}" for number in connection.scalars(old))


def _orphans(connection: Connection) -> Iterator[str]:
    yield from (f"orphan: {tuple(row)}" for row in connection.execute(text("PRAGMA foreign_key_check")))
    if waiting := Inbox(connection).count_waiting():
        yield f"{waiting} updates wait for their turn"
