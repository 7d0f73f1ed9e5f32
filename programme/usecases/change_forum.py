"""Move, cancel, enlarge or shrink a forum: everybody registered is told once, and nobody confirmed is thrown out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from programme.audit import AuditLine
from programme.errors import Outdated
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
from programme.usecases.plan_forum import check_moments, check_places, check_window, remind_of_forum
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
    """A forum with its new number of places; `above` are the seats confirmed beyond it, which stay confirmed.

    `promoted` are the registrations that waited and have or are offered a place now, `taken_back` those whose offer is
    none any more.
    """

    forum: Forum
    above: int
    promoted: int = 0
    taken_back: int = 0


def changeable_forum(uow: UnitOfWork, by: PersonId, forum_id: ForumId, now: datetime) -> Forum:
    """Give staff a forum that has not begun; raises NotAllowed, NotFound or TooLate."""
    require_staff(uow, by)
    return open_forum(uow, forum_id, now)


def move_forum(
    uow: UnitOfWork, by: PersonId, forum_id: ForumId, move: ForumMove, now: datetime, zone: ZoneInfo
) -> Forum:
    """Give the forum its new moments, place and version; places stay whose they are, offers get a new deadline.

    Raises what `changeable_forum` does, InThePast, EndsBeforeStart or WindowMisplaced, and Outdated for one that has
    several days by now, each of which moves by itself.
    """
    forum = changeable_forum(uow, by, forum_id, now)
    if forum.days:
        raise Outdated
    check_moments(move.starts_at, move.ends_at, now)
    place = checked_line(move.place, "place", FORUM_PLACE_MAX) if move.place else forum.place
    changed = replace(forum, starts_at=move.starts_at, ends_at=move.ends_at, place=place)
    return keep_moved(uow, by, forum, changed, now, zone)


def keep_moved(uow: UnitOfWork, by: PersonId, forum: Forum, changed: Forum, now: datetime, zone: ZoneInfo) -> Forum:
    """Keep a forum with other moments, days or places under its next version, and tell everybody registered.

    Where nothing has changed nobody is told. Raises WindowMisplaced.
    """
    if changed == forum:
        return forum
    check_window(changed.opens_at, changed.closes_at, changed.starts_at)
    forum_id, moved = forum.id, replace(changed, version=forum.version + 1)
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
    promoted = taken_back = 0
    if resized != forum:
        uow.forums.save(resized)
        taken_back = _take_back_what_does_not_fit(uow, resized, now)
        promoted = promote(uow, resized, now, zone)
        uow.audit.add(AuditLine(now, by, "resize_forum", f"forum:{forum_id}", {"places": places}))
    above = max(0, uow.registrations.seats_taken(forum_id) - places)
    return Resized(resized, above, promoted, taken_back)


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


def _take_back_what_does_not_fit(uow: UnitOfWork, forum: Forum, now: datetime) -> int:
    taken, taken_back = uow.registrations.seats_taken(forum.id), 0
    for offered in reversed(_offered(uow, forum)):
        if taken <= forum.places:
            break
        taken -= offered.seats
        taken_back += 1
        back = in_state(offered, RegistrationState.WAITING)
        uow.registrations.save(back)
        if back.person_id is not None:
            uow.notices.tell([back.person_id], OfferTakenBack(back.id, back.version), registration_key(back), now)
    return taken_back


def _tell_everybody(uow: UnitOfWork, forum: Forum, notice: ForumMoved | ForumCancelled, now: datetime) -> None:
    registered = [*uow.registrations.holding(forum.id), *uow.registrations.waiting(forum.id)]
    people = [each.person_id for each in registered if each.person_id is not None]
    uow.notices.tell(people, notice, f"forum_changed:{forum.id}:{forum.version}", now)
