from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.clock import MovableClock
from demo.clock import LeapingClock

BREST = ZoneInfo("Europe/Paris")


def here(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BREST)


def test_it_goes_on_like_the_machines_from_where_it_has_leapt() -> None:
    machine = MovableClock(datetime(2026, 11, 30, 9, tzinfo=UTC))
    clock = LeapingClock(machine)

    clock.leap_by(timedelta(hours=3))
    machine.move_by(timedelta(minutes=5))

    assert clock.now() == datetime(2026, 11, 30, 12, 5, tzinfo=UTC)


def test_it_never_goes_back() -> None:
    with pytest.raises(ValueError, match="never goes back"):
        LeapingClock().leap_by(timedelta(seconds=-1))


@pytest.mark.parametrize(
    ("machine", "begins"),
    [
        (here(11, 29, 22, 30), here(11, 30, 8)),
        (here(11, 30, 3), here(11, 30, 8)),
        (here(11, 30, 8), here(11, 30, 8)),
        (here(11, 30, 20, 59), here(11, 30, 20, 59)),
        (here(3, 28, 23), here(3, 29, 8)),
    ],
    ids=["late", "early", "as the night ends", "by day", "the night that is an hour shorter"],
)
def test_a_demo_of_the_night_begins_in_the_morning(machine: datetime, begins: datetime) -> None:
    clock = LeapingClock(MovableClock(machine))

    clock.leap_over_the_night(BREST)

    assert clock.now() == begins
