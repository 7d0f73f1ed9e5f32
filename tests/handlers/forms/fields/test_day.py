from datetime import date

import pytest
from markupsafe import Markup, escape

from handlers.forms import Day
from handlers.forms.field import Answered, Body, State, Turned, Wrong
from handlers.said import Said, Tap, Words
from tests.handlers.forms.conversing import NO_STATE, shown, tap, turn_of

TURN = turn_of(Words(""))


def read(field: Day, said: Said, state: State = NO_STATE) -> object:
    return field.read(turn_of(said), said, state)


def body(field: Day, state: State = NO_STATE) -> Body:
    return field.ask(TURN, state)


def test_month_shows_only_days_that_may_be_chosen() -> None:
    assert shown(body(Day(past=False))) == [
        ["Today", "Tomorrow"],
        ["·", "November 2026", "›"],
        ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"],
        ["·", "·", "·", "·", "·", "·", "·"],
        ["·", "·", "·", "·", "·", "·", "·"],
        ["·", "·", "·", "·", "·", "·", "·"],
        ["·", "·", "18", "19", "20", "21", "22"],
        ["23", "24", "25", "26", "27", "28", "29"],
        ["30", "·", "·", "·", "·", "·", "·"],
    ]


def test_today_may_be_left_out() -> None:
    later = Day(past=False, today=False)
    rows = shown(body(later))

    assert (rows[0], rows[6]) == (["Tomorrow"], ["·", "·", "·", "19", "20", "21", "22"])
    assert read(later, Words("today")) == Wrong(
        escape("I understood Wednesday 18 November 2026, which is today: please give a later day.")
    )
    assert read(later, Words("yesterday")) == Wrong(
        escape("I understood Tuesday 17 November 2026, which is past: please give a day to come.")
    )
    assert read(later, Words("tomorrow")) == Answered("2026-11-19")


def test_past_question_goes_back_and_no_further_than_today() -> None:
    rows = shown(body(Day(future=False)))

    assert rows[:2] == [["Yesterday", "Today"], ["‹", "November 2026", "·"]]
    assert rows[6] == ["16", "17", "18", "·", "·", "·", "·"]


def test_day_is_tapped_in_another_month() -> None:
    field = Day()
    turned = read(field, tap(body(field), "›"))

    assert turned == Turned({"month": "2026-12"})
    december = body(field, {"month": "2026-12"})
    assert shown(december)[1] == ["‹", "December 2026", "›"]
    assert read(field, tap(december, "24"), {"month": "2026-12"}) == Answered("2026-12-24")


@pytest.mark.parametrize(
    ("field", "written", "day"),
    [
        (Day(), "mardi", "2026-11-17"),
        (Day(past=False), "mardi", "2026-11-24"),
        (Day(future=False), "14/03", "2026-03-14"),
        (Day(past=False), "14/03", "2027-03-14"),
        (Day(), "Hier", "2026-11-17"),
        (Day(past=False), "today", "2026-11-18"),
        (Day(future=False), "aujourd’hui", "2026-11-18"),
    ],
)
def test_day_is_written_in_everyday_words(field: Day, written: str, day: str) -> None:
    assert read(field, Words(written)) == Answered(day)


@pytest.mark.parametrize(
    ("field", "written", "problem"),
    [
        (Day(past=False), "hier", "I understood Tuesday 17 November 2026, which is past: please give a day to come."),
        (
            Day(future=False),
            "demain",
            "I understood Thursday 19 November 2026, which is still to come: please give a day that is past.",
        ),
        (Day(), "24/11/2066", "I understood Wednesday 24 November 2066, which is too far away: please check the year."),
        (Day(), "24/11/1926", "I understood Wednesday 24 November 1926, which is too far away: please check the year."),
        (
            Day(),
            "lundi 24/11/2026",
            "This date is Tuesday 24 November 2026, not the day of the week you wrote: please check it.",
        ),
        (Day(), "un jour", "This day is not clear: please write it like 14/03, tomorrow or Tuesday, or tap it below."),
    ],
)
def test_day_that_does_not_fit_is_told_as_it_was_understood(field: Day, written: str, problem: str) -> None:
    assert read(field, Words(written)) == Wrong(escape(problem))


def test_month_written_alone_is_shown_to_choose_in() -> None:
    field = Day(past=False)

    assert read(field, Words("en mai")) == Turned({"month": "2027-05", "named": True})
    may = body(field, {"month": "2027-05", "named": True})
    assert (shown(may)[1], may.lines) == (["‹", "May 2027", "›"], (Markup("Which day of this month?"),))


def test_answer_there_was_opens_its_month() -> None:
    assert shown(body(Day(), {"before": "2027-02-03"}))[1] == ["‹", "February 2027", "›"]


def test_signs_without_a_day_only_say_what_to_do() -> None:
    state = {"month": "2027-05"}

    assert read(Day(), Tap("x", (), 1), state) == Turned(state, toast="Tap the number of a day.")


@pytest.mark.parametrize("month", ["", "garbage", "0000-00", "9999-12", "2027-13", "🎉"])
def test_forged_month_is_brought_where_days_may_be_chosen(month: str) -> None:
    assert len(shown(body(Day(), {"month": month}))) >= 6


def test_forged_day_out_of_reach_is_refused() -> None:
    assert read(Day(past=False), Tap("d", ("2020-01-01",), 1)) == Wrong(
        Markup("I understood Wednesday 1 January 2020, which is past: please give a day to come.")
    )
    assert read(Day(), Tap("d", ("today",), 1)) is None


def test_today_is_the_territory_s() -> None:
    late = turn_of(Words("aujourd’hui"), now=turn_of(Words("")).now.replace(hour=23, minute=30))

    assert Day().read(late, late.said, NO_STATE) == Answered("2026-11-19")


def test_day_is_shown_in_full_and_given_as_a_date() -> None:
    assert Day().show(turn_of(Words(""), language="fr"), "2026-11-24") == "mardi 24 novembre 2026"
    assert Day().into("2026-11-24") == date(2026, 11, 24)
