"""The card of a forum holds what Telegram lets a message hold, however much the project team has written."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.territory_file import load_territory
from handlers.cards.forum import forum_lines, forum_text, pitch_words
from handlers.forms.wording import length
from locales import language_for
from programme.forums import (
    DAY_PLACE_MAX,
    DAYS_MOST,
    FORUM_PLACE_MAX,
    FORUM_PROGRAMME_MAX,
    FORUM_TITLE_MAX,
    PITCH_TITLE_MAX,
    Forum,
    ForumDay,
    over_days,
)
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NEXT_WEEK, NOW, coalition, forum, pitch
from tests.storage.conftest import connection, uow

__all__ = ["connection", "uow"]

BREST = load_territory(Path("territories/brest.toml"))
FRENCH = language_for("fr")
CAPTION_MAX = 1024
DAY = timedelta(days=1)


@pytest.fixture
def full(uow: SqlUnitOfWork) -> Forum:
    """A forum about which as much is written as may be, with a dozen pitches."""
    days = [
        ForumDay(number, NEXT_WEEK + number * DAY, NEXT_WEEK + number * DAY + timedelta(hours=3), "L" * DAY_PLACE_MAX)
        for number in range(1, DAYS_MOST + 1)
    ]
    written = replace(
        over_days(forum(uow), days),
        title="T" * FORUM_TITLE_MAX,
        place="P" * FORUM_PLACE_MAX,
        programme="é" * FORUM_PROGRAMME_MAX,
    )
    uow.forums.save(written)
    for number in range(12):
        pitch(uow, written, f"{number:02}" + "p" * (PITCH_TITLE_MAX - 2), by=coalition(uow, f"{number} " + "c" * 50))
    return written


def test_everything_written_fits_into_a_message(uow: SqlUnitOfWork, full: Forum) -> None:
    text = forum_text(uow, full, FRENCH, BREST, NOW)

    assert length(text) <= 3200
    assert [line for line in text.split("\n") if line.startswith("et ")] == [
        "et 10 autres jours",
        "et 2 autres présentations",
    ]


def test_the_head_of_a_card_fits_under_a_ticket(full: Forum) -> None:
    assert length(forum_lines(full, FRENCH, BREST)) <= CAPTION_MAX - 100


def test_a_short_programme_is_never_cut(uow: SqlUnitOfWork) -> None:
    written = replace(forum(uow), programme="é" * FORUM_PROGRAMME_MAX)

    assert f"\n\n{written.programme}\n\n" in forum_text(uow, written, FRENCH, BREST, NOW)


@pytest.mark.parametrize(
    ("left", "words"),
    [(None, "Un toit frais"), (0, "Un toit frais · complet"), (1, "Un toit frais · 1 place restante")],
)
def test_a_pitch_says_how_many_seats_are_left(uow: SqlUnitOfWork, left: int | None, words: str) -> None:
    given = pitch(uow, forum(uow), "Un toit frais")

    assert pitch_words(given, left, FRENCH).replace("\N{NO-BREAK SPACE}", " ") == words
