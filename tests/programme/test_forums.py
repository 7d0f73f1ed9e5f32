from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.forums import LAST_CALL, LEAST_TO_ANSWER, OFFER_LASTS, offer_deadline
from programme.quiet_hours import QuietHours
from programme.reminders import out_of_quiet_hours

PARIS = ZoneInfo("Europe/Paris")
NIGHT = QuietHours()
NO_QUIET_HOURS = QuietHours(time(0), time(0))
NIGHT_WORK = QuietHours(time(9), time(16))


def on_wall(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 on the clock of Brest."""
    return datetime(2026, 11, day, hour, minute, tzinfo=PARIS).astimezone(UTC)


FORUM = on_wall(26, 14)


def until(now: datetime, quiet: QuietHours = NIGHT, starts_at: datetime = FORUM) -> str:
    return f"{offer_deadline(now, starts_at, quiet, PARIS).astimezone(PARIS):%d %H:%M}"


def test_by_day_there_are_six_hours_to_confirm() -> None:
    assert until(on_wall(25, 10)) == "25 16:00"


def test_an_offer_of_the_evening_stands_until_two_hours_into_the_morning() -> None:
    assert until(on_wall(24, 18)) == "25 10:00"


@pytest.mark.parametrize(("hour", "minute"), [(0, 0), (3, 0), (7, 0)])
def test_an_offer_of_the_night_leaves_two_hours_of_the_morning_at_least(hour: int, minute: int) -> None:
    after_six_hours = on_wall(25, hour, minute) + OFFER_LASTS

    assert until(on_wall(25, hour, minute)) == f"{max(after_six_hours, on_wall(25, 10)).astimezone(PARIS):%d %H:%M}"


def test_the_hours_that_are_quiet_for_who_works_at_night_are_spared() -> None:
    assert until(on_wall(25, 5), NIGHT_WORK) == "25 18:00"


def test_without_quiet_hours_the_night_is_as_the_day() -> None:
    assert until(on_wall(24, 23), NO_QUIET_HOURS) == "25 05:00"


def test_an_offer_ends_an_hour_before_the_start_so_that_the_next_one_can_come() -> None:
    assert until(on_wall(26, 9)) == "26 13:00"
    assert until(on_wall(25, 22), starts_at=on_wall(26, 9)) == "26 08:00"


@pytest.mark.parametrize(("minute", "deadline"), [(30, "26 13:00"), (31, "26 14:00"), (59, "26 14:00")])
def test_where_the_last_call_leaves_less_than_half_an_hour_the_offer_stands_until_the_start(
    minute: int, deadline: str
) -> None:
    assert until(on_wall(26, 12, minute)) == deadline


def test_in_the_last_hour_an_offer_stands_until_the_start() -> None:
    assert until(on_wall(26, 13, 30)) == "26 14:00"


hours_of_the_day = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@given(
    now=st.datetimes(datetime(2026, 10, 20), datetime(2027, 4, 10), timezones=st.just(UTC)),  # noqa: DTZ001 (bounds are local, the timezone is given)
    ahead=st.timedeltas(timedelta(minutes=1), timedelta(hours=48)),
    quiet=st.builds(QuietHours, hours_of_the_day, hours_of_the_day),
)
def test_an_offer_always_leaves_time_and_never_reaches_into_the_forum(
    now: datetime, ahead: timedelta, quiet: QuietHours
) -> None:
    starts_at = now + ahead

    deadline = offer_deadline(now, starts_at, quiet, PARIS)

    assert now < deadline <= starts_at
    assert deadline - now >= min(LEAST_TO_ANSWER, ahead)
    if deadline < starts_at - LAST_CALL:
        assert deadline >= now + OFFER_LASTS
        assert out_of_quiet_hours(now, quiet, PARIS) < deadline
