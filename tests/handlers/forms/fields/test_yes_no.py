import pytest
from markupsafe import Markup

from handlers.forms import YesNo
from handlers.forms.field import Answered, Wrong
from handlers.said import Contact, Said, Words
from tests.handlers.forms.conversing import NO_STATE, tap, turn_of


def read(said: Said) -> object:
    return YesNo().read(turn_of(said), said, NO_STATE)


@pytest.mark.parametrize(
    ("written", "answer"),
    [("oui", True), ("Oui !", True), ("OK", True), ("d’accord", True), ("yes", True), ("non", False), ("No.", False)],
)
def test_answer_is_written(written: str, answer: bool) -> None:
    assert read(Words(written)) == Answered(answer)


def test_answer_is_tapped() -> None:
    body = YesNo().ask(turn_of(Words("")), NO_STATE)

    assert [read(tap(body, label)) for label in ("Yes", "No")] == [Answered(True), Answered(False)]


def test_anything_else_is_asked_again() -> None:
    assert read(Words("peut-être")) == Wrong(Markup("Please answer yes or no, with the buttons."))
    assert read(Contact("Anne", "+33298000000")) is None


def test_answer_is_shown() -> None:
    turn = turn_of(Words(""))

    assert [YesNo().show(turn, True), YesNo().show(turn, False), YesNo().into(True)] == ["Yes", "No", True]
