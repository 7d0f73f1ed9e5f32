from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from programme.digest import digest_at, digest_ends_at, next_digest_at, replaces_reminder, waits_for_digest, week_of
from programme.leads import Lead
from programme.people import Preferences
from programme.quiet_hours import QuietHours

PARIS = ZoneInfo("Europe/Paris")
MONDAY = date(2026, 11, 23)
NO_QUIET_HOURS = QuietHours(time(0), time(0))
SLEEPS_LATE = QuietHours(time(20), time(9))
READER = Preferences(digest=True)


def paris(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=PARIS).astimezone(UTC)


@pytest.mark.parametrize(
    "at",
    [paris(23, 0), paris(25, 12), datetime(2026, 11, 29, 22, 59, 59, tzinfo=UTC)],
    ids=["its first instant", "in the middle", "its last second"],
)
def test_a_week_begins_on_monday_at_midnight_on_the_clock_of_the_territory(at: datetime) -> None:
    assert week_of(at, PARIS) == MONDAY
    assert week_of(datetime(2026, 11, 22, 22, 59, tzinfo=UTC), PARIS) == MONDAY - timedelta(days=7)


@pytest.mark.parametrize(
    ("quiet", "hour", "minute"),
    [
        (QuietHours(), 8, 0),
        (NO_QUIET_HOURS, 8, 0),
        (SLEEPS_LATE, 9, 0),
        (QuietHours(time(22), time(7)), 8, 0),
        (QuietHours(time(7, 30), time(8, 30)), 8, 30),
    ],
)
def test_the_digest_comes_on_monday_at_eight_or_at_the_end_of_the_quiet_hours(
    quiet: QuietHours, hour: int, minute: int
) -> None:
    assert digest_at(MONDAY, quiet, PARIS) == paris(23, hour, minute)


@pytest.mark.parametrize("monday", [date(2026, 3, 30), date(2026, 10, 26)], ids=["summer time", "winter time"])
def test_eight_stays_eight_when_the_clock_has_changed(monday: date) -> None:
    assert digest_at(monday, QuietHours(), PARIS).astimezone(PARIS).time() == time(8)


def test_a_digest_is_worth_sending_until_wednesday_evening() -> None:
    assert digest_ends_at(MONDAY, PARIS) == paris(25, 21)


@pytest.mark.parametrize(
    ("now", "quiet", "expected"),
    [
        (paris(23, 7, 59), QuietHours(), paris(23, 8)),
        (paris(23, 8), QuietHours(), paris(30, 8)),
        (paris(23, 8), SLEEPS_LATE, paris(23, 9)),
        (paris(29, 23, 59), QuietHours(), paris(30, 8)),
    ],
)
def test_the_next_digest_is_the_first_still_to_come(now: datetime, quiet: QuietHours, expected: datetime) -> None:
    assert next_digest_at(now, quiet, PARIS) == expected


@pytest.mark.parametrize(
    ("starts_at", "waits"),
    [(paris(26, 18), False), (paris(30, 10), False), (paris(1, 7, 59, month=12), False), (paris(1, 8, month=12), True)],
)
def test_a_new_meeting_waits_for_a_digest_that_comes_a_day_before(starts_at: datetime, *, waits: bool) -> None:
    assert waits_for_digest(READER, starts_at, paris(24, 12), PARIS) is waits
    assert not waits_for_digest(Preferences(), starts_at, paris(24, 12), PARIS)


def test_the_digest_takes_the_place_of_every_reminder_but_not_of_the_question_afterwards() -> None:
    assert {lead for lead in Lead if not replaces_reminder(READER, lead)} == {Lead.AFTERWARDS}
    assert not any(replaces_reminder(Preferences(), lead) for lead in Lead)
