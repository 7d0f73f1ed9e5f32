from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.forms.typed_day import simplified
from handlers.forms.typed_time import TimeFound, find_time, read_time


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("18h30", time(18, 30)),
        ("18 h 30", time(18, 30)),
        ("18\u00a0h\u00a030", time(18, 30)),
        ("18H", time(18)),
        ("18 h", time(18)),
        ("à 18h", time(18)),
        ("vers 18 heures", time(18)),
        ("18 heures 30", time(18, 30)),
        ("18h30min", time(18, 30)),
        ("18:30", time(18, 30)),
        ("18.30", time(18, 30)),
        ("18", time(18)),
        ("9", time(9)),
        ("midi", time(12)),
        ("midi et demi", time(12, 30)),
        ("midi et quart", time(12, 15)),
        ("minuit", time(0)),
        ("noon", time(12)),
        ("6pm", time(18)),
        ("6:30 pm", time(18, 30)),
        ("6.30 p.m.", time(18, 30)),
        ("12 am", time(0)),
        ("8 h du soir", time(20)),
        ("8h du matin", time(8)),
    ],
)
def test_hour_is_read_as_people_write_it(text: str, hour: time) -> None:
    assert read_time(simplified(text)) == hour


@pytest.mark.parametrize(
    "text",
    [
        "",
        "25h",
        "18h60",
        "24",
        "9h-11h",
        "de 9h à 11h",
        "bonjour",
        "mardi",
        "dans 2 heures",
        "dans 2 h",
        "in 2 hours",
        "après-midi",
        "18h30 19h",
    ],
)
def test_what_is_not_one_hour_is_not_guessed(text: str) -> None:
    assert read_time(simplified(text)) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mardi 18h30", TimeFound(time(18, 30), "mardi")),
        ("24/11 à 18 h", TimeFound(time(18), "24/11")),
        ("demain midi", TimeFound(time(12), "demain")),
        ("mardi 24 novembre 2026 à 18 h 30", TimeFound(time(18, 30), "mardi 24 novembre 2026")),
        ("2026-11-24 18:30", TimeFound(time(18, 30), "2026-11-24")),
        ("18h, mardi", TimeFound(time(18), "mardi")),
        ("tomorrow at 6pm", TimeFound(time(18), "tomorrow")),
        ("demain", None),
        ("demain après-midi", None),
        ("24/11", None),
    ],
)
def test_hour_is_found_beside_a_day(text: str, found: TimeFound | None) -> None:
    assert find_time(simplified(text)) == found


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading(text: str) -> None:
    assert isinstance(read_time(simplified(text)), time | None)
