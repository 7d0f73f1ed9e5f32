"""What something costs, as people write it: « 120 », « 120,50 € », « 1 200 euros TTC », « gratuit »."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from handlers.forms.field import Answered, Body, Outcome, State, Wrong
from handlers.forms.fields.number import read_number
from handlers.names import cost_words
from handlers.said import Said, Tap, Words
from handlers.screen import button
from handlers.turn import Turn
from locales import _
from programme.texts import clean_line, folded

FREE: Final = frozenset({"gratuit", "gratuite", "gratuits", "gratuitement", "offert", "offerte", "rien", "free", "0"})
AMOUNT: Final = re.compile(
    r"(?:environ|env\.?|about|~)?\s*€?\s*(?P<figure>[0-9][0-9 .,'’]*?)\s*(?:€|eur\b|euros?\b)?\s*(?:ttc|ht|net)?\s*",
    re.IGNORECASE,
)
SPLIT: Final = re.compile(r"([0-9])\s*(?:€|euros?)\s*([0-9]{2})\b", re.IGNORECASE)
"""« 120 €50 » and « 120 euros 50 »."""
CENTS: Final = 100


@dataclass(frozen=True, slots=True)
class Cost:
    """An amount of euros of at most `most` cents, or that it is free; its value is an int of cents."""

    most: int

    def ask(self, turn: Turn, _state: State) -> Body:
        """Offer that it is free."""
        return Body(((button(turn.language.plain("Free of charge"), "free"),),), (), _("For example: 120, 120.50 €"))

    def read(self, turn: Turn, said: Said, _state: State) -> Outcome | None:
        """Take the amount, unless it is none, more precise than a cent, or too much."""
        match said:
            case Tap(route="free"):
                return Answered(0)
            case Words(text):
                return self._written(turn, clean_line(text))
        return None

    def show(self, turn: Turn, value: int) -> str:
        """Write the amount as the language does."""
        return cost_words(value, turn.language)

    def into(self, value: int) -> int:
        """Give the cents."""
        return value

    def _written(self, turn: Turn, line: str) -> Outcome:
        say = turn.language.say
        if folded(line) in FREE:
            return Answered(0)
        found = AMOUNT.fullmatch(SPLIT.sub(r"\1,\2", line))
        value = None if found is None else read_number(found["figure"], english=turn.language.code == "en")
        if value is None or value != round(value, 2):
            return Wrong(say("I did not read this amount: please write it in euros, for example 120 or 120.50 €."))
        cents = int(value * Decimal(CENTS))
        if cents > self.most:
            return Wrong(say("This is too much: {most} is the most.", most=cost_words(self.most, turn.language)))
        return Answered(cents)
