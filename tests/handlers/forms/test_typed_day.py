from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.forms.typed_day import Lean, OtherWeekday, WholeMonth, read_day, simplified

WEDNESDAY = date(2026, 11, 18)


def read(text: str, lean: Lean = "near") -> object:
    return read_day(simplified(text), WEDNESDAY, lean)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("aujourd’hui", date(2026, 11, 18)),
        ("Aujourd'hui", date(2026, 11, 18)),
        ("ce soir", date(2026, 11, 18)),
        ("cet après-midi", date(2026, 11, 18)),
        ("hier", date(2026, 11, 17)),
        ("hier soir", date(2026, 11, 17)),
        ("avant-hier", date(2026, 11, 16)),
        ("demain", date(2026, 11, 19)),
        ("demain matin", date(2026, 11, 19)),
        ("après-demain", date(2026, 11, 20)),
        ("today", date(2026, 11, 18)),
        ("the day after tomorrow", date(2026, 11, 20)),
        ("yesterday", date(2026, 11, 17)),
        ("24/11/2026", date(2026, 11, 24)),
        ("24/11/26", date(2026, 11, 24)),
        ("24.11.2026", date(2026, 11, 24)),
        ("24-11-2026", date(2026, 11, 24)),
        ("2026-11-24", date(2026, 11, 24)),
        ("24 novembre 2026", date(2026, 11, 24)),
        ("mardi 24 novembre 2026", date(2026, 11, 24)),
        ("le 1er mai 2027", date(2027, 5, 1)),
        ("May 3rd, 2027", date(2027, 5, 3)),
        ("3rd of May 2027", date(2027, 5, 3)),
        ("lundi en huit", date(2026, 11, 30)),
        ("lundi en quinze", date(2026, 12, 7)),
        ("mardi prochain", date(2026, 11, 24)),
        ("mardi dernier", date(2026, 11, 17)),
        ("next Tuesday", date(2026, 11, 24)),
        ("last tuesday", date(2026, 11, 17)),
        ("mercredi prochain", date(2026, 11, 25)),
        ("mercredi dernier", date(2026, 11, 11)),
        ("dans 3 jours", date(2026, 11, 21)),
        ("dans trois jours", date(2026, 11, 21)),
        ("d’ici 3 jours", date(2026, 11, 21)),
        ("dans quinze jours", date(2026, 12, 3)),
        ("dans une quinzaine de jours", date(2026, 12, 3)),
        ("il y a 2 semaines", date(2026, 11, 4)),
        ("in two weeks", date(2026, 12, 2)),
        ("3 days ago", date(2026, 11, 15)),
    ],
)
def test_day_that_is_plain_is_read_whatever_the_question(text: str, day: date) -> None:
    assert [read(text, lean) for lean in ("past", "future", "near")] == [day, day, day]


@pytest.mark.parametrize(
    ("text", "to_come", "over"),
    [
        ("le 2e mardi", date(2026, 12, 8), date(2026, 11, 10)),
        ("deuxième mardi du mois", date(2026, 12, 8), date(2026, 11, 10)),
        ("le 3ème mercredi de chaque mois", date(2026, 11, 18), date(2026, 11, 18)),
        ("1er lundi", date(2026, 12, 7), date(2026, 11, 2)),
        ("the fourth Friday of the month", date(2026, 11, 27), date(2026, 10, 23)),
    ],
)
def test_weekday_of_a_month_is_read_by_its_number(text: str, to_come: date, over: date) -> None:
    assert (read(text, "future"), read(text, "past")) == (to_come, over)


@pytest.mark.parametrize("text", ["le 5e mardi", "2e mardi de mars", "2e jour"])
def test_weekday_that_not_every_month_has_or_of_another_month_is_asked_again(text: str) -> None:
    assert read(text, "future") is None


@pytest.mark.parametrize(
    ("text", "past", "future", "near"),
    [
        ("14/03", date(2026, 3, 14), date(2027, 3, 14), date(2027, 3, 14)),
        ("24 novembre", date(2025, 11, 24), date(2026, 11, 24), date(2026, 11, 24)),
        ("24 nov.", date(2025, 11, 24), date(2026, 11, 24), date(2026, 11, 24)),
        ("1er décembre", date(2025, 12, 1), date(2026, 12, 1), date(2026, 12, 1)),
        ("mardi", date(2026, 11, 17), date(2026, 11, 24), date(2026, 11, 17)),
        ("samedi matin", date(2026, 11, 14), date(2026, 11, 21), date(2026, 11, 21)),
        ("sam. 21", OtherWeekday(date(2026, 10, 21)), date(2026, 11, 21), date(2026, 11, 21)),
        ("le 2", date(2026, 11, 2), date(2026, 12, 2), date(2026, 12, 2)),
        ("the 2nd", date(2026, 11, 2), date(2026, 12, 2), date(2026, 12, 2)),
        ("31", date(2026, 10, 31), date(2026, 12, 31), date(2026, 10, 31)),
        ("29/02", date(2024, 2, 29), date(2028, 2, 29), date(2028, 2, 29)),
        ("18/11", WEDNESDAY, WEDNESDAY, WEDNESDAY),
    ],
)
def test_day_that_fits_several_is_the_one_the_question_leans_to(
    text: str, past: object, future: object, near: object
) -> None:
    assert [read(text, "past"), read(text, "future"), read(text, "near")] == [past, future, near]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("en mai", date(2027, 5, 1)),
        ("mai", date(2027, 5, 1)),
        ("fin mai 2028", date(2028, 5, 1)),
        ("le mois prochain", date(2026, 12, 1)),
        ("le mois dernier", date(2026, 10, 1)),
        ("la semaine prochaine", date(2026, 11, 1)),
        ("next month", date(2026, 12, 1)),
    ],
)
def test_month_alone_is_no_day(text: str, first: date) -> None:
    assert read(text, "future") == WholeMonth(first)


def test_day_of_the_week_must_agree_with_the_date() -> None:
    assert read("lundi 24 novembre 2026") == OtherWeekday(date(2026, 11, 24))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "🎉",
        "bonjour",
        "31/02",
        "11/24",
        "0/0",
        "99",
        "le",
        "mardi mardi",
        "mardi ou jeudi",
        "2 ans",
        "dans 2 heures",
        "dans 99999999999 jours",
        "x" * 5000,
        "24/11/2026 24/11/2026",
        "٣/٤",
    ],
)
def test_what_is_no_day_is_not_guessed(text: str) -> None:
    assert read(text) is None


@given(st.text(max_size=100))
def test_no_text_breaks_the_reading(text: str) -> None:
    assert isinstance(read(text), date | WholeMonth | OtherWeekday | None)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_as_french_forms_write_it(day: date) -> None:
    assert read(f"{day:%d/%m/%Y}") == day
