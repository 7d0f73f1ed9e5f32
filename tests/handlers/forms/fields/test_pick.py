from collections.abc import Sequence

import pytest
from markupsafe import Markup

from handlers.forms import Option, Pick
from handlers.forms.field import Answered, Body, State, Turned, Wrong
from handlers.said import Said, Tap, Words
from handlers.turn import Turn
from programme.texts import folded
from tests.handlers.forms.conversing import NO_STATE, shown, tap, turn_of

TURN = turn_of(Words(""))
NAMES = [
    "IMT Atlantique",
    "ENIB",
    "UBO",
    "ENSTA",
    "Brest’aim",
    "Bibus",
    "Ifremer",
    "Crous",
    "Cerema",
    "Océanopolis",
    "IMT Nord",
]


def organisations(_turn: Turn, words: str, offset: int, limit: int) -> tuple[Sequence[Option], int]:
    found = [Option(str(NAMES.index(name)), name) for name in sorted(NAMES) if folded(words) in folded(name)]
    return found[offset : offset + limit], len(found)


def nothing(_turn: Turn, _words: str, _offset: int, _limit: int) -> tuple[Sequence[Option], int]:
    return [], 0


def read(field: Pick, said: Said, state: State = NO_STATE) -> object:
    return field.read(turn_of(said), said, state)


def body(field: Pick, state: State = NO_STATE) -> Body:
    return field.ask(TURN, state)


def test_long_list_shows_eight_and_turns_its_pages() -> None:
    first = body(Pick(organisations))
    second = body(Pick(organisations), {"page": 1})

    assert shown(first) == [
        ["Bibus"],
        ["Brest’aim"],
        ["Cerema"],
        ["Crous"],
        ["ENIB"],
        ["ENSTA"],
        ["IMT Atlantique"],
        ["IMT Nord"],
        ["‹", "1/2", "›"],
    ]
    assert first.lines == (Markup("Write a few letters to search."),)
    assert shown(second) == [["Ifremer"], ["Océanopolis"], ["UBO"], ["‹", "2/2", "›"]]
    assert read(Pick(organisations), tap(second, "UBO"), {"page": 1}) == Answered("2")


def test_words_search_the_list() -> None:
    field = Pick(organisations)
    found = {"words": "imt", "page": 0}

    assert read(field, Words(" imt ")) == Turned(found)
    assert shown(body(field, found)) == [["IMT Atlantique"], ["IMT Nord"], ["Show all"]]
    assert body(field, found).lines == (Markup("2 results for “imt”."),)
    assert read(field, tap(body(field, found), "IMT Atlantique"), found) == Answered("0")
    assert read(field, tap(body(field, found), "Show all"), found) == Turned({})


def test_whole_name_is_taken_at_once() -> None:
    assert read(Pick(organisations), Words("oceanopolis")) == Answered("9")


def test_what_is_not_found_is_told_and_may_be_created() -> None:
    sought = {"words": "Surfrider & fils", "page": 0}

    assert shown(body(Pick(organisations), sought)) == [["Show all"]]
    assert body(Pick(organisations), sought).lines == (
        Markup("Nothing is found for “Surfrider &amp; fils”. Try another spelling, or fewer letters."),
    )
    field = Pick(organisations, create=True)
    assert shown(body(field, sought)) == [["New: Surfrider & fils"], ["Show all"]]
    assert read(field, tap(body(field, sought), "New: Surfrider & fils"), sought) == Answered("new:Surfrider & fils")


def test_what_has_this_very_name_is_not_created_twice() -> None:
    state = {"words": "Enib", "page": 0}

    assert shown(body(Pick(organisations, create=True), state)) == [["ENIB"], ["Show all"]]
    assert read(Pick(organisations, create=True), Tap("new", (), 1), state) is None


@pytest.mark.parametrize("said", [Tap("new", (), 1), Tap("o", (), 1), Tap("zzz", ("1",), 1)])
def test_forged_buttons_are_no_answer(said: Said) -> None:
    assert read(Pick(organisations), said) is None


def test_option_that_is_no_longer_shown_is_not_taken() -> None:
    shown_before = tap(body(Pick(organisations), {"page": 1}), "UBO")

    assert read(Pick(organisations), shown_before) == Wrong(
        Markup("The list has changed in the meantime: please choose again.")
    )


def test_words_without_letters_or_too_many_are_told() -> None:
    assert read(Pick(organisations), Words("🎉 !")) == Wrong(
        Markup("Please write a few letters of the name, or choose with the buttons.")
    )
    assert read(Pick(organisations, longest=10), Words("x" * 11)) == Wrong(
        Markup("This text has 11 characters, and 10 at most fit: please shorten it.")
    )


def test_page_that_is_gone_is_the_first() -> None:
    assert shown(body(Pick(organisations), {"page": 7}))[0] == ["Bibus"]


def test_empty_list_is_told() -> None:
    assert body(Pick(nothing)).lines == (Markup("There is nothing to choose from at the moment."),)
    assert body(Pick(nothing, create=True)).lines == (Markup("Write a few letters to search."),)


def test_answer_is_shown_by_name_from_anywhere_in_the_list() -> None:
    field = Pick(organisations, create=True)

    assert [field.show(TURN, value) for value in ("2", "new:Rade vive", "404")] == ["UBO", "Rade vive", "404"]
