"""French and English signs, as their readers expect them."""

import pytest

from locales.typography import typography_problems

NO_BREAK_HIGH = "no no-break space (U+00A0) before “;”, “!” or “?”"
NO_BREAK_COLON = "no no-break space (U+00A0) before “:”"
INSIDE_QUOTES = "no no-break space (U+00A0) inside « »"


@pytest.mark.parametrize(
    "text",
    [
        "Qu’est-ce que c’est\u00a0?",
        "Bravo\u202f! Encore\u00a0?!",
        "« Corriger » : touchez-le".replace(" :", "\u00a0:").replace("« ", "«\u00a0").replace(" »", "\u00a0»"),
        "«\u00a0<b>{title}</b>\u00a0»",
        "<b>Objectif</b>\u00a0: {goal}",
        'Voir <a href="https://jalon.example/a?b=1">la page</a>.',
        "Voir https://jalon.example:8080/a?b=1 pour la suite",
        "Exemple\u00a0: 18:30, ou 24/11 à 18\u00a0h\u00a030",
        "{n}\u00a0% des {total} places, 12\u202f345\u00a0€",
        "A &amp; B\u00a0; C &lt; D",
        "Le 24 novembre 2026, à 9\u00a0h",
        "Première ligne\n\nSeconde ligne…",
        "Qui vient (?)",
        "? Aide",
    ],
)
def test_good_french_passes(text: str) -> None:
    assert typography_problems(text, "fr") == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("C'est fait", "straight apostrophe; write ’"),
        ("Un instant...", "three dots; write …"),
        ("Deux  espaces", "two spaces together; write one"),
        ("Deux \u00a0: espaces", "two spaces together; write one"),
        (" Avant", "space at the edge of a line; take it away"),
        ("Après\n", "space at the edge of a line; take it away"),
        ("Une \nligne", "space at the edge of a line; take it away"),
        ('Le mot "jalon"', "foreign quotes; write « and » with no-break spaces inside"),
        ("Le mot “jalon”", "foreign quotes; write « and » with no-break spaces inside"),
        ("Quand :", NO_BREAK_COLON),
        ("Quand:", NO_BREAK_COLON),
        ("Quand\u202f:", NO_BREAK_COLON),
        ("{name}:", NO_BREAK_COLON),
        ("<b>Quand</b>: mardi", NO_BREAK_COLON),
        ("Quand ?", NO_BREAK_HIGH),
        ("<b>Quand</b>?", NO_BREAK_HIGH),
        ("Oui; non", NO_BREAK_HIGH),
        ("Bravo !", NO_BREAK_HIGH),
        ("« Menu\u00a0»", INSIDE_QUOTES),
        ("«\u00a0Menu »", INSIDE_QUOTES),
        ("«Menu\u00a0»", INSIDE_QUOTES),
        ("{n} %", "no no-break space (U+00A0) before “%” or “€”"),
        ("50%", "no no-break space (U+00A0) before “%” or “€”"),
        ("12 000 personnes", "figure of thousands; write U+202F between its groups"),
        ("à 18 h", "ordinary space between a figure and its unit; write U+00A0"),
    ],
)
def test_wrong_french_is_told(text: str, what: str) -> None:
    assert typography_problems(text, "fr") == [what]


@pytest.mark.parametrize(
    "text", ["It’s done: tap “Menu”!", "At 18:30? Yes; 50%", 'See <a href="https://a.example">it</a>']
)
def test_good_english_passes(text: str) -> None:
    assert typography_problems(text, "en") == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("It's done", "straight apostrophe; write ’"),
        ("Wait...", "three dots; write …"),
        ("Tap «\u00a0Menu\u00a0»", "straight or foreign quotes; write “ and ”"),
        ('Tap "Menu"', "straight or foreign quotes; write “ and ”"),
        ("When ?", "space before “:”, “;”, “!” or “?”; take it away"),
        ("When\u00a0: now", "space before “:”, “;”, “!” or “?”; take it away"),
    ],
)
def test_wrong_english_is_told(text: str, what: str) -> None:
    assert typography_problems(text, "en") == [what]
