"""Working days: those that are neither at the weekend nor public holidays."""

from collections.abc import Container
from datetime import date, timedelta
from typing import Final

SATURDAY: Final = 5
A_DAY: Final = timedelta(days=1)


def is_working_day(day: date, holidays: Container[date]) -> bool:
    """Tell whether people are at work on a day."""
    return day.weekday() < SATURDAY and day not in holidays


def working_days_between(since: date, until: date, holidays: Container[date]) -> int:
    """Count the working days after `since`, up to `until` and with it; 0 where there are none."""
    days = (since + A_DAY * number for number in range(1, (until - since).days + 1))
    return sum(is_working_day(day, holidays) for day in days)
