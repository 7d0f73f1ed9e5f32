"""Move, cancel, enlarge or shrink a forum: everybody registered is told once, and nobody confirmed is thrown out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from programme.audit import AuditLine
from programme.forums import (
    FORUM_PLACE_MAX,
    Forum,
    ForumState,
    Registration,
    RegistrationState,
    offer_deadline,
)
from programme.ids import ForumId, PersonId
from programme.leads import EventKind
from programme.notices import ForumCancelled, ForumMoved, OfferTakenBack
from programme.ports import UnitOfWork
from programme.texts import checked_line
from programme.usecases.places import is_close, open_forum
from programme.usecases.plan_forum import check_moments, check_places, remind_of_forum
from programme.usecases.promote import confirm, in_state, promote, registration_key
from programme.usecases.rights import require_staff


@dataclass(frozen=True, slots=True)
class ForumMove:
    """Other moments for a forum; without a `place` it stays where it was."""

    starts_at: datetime
    ends_at: datetime
    place: str = ""


@dataclass(frozen=True, slots=True)
class Resized:
    """A forum with its new number of places; `above` are the seats confirmed beyond it, which stay confirmed."""

    forum: Forum
    above: int


def changeable_forum(uow: UnitOfWork, by: PersonId, forum_id: ForumId, now: datetime) -> Forum:
    """Give staff a forum that has not begun; raises NotAllowed, NotFound or TooLate."""
    require_staff(uow, by)
    return open_forum(uow, forum_id, now)


def move_forum(
    uow: UnitOfWork, by: PersonId, forum_id: ForumId, move: ForumMove, now: datetime, zone: ZoneInfo
) -> Forum:
    """Give the forum its new moments, place and version; places stay whose they are, offers get a new deadline.

    Raises what `changeable_forum` does, InThePast or EndsBeforeStart.
    """
    forum = changeable_forum(uow, by, forum_id, now)
    check_moments(move.starts_at, move.ends_at, now)
    place = checked_line(move.place, "place", FORUM_PLACE_MAX) if move.place else forum.place
    moved = replace(forum, starts_at=move.starts_at, ends_at=move.ends_at, place=place, version=forum.version + 1)
    if replace(moved, version=forum.version) == forum:
        return forum
    uow.forums.save(moved)
    remind_of_forum(uow, moved, now, zone)
    for offered in _offered(uow, moved):
        _offer_anew(uow, moved, offered, now, zone)
    _tell_everybody(uow, moved, ForumMoved(forum_id, moved.version), now)
    promote(uow, moved, now, zone)
    uow.audit.add(AuditLine(now, by, "move_forum", f"forum:{forum_id}", {"version": moved.version}))
    return moved


def cancel_forum(uow: UnitOfWork, by: PersonId, forum_id: ForumId, now: datetime) -> Forum:
    """Call a forum off; registrations stay as they are, but no offer comes to its end any more."""
    forum = changeable_forum(uow, by, forum_id, now)
    cancelled = replace(forum, state=ForumState.CANCELLED, version=forum.version + 1)
    uow.forums.save(cancelled)
    uow.reminders.cancel(EventKind.FORUM, forum_id)
    for offered in _offered(uow, cancelled):
        uow.registrations.save(replace(offered, offer_until=None))
    _tell_everybody(uow, cancelled, ForumCancelled(forum_id, cancelled.version), now)
    uow.audit.add(AuditLine(now, by, "cancel_forum", f"forum:{forum_id}"))
    return cancelled


def resize_forum(
    uow: UnitOfWork, by: PersonId, forum_id: ForumId, places: int, now: datetime, zone: ZoneInfo
) -> Resized:
    """Give the forum more or fewer places: more promote who waits, fewer take back offers, the latest ones first.

    Who is confirmed stays so. Raises what `changeable_forum` does, or OutOfRange.
    """
    forum = changeable_forum(uow, by, forum_id, now)
    check_places(places)
    resized = replace(forum, places=places)
    if resized != forum:
        uow.forums.save(resized)
        _take_back_what_does_not_fit(uow, resized, now)
        promote(uow, resized, now, zone)
        uow.audit.add(AuditLine(now, by, "resize_forum", f"forum:{forum_id}", {"places": places}))
    return Resized(resized, above=max(0, uow.registrations.seats_taken(forum_id) - places))


def _offered(uow: UnitOfWork, forum: Forum) -> Sequence[Registration]:
    return [each for each in uow.registrations.holding(forum.id) if each.state is RegistrationState.OFFERED]


def _offer_anew(uow: UnitOfWork, forum: Forum, offered: Registration, now: datetime, zone: ZoneInfo) -> None:
    if offered.person_id is None:
        return
    if is_close(forum, now):
        quiet = uow.people.get(offered.person_id).preferences.quiet_hours
        until = offer_deadline(now, forum.starts_at, quiet, zone)
        uow.registrations.save(replace(offered, offer_until=until))
    else:
        confirm(uow, forum, offered, offered.person_id, now, zone)


def _take_back_what_does_not_fit(uow: UnitOfWork, forum: Forum, now: datetime) -> None:
    taken = uow.registrations.seats_taken(forum.id)
    for offered in reversed(_offered(uow, forum)):
        if taken <= forum.places:
            return
        taken -= offered.seats
        back = in_state(offered, RegistrationState.WAITING)
        uow.registrations.save(back)
        if back.person_id is not None:
            uow.notices.tell([back.person_id], OfferTakenBack(back.id, back.version), registration_key(back), now)


def _tell_everybody(uow: UnitOfWork, forum: Forum, notice: ForumMoved | ForumCancelled, now: datetime) -> None:
    registered = [*uow.registrations.holding(forum.id), *uow.registrations.waiting(forum.id)]
    people = [each.person_id for each in registered if each.person_id is not None]
    uow.notices.tell(people, notice, f"forum_changed:{forum.id}:{forum.version}", now)
