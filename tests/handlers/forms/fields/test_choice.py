from markupsafe import Markup

from handlers.forms import Choice, Option
from handlers.forms.field import Answered, Turned, Wrong
from handlers.forms.option import mark
from handlers.said import Said, Tap, Words
from handlers.turn import Turn
from tests.handlers.forms.conversing import NO_STATE, shown, tap, turn_of

STAGES = [Option("planned", "Planned"), Option("under_way", "Under way", "It has begun"), Option("done", "Done")]
LETTERS = [Option(f"{letter}:" * 30, f"Letter {letter}") for letter in "ABCDEFGHIJ"]
TURN = turn_of(Words(""))


def stages(_turn: Turn) -> list[Option]:
    return STAGES


def letters(_turn: Turn) -> list[Option]:
    return LETTERS


def read(field: Choice, said: Said) -> object:
    return field.read(turn_of(said), said, NO_STATE)


def test_choice_shows_one_button_an_option_and_their_details() -> None:
    body = Choice(stages).ask(TURN, NO_STATE)

    assert shown(body) == [["Planned"], ["Under way"], ["Done"]]
    assert body.lines == (Markup("<b>Under way</b>: It has begun"),)


def test_option_is_tapped() -> None:
    field = Choice(stages)

    assert read(field, tap(field.ask(TURN, NO_STATE), "Under way")) == Answered("under_way")


def test_option_is_written_whatever_accents_and_capitals() -> None:
    field = Choice(stages)

    assert [read(field, Words(text)) for text in ("DONE", "under way", "und", "plan")] == [
        Answered("done"),
        Answered("under_way"),
        Answered("under_way"),
        Answered("planned"),
    ]


def test_words_that_name_no_option_are_told() -> None:
    wrong = Wrong(Markup("This is not in the list: please choose one with the buttons."))

    assert [read(Choice(stages), Words(text)) for text in ("perhaps", "🎉", "")] == [wrong, wrong, wrong]


def test_words_that_begin_several_options_choose_none() -> None:
    assert isinstance(read(Choice(letters), Words("Letter")), Wrong)


def test_long_list_has_pages_of_eight_and_values_of_any_length() -> None:
    field = Choice(letters)
    first = field.ask(TURN, NO_STATE)
    turned = read(field, tap(first, "›"))

    assert [len(shown(first)), shown(first)[-1]] == [9, ["‹", "1/2", "›"]]
    assert turned == Turned({"page": 1})
    second = field.ask(TURN, {"page": 1})
    assert shown(second) == [["Letter I"], ["Letter J"], ["‹", "2/2", "›"]]
    assert read(field, tap(second, "Letter J")) == Answered("J:" * 30)


def test_list_that_changed_never_gives_another_option() -> None:
    said = Tap("o", (mark("cancelled"),), 1)

    assert read(Choice(stages), said) == Wrong(Markup("The list has changed in the meantime: please choose again."))


def test_forged_pages_show_the_last_or_the_first() -> None:
    field = Choice(letters)

    assert read(field, Tap("p", ("9999",), 1)) == Turned({"page": 9999})
    assert shown(field.ask(TURN, {"page": 9999}))[-1] == ["‹", "2/2", "›"]
    assert [read(field, Tap("p", args, 1)) for args in (("-1",), ("²",), ("10" * 20,), ())] == [Turned({"page": 0})] * 4


def test_answer_is_shown_by_its_name_even_when_it_is_gone() -> None:
    assert [Choice(stages).show(TURN, value) for value in ("done", "given_up")] == ["Done", "given_up"]
