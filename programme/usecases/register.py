"""Register for a forum, or change what one asked for: there is room, or one waits at the end of the line."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from programme.errors import NoRoom, NotFound, OutOfRange, PitchFull
from programme.forums import SEATS_MOST, Forum, Registration, RegistrationState
from programme.ids import ForumId, OrganisationId, PersonId, PitchId, RegistrationId
from programme.ports import UnitOfWork
from programme.usecases.places import check_open, in_line, open_forum, pitch_seats_left, seats_left
from programme.usecases.promote import promote

TICKET_BYTES: Final = 18


@dataclass(frozen=True, slots=True)
class RegistrationAsked:
    """What somebody asks for: seats, their own included; for whom they come; which pitches they want to hear.

    `organisation` is None for who comes in their own name.
    """

    seats: int
    organisation: OrganisationId | None = None
    pitches: tuple[PitchId, ...] = ()


def register(
    uow: UnitOfWork, person_id: PersonId, forum_id: ForumId, asked: RegistrationAsked, now: datetime, zone: ZoneInfo
) -> Registration:
    """Give a confirmed place, or one in the line; who is registered already has their registration changed.

    Raises TooLate, RegistrationNotOpen, RegistrationClosed, NotFound (the organisation is not theirs, a pitch not this
    forum's), OutOfRange, PitchFull or NoRoom.
    """
    forum = open_forum(uow, forum_id, now)
    present = uow.registrations.of(person_id, forum_id)
    if present is not None:
        return _changed(uow, forum, person_id, present, asked, now, zone)
    check_open(forum, now, zone)
    _check(asked, {uow.people.get(person_id).organisation_id})
    _check_pitches(uow, forum, person_id, asked, None)
    if asked.seats > forum.places:
        raise NoRoom(forum.places)
    waiting = uow.registrations.add(
        Registration(
            id=RegistrationId(0),
            forum_id=forum_id,
            person_id=person_id,
            organisation_id=asked.organisation,
            seats=asked.seats,
            pitches=_sorted(asked.pitches),
            state=RegistrationState.WAITING,
            asked_at=now,
            ticket=secrets.token_urlsafe(TICKET_BYTES),
        )
    )
    promote(uow, forum, now, zone, here=person_id)
    return uow.registrations.get(waiting.id)


def change_registration(
    uow: UnitOfWork, person_id: PersonId, forum_id: ForumId, asked: RegistrationAsked, now: datetime, zone: ZoneInfo
) -> Registration:
    """Keep what somebody now asks; who waits keeps their place in the line, and has a place where it now fits.

    Raises NotFound for who is not registered, NoRoom where seats held can't become so many, else as `register`.
    """
    forum = open_forum(uow, forum_id, now)
    present = uow.registrations.of(person_id, forum_id)
    if present is None:
        raise NotFound
    return _changed(uow, forum, person_id, present, asked, now, zone)


def _changed(
    uow: UnitOfWork,
    forum: Forum,
    person_id: PersonId,
    present: Registration,
    asked: RegistrationAsked,
    now: datetime,
    zone: ZoneInfo,
) -> Registration:
    if asked.seats > present.seats:
        check_open(forum, now, zone)
    _check(asked, {uow.people.get(person_id).organisation_id, present.organisation_id})
    _check_pitches(uow, forum, person_id, asked, present)
    if asked.seats > present.seats and asked.seats > (most := _most(uow, forum, present, now)):
        raise NoRoom(most)
    changed = replace(present, seats=asked.seats, organisation_id=asked.organisation, pitches=_sorted(asked.pitches))
    if changed != present:
        uow.registrations.save(changed)
    promote(uow, forum, now, zone, here=person_id)
    return uow.registrations.get(present.id)


def _most(uow: UnitOfWork, forum: Forum, present: Registration, now: datetime) -> int:
    if present.state is RegistrationState.WAITING:
        return forum.places
    somebody_waits = next(in_line(uow, forum, now), None) is not None
    return present.seats if somebody_waits else present.seats + seats_left(uow, forum)


def _check(asked: RegistrationAsked, organisations: set[OrganisationId | None]) -> None:
    if not 1 <= asked.seats <= SEATS_MOST:
        raise OutOfRange("seats", 1, SEATS_MOST)
    if asked.organisation not in {None, *organisations}:
        raise NotFound


def _check_pitches(
    uow: UnitOfWork, forum: Forum, person_id: PersonId, asked: RegistrationAsked, present: Registration | None
) -> None:
    """Raise NotFound for a strange pitch, PitchFull where one has not so many seats left.

    A pitch chosen before stays chosen, with as many seats or fewer: one whose seats were lowered throws nobody out.
    """
    if not asked.pitches:
        return
    pitches = {pitch.id: pitch for pitch in uow.forums.pitches(forum.id)}
    if not pitches.keys() >= set(asked.pitches):
        raise NotFound
    kept = set(present.pitches) if present is not None and asked.seats <= present.seats else set()
    left = pitch_seats_left(uow, forum.id, besides=person_id)
    for one in _sorted(asked.pitches):
        if one not in kept and left.get(one, asked.seats) < asked.seats:
            raise PitchFull(pitches[one].title)


def _sorted(pitches: tuple[PitchId, ...]) -> tuple[PitchId, ...]:
    return tuple(sorted(set(pitches)))
