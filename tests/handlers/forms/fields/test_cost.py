import pytest

from handlers.forms import Cost
from handlers.forms.field import Answered, Wrong
from handlers.said import Said, Tap, Words
from handlers.turn import Turn
from tests.handlers.forms.conversing import NO_STATE, turn_of
from tests.world import plain_spaces

COST = Cost(most=100_000_000)


def french(said: Said) -> Turn:
    return turn_of(said, language="fr")


@pytest.mark.parametrize(
    ("written", "cents"),
    [
        ("120", 12_000),
        ("120,50 €", 12_050),
        ("120.5", 12_050),
        ("1 200 euros", 120_000),
        ("1 200,00 € TTC", 120_000),
        ("45€", 4_500),
        ("45 €50", 4_550),
        ("45 euros 50", 4_550),
        ("environ 80 €", 8_000),
        ("Gratuit", 0),
        ("gratuit !", 0),
        ("0 €", 0),
        ("0", 0),
        ("offert", 0),
    ],
)
def test_a_cost_is_read_as_people_write_it(written: str, cents: int) -> None:
    assert COST.read(french(Words(written)), Words(written), NO_STATE) == Answered(cents)


@pytest.mark.parametrize("written", ["cher", "-5", "120,505", "12 dollars", "120 à 150 €", "", "€"])
def test_what_is_no_amount_is_asked_again(written: str) -> None:
    said = COST.read(french(Words(written)), Words(written), NO_STATE)

    assert isinstance(said, Wrong)
    assert plain_spaces(str(said.problem)) == (
        "Je n’ai pas compris ce montant : écrivez-le en euros, par exemple 120 ou 120,50 €."
    )


def test_too_much_is_said_with_the_most() -> None:
    said = COST.read(french(Words("1000001")), Words("1000001"), NO_STATE)

    assert isinstance(said, Wrong)
    assert plain_spaces(str(said.problem)) == "C’est trop : 1 000 000 € au plus."


def test_free_of_charge_is_a_tap() -> None:
    turn = french(Tap("free", (), 1))

    assert [one.label for row in COST.ask(turn, NO_STATE).rows for one in row] == ["Gratuit"]
    assert COST.read(turn, turn.said, NO_STATE) == Answered(0)


@pytest.mark.parametrize(
    ("cents", "words"), [(0, "gratuit"), (12_000, "120 €"), (120_050, "1 200,50 €"), (5, "0,05 €")]
)
def test_a_cost_is_shown_as_the_language_writes_it(cents: int, words: str) -> None:
    assert plain_spaces(COST.show(french(Words("")), cents)) == words
    assert COST.into(cents) == cents


def test_english_writes_the_sign_first_and_commas_between_thousands() -> None:
    said = Words("€1,200.50")

    assert COST.read(turn_of(said), said, NO_STATE) == Answered(120_050)
    assert COST.show(turn_of(said), 120_050) == "€1,200.50"
