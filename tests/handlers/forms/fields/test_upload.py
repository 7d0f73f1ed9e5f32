from typing import Any

import pytest
from markupsafe import Markup

from handlers.forms import Upload
from handlers.forms.field import Answered, Wrong
from handlers.said import Upload as Uploaded
from handlers.said import Words
from tests.handlers.forms.conversing import NO_STATE, turn_of

PHOTO = Uploaded("photo", "AgAC", size=90_000)
MINUTES = Uploaded("document", "BQAC", name="compte\x00-rendu.pdf", media_type="application/pdf", size=2_000_000)


def read(field: Upload, said: Any) -> object:
    return field.read(turn_of(said), said, NO_STATE)


@pytest.mark.parametrize(
    ("said", "value"),
    [
        (PHOTO, {"kind": "photo", "file_id": "AgAC", "name": ""}),
        (MINUTES, {"kind": "document", "file_id": "BQAC", "name": "compte-rendu.pdf"}),
    ],
)
def test_file_is_taken(said: Uploaded, value: dict[str, str]) -> None:
    assert read(Upload(), said) == Answered(value)


def test_file_of_another_kind_is_told() -> None:
    assert read(Upload(kinds=("photo",)), MINUTES) == Wrong(
        Markup("A photo is needed here: please send it as a photo, not as a file.")
    )
    assert read(Upload(kinds=("document",)), PHOTO) == Wrong(
        Markup("A document is needed here: please send it as a file, not as a photo.")
    )


def test_file_too_big_is_told_the_limit() -> None:
    assert read(Upload(), Uploaded("document", "BQAC", size=21 * 1024 * 1024)) == Wrong(
        Markup("This file is too big: 20 MB at most fit. Please send a smaller one.")
    )


def test_words_are_no_file() -> None:
    assert read(Upload(), Words("here it is")) is None


def test_file_is_shown_by_its_name_or_by_what_it_is() -> None:
    turn = turn_of(PHOTO)

    assert [
        Upload().show(turn, {"kind": "document", "file_id": "BQAC", "name": "card.pdf"}),
        Upload().show(turn, {"kind": "photo", "file_id": "AgAC", "name": ""}),
        Upload().show(turn, {"kind": "document", "file_id": "BQAC", "name": ""}),
    ] == ["card.pdf", "Photo received", "Document received"]
