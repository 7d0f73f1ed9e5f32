"""The facts that texts name between braces."""

import pytest

from locales.placeholders import placeholder_problems, placeholders


def test_placeholders_are_the_names_between_braces() -> None:
    assert placeholders("<b>{title}</b>: {day} or {day}, {{not}} this") == {"title", "day"}


@pytest.mark.parametrize("text", ["{}", "{0}", "{day:%d}", "{name!r}", "{a.b}", "{a[0]}", "{open", "close}"])
def test_anything_but_a_bare_name_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"bare name|expected '}'|[Ss]ingle '}'"):
        placeholders(text)


def test_same_names_in_another_order_are_fine() -> None:
    assert placeholder_problems("{a} of {b}", "", ("{b} : {a}",)) == []


def test_name_lost_in_translation_is_told() -> None:
    assert placeholder_problems("{a} of {b}", "", ("{a}",)) == [
        "the translation names {a} instead of {a}, {b}; name the same"
    ]


def test_broken_braces_in_translation_are_told() -> None:
    assert placeholder_problems("{a}", "", ("{a",)) == ["braces: expected '}' before end of string"]


def test_english_singular_and_plural_name_the_same() -> None:
    assert placeholder_problems("{n} place", "{n} places in {town}", ("{n} place", "{n} places")) == [
        "the English singular names {n}, its plural {n}, {town}; name the same"
    ]


def test_text_that_counts_names_its_number() -> None:
    assert placeholder_problems("one place", "many places", ("une place", "des places")) == [
        "a text that counts names its number {n} in both forms, because in French “0” is singular too"
    ]
