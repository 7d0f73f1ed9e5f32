"""Charts are pictures of a phone's width on a ground of their own, told apart without colours."""

import re
import struct

import pytest

from handlers.charts.bars import INK, MIDDLE, PALE, PAPER, QUIET, STRONG, Bar, Chart, Heading, Part, drawn
from locales import language_for

THREE = (Part("Faite", STRONG), Part("En cours", MIDDLE), Part("Prévue", PALE, hatched=True))
HEADING = Heading("Tableau de bord", "Brest métropole", "Ce qui est saisi\nn’est pas une mesure.")
NUMBER = language_for("fr").number


def size(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def light(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    brighter, darker = sorted((light(one), light(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def test_a_chart_is_as_wide_as_phones_show_it_and_as_high_as_it_needs() -> None:
    few = drawn((Chart("Actions", THREE, [Bar("Air", (1, 2, 3))]),), HEADING, NUMBER)
    many = drawn((Chart("Actions", THREE, [Bar("Air", (1, 2, 3))] * 9),), HEADING, NUMBER)

    assert size(few)[0] == size(many)[0] == 1080
    assert size(many)[1] - size(few)[1] == 8 * 66


def test_the_same_chart_is_the_same_picture() -> None:
    chart = Chart("Actions", THREE, [Bar("Air", (1, 2, 3))])

    assert drawn((chart,), HEADING, NUMBER) == drawn((chart,), HEADING, NUMBER)


@pytest.mark.parametrize("name", ["$x^2$", "\\frac{1}{2}", "<b>&amp;</b>", "W" * 200, "", "Énergie ’ « » CO₂"])
def test_any_name_is_drawn_as_it_is_written(name: str) -> None:
    assert size(drawn((Chart(name, THREE, [Bar(name, (1, 0, 0))]),), HEADING, NUMBER))[0] == 1080


def test_nothing_counted_is_said_in_words() -> None:
    nothing = Chart("Actions", THREE, [Bar("Air", (0, 0, 0))] * 5, "Pas encore d’action.")

    assert size(drawn((nothing,), HEADING, NUMBER))[1] < 500


def test_a_drawing_for_paper_has_no_fonts_to_miss() -> None:
    drawing = drawn((Chart("Actions", THREE, [Bar("Air", (1, 2, 3))]),), None, NUMBER, "svg").decode()

    assert re.findall("<text", drawing) == []
    assert drawing.count("<svg") == 1


def test_words_are_read_and_parts_told_apart_in_grey_too() -> None:
    assert contrast(INK, PAPER) > 12
    assert contrast(QUIET, PAPER) > 7
    assert contrast(STRONG, MIDDLE) > 3
    assert contrast(STRONG, PALE) > 7
    assert [part.hatched for part in THREE] == [False, False, True]
