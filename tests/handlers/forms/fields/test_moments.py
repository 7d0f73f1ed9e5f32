from datetime import UTC, datetime
from typing import Any

import pytest
from markupsafe import Markup, escape

from handlers.forms import Moments
from handlers.forms.field import Answered, Body, State, Turned, Wrong
from handlers.said import Said, Tap, Unread, Words
from tests.handlers.forms.conversing import NO_STATE, shown, tap, turn_of

TUESDAY, THURSDAY, FRIDAY = "2026-11-24T17:30:00+00:00", "2026-11-26T17:30:00+00:00", "2026-11-27T11:00:00+00:00"
FIELD = Moments(least=2, most=4)
SATURDAY = datetime(2026, 11, 21, 11, tzinfo=UTC)
"""Noon in Brest."""


def read(said: Said, state: State = NO_STATE, *, now: datetime = SATURDAY) -> object:
    return FIELD.read(turn_of(said, now=now), said, state)


def state_after(written: str, state: State = NO_STATE) -> dict[str, Any]:
    outcome = read(Words(written), state)
    assert isinstance(outcome, Turned)
    return dict(outcome.state)


def body(state: State) -> Body:
    return FIELD.ask(turn_of(Words(""), now=SATURDAY), state)


@pytest.mark.parametrize(
    "written",
    [
        "mardi 18h30, jeudi 18h30",
        "mardi 18h30; jeudi 26 novembre à 18 h 30",
        "mardi 18h30\njeudi 18h30",
        "jeudi 18h30 et mardi 18h30",
        "24/11 à 18h30 ou 26/11 à 18h30",
        "mardi, 18h30, jeudi, 18h30",
        "mardi 24 novembre, 18h30, jeudi 18h30,",
        "tuesday 6:30 pm and thursday 6:30 pm",
    ],
)
def test_several_moments_are_written_in_one_message(written: str) -> None:
    assert state_after(written) == {"given": [TUESDAY, THURSDAY], "left_out": []}


def test_moments_are_written_one_after_another_each_once_and_soonest_first() -> None:
    state = state_after("jeudi 18h30")
    state = state_after("mardi 18h30", state)
    state = state_after("jeudi 26/11 18h30", state)

    assert state == {"given": [TUESDAY, THURSDAY], "left_out": []}
    assert body(state).lines == (
        Markup("• Tuesday 24 November 2026 at 18:30"),
        Markup("• Thursday 26 November 2026 at 18:30"),
    )
    assert shown(body(state))[:2] == [["That is all: 2 dates"], ["Take one off"]]
    assert read(tap(body(state), "That is all: 2 dates"), state) == Answered([TUESDAY, THURSDAY])


def test_other_hours_of_a_day_are_written_after_it() -> None:
    assert state_after("mardi 18h30, 19h, midi et demi")["given"] == [
        "2026-11-24T11:30:00+00:00",
        TUESDAY,
        "2026-11-24T18:00:00+00:00",
    ]


def test_words_that_give_no_moment_are_told_and_the_others_kept() -> None:
    state = state_after("mardi 18h30, un de ces jours, jeudi, vendredi midi, hier 18h")

    assert state == {"given": [TUESDAY, FRIDAY], "left_out": ["un de ces jours", "jeudi", "hier 18h"]}
    assert body(state).lines[2:] == (
        escape("✗ “un de ces jours”: This is not clear: please write it like “Tuesday 18:30” or “24/11 at 18:00”."),
        escape("✗ “jeudi”: the hour is missing."),
        escape("✗ “hier 18h”: I understood Friday 20 November 2026, which is past: please give a day to come."),
    )


def test_words_alone_that_give_no_moment_are_told_at_once() -> None:
    assert read(Words("bientôt")) == Wrong(
        escape("This is not clear: please write it like “Tuesday 18:30” or “24/11 at 18:00”.")
    )


def test_day_alone_asks_for_its_hour_and_is_completed_by_it() -> None:
    state = state_after("mardi 18h30, jeudi")

    assert state == {"given": [TUESDAY], "left_out": [], "one": {"day": "2026-11-26"}}
    assert body(state).lines[1:] == (Markup("Thursday 26 November 2026: at what time?"),)
    assert state_after("18h30", state)["given"] == [TUESDAY, THURSDAY]


def test_day_and_hour_are_tapped() -> None:
    state = {"given": [TUESDAY]}
    day = read(tap(body(state), "26"), state)

    assert day == Turned({**state, "one": {"day": "2026-11-26"}})
    assert read(tap(body(day.state), "18:30"), day.state) == Turned({"given": [TUESDAY, THURSDAY]})
    assert read(tap(body(state), "›"), state) == Turned({**state, "one": {"month": "2026-12"}})


def test_one_is_taken_off_the_list() -> None:
    state = {"given": [TUESDAY, THURSDAY]}
    taking_off = read(tap(body(state), "Take one off"), state)

    assert taking_off == Turned({**state, "taking_off": True})
    assert shown(body(taking_off.state)) == [
        ["✗ Tue 24 Nov, 18:30"],
        ["✗ Thu 26 Nov, 18:30"],
        ["‹ None of them"],
    ]
    assert read(tap(body(taking_off.state), "✗ Tue 24 Nov, 18:30"), taking_off.state) == Turned({"given": [THURSDAY]})
    assert read(tap(body(taking_off.state), "‹ None of them"), taking_off.state) == Turned(state)


def test_no_more_are_taken_than_there_may_be() -> None:
    state = state_after("mardi 9h, mardi 10h, mardi 11h, mardi 12h, mardi 14h")

    assert (len(state["given"]), state["left_out"]) == (4, ["mardi 14h"])
    assert body(state).lines[4:] == (
        escape("✗ “mardi 14h” is one date too many."),
        escape("That is 4 dates, the most there may be."),
    )
    assert shown(body(state)) == [["That is all: 4 dates"], ["Take one off"]]
    assert read(Tap("d", ("2026-11-26",), 1), state) is None


def test_fewer_than_the_least_are_not_all() -> None:
    state = state_after("mardi 18h30")
    assert shown(body(state))[0] == ["Take one off"]
    assert read(Tap("all", (), 1), state) is None


def test_moment_that_is_over_meanwhile_comes_off_first() -> None:
    late = datetime(2026, 11, 25, tzinfo=UTC)
    assert read(Tap("all", (), 1), {"given": [TUESDAY, THURSDAY]}, now=late) == Wrong(
        escape("Tuesday 24 November 2026 at 18:30 is over meanwhile: please take it off the list.")
    )


def test_correction_begins_with_what_was_answered() -> None:
    before: State = {"before": [TUESDAY, THURSDAY]}

    assert len(body(before).lines) == 2
    assert state_after("vendredi midi", before)["given"] == [TUESDAY, THURSDAY, FRIDAY]


@pytest.mark.parametrize(
    "said", [Tap("off", ("7",), 1), Tap("off", ("x",), 1), Tap("less", (), 1), Tap("zz", (), 1), Unread("voice")]
)
def test_what_is_no_answer_is_none(said: Said) -> None:
    assert read(said) is None


def test_moments_are_shown_on_the_territory_s_clock_and_given_in_utc() -> None:
    turn = turn_of(Words(""))
    assert FIELD.show(turn, [TUESDAY, FRIDAY]) == "Tuesday 24 November 2026 at 18:30\nFriday 27 November 2026 at 12:00"
    assert FIELD.into([TUESDAY]) == (datetime(2026, 11, 24, 17, 30, tzinfo=UTC),)
