"""Move all meetings to come of a series, or end it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from programme.audit import AuditLine
from programme.errors import InThePast, Outdated, TooLate
from programme.ids import PersonId, SeriesId
from programme.meetings import PLACE_MAX, Meeting, MeetingState
from programme.notices import SeriesEnded
from programme.ports import UnitOfWork
from programme.series import Frequency, Series, nth_of, slots
from programme.texts import checked_line
from programme.usecases.extend_series import extend_series, slot_at
from programme.usecases.meeting_cards import refresh_cards, show_meeting
from programme.usecases.move_meeting import Move, put_elsewhere, take_off
from programme.usecases.plan_series import tell_of_series
from programme.usecases.rights import require_facilitator

LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)


def move_series(
    uow: UnitOfWork, by: PersonId, series_id: SeriesId, move: Move, now: datetime, zone: ZoneInfo
) -> Series:
    """Have a series begin anew at another moment, whose weekday and hour become its rule, and perhaps at another place.

    Its meetings to come take the new days one after the other, and ask again. One that was moved by hand stays where it
    was put, and one that was cancelled stays so: either keeps its turn in the row, so that nothing is made in its
    place. Nothing of what is over changes. The members are told once. Raises NotAllowed, TooLate once it has ended,
    InThePast, or Outdated where its next meeting is no longer at the version that was seen.
    """
    series = running_series(uow, by, series_id)
    coming = _coming(uow, series, now)
    version_now = next((one.version for one in coming if one.state is MeetingState.PLANNED), None)
    if move.version is not None and move.version != version_now:
        raise Outdated
    if move.starts_at <= now:
        raise InThePast
    renewed = _renewed(series, move, zone)
    days = list(islice(slots(replace(renewed, until_on=None)), len(coming)))
    if series.until_on is not None:
        renewed = replace(renewed, until_on=max(series.until_on, renewed.starts_on, *days))
    uow.series.save(renewed)
    _leave_days(uow, renewed, now)
    moved = _put_on(uow, series, renewed, coming, days, now, zone)
    extend_series(uow, series_id, now, zone)
    refresh_cards(uow, (one.id for one in moved[1:]), now)
    if moved:
        tell_of_series(uow, by, renewed, moved[0], now, zone)
        show_meeting(uow, moved[0], now, zone)
    uow.audit.add(AuditLine(now, by, "move_series", f"series:{series_id}"))
    return renewed


def end_series(uow: UnitOfWork, by: PersonId, series_id: SeriesId, now: datetime) -> int:
    """End a series, cancel its meetings to come and give how many they were; the members are told once.

    The turns of those who were to chair are given back. Raises NotAllowed, or TooLate where it has ended already.
    """
    series = running_series(uow, by, series_id)
    uow.series.save(replace(series, ended_at=now))
    planned = [one for one in _coming(uow, series, now) if one.state is MeetingState.PLANNED]
    # The last one first, so that whose turn comes next is who was to chair the first.
    for meeting in reversed(planned):
        take_off(uow, meeting, now)
    members = [member for member in uow.memberships.members(series.coalition_id) if member != by]
    uow.notices.tell(members, SeriesEnded(series_id), f"series_ended:{series_id}", now)
    uow.audit.add(AuditLine(now, by, "end_series", f"series:{series_id}"))
    return len(planned)


def running_series(uow: UnitOfWork, by: PersonId, series_id: SeriesId) -> Series:
    """Give a series that its facilitator may still move or end; raises NotAllowed or TooLate."""
    series = uow.series.get_to_change(series_id)
    require_facilitator(uow, by, series.coalition_id)
    if series.ended_at is not None:
        raise TooLate
    return series


def next_of_series(uow: UnitOfWork, series: Series, now: datetime) -> Sequence[Meeting]:
    """Give the meetings of a series that will take place, soonest first."""
    return [one for one in uow.meetings.of_series(series.id, now) if one.state is MeetingState.PLANNED]


def _coming(uow: UnitOfWork, series: Series, now: datetime) -> list[Meeting]:
    """Give the meetings to come in the order of the rule, cancelled ones too."""
    coming = [one for one in uow.meetings.of_series(series.id, now) if one.slot_on is not None]
    return sorted(coming, key=lambda one: one.slot_on or one.starts_at.date())


def _renewed(series: Series, move: Move, zone: ZoneInfo) -> Series:
    local = move.starts_at.astimezone(zone)
    return replace(
        series,
        starts_on=local.date(),
        at=local.time().replace(second=0, microsecond=0),
        nth=nth_of(local.date()) if series.frequency is Frequency.MONTHLY else None,
        place=checked_line(move.place, "place", PLACE_MAX) if move.place else series.place,
    )


def _leave_days(uow: UnitOfWork, renewed: Series, now: datetime) -> None:
    """Free the days of the new rule from meetings that are over: one held earlier by hand, or earlier on that day."""
    for meeting in uow.meetings.of_series(renewed.id, LONG_AGO):
        if meeting.starts_at <= now and meeting.slot_on is not None and meeting.slot_on >= renewed.starts_on:
            uow.meetings.save(replace(meeting, slot_on=None))


def _put_on(
    uow: UnitOfWork,
    before: Series,
    renewed: Series,
    coming: Sequence[Meeting],
    days: Sequence[date],
    now: datetime,
    zone: ZoneInfo,
) -> list[Meeting]:
    """Put meetings on the new days of their rule, and give those that have another moment or place, soonest first."""
    for meeting in coming:
        # A day of the rule has one meeting: every old day is left before a new one is taken.
        uow.meetings.save(replace(meeting, slot_on=None))
    moved = []
    for meeting, day in zip(coming, days, strict=True):
        kept = replace(meeting, slot_on=day)
        by_hand = meeting.slot_on is None or meeting.starts_at != slot_at(before, meeting.slot_on, zone)
        if meeting.state is MeetingState.CANCELLED or by_hand:
            uow.meetings.save(kept)
            continue
        place = renewed.place if meeting.place == before.place else meeting.place
        moved.append(put_elsewhere(uow, replace(kept, starts_at=slot_at(renewed, day, zone), place=place), now, zone))
    return moved
