from datetime import date

import pytest

from bot.public_holidays import problem_with, public_holidays
from bot.territory_file import load_territory
from programme.working_days import is_working_day, working_days_between
from tests.world import BREST

FRENCH = public_holidays(load_territory(BREST))


@pytest.mark.parametrize(
    ("day", "at_work"),
    [
        (date(2026, 11, 23), True),
        (date(2026, 11, 21), False),
        (date(2026, 11, 22), False),
        (date(2026, 11, 11), False),
        (date(2027, 5, 6), False),  # Ascension Day, which moves with Easter
    ],
)
def test_people_are_at_work_but_at_the_weekend_and_on_public_holidays(day: date, at_work: bool) -> None:
    assert is_working_day(day, FRENCH) is at_work


def test_the_day_it_came_does_not_count_and_today_does() -> None:
    monday, thursday, next_monday = date(2026, 11, 23), date(2026, 11, 26), date(2026, 11, 30)

    assert working_days_between(monday, monday, FRENCH) == 0
    assert working_days_between(monday, thursday, FRENCH) == 3
    assert working_days_between(monday, next_monday, FRENCH) == 5
    assert working_days_between(next_monday, monday, FRENCH) == 0


def test_christmas_holds_the_count_up() -> None:
    assert working_days_between(date(2026, 12, 24), date(2026, 12, 28), FRENCH) == 1


def test_a_country_that_nobody_knows_is_told_with_what_to_write() -> None:
    assert problem_with("FR", "NC") is None
    assert (
        problem_with("France", None) == "“France” is no country with known holidays; write its two letters, such as FR"
    )
    assert (problem_with("FR", "29") or "").startswith("“29” is no part of FR with its own holidays; use one of 57, ")
