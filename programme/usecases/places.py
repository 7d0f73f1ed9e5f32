"""The places of a forum: until when they can be asked for, how many are left, and who is next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from programme.errors import RegistrationClosed, RegistrationNotOpen, TooLate
from programme.forums import OFFERED_WITHIN, Forum, ForumState, Registration
from programme.ids import ForumId, PersonId, PitchId
from programme.people import Person
from programme.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class InLine:
    """Somebody who waits for a place and could have one."""

    registration: Registration
    person: Person


def open_forum(uow: UnitOfWork, forum_id: ForumId, now: datetime) -> Forum:
    """Give a forum whose places this turn may change; raises NotFound, or TooLate once it has begun or is cancelled."""
    forum = uow.forums.get_to_change(forum_id)
    if not takes_registrations(forum, now):
        raise TooLate
    return forum


def takes_registrations(forum: Forum, now: datetime) -> bool:
    """Tell whether a forum will take place and has not begun."""
    return forum.state is ForumState.PLANNED and now < forum.starts_at


def registration_open(forum: Forum, now: datetime) -> bool:
    """Tell whether somebody new may register now, or at least wait for a place."""
    opened = forum.opens_at is None or forum.opens_at <= now
    return opened and (forum.closes_at is None or now < forum.closes_at) and takes_registrations(forum, now)


def check_open(forum: Forum, now: datetime, zone: ZoneInfo) -> None:
    """Raise RegistrationNotOpen or RegistrationClosed for who wants a place, or more of them, of a forum to come."""
    if forum.opens_at is not None and now < forum.opens_at:
        raise RegistrationNotOpen(forum.opens_at, zone)
    if forum.closes_at is not None and forum.closes_at <= now:
        raise RegistrationClosed


def seats_left(uow: UnitOfWork, forum: Forum) -> int:
    """Count the seats nobody holds; none where places were taken away and more are confirmed than there are."""
    return max(0, forum.places - uow.registrations.seats_taken(forum.id))


def pitch_seats_left(uow: UnitOfWork, forum_id: ForumId, besides: PersonId | None = None) -> Mapping[PitchId, int]:
    """Count the seats left of each pitch that has a number of them, those of `besides` being free."""
    limited = [pitch for pitch in uow.forums.pitches(forum_id) if pitch.seats is not None]
    taken = uow.registrations.pitch_seats(forum_id, besides) if limited else {}
    return {pitch.id: max(0, (pitch.seats or 0) - taken.get(pitch.id, 0)) for pitch in limited}


def place_in_line(uow: UnitOfWork, registration: Registration) -> int:
    """Tell which place somebody who waits has in the line; the first is 1."""
    return 1 + sum(each.id < registration.id for each in uow.registrations.waiting(registration.forum_id))


def is_close(forum: Forum, now: datetime) -> bool:
    """Tell whether the start is so near that freed places are offered and have to be confirmed."""
    return forum.starts_at - now <= OFFERED_WITHIN


def in_line(uow: UnitOfWork, forum: Forum, now: datetime) -> Iterator[InLine]:
    """Give, first come first, those who wait and whom a place could be given.

    Passed over is who asks for more seats than the forum has and, close to the start, who can't be reached.
    """
    for registration in uow.registrations.waiting(forum.id):
        if registration.person_id is None or registration.seats > forum.places:
            continue
        person = uow.people.get(registration.person_id)
        if person.reachable or not is_close(forum, now):
            yield InLine(registration, person)
