from datetime import time

import pytest

from programme.quiet_hours import QuietHours


@pytest.mark.parametrize(
    ("at", "quiet"),
    [
        (time(20, 59, 59), False),
        (time(21), True),
        (time(23, 59), True),
        (time(0), True),
        (time(7, 59, 59), True),
        (time(8), False),
        (time(12), False),
    ],
)
def test_the_night_is_quiet_from_nine_to_eight(at: time, quiet: bool) -> None:
    assert (at in QuietHours()) is quiet


@pytest.mark.parametrize(
    ("at", "quiet"),
    [(time(8, 59), False), (time(9), True), (time(12), True), (time(17), False), (time(2), False)],
)
def test_who_works_at_night_is_left_alone_by_day(at: time, quiet: bool) -> None:
    assert (at in QuietHours(time(9), time(17))) is quiet


@pytest.mark.parametrize("at", [time(0), time(3), time(12), time(23, 59, 59)])
@pytest.mark.parametrize("end", [time(0), time(8), time(21)])
def test_two_equal_ends_mean_no_quiet_hours(at: time, end: time) -> None:
    assert at not in QuietHours(end, end)
