import pytest
from markupsafe import escape

from handlers.forms import TextOrFile
from handlers.forms.field import Answered, Wrong
from handlers.said import Contact, Said, Tap, Unread, Upload, Words
from tests.handlers.forms.conversing import NO_STATE, turn_of

FIELD = TextOrFile(longest=20)
PDF = {"text": "", "kind": "document", "file_id": "BQAC", "name": "notes.pdf"}


def read(said: Said) -> object:
    return FIELD.read(turn_of(said), said, NO_STATE)


def test_text_keeps_its_lines() -> None:
    assert read(Words(" Dix présents.\r\nOui ")) == Answered(
        {"text": "Dix présents.\nOui", "kind": "", "file_id": "", "name": ""}
    )


def test_file_comes_with_what_is_written_under_it() -> None:
    assert read(Upload("document", "BQAC", name="notes.pdf", size=10)) == Answered(PDF)
    assert read(Upload("photo", "AgAC", size=10, caption=" Le tableau ")) == Answered(
        {"text": "Le tableau", "kind": "photo", "file_id": "AgAC", "name": ""}
    )


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (Words("\u2800"), "There is nothing to read in this message: please write a few words."),
        (Words("a" * 21), "This text has 21 characters, and 20 at most fit: please shorten it."),
        (
            Upload("photo", "AgAC", size=10, caption="a" * 21),
            "This text has 21 characters, and 20 at most fit: please shorten it.",
        ),
        (
            Upload("document", "BQAC", size=10**9),
            "This file is too big: 20 MB at most fit. Please send a smaller one.",
        ),
    ],
)
def test_what_does_not_fit_is_told(said: Said, problem: str) -> None:
    assert read(said) == Wrong(escape(problem))


@pytest.mark.parametrize("said", [Unread("voice"), Contact("Anne", "1"), Tap("x", (), 1)])
def test_other_things_are_no_answer(said: Said) -> None:
    assert read(said) is None


def test_answer_is_shown_as_its_text_or_its_file() -> None:
    turn = turn_of(Words(""))
    assert FIELD.show(turn, {"text": "Dix présents.", "kind": "", "file_id": "", "name": ""}) == "Dix présents."
    assert FIELD.show(turn, PDF) == "notes.pdf"
    assert FIELD.show(turn, {**PDF, "text": "Enfin"}) == "notes.pdf\nEnfin"
    assert FIELD.show(turn, {"text": "", "kind": "photo", "file_id": "AgAC", "name": ""}) == "Photo received"
    assert FIELD.into(PDF) == PDF
