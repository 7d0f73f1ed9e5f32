"""TDLib reads the texts as Telegram will."""

import pytest

from locales.telegram_text import Parser, html_problems, load_parser, plain_problems


@pytest.fixture(scope="module")
def parse() -> Parser:
    return load_parser()


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour {name}",
        "<b>{title}</b>\n{place} &amp; {day}, {day}",
        "<blockquote>{words}</blockquote>",
        '<a href="{address}">{address}</a> ou <a href="https://jalon.example/{code}">ici</a>',
        '<a href="tg://user?id=42">{name}</a>',
        "x" * 4096,
        "<b>" + "🌱" * 4096 + "</b>",
    ],
)
def test_sound_text_passes(parse: Parser, text: str) -> None:
    assert html_problems(text, parse) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Ligne<br>suite", 'Telegram refuses it: Can\'t parse entities: Unsupported start tag "br" at byte offset 5'),
        ("<b>{name}", "Telegram refuses it: Can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        ("<b></b>", "nothing is left to read"),
        ("x" * 4097, "4097 characters; 4096 at most"),
        ('<a href="la page">ici</a>', "a link has no valid address; mend its href"),
    ],
)
def test_text_that_telegram_refuses_or_twists_is_told(parse: Parser, text: str, what: str) -> None:
    assert html_problems(text, parse) == [f"with “Léa” as facts: {what}"]


def test_text_that_only_a_long_fact_breaks_is_told(parse: Parser) -> None:
    text = "x" * 4050 + "{name}"
    assert html_problems(text, parse) == [f"with “{'x' * 12}” as facts: 4114 characters; 4096 at most"]


def test_label_of_200_characters_passes() -> None:
    assert plain_problems("x" * 197 + "{name}") == []
    assert plain_problems("‹ Retour & suite > fin") == []


def test_label_above_200_characters_is_told() -> None:
    assert plain_problems("x" * 198 + "{name}") == ["201 characters in a text that is said with `plain`; 200 at most"]


@pytest.mark.parametrize("text", ["<b>Menu</b>", "Menu</i>", "A &amp; B", "A&#39;B"])
def test_label_with_html_is_told(text: str) -> None:
    assert plain_problems(text) == ["HTML in a text that is said with `plain`; take it away"]
