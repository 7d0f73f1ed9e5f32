from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.clock import MovableClock, SystemClock

NOON_IN_NOUMEA = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Pacific/Noumea"))


def test_system_clock_goes_forward_in_utc() -> None:
    clock = SystemClock()
    earlier, later = clock.now(), clock.now()

    assert (earlier <= later, earlier.tzinfo) == (True, UTC)


def test_movable_clock_stands_still_in_utc() -> None:
    clock = MovableClock(NOON_IN_NOUMEA)

    assert (clock.now(), clock.now()) == (datetime(2026, 11, 24, 1, tzinfo=UTC),) * 2
    assert clock.now().tzinfo is UTC


def test_movable_clock_goes_where_it_is_moved() -> None:
    clock = MovableClock(NOON_IN_NOUMEA)

    clock.move_by(timedelta(hours=1))
    assert clock.now() == datetime(2026, 11, 24, 2, tzinfo=UTC)

    clock.move_to(NOON_IN_NOUMEA)
    assert clock.now() == NOON_IN_NOUMEA


def test_movable_clock_refuses_a_naive_instant() -> None:
    clock = MovableClock(NOON_IN_NOUMEA)

    with pytest.raises(ValueError, match="aware"):
        clock.move_to(NOON_IN_NOUMEA.replace(tzinfo=None))
