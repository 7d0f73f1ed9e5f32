from datetime import UTC, datetime

import pytest
from markupsafe import Markup, escape

from handlers.forms import Moment
from handlers.forms.field import Answered, Body, State, Turned, Wrong
from handlers.said import Said, Tap, Words
from tests.handlers.forms.conversing import NO_STATE, shown, tap, turn_of

TURN = turn_of(Words(""))


def read(said: Said, state: State = NO_STATE, field: Moment = Moment()) -> object:  # noqa: B008 (frozen)
    return field.read(turn_of(said), said, state)


def body(state: State = NO_STATE) -> Body:
    return Moment().ask(TURN, state)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("mardi 18h30", "2026-11-24T17:30:00+00:00"),
        ("24/11 à 18 h", "2026-11-24T17:00:00+00:00"),
        ("demain midi", "2026-11-19T11:00:00+00:00"),
        ("Mardi 24 novembre 2026 à 18 h 30", "2026-11-24T17:30:00+00:00"),
        ("24/11 18:30", "2026-11-24T17:30:00+00:00"),
        ("18h30 mardi", "2026-11-24T17:30:00+00:00"),
        ("le 2 à 9h", "2026-12-02T08:00:00+00:00"),
        ("dans 3 jours à 18 h", "2026-11-21T17:00:00+00:00"),
        ("dans une semaine à 18h", "2026-11-25T17:00:00+00:00"),
        ("in two weeks at 6pm", "2026-12-02T17:00:00+00:00"),
        ("aujourd’hui 14h", "2026-11-18T13:00:00+00:00"),
        ("next tuesday at 6pm", "2026-11-24T17:00:00+00:00"),
        ("14 juillet 20h", "2027-07-14T18:00:00+00:00"),
    ],
)
def test_day_and_hour_are_written_in_one_answer(written: str, moment: str) -> None:
    assert read(Words(written)) == Answered(moment)


def test_day_then_hour_are_tapped() -> None:
    day = read(tap(body(), "24"))

    assert day == Turned({"day": "2026-11-24"})
    hours = body({"day": "2026-11-24"})
    assert hours.lines == (Markup("Tuesday 24 November 2026: at what time?"),)
    assert shown(hours)[-1] == ["Another day"]
    assert read(tap(hours, "18:30"), {"day": "2026-11-24"}) == Answered("2026-11-24T17:30:00+00:00")
    assert read(tap(hours, "Another day"), {"day": "2026-11-24"}) == Turned({})


def test_day_is_tapped_and_hour_written() -> None:
    assert read(Words("18"), {"day": "2026-11-24"}) == Answered("2026-11-24T17:00:00+00:00")
    assert read(Words("à 20h30"), {"day": "2026-11-24"}) == Answered("2026-11-24T19:30:00+00:00")


def test_day_alone_asks_for_the_hour() -> None:
    assert read(Words("mardi")) == Turned({"day": "2026-11-24"})


def test_hour_alone_asks_for_the_day() -> None:
    state = {"time": "18:30"}

    assert read(Words("18h30")) == Turned(state)
    assert body(state).lines == (Markup("At 18:30: on which day?"),)
    assert read(tap(body(state), "24"), state) == Answered("2026-11-24T17:30:00+00:00")


def test_other_day_may_be_written_instead_of_the_hour() -> None:
    assert read(Words("jeudi 26"), {"day": "2026-11-24"}) == Turned({"day": "2026-11-26"})
    assert read(Words("jeudi 26 à 9h"), {"day": "2026-11-24"}) == Answered("2026-11-26T08:00:00+00:00")


def test_month_alone_is_shown_to_choose_in() -> None:
    assert read(Words("en mai à 18h")) == Turned({"time": "18:00", "month": "2027-05", "named": True})


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (
            "aujourd’hui 9h",
            "I understood Wednesday 18 November 2026 at 9:00, which is over: please give a moment to come.",
        ),
        ("hier 18h", "I understood Tuesday 17 November 2026, which is past: please give a day to come."),
        ("bientôt", "This is not clear: please write it like “Tuesday 18:30” or “24/11 at 18:00”."),
        ("de 18h à 20h", "This is not clear: please write it like “Tuesday 18:30” or “24/11 at 18:00”."),
        (
            "bientôt à 18h",
            "This day is not clear: please write it like 14/03, tomorrow or Tuesday, or tap it below.",
        ),
        (
            "lundi 24 novembre 18h",
            "This date is Tuesday 24 November 2026, not the day of the week you wrote: please check it.",
        ),
    ],
)
def test_moment_that_does_not_fit_is_told_as_it_was_understood(written: str, problem: str) -> None:
    assert read(Words(written)) == Wrong(escape(problem))


def test_hour_that_summer_time_leaps_over_moves_forward_with_a_word() -> None:
    assert read(Words("28/03/2027 à 2h30")) == Answered(
        "2027-03-28T01:30:00+00:00",
        Markup("The clocks go forward that night and 2:30 does not exist: Sunday 28 March 2027 at 3:30 is kept."),
    )


def test_hour_that_comes_twice_is_the_first() -> None:
    assert read(Words("31/10/2027 à 2h30")) == Answered("2027-10-31T00:30:00+00:00")


def test_past_moment_may_be_asked_for() -> None:
    field = Moment(past=True, future=False)

    assert read(Words("hier 18h"), field=field) == Answered("2026-11-17T17:00:00+00:00")
    assert read(Words("aujourd’hui 18h"), field=field) == Wrong(
        Markup("I understood Wednesday 18 November 2026 at 18:00, which is still to come: please give a past one.")
    )


@pytest.mark.parametrize(
    "said", [Tap("h", ("1830",), 1), Tap("h", ("zz",), 1), Tap("d", ("zz",), 1), Tap("d", (), 1), Tap("zzz", (), 1)]
)
def test_forged_buttons_are_no_answer(said: Said) -> None:
    assert read(said) is None


def test_moment_is_shown_on_the_territory_s_clock_and_given_in_utc() -> None:
    value = "2026-11-24T17:30:00+00:00"

    assert Moment().show(TURN, value) == "Tuesday 24 November 2026 at 18:30"
    assert Moment().into(value) == datetime(2026, 11, 24, 17, 30, tzinfo=UTC)
