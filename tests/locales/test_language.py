"""Texts, dates, numbers and lists, as French and English readers write them."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from gettext import NullTranslations
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Catalog
from markupsafe import Markup

from locales import Language, language_for
from locales.language import _CatalogueTexts

PARIS = ZoneInfo("Europe/Paris")
FRENCH = language_for("fr")
ENGLISH = language_for("en")
BARE = Language("fr", NullTranslations())


def french_with(msgid: str | tuple[str, str], string: str | tuple[str, str]) -> Language:
    catalogue = Catalog(locale="fr")
    catalogue.add(msgid, string)
    return Language("fr", _CatalogueTexts(catalogue))


def at(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """Give the instant of an hour on the clocks of Paris."""
    return datetime(year, month, day, hour, minute, tzinfo=PARIS).astimezone(UTC)


@pytest.mark.parametrize(
    ("n", "text"), [(0, "0 place"), (1, "1 place"), (2, "2 places"), (12345, "12\u202f345 places")]
)
def test_zero_is_singular_in_french(n: int, text: str) -> None:
    language = french_with(("{n} seat", "{n} seats"), ("{n} place", "{n} places"))
    assert language.say_n("{n} seat", "{n} seats", n) == text
    assert language.plain_n("{n} seat", "{n} seats", n) == text


@pytest.mark.parametrize(("n", "text"), [(0, "0 seats"), (1, "1 seat"), (2, "2 seats"), (12345, "12,345 seats")])
def test_zero_is_plural_in_english(n: int, text: str) -> None:
    assert ENGLISH.say_n("{n} seat", "{n} seats", n) == text
    assert ENGLISH.plain_n("{n} seat", "{n} seats", n) == text


def test_text_not_yet_in_the_catalogue_is_read_in_english() -> None:
    assert french_with("Menu", "").plain("Menu of {day}", day="today") == "Menu of today"


def test_facts_are_escaped_and_the_text_is_not() -> None:
    language = french_with("<b>{name}</b> joins", "<b>{name}</b> arrive")
    assert language.say("<b>{name}</b> joins", name="<i>Léa & Cie</i> &lt {n}") == Markup(
        "<b>&lt;i&gt;Léa &amp; Cie&lt;/i&gt; &amp;lt {n}</b> arrive"
    )


def test_fact_that_is_markup_stays_as_it_is() -> None:
    assert BARE.say("See {what}", what=Markup("<b>this</b>")) == "See <b>this</b>"


def test_plain_text_escapes_nothing() -> None:
    assert BARE.plain("{name} joins", name="A & B") == "A & B joins"


def test_right_to_left_name_does_not_turn_the_sentence() -> None:
    assert BARE.say("{name} joins", name="שלום!") == "\u2068שלום!\u2069 joins"
    assert BARE.listing(["Léa", "سارة"]) == "Léa et \u2068سارة\u2069"


@pytest.mark.parametrize(
    ("on", "french", "english"),
    [
        (date(2026, 11, 24), "mardi 24 novembre 2026", "Tuesday 24 November 2026"),
        (date(2026, 12, 1), "mardi 1er décembre 2026", "Tuesday 1 December 2026"),
        (date(2027, 1, 11), "lundi 11 janvier 2027", "Monday 11 January 2027"),
        (date(2026, 2, 21), "samedi 21 février 2026", "Saturday 21 February 2026"),
    ],
)
def test_day_is_written_in_full(on: date, french: str, english: str) -> None:
    assert FRENCH.day(on) == french
    assert ENGLISH.day(on) == english


def test_day_without_its_year() -> None:
    assert FRENCH.day(date(2026, 12, 1), year=False) == "mardi 1er décembre"


def test_day_and_month_for_a_button() -> None:
    assert FRENCH.short_day(date(2026, 11, 24)) == "mar. 24 nov."
    assert FRENCH.numeric_day(date(2026, 12, 1)) == "1/12"
    assert FRENCH.short_day(date(2026, 12, 1)) == "mar. 1er déc."
    assert ENGLISH.short_day(date(2026, 11, 24)) == "Tue 24 Nov"
    assert FRENCH.month(date(2026, 11, 24)) == "novembre 2026"


@pytest.mark.parametrize(
    ("hour", "french", "english"),
    [
        (time(18, 30), "18\u00a0h\u00a030", "18:30"),
        (time(9), "9\u00a0h", "9:00"),
        (time(9, 5), "9\u00a0h\u00a005", "9:05"),
        (time(0), "0\u00a0h", "0:00"),
    ],
)
def test_hour_of_the_day(hour: time, french: str, english: str) -> None:
    assert FRENCH.clock(hour) == french
    assert ENGLISH.clock(hour) == english


def test_moment_is_told_on_the_clock_of_the_territory() -> None:
    moment = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)
    assert FRENCH.moment(moment, PARIS) == "mardi 24 novembre 2026 à 18\u00a0h\u00a030"
    assert ENGLISH.moment(moment, PARIS) == "Tuesday 24 November 2026 at 18:30"
    assert FRENCH.moment(moment, ZoneInfo("Pacific/Noumea")) == "mercredi 25 novembre 2026 à 4\u00a0h\u00a030"


@pytest.mark.parametrize(
    ("starts_at", "words"),
    [
        (at(2026, 11, 24, 18, 40), "dans 40 minutes"),
        (at(2026, 11, 24, 18, 1), "dans 1 minute"),
        (at(2026, 11, 24, 18), "dans 1 minute"),
        (at(2026, 11, 24, 19), "aujourd’hui à 19\u00a0h"),
        (at(2026, 11, 24, 9), "aujourd’hui à 9\u00a0h"),
        (at(2026, 11, 25, 0, 30), "demain à 0\u00a0h\u00a030"),
        (at(2026, 11, 25, 23), "demain à 23\u00a0h"),
        (at(2026, 11, 26, 18), "le jeudi 26 novembre 2026 à 18\u00a0h"),
        (at(2026, 11, 23, 18), "le lundi 23 novembre 2026 à 18\u00a0h"),
    ],
)
def test_words_are_true_at_the_time_they_are_read(starts_at: datetime, words: str) -> None:
    assert FRENCH.from_now(starts_at, at(2026, 11, 24, 18), PARIS) == words


@pytest.mark.parametrize(
    ("until", "french", "english"),
    [
        (at(2026, 11, 24, 18, 40), "au plus tard aujourd’hui à 18\u00a0h\u00a040", "by today at 18:40"),
        (at(2026, 11, 25, 18), "au plus tard demain à 18\u00a0h", "by tomorrow at 18:00"),
        (
            at(2026, 11, 26, 18),
            "au plus tard le jeudi 26 novembre 2026 à 18\u00a0h",
            "by Thursday 26 November 2026 at 18:00",
        ),
    ],
)
def test_a_deadline_reads_on_in_its_sentence(until: datetime, french: str, english: str) -> None:
    now = at(2026, 11, 24, 18)

    assert [language.deadline(until, now, PARIS) for language in (FRENCH, ENGLISH)] == [french, english]


@pytest.mark.parametrize("language", [FRENCH, ENGLISH], ids=["fr", "en"])
def test_no_text_says_nothing(language: Language) -> None:
    nothing = ""

    assert (language.plain(nothing), str(language.say(nothing))) == ("", "")


def test_words_over_midnight_count_minutes_first() -> None:
    now = at(2026, 11, 24, 23, 50)
    assert FRENCH.from_now(at(2026, 11, 25, 0, 20), now, PARIS) == "dans 30 minutes"
    assert FRENCH.from_now(at(2026, 11, 25, 0, 50), now, PARIS) == "demain à 0\u00a0h\u00a050"


def test_today_is_the_day_of_the_territory() -> None:
    now, starts_at = datetime(2026, 11, 24, 12, tzinfo=UTC), datetime(2026, 11, 24, 20, tzinfo=UTC)
    assert FRENCH.from_now(starts_at, now, PARIS) == "aujourd’hui à 21\u00a0h"
    assert FRENCH.from_now(starts_at, now, ZoneInfo("Pacific/Noumea")) == "demain à 7\u00a0h"


def test_words_over_the_change_to_summer_time() -> None:
    now = at(2027, 3, 28, 1, 30)
    assert FRENCH.from_now(at(2027, 3, 28, 3, 15), now, PARIS) == "dans 45 minutes"
    assert FRENCH.from_now(at(2027, 3, 28, 18), at(2027, 3, 27, 18), PARIS) == "demain à 18\u00a0h"


def test_words_over_the_change_to_winter_time() -> None:
    now = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert FRENCH.from_now(datetime(2026, 10, 25, 1, 15, tzinfo=UTC), now, PARIS) == "dans 45 minutes"
    assert FRENCH.from_now(datetime(2026, 10, 25, 2, tzinfo=UTC), now, PARIS) == "aujourd’hui à 3\u00a0h"
    assert FRENCH.from_now(at(2026, 10, 25, 18), at(2026, 10, 24, 18), PARIS) == "demain à 18\u00a0h"


def test_words_in_english() -> None:
    now = at(2026, 11, 24, 18)
    assert ENGLISH.from_now(at(2026, 11, 24, 18, 40), now, PARIS) == "in 40 minutes"
    assert ENGLISH.from_now(at(2026, 11, 25, 18, 30), now, PARIS) == "tomorrow at 18:30"


def test_numbers_have_their_signs() -> None:
    assert FRENCH.number(Decimal("12345.6")) == "12\u202f345,6"
    assert FRENCH.number(0) == "0"
    assert ENGLISH.number(12345.6) == "12,345.6"


def test_listing_joins_names_as_a_sentence_does() -> None:
    assert FRENCH.listing(["ENIB", "UBO", "IMT Atlantique"]) == "ENIB, UBO et IMT Atlantique"
    assert ENGLISH.listing(["ENIB", "UBO", "IMT Atlantique"]) == "ENIB, UBO and IMT Atlantique"
    assert FRENCH.listing(["Pain & Cie", "<b>"]) == Markup("Pain &amp; Cie et &lt;b&gt;")
    assert FRENCH.listing(["ENIB"]) == "ENIB"
    assert FRENCH.listing([]) == ""


@pytest.mark.parametrize(
    ("code", "chosen"),
    [
        ("fr", "fr"),
        ("fr-CA", "fr"),
        ("FR", "fr"),
        (None, "fr"),
        ("", "fr"),
        ("br", "fr"),
        ("en", "en"),
        ("en-GB", "en"),
        ("de", "en"),
        ("pt-br", "en"),
    ],
)
def test_language_follows_the_code_of_the_person(code: str | None, chosen: str) -> None:
    assert language_for(code).code == chosen
