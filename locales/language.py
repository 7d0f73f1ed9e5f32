"""One person's language: texts from the catalogue, dates, numbers and lists as that language writes them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import NewType
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal
from markupsafe import Markup, escape

Msgid = NewType("Msgid", str)
"""An English text of the catalogue, not yet in anybody's language."""

LANGUAGES = ("fr", "en")
CATALOGUES = Path(__file__).parent
REGIONS = {"fr": "fr_FR", "en": "en_GB"}
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
FIRST_ISOLATE = "\N{FIRST STRONG ISOLATE}"
END_OF_ISOLATE = "\N{POP DIRECTIONAL ISOLATE}"
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u200f]")
SOON = timedelta(hours=1)


def _(msgid: str) -> Msgid:
    """Mark a text for the catalogue; it is put into a language where it is shown."""
    return Msgid(msgid)


@dataclass(frozen=True)
class Language:
    """What a person reads: `say` gives Telegram's HTML with every fact escaped, `plain` gives bare text."""

    code: str
    texts: NullTranslations = field(repr=False, compare=False)

    def say(self, msgid: str, /, **facts: object) -> Markup:
        """Give the text with its facts filled in and escaped; a fact that is Markup stays as it is."""
        return Markup(self.texts.gettext(msgid)).format(**_shown(facts))  # noqa: S704 (the catalogue is ours)

    def say_n(self, singular: str, plural: str, n: int, /, **facts: object) -> Markup:
        """Give the text that fits the number `n`, which the text names {n}."""
        text = self.texts.ngettext(singular, plural, n)
        return Markup(text).format(n=self.number(n), **_shown(facts))  # noqa: S704 (the catalogue is ours)

    def plain(self, msgid: str, /, **facts: object) -> str:
        """Give the text without HTML, for buttons, toasts and file names."""
        return self.texts.gettext(msgid).format(**facts)

    def plain_n(self, singular: str, plural: str, n: int, /, **facts: object) -> str:
        """Give the text without HTML that fits the number `n`."""
        return self.texts.ngettext(singular, plural, n).format(n=self.number(n), **facts)

    def day(self, on: date, *, year: bool = True) -> str:
        """Write a day in full: « mardi 24 novembre 2026 »."""
        pattern = "EEEE d MMMM y" if year else "EEEE d MMMM"
        return self._with_first(format_date(on, pattern, locale=REGIONS[self.code]), on)

    def short_day(self, on: date) -> str:
        """Write a day for a button: « mar. 24 nov. »."""
        return self._with_first(format_date(on, "EEE d MMM", locale=REGIONS[self.code]), on)

    def numeric_day(self, on: date) -> str:
        """Write a day in figures, for a narrow button: « 24/11 »."""
        return format_date(on, "d/MM", locale=REGIONS[self.code])

    def month(self, on: date) -> str:
        """Write a month: « novembre 2026 »."""
        return format_date(on, "MMMM y", locale=REGIONS[self.code])

    def clock(self, at: time) -> str:
        """Write an hour of the day: « 18 h 30 », « 9 h »."""
        if self.code == "fr":
            minutes = f"{NO_BREAK_SPACE}{at.minute:02}" if at.minute else ""
            return f"{at.hour}{NO_BREAK_SPACE}h{minutes}"
        return f"{at.hour}:{at.minute:02}"

    def moment(self, at: datetime, zone: ZoneInfo) -> str:
        """Write a day and an hour on the clock of `zone`: « mardi 24 novembre 2026 à 18 h 30 »."""
        local = at.astimezone(zone)
        return self.plain("{day} at {time}", day=self.day(local.date()), time=self.clock(local.time()))

    def from_now(self, at: datetime, now: datetime, zone: ZoneInfo) -> str:
        """Say when in words that are true at `now`: « dans 40 minutes », « demain à 18 h 30 », « le mardi… »."""
        local, today = at.astimezone(zone), now.astimezone(zone).date()
        clock = self.clock(local.time())
        if timedelta(0) <= at - now < SOON:
            minutes = max(1, round((at - now) / timedelta(minutes=1)))
            return self.plain_n("in {n} minute", "in {n} minutes", minutes)
        if local.date() == today:
            return self.plain("today at {time}", time=clock)
        if local.date() == today + timedelta(days=1):
            return self.plain("tomorrow at {time}", time=clock)
        return self.plain("on {moment}", moment=self.moment(at, zone))

    def deadline(self, at: datetime, now: datetime, zone: ZoneInfo) -> str:
        """Say until when: « au plus tard demain à 18 h 30 », else day and hour."""
        local, today = at.astimezone(zone), now.astimezone(zone).date()
        clock = self.clock(local.time())
        if local.date() == today:
            return self.plain("by today at {time}", time=clock)
        if local.date() == today + timedelta(days=1):
            return self.plain("by tomorrow at {time}", time=clock)
        return self.plain("by {moment}", moment=self.moment(at, zone))

    def number(self, value: float | Decimal) -> str:
        """Write a number: « 12 345,6 »."""
        return format_decimal(value, locale=REGIONS[self.code])

    def euros(self, cents: int) -> str:
        """Write an amount of euros: « 1 200,50 € », « 120 € »."""
        written = format_currency(Decimal(cents) / 100, "EUR", locale=REGIONS[self.code])
        return re.sub(r"[.,]00(?!\d)", "", written)

    def listing(self, things: Iterable[str]) -> Markup:
        """Join names as a sentence does: « ENIB, UBO et IMT Atlantique »; names are escaped."""
        names = [str(escape(_isolated(thing))) for thing in things]
        return Markup(format_list(names, locale=REGIONS[self.code]))  # noqa: S704 (escaped above)

    def _with_first(self, written: str, on: date) -> str:
        """French says « 1er », which CLDR leaves out."""
        if self.code == "fr" and on.day == 1:
            return re.sub(r"\b1\b", "1er", written, count=1)
        return written


@cache
def language_for(code: str | None) -> Language:
    """Give the language that fits a code such as « fr », « en-GB » or None; French where it is not known."""
    short = (code or "fr").split("-")[0].lower()
    if short not in LANGUAGES:
        short = "fr" if code is None or short in {"br", "oc", "co", "eu", "ca"} else "en"
    return Language(short, _CatalogueTexts(read_catalogue(short)))


def read_languages() -> None:
    """Read from the disk what every language needs, so that nobody waits for it at the first message."""
    for code in LANGUAGES:
        language = language_for(code)
        language.day(date.min)
        language.number(0)
        language.listing(())


def read_catalogue(code: str) -> Catalog:
    """Read a language's catalogue from its .po file; raises OSError where it is missing."""
    with catalogue_path(code).open("rb") as file:
        return read_po(file, locale=Locale.parse(REGIONS[code]), abort_invalid=True)


def catalogue_path(code: str) -> Path:
    """Give the place of a language's catalogue."""
    return CATALOGUES / code / "LC_MESSAGES" / "jalon.po"


class _CatalogueTexts(NullTranslations):
    """gettext over a catalogue in memory, by that language's own plural rule."""

    def __init__(self, catalogue: Catalog) -> None:
        super().__init__()
        self._one: dict[str, str] = {}
        self._many: dict[str, tuple[str, ...]] = {}
        for entry in catalogue:
            if not entry.id:
                continue  # the header, which is no text
            if isinstance(entry.id, str) and isinstance(entry.string, str) and entry.string:
                self._one[entry.id] = entry.string
            elif isinstance(entry.string, tuple) and all(entry.string):
                self._many[entry.id[0]] = entry.string
        self._french = catalogue.locale is not None and catalogue.locale.language == "fr"

    def gettext(self, message: str) -> str:
        return self._one.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        several = n > 1 if self._french else n != 1
        forms = self._many.get(msgid1, (msgid1, msgid2))
        return forms[int(several)]


def _shown(facts: Mapping[str, object]) -> dict[str, object]:
    return {key: _isolated(fact) if type(fact) is str else fact for key, fact in facts.items()}


def _isolated(fact: str) -> str:
    """Keep a right-to-left name from turning the sentence around it."""
    return f"{FIRST_ISOLATE}{fact}{END_OF_ISOLATE}" if RIGHT_TO_LEFT.search(fact) else fact
