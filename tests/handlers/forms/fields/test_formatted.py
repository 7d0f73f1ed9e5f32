from typing import Any

from handlers.forms import Formatted
from handlers.forms.field import Answered, Wrong
from handlers.said import Unread, Upload, Words
from tests.handlers.forms.conversing import NO_STATE, turn_of

BOLD = {"type": "bold", "offset": 2, "length": 4}
FIELD = Formatted(longest=20, caption=10)


def read(said: Any) -> object:
    return FIELD.read(turn_of(said), said, NO_STATE)


def test_text_is_kept_to_the_letter_with_what_marks_it_up() -> None:
    text = "  Gras  et\n\n\nplus"

    assert read(Words(text, entities=(BOLD,))) == Answered(
        {"text": text, "entities": [BOLD], "kind": "", "file_id": "", "name": ""}
    )


def test_file_is_taken_with_its_caption() -> None:
    said = Upload("document", "BQAC", name="plan.pdf", caption="Le plan", entities=(BOLD,))

    assert read(said) == Answered(
        {"text": "Le plan", "entities": [BOLD], "kind": "document", "file_id": "BQAC", "name": "plan.pdf"}
    )


def test_text_or_caption_that_is_too_long_is_told() -> None:
    assert isinstance(read(Words("a" * 21)), Wrong)
    assert isinstance(read(Upload("photo", "AgAC", caption="a" * 11)), Wrong)


def test_voice_is_no_answer() -> None:
    assert read(Unread("voice")) is None
