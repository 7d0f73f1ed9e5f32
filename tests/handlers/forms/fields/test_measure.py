from decimal import Decimal

import pytest

from handlers.forms import Measure
from handlers.forms.field import Answered, Turned, Wrong
from handlers.said import Said, Tap, Words
from handlers.turn import Turn
from programme.actions import Figure, FigureUnit
from tests.handlers.forms.conversing import NO_STATE, turn_of

FIELD = Measure()


def french(said: Said) -> Turn:
    return turn_of(said, language="fr")


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        ("1 200,5 kWh", "1200.5", "kWh"),
        ("1\u202f200,5\u00a0kWh", "1200.5", "kWh"),
        ("3 tCO2e", "3", "tCO2e"),
        ("3 t CO₂e", "3", "tCO2e"),
        ("2,5 teqCO2", "2.5", "tCO2e"),
        ("12 tonnes de CO2", "12", "tCO2e"),
        ("400 kg éq. CO2", "400", "kgCO2e"),
        ("25 personnes", "25", "people"),
        ("environ 25 participantes", "25", "people"),
        ("~ 300 km", "300", "km"),
        ("1 200 €", "1200", "EUR"),
        ("1200€", "1200", "EUR"),
        ("1.200,50 euros", "1200.5", "EUR"),
        ("15 m³", "15", "m3"),
        ("40 h", "40", "h"),
        ("0,8 MWh", "0.8", "MWh"),
        ("12 t", "12", "t"),
    ],
)
def test_figure_is_read_with_its_unit_as_people_write_it(written: str, value: str, unit: str) -> None:
    assert FIELD.read(french(Words(written)), Words(written), NO_STATE) == Answered({"figure": value, "unit": unit})


def test_number_alone_is_kept_and_its_unit_asked() -> None:
    outcome = FIELD.read(french(Words("1 200,5")), Words("1 200,5"), NO_STATE)

    assert outcome == Turned({"figure": "1200.5"})
    assert isinstance(outcome, Turned)
    body = FIELD.ask(french(Words("")), outcome.state)
    assert [str(line) for line in body.lines] == ["1\u202f200,5\u00a0: dans quelle unité\u00a0?"]
    assert [button.label for row in body.rows for button in row][:3] == ["kWh", "MWh", "kg CO₂e"]
    tapped = Tap("u", ("kWh",), 1)
    assert FIELD.read(french(tapped), tapped, outcome.state) == Answered({"figure": "1200.5", "unit": "kWh"})
    written = Words("kilowattheures")
    assert FIELD.read(french(written), written, outcome.state) == Answered({"figure": "1200.5", "unit": "kWh"})


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("beaucoup", "Écrivez un nombre avec son unité, par exemple 1\u202f200,5\u00a0kWh."),
        ("", "Écrivez un nombre avec son unité, par exemple 1\u202f200,5\u00a0kWh."),
        ("1,2,3.4 kWh", "Écrivez un nombre avec son unité, par exemple 1\u202f200,5\u00a0kWh."),
        ("-3 kWh", "Ce chiffre ne peut pas être juste\u00a0: écrivez un nombre positif avec son unité."),
        ("9999999999999 kWh", "Ce chiffre ne peut pas être juste\u00a0: écrivez un nombre positif avec son unité."),
        (
            "3 parsecs",
            (
                "Cette unité n’est pas connue. Choisissez parmi celles-ci\u00a0: kWh, MWh, kg CO₂e, t CO₂e, "
                "personnes, km, kg, tonnes, m³, heures et euros."
            ),
        ),
    ],
)
def test_what_is_no_figure_is_told_what_to_write(written: str, problem: str) -> None:
    outcome = FIELD.read(french(Words(written)), Words(written), NO_STATE)

    assert isinstance(outcome, Wrong)
    assert str(outcome.problem) == problem


def test_forged_unit_is_no_answer() -> None:
    for args in ((), ("parsec",), ("kWh", "km")):
        tapped = Tap("u", args, 1)
        assert FIELD.read(french(tapped), tapped, {"figure": "3"}) is None
    without_number = Tap("u", ("kWh",), 1)
    assert FIELD.read(french(without_number), without_number, NO_STATE) is None


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        ("1200.5", FigureUnit.KWH, "1\u202f200,5\u00a0kWh"),
        ("0", FigureUnit.PEOPLE, "0\u00a0personne"),
        ("1", FigureUnit.PEOPLE, "1\u00a0personne"),
        ("1.5", FigureUnit.TONNES, "1,5\u00a0tonne"),
        ("2", FigureUnit.HOURS, "2\u00a0heures"),
    ],
)
def test_figure_is_shown_as_french_writes_it(value: str, unit: FigureUnit, shown: str) -> None:
    answer = {"figure": value, "unit": unit.value}

    assert FIELD.show(french(Words("")), answer) == shown
    assert FIELD.into(answer) == Figure(Decimal(value), unit)
