from datetime import date

import pytest

from handlers.forms import DayOrMonth
from handlers.forms.field import Answered, Wrong
from handlers.forms.fields.day_or_month import when_value
from handlers.said import Said, Tap, Words
from handlers.turn import Turn
from programme.actions import When
from tests.handlers.forms.conversing import NO_STATE, turn_of

PAST = DayOrMonth(future=False)
TO_COME = DayOrMonth(past=False)


def french(said: Said) -> Turn:
    return turn_of(said, language="fr")


@pytest.mark.parametrize(
    ("field", "written", "value"),
    [
        (PAST, "hier", "2026-11-17"),
        (PAST, "mardi dernier", "2026-11-17"),
        (PAST, "14/03", "2026-03-14"),
        (PAST, "en mai", "2026-05"),
        (PAST, "mai 2025", "2025-05"),
        (PAST, "en novembre", "2026-11"),
        (TO_COME, "en mai", "2027-05"),
        (TO_COME, "en novembre", "2026-11"),
        (TO_COME, "14/03", "2027-03-14"),
        (TO_COME, "le mois prochain", "2026-12"),
        (DayOrMonth(), "aujourd’hui", "2026-11-18"),
    ],
)
def test_day_or_month_is_read_on_the_side_that_is_meant(field: DayOrMonth, written: str, value: str) -> None:
    assert field.read(french(Words(written)), Words(written), NO_STATE) == Answered(value)


@pytest.mark.parametrize(
    ("field", "written", "problem"),
    [
        (PAST, "mai 2027", "J’ai compris mai 2027, qui est à venir\u00a0: indiquez un jour passé."),
        (TO_COME, "mai 2026", "J’ai compris mai 2026, qui est passé\u00a0: indiquez un jour à venir."),
    ],
)
def test_month_on_the_wrong_side_is_told(field: DayOrMonth, written: str, problem: str) -> None:
    outcome = field.read(french(Words(written)), Words(written), NO_STATE)

    assert isinstance(outcome, Wrong)
    assert str(outcome.problem) == problem


def test_whole_month_is_one_tap() -> None:
    body = PAST.ask(french(Words("")), {"month": "2026-05"})
    whole = body.rows[-1][0]

    assert whole.label == "Seulement le mois\u00a0: mai 2026"
    route, *args = whole.data.split(":")
    tapped = Tap(route, tuple(args), 1)
    assert PAST.read(french(tapped), tapped, NO_STATE) == Answered("2026-05")


@pytest.mark.parametrize(
    ("value", "shown", "when"),
    [
        ("2026-05-14", "jeudi 14 mai 2026", When(date(2026, 5, 14))),
        ("2026-05", "mai 2026", When(date(2026, 5, 1), whole_month=True)),
    ],
)
def test_answer_is_shown_and_comes_back(value: str, shown: str, when: When) -> None:
    assert PAST.show(french(Words("")), value) == shown
    assert PAST.into(value) == when
    assert when_value(when) == value
