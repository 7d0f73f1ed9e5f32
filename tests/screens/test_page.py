"""How shots become a page, and how it is noticed that one is missing."""

import pytest

from tests.screens.page import masked, page
from tests.screens.seen import Walked, gaps
from tests.screens.tour import Shot, Shown

MENU = Shown(
    "<b>Menu</b> · a_b\nLa suite", "Menu · a_b\nLa suite", (("Oui", "Non"), ("Écrire ↗",)), "billet.png", picture=True
)
FRENCH = Shot("Accueil", "Le menu", "Léa: [ Menu ]", "Noté", (MENU,))


def test_languages_stand_side_by_side_with_their_buttons_and_words_on_them() -> None:
    written = page([FRENCH], [Shot("Accueil", "Le menu", "Léa: /menu")])

    assert written.split("## Accueil\n")[1] == (
        "\n### Le menu\n\n<table><tr><td>\n\n"
        "*Léa:* \\[ Menu \\]\n\n*(Noté)*\n\n🖼 billet.png\n\n**Menu** · a\\_b\\\nLa suite\n\n"
        "> [ Oui ] [ Non ]\\\n> [ Écrire ↗ ]"
        "\n\n</td><td>\n\n*Léa:* /menu\n\n</td></tr></table>\n"
    )
    assert "- [Accueil](#accueil)" in written


def test_tours_that_part_ways_make_no_page() -> None:
    with pytest.raises(ValueError, match="different screens"):
        page([FRENCH], [])


def test_codes_are_masked_the_same_each_time() -> None:
    told = "https://t.me/bot?start=join_a-B_9 et https://jalon.example.org/agenda/s3_-cret.ics"

    assert masked(told) == "https://t.me/bot?start=join_… et https://jalon.example.org/agenda/….ics"
    assert masked("Léa: /start forum_x9") == "Léa: /start forum_…"
    assert masked("https://t.me/bot?start=accueil_z-8_Q") == "https://t.me/bot?start=accueil_…"


def test_a_text_that_no_screen_shows_is_told() -> None:
    nothing = Walked((), frozenset(), frozenset(), frozenset())
    menu = Walked(
        (Shot("", "", toast="No question is under way: there is nothing to cancel."),), *[frozenset[str]()] * 3
    )
    asked = Walked(
        menu.shots, frozenset({"No question is under way: there is nothing to cancel."}), *[frozenset[str]()] * 2
    )
    told = [sum("“No question is under way" in gap for gap in gaps(walked)) for walked in (nothing, menu, asked)]

    assert told == [1, 1, 0]
    assert "no button “menu” on the tour" in list(gaps(nothing))
    assert "no notice “digest” on the tour" in list(gaps(nothing))
