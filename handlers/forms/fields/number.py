"""A number, written as people write it: « 1 200,5 », « 1200.5 », « 1 200 kWh »."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from handlers.forms.field import Answered, Body, Outcome, State, Wrong
from handlers.said import Said, Words
from handlers.turn import Turn
from locales import Msgid, _
from programme.texts import clean_line

NO_BREAK_SPACE: Final = "\u00a0"
FIGURE_MAX: Final = 20
NUMBER: Final = re.compile(r"(?P<sign>[-−+]?)\s*(?P<figure>[0-9](?:[0-9 .,'’]*[0-9])?)\s*(?P<unit>[^0-9]*)")
SHAPES: Final = (
    (re.compile(r"[0-9]+(?:[.,][0-9]+)?"), " ", ","),
    (re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]+)?"), " ", ","),
    (re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?"), ".", ","),
    (re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"), ",", "."),
)
"""How figures are written, with the sign between thousands and the one before decimals."""
ENGLISH: Final = (re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+"), ",", ".")


@dataclass(frozen=True, slots=True)
class Number:
    """A number from `least` to `most` with at most `decimals` (3 or fewer), counted in `unit`.

    Its value is an int where it has no decimals, a Decimal otherwise.
    """

    least: Decimal | int | None = None
    most: Decimal | int | None = None
    decimals: int = 0
    unit: Msgid | None = None

    def ask(self, _turn: Turn, _state: State) -> Body:
        """Give an example."""
        return Body(example=_("For example: 1200.5") if self.decimals else _("For example: 1200"))

    def read(self, turn: Turn, said: Said, _state: State) -> Outcome | None:
        """Take the number, unless it is none, not precise in that way, or out of range."""
        if not isinstance(said, Words):
            return None
        say = turn.language.say
        unit = "" if self.unit is None else turn.language.plain(self.unit)
        value = read_number(said.text, unit, english=turn.language.code == "en")
        if value is None:
            return Wrong(say("This is not a number: please write it in figures, for example 1200."))
        if value != round(value, self.decimals):
            if self.decimals == 0:
                return Wrong(say("A whole number is needed here, for example 1200."))
            return Wrong(
                turn.language.say_n(
                    "At most {n} decimal fits here: please round it.",
                    "At most {n} decimals fit here: please round it.",
                    self.decimals,
                )
            )
        return self._out_of_range(turn, value) or Answered(format(value.normalize(), "f"))

    def show(self, turn: Turn, value: str) -> str:
        """Write the number as the language does, with its unit."""
        figure = turn.language.number(Decimal(value))
        return figure if self.unit is None else f"{figure}{NO_BREAK_SPACE}{turn.language.plain(self.unit)}"

    def into(self, value: str) -> int | Decimal:
        """Give an int, or a Decimal where decimals are asked for."""
        return Decimal(value) if self.decimals else int(value)

    def _out_of_range(self, turn: Turn, value: Decimal) -> Wrong | None:
        say, number = turn.language.say, turn.language.number
        if self.least is not None and value < self.least:
            return Wrong(
                say("{value} is too little: {least} is the least.", value=number(value), least=number(self.least))
            )
        if self.most is not None and value > self.most:
            return Wrong(say("{value} is too much: {most} is the most.", value=number(value), most=number(self.most)))
        return None


def read_number(text: str, unit: str = "", *, english: bool = False) -> Decimal | None:
    """Read a number with any usual sign between thousands and before decimals; None where it is none.

    A comma alone is before decimals, unless it is `english` and three figures follow.
    """
    found = NUMBER.fullmatch(clean_line(text))
    if found is None or found["unit"].strip(" .").casefold() not in {"", unit.casefold()}:
        return None
    figure = re.sub("['’]", " ", found["figure"])
    for shape, thousands, decimal in (ENGLISH, *SHAPES) if english else SHAPES:
        if shape.fullmatch(figure) and len(figure) <= FIGURE_MAX:
            value = Decimal(figure.replace(thousands, "").replace(decimal, "."))
            return -value if found["sign"] in {"-", "−"} else value
    return None
