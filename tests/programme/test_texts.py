import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.errors import NotWellFormed
from programme.texts import checked_line, checked_text, clean_line, clean_text, folded

FAMILY = "👩\u200d👩\u200d👧"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Léa", "Léa"),
        ("  Léa   Le\tGoff ", "Léa Le Goff"),
        ("Léa\nLe Goff\r\n", "Léa Le Goff"),
        ("Le\u0301a", "Léa"),
        ("e\u0000\u0301lan", "élan"),
        ("L\u0000é\u0007a\u007f\u009f", "Léa"),
        ("\u202eaéL\u202c", "aéL"),
        ("\u2066Léa\u2069\ufeff", "Léa"),
        ("à\u00a0bientôt\u202f!", "à bientôt !"),
        ("<b>Léa</b> & Cie &lt", "<b>Léa</b> & Cie &lt"),
        (f"Léa {FAMILY}", f"Léa {FAMILY}"),
        ("שרה\u200f", "שרה\u200f"),
        ("\u2028Léa\u2029Sam\u2028", "Léa Sam"),
    ],
)
def test_a_line_is_kept_as_it_is_read(typed: str, kept: str) -> None:
    assert clean_line(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Bonjour.\n\nÀ demain.", "Bonjour.\n\nÀ demain."),
        ("Bonjour.\r\nÀ demain.", "Bonjour.\nÀ demain."),
        ("un\r\n\r\n\r\n\r\ndeux", "un\n\ndeux"),
        ("un\n \n\t\n\ndeux", "un\n\ndeux"),
        ("un\rdeux\u2028trois", "un\ndeux\ntrois"),
        ("\n  un   deux \n", "un deux"),
        ("a\u0000\u202eb", "ab"),
    ],
)
def test_a_text_keeps_its_lines(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


@given(st.text())
def test_what_is_clean_stays_as_it_is(typed: str) -> None:
    line, text = clean_line(typed), clean_text(typed)

    assert (clean_line(line), clean_text(text)) == (line, text)
    assert "\n" not in line
    assert "\n\n\n" not in text
    assert all(unicodedata.category(sign) != "Cc" for sign in line)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Brest’aim", "brest AIM"),
        ("Énergie & Habitat", "energie habitat"),
        ("L’Œuvre des mers", "l'oeuvre DES mers"),
        ("Straße", "STRASSE"),
        ("  IMT  Atlantique ! ", "imt-atlantique"),
        ("Ker™", "kertm"),
        ("𝐁rest", "brest"),
        ("Le\u0301a", "Léa"),
    ],
)
def test_names_compare_without_accents_capitals_and_punctuation(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_other_names_stay_apart() -> None:
    assert folded("IMT 1") != folded("IMT 11")
    assert folded("Brest’aim") != folded("Brestaim")


def test_a_line_of_the_longest_length_passes_and_one_more_sign_does_not() -> None:
    assert checked_line("é" * 64, "name", 64) == "é" * 64
    assert checked_line(" " + "🌱" * 64 + "\n", "name", 64) == "🌱" * 64

    with pytest.raises(NotWellFormed) as refusal:
        checked_line("é" * 65, "name", 64)
    assert (refusal.value.field, refusal.value.longest) == ("name", 64)


@pytest.mark.parametrize("nothing", ["", " \n\t", "\u0000", "\u200f", "\u200b\u200d", "\u2800", "\u3164 \u3164"])
def test_what_nobody_can_see_is_no_name_and_no_text(nothing: str) -> None:
    with pytest.raises(NotWellFormed):
        checked_line(nothing, "name", 64)
    with pytest.raises(NotWellFormed):
        checked_text(nothing, "need", 600)


def test_a_text_may_be_empty_only_where_it_is_said() -> None:
    assert checked_text(" \n", "word", 500, may_be_empty=True) == ""
    with pytest.raises(NotWellFormed) as refusal:
        checked_text("é" * 501, "word", 500, may_be_empty=True)
    assert (refusal.value.field, refusal.value.longest) == ("word", 500)


def test_a_text_is_measured_once_it_is_clean() -> None:
    assert checked_text("a" + " " * 5_000 + "b\u0000", "need", 3) == "a b"
