"""Series: meetings that come again by a rule, at the same hour on the clock on the wall."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import takewhile
from typing import Final

from programme.ids import CoalitionId, PersonId, SeriesId
from programme.meetings import MeetingKind

AHEAD: Final = timedelta(days=60)
"""How far ahead the meetings of a series are planned; the next two always are."""
LAST_WEEK: Final = -1
"""Stands for the last such weekday of the month."""


class Frequency(StrEnum):
    """How often a series comes."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class Series:
    """A rule of meetings, from `starts_on`, the day of the first one, at the hour `at` of the territory's clock.

    A monthly one comes on the same weekday as the first, the `nth` of its month (1 to 4, or LAST_WEEK).
    """

    id: SeriesId
    coalition_id: CoalitionId
    title: str
    kind: MeetingKind
    place: str
    agenda: str
    frequency: Frequency
    starts_on: date
    at: time
    nth: int | None
    until_on: date | None
    planned_by: PersonId | None
    ended_at: datetime | None = None


def slots(series: Series) -> Iterator[date]:
    """Give the days of a series from its first one on, without end where it has none."""
    days = days_by_rule(series.starts_on, series.frequency, series.nth)
    until = series.until_on
    yield from days if until is None else takewhile(lambda day: day <= until, days)


def days_by_rule(first: date, frequency: Frequency, nth: int | None = None) -> Iterator[date]:
    """Give the days on which something comes again by a rule, from its first one on, without end."""
    day = first
    while True:
        yield day
        day = _next(day, frequency, nth or nth_of(first))


def nth_of(day: date) -> int:
    """Tell which weekday of its month a day is: 1 to 4, or LAST_WEEK for a fifth one."""
    nth = (day.day - 1) // 7 + 1
    return nth if nth <= 4 else LAST_WEEK  # noqa: PLR2004 (no month is without a fourth one)


def _next(day: date, frequency: Frequency, nth: int) -> date:
    if frequency is not Frequency.MONTHLY:
        return day + timedelta(weeks=1 if frequency is Frequency.WEEKLY else 2)
    first = (day.replace(day=1) + timedelta(days=31)).replace(day=1)
    if nth == LAST_WEEK:
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - day.weekday()) % 7)
    return first + timedelta(days=(day.weekday() - first.weekday()) % 7, weeks=nth - 1)
