"""The days of a forum: add one, change one, remove one; everybody registered is told once of each change."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from programme.audit import AuditLine
from programme.errors import NotFound, Outdated, OutOfRange
from programme.forums import (
    DAY_PLACE_MAX,
    DAY_PROGRAMME_MAX,
    DAYS_MOST,
    Forum,
    ForumDay,
    days_of,
    over_days,
)
from programme.ids import ForumId, PersonId
from programme.ports import UnitOfWork
from programme.texts import checked_line, checked_text
from programme.usecases.change_forum import changeable_forum, keep_moved
from programme.usecases.plan_forum import check_moments


@dataclass(frozen=True, slots=True)
class DayPlan:
    """What staff plan of one day; without a `place` it is where the forum is."""

    starts_at: datetime
    ends_at: datetime
    place: str = ""
    programme: str = ""


def add_day(uow: UnitOfWork, by: PersonId, forum_id: ForumId, plan: DayPlan, now: datetime, zone: ZoneInfo) -> Forum:
    """Give a forum one more day, before, between or after those it has.

    Raises what `changeable_forum` does, InThePast, EndsBeforeStart, WindowMisplaced, NotWellFormed, or OutOfRange where
    it has DAYS_MOST already.
    """
    forum = changeable_forum(uow, by, forum_id, now)
    days = days_of(forum)
    if len(days) == DAYS_MOST:
        raise OutOfRange("days", 1, DAYS_MOST)
    added = _checked(plan, max(day.number for day in days) + 1, now)
    return keep_moved(uow, by, forum, over_days(forum, [*days, added]), now, zone)


def change_day(
    uow: UnitOfWork, by: PersonId, forum_id: ForumId, number: int, plan: DayPlan, now: datetime, zone: ZoneInfo
) -> Forum:
    """Give one day other hours, another place or programme; of a programme alone nobody is told.

    Raises NotFound for a day that is not there, else as `add_day`.
    """
    forum = changeable_forum(uow, by, forum_id, now)
    before = forum_day(forum, number)
    day = _checked(plan, number, now)
    changed = over_days(forum, [day if one.number == number else one for one in forum.days])
    if replace(day, programme="") == replace(before, programme=""):
        if changed != forum:
            uow.forums.save(changed)
            uow.audit.add(AuditLine(now, by, "edit_forum", f"forum:{forum_id}"))
        return changed
    return keep_moved(uow, by, forum, changed, now, zone)


def remove_day(
    uow: UnitOfWork, by: PersonId, forum_id: ForumId, number: int, version: int, now: datetime, zone: ZoneInfo
) -> Forum:
    """Take one day out of a forum that has several, in the version that was seen.

    Where one is left, its place and programme become the forum’s. Raises what `changeable_forum` does, NotFound for a
    day that is not there, Outdated where the forum has moved since, or WindowMisplaced.
    """
    forum = changeable_forum(uow, by, forum_id, now)
    if forum.version != version:
        raise Outdated
    removed = forum_day(forum, number)
    left = over_days(forum, [day for day in forum.days if day != removed])
    if len(left.days) == 1:
        (only,) = left.days
        programme = "\n\n".join(text for text in (forum.programme, only.programme) if text)
        left = replace(left, place=only.place or forum.place, programme=programme, days=())
    return keep_moved(uow, by, forum, left, now, zone)


def forum_day(forum: Forum, number: int) -> ForumDay:
    """Give one of the several days of a forum; raises NotFound."""
    for day in forum.days:
        if day.number == number:
            return day
    raise NotFound


def _checked(plan: DayPlan, number: int, now: datetime) -> ForumDay:
    check_moments(plan.starts_at, plan.ends_at, now)
    place = checked_line(plan.place, "place", DAY_PLACE_MAX) if plan.place else ""
    programme = checked_text(plan.programme, "programme", DAY_PROGRAMME_MAX, may_be_empty=True)
    return ForumDay(number, plan.starts_at, plan.ends_at, place, programme)
