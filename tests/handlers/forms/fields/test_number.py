from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from handlers.forms import Number
from handlers.forms.field import Answered, Wrong
from handlers.forms.fields.number import read_number
from handlers.said import Words
from locales import Msgid
from tests.handlers.forms.conversing import NO_STATE, turn_of


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1200", "1200"),
        ("1 200,5", "1200.5"),
        ("1200.5", "1200.5"),
        ("1\u202f200,5", "1200.5"),
        ("1\u00a0200,5", "1200.5"),
        ("1.200,5", "1200.5"),
        ("1,200.5", "1200.5"),
        ("1 234 567", "1234567"),
        ("1.234.567", "1234567"),
        ("1’200", "1200"),
        ("0,25", "0.25"),
        ("-3", "-3"),
        ("−3", "-3"),
        ("+3", "3"),
        (" 12 kWh ", "12"),
        ("12kwh.", "12"),
    ],
)
def test_number_is_read_as_people_write_it(written: str, number: str) -> None:
    assert read_number(written, "kWh") == Decimal(number)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "douze",
        "12 km",
        "1,2,3.4",
        "1e5",
        "NaN",
        "٣",
        "12/3",
        "1 2 ou 3",
        "9" * 40,
        "--3",
        ",",
        "1.2.3,4,5",
        "12 00",
    ],
)
def test_what_is_no_number_is_not_guessed(written: str) -> None:
    assert read_number(written, "kWh") is None


def test_comma_between_thousands_is_english_only() -> None:
    assert (read_number("1,200", english=True), read_number("1,200")) == (Decimal(1200), Decimal("1.200"))


@pytest.mark.parametrize(
    ("field", "written", "outcome"),
    [
        (Number(), "1200", Answered("1200")),
        (Number(decimals=1), "1200.50", Answered("1200.5")),
        (Number(), "12.00", Answered("12")),
        (Number(), "12.5", Wrong(Markup("A whole number is needed here, for example 1200."))),
        (Number(decimals=1), "1.25", Wrong(Markup("At most 1 decimal fits here: please round it."))),
        (Number(), "many", Wrong(Markup("This is not a number: please write it in figures, for example 1200."))),
        (Number(least=1), "0", Wrong(Markup("0 is too little: 1 is the least."))),
        (Number(most=5000), "5001", Wrong(Markup("5,001 is too much: 5,000 is the most."))),
        (Number(least=1, most=5), "5", Answered("5")),
    ],
)
def test_number_must_be_precise_and_in_range(field: Number, written: str, outcome: object) -> None:
    said = Words(written)

    assert field.read(turn_of(said), said, NO_STATE) == outcome


def test_number_is_shown_as_the_language_writes_it() -> None:
    field = Number(decimals=1, unit=Msgid("kWh"))

    assert field.show(turn_of(Words(""), language="fr"), "12345.6") == "12\u202f345,6\u00a0kWh"


def test_number_is_whole_or_decimal_as_asked() -> None:
    assert (Number().into("12"), Number(decimals=2).into("12.5")) == (12, Decimal("12.5"))


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_every_figure_that_french_writes_is_read(value: Decimal) -> None:
    assert read_number(f"{value:,}".replace(",", "\u202f").replace(".", ",")) == value


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading(text: str) -> None:
    assert isinstance(read_number(text), Decimal | None)
