"""Rendez-vous: forums that come again by a rule, announced together, each with its own places and link."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from programme.errors import InThePast, Outdated, OutOfRange
from programme.forums import RENDEZVOUS_MOST, Forum
from programme.ids import ForumId, PersonId
from programme.ports import UnitOfWork
from programme.reminders import on_the_clock
from programme.series import Frequency, days_by_rule
from programme.usecases.change_forum import cancel_forum, changeable_forum
from programme.usecases.places import takes_registrations
from programme.usecases.plan_forum import ForumPlan, plan_forum
from programme.usecases.propose_coalition import new_code
from programme.usecases.rights import require_staff

RENDEZVOUS_LEAST: Final = 2


def plan_rendezvous(
    uow: UnitOfWork, by: PersonId, first: ForumPlan, frequency: Frequency, number: int, now: datetime, zone: ZoneInfo
) -> Sequence[Forum]:
    """Announce so many forums like the first one, at the same hours on the clock on the wall, and give them in order.

    A monthly one keeps its weekday. Raises what `plan_forum` does, or OutOfRange for too few or too many.
    """
    require_staff(uow, by)
    if not RENDEZVOUS_LEAST <= number <= RENDEZVOUS_MOST:
        raise OutOfRange("number", RENDEZVOUS_LEAST, RENDEZVOUS_MOST)
    if first.starts_at <= now:
        raise InThePast
    days = islice(days_by_rule(first.starts_at.astimezone(zone).date(), frequency), number)
    common = replace(first, series_code=new_code())
    return [plan_forum(uow, by, _on(common, day, zone), now, zone) for day in days]


def rendezvous_of(uow: UnitOfWork, forum: Forum) -> Sequence[Forum]:
    """Give the rendez-vous announced together with this one, itself among them; none where it stands alone."""
    return uow.forums.in_series(forum.series_code) if forum.series_code is not None else ()


def following(uow: UnitOfWork, forum: Forum, now: datetime) -> Sequence[Forum]:
    """Give this rendez-vous and those of its series after it that can still be cancelled."""
    return [
        one for one in rendezvous_of(uow, forum) if one.starts_at >= forum.starts_at and takes_registrations(one, now)
    ]


def cancel_following(uow: UnitOfWork, by: PersonId, forum_id: ForumId, version: int, now: datetime) -> Sequence[Forum]:
    """Call off a rendez-vous and those after it; everybody is told once of each that they were registered for.

    Raises what `changeable_forum` does, or Outdated where this one has moved since it was seen.
    """
    forum = changeable_forum(uow, by, forum_id, now)
    if forum.version != version:
        raise Outdated
    return [cancel_forum(uow, by, one.id, now) for one in following(uow, forum, now)]


def _on(plan: ForumPlan, day: date, zone: ZoneInfo) -> ForumPlan:
    """Give the plan on another day, its hours as they are on the wall."""
    starts, ends = plan.starts_at.astimezone(zone), plan.ends_at.astimezone(zone)
    last_day = day + (ends.date() - starts.date())
    return replace(
        plan,
        starts_at=on_the_clock(day, starts.time(), zone),
        ends_at=on_the_clock(last_day, ends.time(), zone),
    )
