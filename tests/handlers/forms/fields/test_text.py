import pytest
from markupsafe import Markup

from handlers.forms import Text
from handlers.forms.field import Answered, Wrong
from handlers.said import Unread, Words
from tests.handlers.forms.conversing import NO_STATE, shown, tap, turn_of

EMPTY = Wrong(Markup("There is nothing to read in this message: please write a few words."))


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Vélo à la pause", "Vélo à la pause"),
        ("  two\n lines ", "two lines"),
        ("Cafe\u0301", "Café"),
        ("null\x00byte", "nullbyte"),
        ("<b>Rade</b> & Co &lt", "<b>Rade</b> & Co &lt"),
        ("x" * 30, "x" * 30),
    ],
)
def test_text_is_kept_clean_on_one_line(written: str, kept: str) -> None:
    said = Words(written)

    assert Text(longest=30).read(turn_of(said), said, NO_STATE) == Answered(kept)


def test_text_of_several_lines_keeps_them() -> None:
    said = Words("One\n\n\n\nTwo\r\nThree")

    assert Text(longest=30, multiline=True).read(turn_of(said), said, NO_STATE) == Answered("One\n\nTwo\nThree")


@pytest.mark.parametrize("nothing", ["", "   ", "\x00", "\u202e", "\n\n"])
def test_text_without_anything_to_read_is_asked_again(nothing: str) -> None:
    said = Words(nothing)

    assert Text(longest=30).read(turn_of(said), said, NO_STATE) == EMPTY


def test_text_too_long_is_told_its_length() -> None:
    said = Words("x" * 4096)

    assert Text(longest=1200).read(turn_of(said), said, NO_STATE) == Wrong(
        Markup("This text has 4,096 characters, and 1,200 at most fit: please shorten it.")
    )


def test_suggestion_is_taken_in_one_tap() -> None:
    field = Text(longest=30, suggestion=lambda turn: f" {turn.sender.first_name} ")
    turn = turn_of(Words(""))
    body = field.ask(turn, NO_STATE)

    assert shown(body) == [["Léa"]]
    assert field.read(turn, tap(body, "Léa"), NO_STATE) == Answered("Léa")


def test_suggestion_without_words_is_not_offered() -> None:
    field = Text(longest=30, suggestion=lambda _: "\u202e ")

    assert shown(field.ask(turn_of(Words("")), NO_STATE)) == []


def test_text_is_no_sticker() -> None:
    said = Unread("sticker")

    assert Text(longest=30).read(turn_of(said), said, NO_STATE) is None
