"""The digest: when each person gets their one message a week, and what it takes the place of."""

from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from programme.leads import Lead
from programme.people import Preferences
from programme.quiet_hours import QuietHours
from programme.reminders import on_the_clock, out_of_quiet_hours

DIGEST_HOUR: Final = time(8)
A_WEEK: Final = timedelta(days=7)
LATE_DAYS: Final = 2
"""A digest of Monday that an outage held up is worth sending until Wednesday evening."""
LATE_HOUR: Final = time(21)
TIME_TO_COME: Final = timedelta(days=1)
"""What begins less than this after a digest can't wait for it."""


def week_of(at: datetime, zone: ZoneInfo) -> date:
    """Give the Monday of the week, on the clock of `zone`."""
    day = at.astimezone(zone).date()
    return day - timedelta(days=day.weekday())


def digest_opens_at(week: date, zone: ZoneInfo) -> datetime:
    """Give the instant before which nobody gets the digest of the week that begins on `week`."""
    return on_the_clock(week, DIGEST_HOUR, zone)


def digest_at(week: date, quiet: QuietHours, zone: ZoneInfo) -> datetime:
    """Give the instant at which one person gets a week's digest: Monday at 8:00, or when their quiet hours end."""
    return out_of_quiet_hours(digest_opens_at(week, zone), quiet, zone)


def digest_ends_at(week: date, zone: ZoneInfo) -> datetime:
    """Give the instant from which a week's digest comes too late: Wednesday at 21:00."""
    return on_the_clock(week + timedelta(days=LATE_DAYS), LATE_HOUR, zone)


def next_digest_at(now: datetime, quiet: QuietHours, zone: ZoneInfo) -> datetime:
    """Give when one person's next digest comes."""
    week = week_of(now, zone)
    this_week = digest_at(week, quiet, zone)
    return this_week if now < this_week else digest_at(week + A_WEEK, quiet, zone)


def waits_for_digest(preferences: Preferences, starts_at: datetime, now: datetime, zone: ZoneInfo) -> bool:
    """Tell whether a meeting planned now is news that somebody's next digest brings in time."""
    soon_enough = next_digest_at(now, preferences.quiet_hours, zone) + TIME_TO_COME
    return preferences.digest and starts_at >= soon_enough


def replaces_reminder(preferences: Preferences, lead: Lead) -> bool:
    """Tell whether the digest takes the place of a reminder; the question after an event is none."""
    return preferences.digest and lead is not Lead.AFTERWARDS
