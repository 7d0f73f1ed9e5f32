"""Check in who comes to a forum: by the ticket or by the name, once a day, while the doors are open."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from programme.doors import Arrival, Registrant, named_so, open_doors
from programme.errors import NotAllowed, NotFound, TooLate
from programme.forums import Forum, ForumState, Registration, RegistrationState
from programme.ids import ForumId, PersonId, RegistrationId
from programme.ports import UnitOfWork
from programme.usecases.rights import require_staff


class AtTheDoor(StrEnum):
    """What becomes of somebody who shows a ticket; its value says why where it is not valid."""

    NOTED = "noted"
    ALREADY = "already"
    DOORS_CLOSED = "doors_closed"
    NOT_CONFIRMED = "not_confirmed"
    WAITS = "waits"
    GAVE_UP = "gave_up"
    FORUM_OVER = "forum_over"
    FORUM_CANCELLED = "forum_cancelled"


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """A registration at the door of its forum; `arrival` is that of this day, where there is one."""

    forum: Forum
    registration: Registration
    became: AtTheDoor
    arrival: Arrival | None = None


def keeps_doors(uow: UnitOfWork, person_id: PersonId, forum_id: ForumId) -> bool:
    """Tell whether somebody is of those who check in at a forum: the project team, and who helps there."""
    return uow.people.is_staff(person_id) or uow.doors.helps(forum_id, person_id)


def require_doors(uow: UnitOfWork, person_id: PersonId, forum: Forum, now: datetime, zone: ZoneInfo) -> None:
    """Raise NotAllowed unless the person may see who is expected now: who helps may only while the doors are open."""
    if uow.people.is_staff(person_id):
        return
    if not uow.doors.helps(forum.id, person_id) or open_doors(forum, now, zone) is None:
        raise NotAllowed


def check_in(
    uow: UnitOfWork, by: PersonId, registration_id: RegistrationId, now: datetime, zone: ZoneInfo
) -> CheckedIn:
    """Note that somebody has come today, where their ticket is valid and the doors are open, else tell why not.

    Whoever notes it second reads that it is noted already. Raises NotFound, or NotAllowed for who may not check in.
    """
    registration = uow.registrations.get(registration_id)
    forum = uow.forums.get(registration.forum_id)
    require_doors(uow, by, forum, now, zone)
    if (why := _not_valid(forum, registration, now)) is not None:
        return CheckedIn(forum, registration, why)
    doors = open_doors(forum, now, zone)
    if doors is None:
        return CheckedIn(forum, registration, AtTheDoor.DOORS_CLOSED)
    arrival = Arrival(registration.id, doors.day, now)
    if not uow.doors.note_arrival(arrival):
        return CheckedIn(forum, registration, AtTheDoor.ALREADY, arrival_on(uow, registration.id, doors.day))
    return CheckedIn(forum, _first_noted(uow, registration), AtTheDoor.NOTED, arrival)


def take_back_arrival(
    uow: UnitOfWork, by: PersonId, registration_id: RegistrationId, day: date, now: datetime, zone: ZoneInfo
) -> Registration:
    """Note that somebody has not come on that day after all.

    Raises NotFound, NotAllowed for who may not check in, or TooLate where no arrival is noted.
    """
    registration = uow.registrations.get(registration_id)
    require_doors(uow, by, uow.forums.get(registration.forum_id), now, zone)
    if not uow.doors.take_back_arrival(registration_id, day):
        raise TooLate
    return _first_noted(uow, registration)


def arrival_on(uow: UnitOfWork, registration_id: RegistrationId, day: date) -> Arrival | None:
    """Give somebody's arrival on a day of a forum, if it is noted."""
    return next((one for one in uow.doors.arrivals(registration_id) if one.day == day), None)


def expected(
    uow: UnitOfWork, by: PersonId, forum_id: ForumId, words: str, now: datetime, zone: ZoneInfo
) -> list[Registrant]:
    """Give those with a confirmed place whose name or organisation holds the words, by name.

    Raises NotFound, or NotAllowed for who may not check in.
    """
    forum = uow.forums.get(forum_id)
    require_doors(uow, by, forum, now, zone)
    confirmed = (
        one for one in uow.registrations.registrants(forum_id) if one.registration.state is RegistrationState.CONFIRMED
    )
    return named_so(confirmed, words)


def registrants_of(uow: UnitOfWork, by: PersonId, forum_id: ForumId) -> Sequence[Registrant]:
    """Give the project team everybody who registered, in the order in which they came.

    Raises NotAllowed or NotFound.
    """
    require_staff(uow, by)
    uow.forums.get(forum_id)
    return uow.registrations.registrants(forum_id)


def registrant_of(uow: UnitOfWork, by: PersonId, registration_id: RegistrationId) -> Registrant:
    """Give the project team one registration with its names; raises NotAllowed or NotFound."""
    require_staff(uow, by)
    registration = uow.registrations.get(registration_id)
    everybody = uow.registrations.registrants(registration.forum_id)
    found = next((one for one in everybody if one.registration.id == registration_id), None)
    if found is None:
        raise NotFound
    return found


def _not_valid(forum: Forum, registration: Registration, now: datetime) -> AtTheDoor | None:
    if forum.state is not ForumState.PLANNED:
        return AtTheDoor.FORUM_CANCELLED
    match registration.state:
        case RegistrationState.CANCELLED:
            return AtTheDoor.GAVE_UP
        case RegistrationState.WAITING:
            return AtTheDoor.WAITS
        case RegistrationState.OFFERED:
            return AtTheDoor.NOT_CONFIRMED
        case RegistrationState.CONFIRMED:
            return AtTheDoor.FORUM_OVER if forum.ends_at <= now else None


def _first_noted(uow: UnitOfWork, registration: Registration) -> Registration:
    """Keep the first arrival with the registration, as it stands now."""
    arrivals = uow.doors.arrivals(registration.id)
    noted = replace(registration, checked_in_at=min((one.at for one in arrivals), default=None))
    if noted != registration:
        uow.registrations.save(noted)
    return noted
