import pytest
from markupsafe import Markup

from handlers.forms import Lines
from handlers.forms.field import Answered, Wrong
from handlers.said import Said, Unread, Words
from tests.handlers.forms.conversing import NO_STATE, turn_of

FIELD = Lines(longest=20, most=3)


def read(said: Said) -> object:
    return FIELD.read(turn_of(said), said, NO_STATE)


@pytest.mark.parametrize(
    "words",
    [
        "ENIB\nUBO",
        " ENIB \n\n\n  UBO  \n",
        "- ENIB\n- UBO",
        "• ENIB\n• UBO",
        "1. ENIB\n2) UBO",
        "ENIB\nUBO\nENIB",
        "–\nENIB\n*\nUBO",
    ],
)
def test_lines_come_without_bullets_blanks_and_repeats(words: str) -> None:
    assert read(Words(words)) == Answered(["ENIB", "UBO"])


def test_what_only_looks_like_a_bullet_stays() -> None:
    assert read(Words("3 vélos\n-20 % de bruit\n2026.5")) == Answered(["3 vélos", "-20 % de bruit", "2026.5"])


def test_nothing_too_many_and_too_long_are_told_apart() -> None:
    assert read(Words(" \n - \n")) == Wrong(
        Markup("There is nothing to read in this message: please write a few words.")
    )
    assert read(Words("a\nb\nc\nd")) == Wrong(Markup("There are 4 lines, and 3 at most fit: please leave some out."))
    assert read(Words("a\n" + "b" * 21)) == Wrong(
        Markup("The line “bbbbbbbbbbbbbbbbbbbbb” has 21 characters, and 20 at most fit: please shorten it.")
    )


def test_only_words_are_an_answer() -> None:
    assert read(Unread("voice")) is None
    assert FIELD.ask(turn_of(Words("")), NO_STATE).rows == ()


def test_answer_is_shown_line_by_line_and_given_as_a_tuple() -> None:
    assert FIELD.show(turn_of(Words("")), ["ENIB", "UBO"]) == "ENIB\nUBO"
    assert FIELD.into(["ENIB", "UBO"]) == ("ENIB", "UBO")
