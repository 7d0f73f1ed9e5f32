"""Ask the members of a coalition which of several dates suits them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from programme.audit import AuditLine
from programme.date_polls import DATES_LEAST, DATES_MOST, DatePoll, DatePollState
from programme.errors import ClosesTooLate, InThePast, OutOfRange
from programme.groups import CardKind, GroupCard
from programme.ids import CoalitionId, DatePollId, PersonId
from programme.meetings import AGENDA_MAX, MEETING_TITLE_MAX, PLACE_MAX, MeetingKind
from programme.notices import DatePollOpened
from programme.ports import UnitOfWork
from programme.quiet_hours import QuietHours
from programme.reminders import on_the_clock, out_of_quiet_hours
from programme.texts import checked_line, checked_text
from programme.usecases.meeting_cards import groups_in_reach
from programme.usecases.rights import led_coalition

A_DAY: Final = timedelta(days=1)
NIGHT: Final = QuietHours()


@dataclass(frozen=True, slots=True)
class DatesAsked:
    """What a facilitator proposes; without `closes_at` the poll closes a day before the first date."""

    coalition: CoalitionId
    title: str
    moments: Sequence[datetime]
    place: str
    kind: MeetingKind = MeetingKind.WORKING
    agenda: str = ""
    closes_at: datetime | None = None


def ask_for_dates(uow: UnitOfWork, by: PersonId, asked: DatesAsked, now: datetime, zone: ZoneInfo) -> DatePoll:
    """Keep the poll, show it in the coalition's groups, and ask each member in private.

    Raises NotAllowed, NotFound where the coalition is not active, OutOfRange for fewer than two or more than ten dates,
    InThePast, ClosesTooLate where it closes after its first date, or NotWellFormed.
    """
    led_coalition(uow, by, asked.coalition)
    moments = sorted(set(asked.moments))
    if not DATES_LEAST <= len(moments) <= DATES_MOST:
        raise OutOfRange("moments", DATES_LEAST, DATES_MOST)
    closes_at = asked.closes_at or closing_by_default(moments[0], now, zone)
    if moments[0] <= now or closes_at <= now:
        raise InThePast
    if closes_at > moments[0]:
        raise ClosesTooLate
    poll = uow.date_polls.add(
        DatePoll(
            id=DatePollId(0),
            coalition_id=asked.coalition,
            title=checked_line(asked.title, "title", MEETING_TITLE_MAX),
            kind=asked.kind,
            place=checked_line(asked.place, "place", PLACE_MAX),
            agenda=checked_text(asked.agenda, "agenda", AGENDA_MAX, may_be_empty=True),
            closes_at=closes_at,
            state=DatePollState.OPEN,
            asked_by=by,
        ),
        moments,
    )
    for group in groups_in_reach(uow, poll.coalition_id):
        uow.group_cards.show(poll_card(poll), group, now)
    members = [member for member in uow.memberships.members(poll.coalition_id) if member != by]
    # A digest would bring it too late: a poll closes within days.
    uow.notices.tell(members, DatePollOpened(poll.id), f"date_poll_opened:{poll.id}", now)
    uow.audit.add(AuditLine(now, by, "ask_for_dates", f"date_poll:{poll.id}"))
    return poll


def closing_by_default(first: datetime, now: datetime, zone: ZoneInfo) -> datetime:
    """Give the hour of the first date on the day before; where that is near or over, half of the time that is left.

    A half that falls into the night waits for the morning, where that still comes before the first date.
    """
    local = first.astimezone(zone)
    day_before = on_the_clock(local.date() - A_DAY, local.time(), zone)
    if day_before - now >= A_DAY:
        return day_before
    half = now + (first - now) / 2
    morning = out_of_quiet_hours(half, NIGHT, zone)
    return morning if morning < first else half


def poll_card(poll: DatePoll) -> GroupCard:
    """Give the card that shows a poll in groups."""
    return GroupCard(CardKind.DATE_POLL, poll.id)
