from markupsafe import Markup

from handlers.forms import Option, Several
from handlers.forms.field import Answered, Body, State, Turned, Wrong
from handlers.said import Said, Tap, Unread, Words
from handlers.turn import Turn
from tests.handlers.forms.conversing import NO_STATE, shown, tap, turn_of

TURN = turn_of(Words(""))


def stakes(_turn: Turn) -> list[Option]:
    return [Option("energy", "Énergie"), Option("food", "Alimentation"), Option("travel", "Mobilité")]


def read(field: Several, said: Said, state: State = NO_STATE) -> object:
    return field.read(turn_of(said), said, state)


def body(field: Several, state: State = NO_STATE) -> Body:
    return field.ask(TURN, state)


def test_options_are_ticked_and_unticked_in_place() -> None:
    field = Several(stakes)
    once = read(field, tap(body(field), "Mobilité"))

    assert once == Turned({"chosen": ["travel"]})
    ticked = body(field, {"chosen": ["travel"]})
    assert shown(ticked) == [["Énergie"], ["Alimentation"], ["✓ Mobilité"], ["Done (1)"]]
    assert read(field, tap(ticked, "✓ Mobilité"), {"chosen": ["travel"]}) == Turned({"chosen": []})


def test_two_taps_on_one_button_tick_once() -> None:
    field = Several(stakes)
    both = {"chosen": ["travel"]}

    assert read(field, tap(body(field), "Mobilité"), both) == Turned(both)


def test_done_takes_what_is_ticked_in_the_order_of_the_list() -> None:
    field = Several(stakes)
    state = {"chosen": ["travel", "energy"]}

    assert read(field, tap(body(field, state), "Done (2)"), state) == Answered(["energy", "travel"])


def test_done_too_early_tells_how_many_are_needed() -> None:
    field = Several(stakes, least=2)
    state = {"chosen": ["travel"]}

    assert read(field, tap(body(field, state), "Done (1)"), state) == Wrong(
        Markup("Please choose at least 2, then “Done”.")
    )


def test_one_too_many_is_told_on_the_button() -> None:
    field = Several(stakes, most=1)
    state = {"chosen": ["travel"]}

    assert read(field, tap(body(field, state), "Énergie"), state) == Turned(state, toast="You can choose 1 at most.")


def test_names_are_written_with_commas_between() -> None:
    field = Several(stakes, most=2)

    assert read(field, Words("mobilite, energie")) == Answered(["energy", "travel"])
    assert read(field, Words("mobilite; aliment\nENERGIE")) == Wrong(Markup("You can choose 2 at most."))
    assert read(field, Words("mobilité, <b>Rade</b>")) == Wrong(
        Markup("“&lt;b&gt;Rade&lt;/b&gt;” is not in the list: please choose with the buttons, then “Done”.")
    )


def test_answer_there_was_is_ticked_when_it_is_asked_again() -> None:
    assert shown(body(Several(stakes), {"before": ["food"]}))[1] == ["✓ Alimentation"]


def test_answer_is_shown_by_names_and_given_as_a_tuple() -> None:
    field = Several(stakes)

    assert field.show(TURN, ["energy", "travel"]) == "Énergie, Mobilité"
    assert field.into(["energy", "travel"]) == ("energy", "travel")


def test_long_list_keeps_its_ticks_from_page_to_page() -> None:
    field = Several(lambda _: [Option(str(number), f"Stake {number}") for number in range(10)])
    state = {"chosen": ["1"]}
    turned = read(field, tap(body(field, state), "›"), state)

    assert turned == Turned({"chosen": ["1"], "page": 1})
    assert shown(body(field, {"chosen": ["1"], "page": 1})) == [
        ["Stake 8"],
        ["Stake 9"],
        ["‹", "2/2", "›"],
        ["Done (1)"],
    ]


def test_list_that_changed_ticks_nothing() -> None:
    assert read(Several(stakes), Tap("o", ("000000000000",), 1)) == Wrong(
        Markup("The list has changed in the meantime: please choose again.")
    )
    assert read(Several(stakes), Unread("voice")) is None
