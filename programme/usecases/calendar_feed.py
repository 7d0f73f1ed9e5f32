"""A private calendar feed: one's agenda behind a secret address, which can be changed or given up."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from programme.ids import PersonId
from programme.meetings import Answer
from programme.people import Person
from programme.ports import AgendaEntry, RegistrationEntry, UnitOfWork

SECRET_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a feed shows: the meetings that its owner has not declined, and the forums they are registered for."""

    owner: Person
    meetings: Sequence[AgendaEntry]
    forums: Sequence[RegistrationEntry]


def open_feed(uow: UnitOfWork, person_id: PersonId, now: datetime) -> str:
    """Give a person's secret, and make one where there is none."""
    return uow.feeds.secret_of(person_id) or change_feed(uow, person_id, now)


def change_feed(uow: UnitOfWork, person_id: PersonId, now: datetime) -> str:
    """Give a new secret; the one before opens nothing from now on."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    uow.feeds.put(person_id, secret, now)
    return secret


def stop_feed(uow: UnitOfWork, person_id: PersonId) -> None:
    """Have no feed any more; harmless where there is none."""
    uow.feeds.drop(person_id)


def agenda_behind(uow: UnitOfWork, secret: str, now: datetime) -> Agenda | None:
    """Give the agenda that a secret opens; None where it opens nothing."""
    person_id = uow.feeds.person_of(secret)
    if person_id is None:
        return None
    return Agenda(
        owner=uow.people.get(person_id),
        meetings=[entry for entry in uow.meetings.agenda(person_id, now) if entry.answer is not Answer.NO],
        forums=uow.registrations.upcoming(person_id, now),
    )
