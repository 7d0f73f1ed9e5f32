"""Days as people write them, in French or English: « mardi prochain », « 24/11 », « le 2e mardi », « dans 3 jours ».

What depends on the day it is said is read here; « in so many days » is left to dateparser.
"""

import re
import unicodedata
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

Lean = Literal["past", "future", "near"]
"""Which day is meant where the words fit several: the last one, the next one, or the nearest."""

TEXT_MAX: Final = 80
WEEK: Final = 7
NOON: Final = time(12)
CENTURY: Final = 2000
LEAP_YEARS: Final = range(-8, 9)
"""Years around this one in which any day of the calendar comes at least once."""
DAYS_OF_WEEK: Final = {
    name: number
    for number, names in enumerate(
        (
            "lundi lun monday mon",
            "mardi mar tuesday tue tues",
            "mercredi mer wednesday wed",
            "jeudi jeu thursday thu thur thurs",
            "vendredi ven friday fri",
            "samedi sam saturday sat",
            "dimanche dim sunday sun",
        )
    )
    for name in names.split()
}
MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january",
            "fevrier fevr fev february feb",
            "mars march",
            "avril avr april apr",
            "mai may",
            "juin june jun",
            "juillet juil july jul",
            "aout august aug",
            "septembre sept sep september",
            "octobre oct october",
            "novembre nov november",
            "decembre dec december",
        ),
        start=1,
    )
    for name in names.split()
}
DAYS_AWAY: Final = {
    "avant hier": -2,
    "day before yesterday": -2,
    "hier": -1,
    "yesterday": -1,
    "aujourd hui": 0,
    "aujourdhui": 0,
    "jour": 0,
    "today": 0,
    "tonight": 0,
    "soir": 0,
    "matin": 0,
    "apres midi": 0,
    "demain": 1,
    "tomorrow": 1,
    "apres demain": 2,
    "day after tomorrow": 2,
}
FILLERS: Final = frozenset(
    {"le", "la", "les", "l", "ce", "cet", "cette", "on", "the", "this", "du", "au", "of", "de", "pour", "a"}
)
PART_OF_DAY: Final = re.compile(
    r"(?<=.) (?:au |dans la |in the )?(?:matin|soir|soiree|apres midi|morning|afternoon|evening)$"
)
FIGURES: Final = re.compile(r"(?P<day>[0-9]{1,2})[/.-](?P<month>[0-9]{1,2})(?:[/.-](?P<year>[0-9]{4}|[0-9]{2}))?")
ISO: Final = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
ORDINAL: Final = re.compile(r"(?P<day>[0-9]{1,2})(?:er|st|nd|rd|th)?")
YEAR: Final = re.compile(r"[0-9]{4}")
WHICH_ONE: Final = {
    name: number
    for number, names in enumerate(
        (
            "1er premier first 1st",
            "2e 2eme 2nd deuxieme second",
            "3e 3eme 3rd troisieme third",
            "4e 4eme 4th quatrieme fourth",
        )
    )
    for name in names.split()
}
EACH_MONTH: Final = frozenset({"", "du mois", "de chaque mois", "chaque mois", "of the month", "of each month"})
NEXT: Final = frozenset({"prochain", "prochaine", "next", "qui vient"})
LAST: Final = frozenset({"dernier", "derniere", "passe", "passee", "last"})
WEEKS_LATER: Final = {"en huit": timedelta(weeks=1), "en quinze": timedelta(weeks=2)}
SPANS: Final = {
    "semaine": timedelta(days=7),
    "week": timedelta(days=7),
    "mois": timedelta(days=30),
    "month": timedelta(days=30),
}
AWAY: Final = re.compile(r"(?:dans|in|il y a) .+|.+ (?:ago|plus tard|later)")


@dataclass(frozen=True, slots=True)
class WholeMonth:
    """Words that tell a month and not a day; `first` is its first day."""

    first: date


@dataclass(frozen=True, slots=True)
class OtherWeekday:
    """A day of the week and a date that do not agree; `on` is the date."""

    on: date


ReadDay = date | WholeMonth | OtherWeekday | None


def simplified(text: str) -> str:
    """Give a text without accents, capitals, apostrophes and doubled spaces; signs between figures stay."""
    bare = "".join(
        sign
        for sign in unicodedata.normalize("NFKD", text[: TEXT_MAX + 1].casefold())
        if not unicodedata.combining(sign)
    )
    spaced = re.sub(r"[^\w/.,:@+-]+|(?<![0-9])[.-]|[.-](?![0-9])", " ", bare)
    return " ".join(spaced.strip(" ,.").split())


def read_day(text: str, today: date, lean: Lean) -> ReadDay:
    """Read a simplified text that gives a day; None where it can't be understood as exactly one."""
    if not text or len(text) > TEXT_MAX:
        return None
    words = text.replace(",", " ").split()
    while len(words) > 1 and words[0] in FILLERS:
        words = words[1:]
    phrase = " ".join(words)
    if phrase not in DAYS_AWAY:
        phrase = PART_OF_DAY.sub("", phrase)
        words = phrase.split()
    if phrase in DAYS_AWAY:
        return today + timedelta(days=DAYS_AWAY[phrase])
    for place in (0, 1):
        if len(words) > place and words[place] in DAYS_OF_WEEK and (place == 0 or words[0] in NEXT | LAST):
            rest = [word for number, word in enumerate(words) if number != place]
            return _weekday(DAYS_OF_WEEK[words[place]], rest, today, lean)
    match words:
        case [which, weekday, *rest] if which in WHICH_ONE and weekday in DAYS_OF_WEEK and " ".join(rest) in EACH_MONTH:
            return _weekday_of_month(WHICH_ONE[which], DAYS_OF_WEEK[weekday], today, lean)
    return _dated(words, today, lean) or _span(words, today) or _away(phrase, today)


def _weekday(weekday: int, rest: list[str], today: date, lean: Lean) -> ReadDay:
    """Read what stands with a day of the week: nothing, « prochain », « en huit », or a date that must agree."""
    following = today + timedelta(days=(weekday - today.weekday() - 1) % WEEK + 1)
    preceding = today - timedelta(days=(today.weekday() - weekday - 1) % WEEK + 1)
    phrase = " ".join(rest)
    if phrase == "":
        return _best((preceding, following), today, lean)
    if phrase in NEXT | LAST:
        return following if phrase in NEXT else preceding
    if phrase in WEEKS_LATER:
        return following + WEEKS_LATER[phrase]
    on = _dated(rest, today, lean)
    if isinstance(on, date) and on.weekday() != weekday:
        return OtherWeekday(on)
    return on if isinstance(on, date) else None


def _dated(words: list[str], today: date, lean: Lean) -> date | WholeMonth | None:
    """Read a date of the calendar, in figures or with the month's name, with or without its year."""
    words = [word for number, word in enumerate(words) if number == len(words) - 1 or word not in FILLERS]
    phrase = " ".join(words)
    figures = ISO.fullmatch(phrase) or FIGURES.fullmatch(phrase)
    if figures is not None:
        year = figures["year"]
        full = None if year is None else int(year) + (CENTURY if len(year) < 4 else 0)  # noqa: PLR2004 (« 26 » is 2026)
        return _on(int(figures["day"]), int(figures["month"]), full, today, lean)
    alone = ORDINAL.fullmatch(phrase)
    if alone is not None:
        return _day_of_month(int(alone["day"]), today, lean)
    year_given = int(words.pop()) if len(words) > 1 and YEAR.fullmatch(words[-1]) else None
    match words:
        case [first, second] if second in MONTHS and (day := ORDINAL.fullmatch(first)):
            return _on(int(day["day"]), MONTHS[second], year_given, today, lean)
        case [first, second] if first in MONTHS and (day := ORDINAL.fullmatch(second)):
            return _on(int(day["day"]), MONTHS[first], year_given, today, lean)
        case [*before, month] if month in MONTHS and " ".join(before) in {
            "",
            "en",
            "in",
            "debut",
            "fin",
            "mi",
            "courant",
        }:
            first_day = _on(1, MONTHS[month], year_given, today.replace(day=1), lean)
            return None if first_day is None else WholeMonth(first_day)
    return None


def _on(day: int, month: int, year: int | None, today: date, lean: Lean) -> date | None:
    if year is not None:
        return _calendar_day(year, month, day)
    years = (_calendar_day(today.year + away, month, day) for away in LEAP_YEARS)
    return _best((on for on in years if on is not None), today, lean)


def _day_of_month(day: int, today: date, lean: Lean) -> date | None:
    days = (_calendar_day(first.year, first.month, day) for first in _months_around(today))
    return _best((on for on in days if on is not None), today, lean)


def _weekday_of_month(which: int, weekday: int, today: date, lean: Lean) -> date | None:
    """Give « le 2e mardi » of the month in which it is meant; `which` counts from 0."""
    firsts = ((first, (weekday - first.weekday()) % WEEK) for first in _months_around(today))
    return _best((first + timedelta(days=days + which * WEEK) for first, days in firsts), today, lean)


def _months_around(today: date) -> list[date]:
    """Give the first day of this month and of the three on either side."""
    months = (divmod(today.year * 12 + today.month - 1 + away, 12) for away in range(-3, 4))
    return [date(year, month + 1, 1) for year, month in months]


def _best(days: Iterable[date], today: date, lean: Lean) -> date | None:
    """Give the day that is meant, today counting as both past and to come."""
    allowed = [day for day in days if lean == "near" or (day <= today if lean == "past" else day >= today)]
    return min(allowed, key=lambda day: abs(day - today), default=None)


def _calendar_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _span(words: list[str], today: date) -> WholeMonth | None:
    """Read « la semaine prochaine » and « le mois dernier », which tell no day."""
    span = next((SPANS[word] for word in words if word in SPANS), None)
    side = " ".join(word for word in words if word not in SPANS)
    if span is None or side not in NEXT | LAST:
        return None
    on = today.replace(day=15) if span.days > WEEK else today
    return WholeMonth((on + span if side in NEXT else on - span).replace(day=1))


def _away(phrase: str, today: date) -> date | None:
    """Read « dans 3 jours », « il y a deux semaines », « in a month »."""
    phrase = re.sub(r"^(?:d ici|within) ", "dans ", phrase)
    if not AWAY.fullmatch(phrase):
        return None
    from dateparser.date import DateDataParser  # noqa: PLC0415 (it takes a quarter of a second, and few need it)

    for words, figures in (("quinzaine", "15 jours"), ("huitaine", "8 jours"), ("quinze", "15")):
        phrase = re.sub(rf"\b(?:une )?{words}(?: de jours)?\b", figures, phrase)
    settings = {"RELATIVE_BASE": datetime.combine(today, NOON), "PARSERS": ["relative-time"], "TIMEZONE": "UTC"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = DateDataParser(languages=["fr", "en"], settings=settings).get_date_data(phrase)
    return found.date_obj.date() if found.date_obj is not None and found.date_obj.time() == NOON else None
