"""Extend series: their meetings are made ahead, each with its own reminders and, where there is one, its chair."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import islice, takewhile
from typing import Final
from zoneinfo import ZoneInfo

from programme.ids import MeetingId, SeriesId
from programme.meetings import Meeting, MeetingState
from programme.ports import UnitOfWork
from programme.reminders import on_the_clock
from programme.series import AHEAD, Series, slots
from programme.usecases.chairs import take_turn
from programme.usecases.plan_meeting import remind_of_meeting

LEAST_AHEAD: Final = 2
"""So many meetings of a series are always planned, however rarely it comes."""


def extend_every_series(uow: UnitOfWork, now: datetime, zone: ZoneInfo) -> bool:
    """Make the meetings that have come near, of every series that goes on; false when none was missing.

    A series whose last day has come ends by itself.
    """
    made = 0
    for series in uow.series.running():
        if _ahead(series, now, zone):
            made += len(extend_series(uow, series.id, now, zone))
        else:
            uow.series.save(replace(series, ended_at=now))
    return made > 0


def extend_series(uow: UnitOfWork, series_id: SeriesId, now: datetime, zone: ZoneInfo) -> Sequence[Meeting]:
    """Make the meetings of a series that come within AHEAD, and the next two in any case, and give those made.

    Its row is held meanwhile, and a day of the rule has one meeting for ever: two processes make none twice.
    """
    series = uow.series.get_to_change(series_id)
    if series.ended_at is not None:
        return ()
    taken = uow.series.slots_taken(series.id)
    return [_make(uow, series, day, now, zone) for day in _ahead(series, now, zone) if day not in taken]


def slot_at(series: Series, day: date, zone: ZoneInfo) -> datetime:
    """Give the instant at which a series meets on a day of its rule, by the clock on the wall."""
    return on_the_clock(day, series.at, zone)


def _ahead(series: Series, now: datetime, zone: ZoneInfo) -> list[date]:
    """Give the days of the rule, still to come, on which there should be a meeting by now."""
    coming = (day for day in slots(series) if slot_at(series, day, zone) > now)
    first = list(islice(coming, LEAST_AHEAD))
    horizon = (now + AHEAD).astimezone(zone).date()
    return [*first, *takewhile(lambda day: day <= horizon, coming)]


def _make(uow: UnitOfWork, series: Series, day: date, now: datetime, zone: ZoneInfo) -> Meeting:
    made = uow.meetings.add(
        Meeting(
            id=MeetingId(0),
            coalition_id=series.coalition_id,
            title=series.title,
            starts_at=slot_at(series, day, zone),
            place=series.place,
            state=MeetingState.PLANNED,
            version=0,
            planned_by=series.planned_by,
            kind=series.kind,
            agenda=series.agenda,
            chair_id=take_turn(uow, series.coalition_id),
            series_id=series.id,
            slot_on=day,
        )
    )
    remind_of_meeting(uow, made, now, zone)
    return made
