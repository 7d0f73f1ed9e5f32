"""Cancel one's registration for a forum: what it held goes to who waits."""

from datetime import datetime
from zoneinfo import ZoneInfo

from programme.errors import TooLate
from programme.forums import Registration, RegistrationState
from programme.ids import ForumId, PersonId
from programme.ports import UnitOfWork
from programme.usecases.places import open_forum, takes_registrations
from programme.usecases.promote import in_state, promote


def cancel_registration(
    uow: UnitOfWork, person_id: PersonId, forum_id: ForumId, now: datetime, zone: ZoneInfo
) -> Registration:
    """Give up a place, an offer or the waiting for one; raises TooLate once it has begun or for who has none."""
    forum = open_forum(uow, forum_id, now)
    present = uow.registrations.of(person_id, forum_id)
    if present is None:
        raise TooLate
    cancelled = in_state(present, RegistrationState.CANCELLED)
    uow.registrations.save(cancelled)
    promote(uow, forum, now, zone)
    return cancelled


def leave_every_forum(uow: UnitOfWork, person_id: PersonId, now: datetime, zone: ZoneInfo) -> None:
    """Give up all that a person holds of forums to come, as they will be known no more."""
    to_come = {
        entry.forum.id for entry in uow.registrations.upcoming(person_id, now) if takes_registrations(entry.forum, now)
    }
    for forum_id in sorted(to_come):
        cancel_registration(uow, person_id, forum_id, now, zone)
