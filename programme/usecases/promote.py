"""Promote who waits for a place at a forum: strictly first come, first served."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from programme.forums import Forum, Registration, RegistrationState, offer_deadline
from programme.ids import PersonId
from programme.notices import RegistrationConfirmed, SeatOffered
from programme.ports import UnitOfWork
from programme.usecases.places import InLine, in_line, is_close, seats_left, takes_registrations
from programme.usecases.plan_forum import note_informed


def promote(uow: UnitOfWork, forum: Forum, now: datetime, zone: ZoneInfo, here: PersonId | None = None) -> int:
    """Give the free seats to who waits, and tell them; never past somebody whose seats don't fit, nor after the start.

    Close to the start a place is offered and must be confirmed; but who is `here`, doing something for their
    registration, has it at once and reads so in the answer. The forum is one got to change. Gives how many have or are
    offered a place now.
    """
    if not takes_registrations(forum, now):
        return 0
    left, promoted = seats_left(uow, forum), 0
    for one in in_line(uow, forum, now):
        if one.registration.seats > left:
            break
        left -= one.registration.seats
        promoted += 1
        _give_place(uow, forum, one, now, zone, here=one.person.id == here)
    return promoted


def confirm(
    uow: UnitOfWork, forum: Forum, registration: Registration, person_id: PersonId, now: datetime, zone: ZoneInfo
) -> Registration:
    """Keep a registration as confirmed; what has to be said about it is the caller's to say."""
    confirmed = in_state(registration, RegistrationState.CONFIRMED)
    uow.registrations.save(confirmed)
    note_informed(uow, forum, person_id, now, zone)
    return confirmed


def in_state(registration: Registration, state: RegistrationState, offer_until: datetime | None = None) -> Registration:
    """Give a registration in its next state, under its next version."""
    return replace(registration, state=state, offer_until=offer_until, version=registration.version + 1)


def registration_key(registration: Registration) -> str:
    """Give the key under which what became of a registration is told once."""
    return f"registration:{registration.id}:{registration.version}"


def _give_place(uow: UnitOfWork, forum: Forum, one: InLine, now: datetime, zone: ZoneInfo, *, here: bool) -> None:
    if here:
        confirm(uow, forum, one.registration, one.person.id, now, zone)
    elif is_close(forum, now):
        until = offer_deadline(now, forum.starts_at, one.person.preferences.quiet_hours, zone)
        offered = in_state(one.registration, RegistrationState.OFFERED, until)
        uow.registrations.save(offered)
        notice = SeatOffered(offered.id, offered.version)
        uow.notices.tell([one.person.id], notice, registration_key(offered), now)
    else:
        confirmed = confirm(uow, forum, one.registration, one.person.id, now, zone)
        uow.notices.tell([one.person.id], RegistrationConfirmed(confirmed.id), registration_key(confirmed), now)
