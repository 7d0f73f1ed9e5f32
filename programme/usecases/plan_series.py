"""Plan meetings that come again: each week, every two weeks, or each month on a weekday."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from programme.audit import AuditLine
from programme.errors import EndsBeforeStart, InThePast
from programme.ids import CoalitionId, PersonId, SeriesId
from programme.meetings import AGENDA_MAX, MEETING_TITLE_MAX, PLACE_MAX, Meeting, MeetingKind
from programme.notices import SeriesPlanned
from programme.ports import UnitOfWork
from programme.series import Frequency, Series, nth_of
from programme.texts import checked_line, checked_text
from programme.usecases.extend_series import extend_series
from programme.usecases.meeting_cards import show_meeting
from programme.usecases.plan_meeting import tell_members
from programme.usecases.rights import led_coalition


@dataclass(frozen=True, slots=True)
class SeriesPlan:
    """What a facilitator plans: the first meeting, how often it comes again, and until which day, if it ends."""

    coalition: CoalitionId
    title: str
    starts_at: datetime
    frequency: Frequency
    place: str
    until_on: date | None = None
    kind: MeetingKind = MeetingKind.WORKING
    agenda: str = ""


def plan_series(uow: UnitOfWork, by: PersonId, plan: SeriesPlan, now: datetime, zone: ZoneInfo) -> Series:
    """Keep the series and make its first meetings; the members are told once of all of them.

    They are chaired in turn where the coalition has agreed so. In its groups the first one's card is shown; the next
    ones follow a week before each. Raises NotAllowed, NotFound where the coalition is not active, InThePast, or
    EndsBeforeStart.
    """
    led_coalition(uow, by, plan.coalition)
    local = plan.starts_at.astimezone(zone)
    if plan.starts_at <= now:
        raise InThePast
    if plan.until_on is not None and plan.until_on < local.date():
        raise EndsBeforeStart
    series = uow.series.add(
        Series(
            id=SeriesId(0),
            coalition_id=plan.coalition,
            title=checked_line(plan.title, "title", MEETING_TITLE_MAX),
            kind=plan.kind,
            place=checked_line(plan.place, "place", PLACE_MAX),
            agenda=checked_text(plan.agenda, "agenda", AGENDA_MAX, may_be_empty=True),
            frequency=plan.frequency,
            starts_on=local.date(),
            at=local.time().replace(second=0, microsecond=0),
            nth=nth_of(local.date()) if plan.frequency is Frequency.MONTHLY else None,
            until_on=plan.until_on,
            planned_by=by,
        )
    )
    first, *_ = extend_series(uow, series.id, now, zone)
    tell_of_series(uow, by, series, first, now, zone)
    show_meeting(uow, first, now, zone)
    uow.audit.add(AuditLine(now, by, "plan_series", f"series:{series.id}"))
    return series


def tell_of_series(
    uow: UnitOfWork, by: PersonId, series: Series, first: Meeting, now: datetime, zone: ZoneInfo
) -> None:
    """Tell the members of a series as it is now, in one message."""
    key = f"series_planned:{series.id}:{first.id}:{first.version}"
    tell_members(uow, by, first, SeriesPlanned(series.id), key, now, zone)
