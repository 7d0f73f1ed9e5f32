"""The colours of a territory's documents: words can be read on them, or the file is refused."""

from pathlib import Path

import pytest

from bot.territory_file import load_territory
from bot.territory_rules import faults
from programme.territory import Colours


def problems_of(**colours: object) -> list[str]:
    return [sentence for where, sentence in faults({"colours": colours}, Path()) if where[:1] == ("colours",)]


@pytest.mark.parametrize("name", ["brest", "grand-besancon"])
def test_the_territories_that_come_with_jalon_have_colours_of_their_own(name: str) -> None:
    assert load_territory(Path(f"territories/{name}.toml")).colours != Colours()


def test_colours_on_which_words_can_be_read_are_taken() -> None:
    default = Colours()

    assert problems_of(main=default.main, pale=default.pale) == []
    assert problems_of(main="#000000", pale="#FFFFFF") == []


@pytest.mark.parametrize("colour", ["green", "1b6e53", "#1b6e5", "#1b6e5g", "#1b6e5300"])
def test_what_is_no_colour_is_told(colour: str) -> None:
    assert problems_of(main=colour) == [f"“{colour}” is no colour; write one such as #1b6e53"]


def test_a_main_colour_too_light_for_white_words_is_told() -> None:
    assert problems_of(main="#ffd400") == ["white words can’t be read on “#ffd400”; give a darker colour"]


def test_a_pale_colour_too_dark_for_dark_words_is_told() -> None:
    assert problems_of(pale="#1b6e53") == ["dark words can’t be read on “#1b6e53”; give a paler colour"]
