from datetime import time

import pytest
from markupsafe import Markup

from handlers.forms import Time
from handlers.forms.field import Answered, Wrong
from handlers.said import Said, Tap, Words
from tests.handlers.forms.conversing import NO_STATE, shown, tap, turn_of

TURN = turn_of(Words(""), language="fr")


def read(said: Said) -> object:
    return Time().read(turn_of(said), said, NO_STATE)


def test_usual_hours_are_tapped() -> None:
    body = Time().ask(TURN, NO_STATE)

    assert shown(body)[2] == ["17\u00a0h\u00a030", "18\u00a0h", "18\u00a0h\u00a030", "19\u00a0h"]
    assert read(tap(body, "18\u00a0h\u00a030")) == Answered("18:30")


@pytest.mark.parametrize(
    ("written", "hour"), [("18h30", "18:30"), ("18 h", "18:00"), ("midi", "12:00"), ("9", "09:00")]
)
def test_hour_is_written(written: str, hour: str) -> None:
    assert read(Words(written)) == Answered(hour)


def test_hour_that_is_not_clear_is_told() -> None:
    assert read(Words("le soir")) == Wrong(
        Markup("This hour is not clear: please write it like 18:30, or tap it below.")
    )


@pytest.mark.parametrize("args", [(), ("",), ("2460",), ("183",), ("18h3",), ("🎉🎉🎉🎉",)])
def test_forged_hour_is_no_answer(args: tuple[str, ...]) -> None:
    assert read(Tap("h", args, 1)) is None


def test_hour_is_shown_and_given() -> None:
    assert (Time().show(TURN, "09:00"), Time().into("18:30")) == ("9\u00a0h", time(18, 30))
