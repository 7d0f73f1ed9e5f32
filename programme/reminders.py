"""When each person is reminded of an event: pure rules over the clock on the wall.

« La veille à 18 h 30 » means that on the clock, on both sides of a change to summer time. Quiet hours move a
reminder to their end, or to the evening before where their end would be too late.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from programme.ids import PersonId, ReminderId
from programme.leads import LEADS, EventKind, Lead
from programme.meetings import MEETING_LASTS
from programme.quiet_hours import QuietHours

DAYS: Final = {
    Lead.MONTH: -30,
    Lead.FORTNIGHT: -14,
    Lead.WEEK: -7,
    Lead.DAY: -1,
    Lead.SAME_DAY: 0,
    Lead.THREE_DAYS_AFTER: 3,
    Lead.SEVEN_DAYS_AFTER: 7,
    Lead.TEN_DAYS_AFTER: 10,
}
HOURS_BEFORE: Final = timedelta(hours=2)
MILESTONE_HOUR: Final = time(9)
TIME_TO_ACT: Final = timedelta(hours=1)
"""A reminder put off to the end of the quiet hours must leave this much before its event."""
EVENING_MARGIN: Final = timedelta(minutes=30)
"""A reminder brought forward comes this long before the quiet hours start."""
EARLIEST: Final = timedelta(hours=25)
"""Quiet hours bring a reminder forward by less than a day, a change of clock included."""
LAST_LEAD_LASTS: Final = timedelta(days=2)
"""How long what comes last after an event is worth sending: a milestone's reminder, the questions afterwards."""
AFTERWARDS: Final = timedelta(hours=1)
"""How long after a forum the question comes how it was, and after a meeting the one who came to it."""


class ReminderState(StrEnum):
    """Where a reminder of an event stands."""

    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder of one version of an event, for everybody it concerns.

    `due_at` is when the rule says it, before anybody's quiet hours; it is looked at again at `next_at`. A pass over
    many people goes in batches: `after_person` is the last one seen, `later_at` the earliest who is not due yet.
    """

    id: ReminderId
    event: EventKind
    event_id: int
    version: int
    lead: Lead
    due_at: datetime
    useful_until: datetime
    next_at: datetime
    state: ReminderState = ReminderState.PLANNED
    after_person: PersonId = PersonId(0)
    later_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """When a reminder is due by the rule, and until when it is worth sending."""

    lead: Lead
    due_at: datetime
    useful_until: datetime


def on_the_clock(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Give the instant of an hour on the wall: shifted forward if it doesn't exist, the first if it comes twice."""
    return datetime.combine(day, at, zone).astimezone(UTC)


def meeting_reminders(starts_at: datetime, zone: ZoneInfo) -> tuple[Planned, ...]:
    """Give the reminders of a meeting, in order; each is worth sending until the next one, the last until the start."""
    dues = [_before(starts_at, lead, zone) for lead in LEADS[EventKind.MEETING]]
    return _planned(EventKind.MEETING, dues, [*dues[1:], starts_at.astimezone(UTC)])


def after_meeting_reminders(starts_at: datetime, zone: ZoneInfo) -> tuple[Planned, ...]:
    """Give when it is asked who came to a meeting and for its minutes, in order: afterwards, on day 3 and on day 7.

    The first comes an hour after its end, the others at nine in the morning. Each is worth sending until the next one,
    the last for two days.
    """
    _, *later = LEADS[EventKind.AFTER_MEETING]
    held_on = starts_at.astimezone(zone).date()
    mornings = [on_the_clock(held_on + timedelta(days=DAYS[lead]), MILESTONE_HOUR, zone) for lead in later]
    dues = [starts_at.astimezone(UTC) + MEETING_LASTS + AFTERWARDS, *mornings]
    return _planned(EventKind.AFTER_MEETING, dues, [*dues[1:], dues[-1] + LAST_LEAD_LASTS])


def chair_reminders(starts_at: datetime, zone: ZoneInfo) -> tuple[Planned, ...]:
    """Give the reminder of who chairs a meeting: a week before, and worth sending until it begins."""
    dues = [_before(starts_at, lead, zone) for lead in LEADS[EventKind.CHAIR]]
    return _planned(EventKind.CHAIR, dues, [starts_at.astimezone(UTC)])


def forum_reminders(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> tuple[Planned, ...]:
    """Give the reminders of a forum, in order, and the question an hour after it.

    Each reminder is worth sending until the next one, the last until the start; the question is so for two days.
    """
    *leads, _ = LEADS[EventKind.FORUM]
    dues = [_before(starts_at, lead, zone) for lead in leads]
    afterwards = ends_at.astimezone(UTC) + AFTERWARDS
    ends = [*dues[1:], starts_at.astimezone(UTC), afterwards + LAST_LEAD_LASTS]
    return _planned(EventKind.FORUM, [*dues, afterwards], ends)


def milestone_reminders(due_on: date, zone: ZoneInfo) -> tuple[Planned, ...]:
    """Give the reminders of a milestone, in order, each at nine in the morning and worth sending until the next one.

    The one of the day itself is worth sending until midnight.
    """
    return _around_a_day(EventKind.MILESTONE, due_on, zone)


def campaign_opening(opens_on: date, due_on: date, zone: ZoneInfo) -> Planned:
    """Give when a campaign is told of: at nine in the morning of its first day, worth sending until its last is over.

    So who begins to facilitate a coalition meanwhile is told too.
    """
    (lead,) = LEADS[EventKind.CAMPAIGN_OPENING]
    over = on_the_clock(due_on + timedelta(days=1), time(0), zone)
    return Planned(lead, on_the_clock(opens_on, MILESTONE_HOUR, zone), over)


def campaign_reminders(opens_on: date, due_on: date, zone: ZoneInfo) -> tuple[Planned, ...]:
    """Give when the cards of a campaign are asked for again, in order: as milestones are, from its second day on."""
    opened = on_the_clock(opens_on, MILESTONE_HOUR, zone)
    return tuple(one for one in _around_a_day(EventKind.CAMPAIGN, due_on, zone) if one.due_at > opened)


def personal_moment(planned: Planned, quiet: QuietHours, zone: ZoneInfo) -> datetime:
    """Give the instant at which one person gets a reminder: out of their quiet hours."""
    put_off = out_of_quiet_hours(planned.due_at, quiet, zone)
    if put_off == planned.due_at or put_off <= planned.useful_until - TIME_TO_ACT:
        return put_off
    local = planned.due_at.astimezone(zone)
    evening = local.date() if local.time() >= quiet.starts else local.date() - timedelta(days=1)
    return on_the_clock(evening, quiet.starts, zone) - EVENING_MARGIN


def out_of_quiet_hours(at: datetime, quiet: QuietHours, zone: ZoneInfo) -> datetime:
    """Give this instant, or the end of the quiet hours it falls into."""
    local = at.astimezone(zone)
    if local.time() not in quiet:
        return at
    morning = local.date() if local.time() < quiet.ends else local.date() + timedelta(days=1)
    return on_the_clock(morning, quiet.ends, zone)


def _before(starts_at: datetime, lead: Lead, zone: ZoneInfo) -> datetime:
    if lead is Lead.HOURS:
        return starts_at.astimezone(UTC) - HOURS_BEFORE
    local = starts_at.astimezone(zone)
    return on_the_clock(local.date() + timedelta(days=DAYS[lead]), local.time(), zone)


def _around_a_day(event: EventKind, due_on: date, zone: ZoneInfo) -> tuple[Planned, ...]:
    leads = LEADS[event]
    dues = [on_the_clock(due_on + timedelta(days=DAYS[lead]), MILESTONE_HOUR, zone) for lead in leads]
    ends = [*dues[1:], dues[-1] + LAST_LEAD_LASTS]
    ends[leads.index(Lead.SAME_DAY)] = on_the_clock(due_on + timedelta(days=1), time(0), zone)
    return _planned(event, dues, ends)


def _planned(event: EventKind, dues: list[datetime], ends: list[datetime]) -> tuple[Planned, ...]:
    return tuple(Planned(lead, due, end) for lead, due, end in zip(LEADS[event], dues, ends, strict=True))
