"""Plan a forum, open to all, and have those who will have a place reminded."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from programme.audit import AuditLine
from programme.errors import EndsBeforeStart, InThePast, OutOfRange, WindowMisplaced
from programme.forums import (
    FORUM_PLACE_MAX,
    FORUM_PROGRAMME_MAX,
    FORUM_TITLE_MAX,
    PLACES_MOST,
    Forum,
    ForumState,
)
from programme.ids import ForumId, PersonId
from programme.leads import EventKind
from programme.notices import ForumReminder
from programme.ports import UnitOfWork
from programme.reminders import forum_reminders
from programme.texts import checked_line, checked_text
from programme.usecases.propose_coalition import new_code
from programme.usecases.remind import reminder_key
from programme.usecases.rights import require_staff


@dataclass(frozen=True, slots=True)
class ForumPlan:
    """What staff plan; `places` are the seats there are; people register from `opens_at` until `closes_at`."""

    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    programme: str
    places: int
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    series_code: str | None = None


def plan_forum(uow: UnitOfWork, by: PersonId, plan: ForumPlan, now: datetime, zone: ZoneInfo) -> Forum:
    """Keep the forum; raises NotAllowed, InThePast, EndsBeforeStart, WindowMisplaced, OutOfRange or NotWellFormed."""
    require_staff(uow, by)
    check_moments(plan.starts_at, plan.ends_at, now)
    check_window(plan.opens_at, plan.closes_at, plan.starts_at)
    check_places(plan.places)
    planned = uow.forums.add(
        Forum(
            id=ForumId(0),
            code=new_code(),
            title=checked_line(plan.title, "title", FORUM_TITLE_MAX),
            starts_at=plan.starts_at,
            ends_at=plan.ends_at,
            place=checked_line(plan.place, "place", FORUM_PLACE_MAX),
            programme=checked_text(plan.programme, "programme", FORUM_PROGRAMME_MAX, may_be_empty=True),
            places=plan.places,
            state=ForumState.PLANNED,
            version=0,
            opens_at=plan.opens_at,
            closes_at=plan.closes_at,
            series_code=plan.series_code,
        )
    )
    remind_of_forum(uow, planned, now, zone)
    uow.audit.add(AuditLine(now, by, "plan_forum", f"forum:{planned.id}"))
    return planned


def check_moments(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """Raise InThePast where a forum would have begun already, EndsBeforeStart where it would last no time."""
    if starts_at <= now:
        raise InThePast
    if ends_at <= starts_at:
        raise EndsBeforeStart


def check_window(opens_at: datetime | None, closes_at: datetime | None, starts_at: datetime) -> None:
    """Raise WindowMisplaced unless registration opens before it closes, and that before the start or with it."""
    last = starts_at if closes_at is None else closes_at
    if last > starts_at or (opens_at is not None and opens_at >= last):
        raise WindowMisplaced


def check_places(places: int) -> None:
    """Raise OutOfRange unless a forum may have so many places."""
    if not 1 <= places <= PLACES_MOST:
        raise OutOfRange("places", 1, PLACES_MOST)


def remind_of_forum(uow: UnitOfWork, forum: Forum, now: datetime, zone: ZoneInfo) -> None:
    """Plan the reminders of a forum's present version; those whose moment is over already are left out."""
    ahead = [planned for planned in forum_reminders(forum.starts_at, forum.ends_at, zone) if planned.due_at > now]
    uow.reminders.plan(EventKind.FORUM, forum.id, forum.version, ahead)


def note_informed(uow: UnitOfWork, forum: Forum, person_id: PersonId, now: datetime, zone: ZoneInfo) -> None:
    """Spare who learns just now that they have a place the reminder that the others got before."""
    for planned in forum_reminders(forum.starts_at, forum.ends_at, zone):
        if planned.due_at <= now < planned.useful_until:
            key = reminder_key(EventKind.FORUM, forum.id, forum.version, planned.lead)
            notice = ForumReminder(forum.id, forum.version, planned.lead)
            uow.notices.skip([person_id], notice, key, now, reason="just confirmed")
