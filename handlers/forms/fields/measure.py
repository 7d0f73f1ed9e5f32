"""A figure with its unit, as people write it: « 1 200,5 kWh », « 3 tCO2e », « environ 25 personnes »."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from handlers.forms.field import Answered, Body, Outcome, State, Turned, Wrong
from handlers.forms.fields.number import read_number
from handlers.names import figure_words, unit_name
from handlers.said import Said, Tap, Words
from handlers.screen import Rows, button
from handlers.turn import Turn
from locales import _
from programme.actions import FIGURE_DECIMALS, FIGURE_MOST, Figure, FigureUnit
from programme.texts import clean_line, folded

MEASURE: Final = re.compile(
    r"(?:(?:environ|env\.?|about|approx\.?|~|≈|\+/-|±)\s*)?"
    r"(?P<figure>[-−+]?\s*[0-9](?:[0-9 .,'’]*[0-9])?)\s*(?P<unit>\D.*)?",
    re.IGNORECASE,
)
UNITS_IN_A_ROW: Final = 3
WORDS: Final[Mapping[FigureUnit, str]] = {
    FigureUnit.KWH: "kwh|kilowattheure|kilowattheures|kilowatt heure|kilowatt heures|kilowatt hours|kw h",
    FigureUnit.MWH: "mwh|megawattheure|megawattheures|megawatt heure|megawatt heures|megawatt hours",
    FigureUnit.KG_CO2E: (
        "kgco2e|kgco2|kg co2|kg co2e|kg eq co2|kgeqco2|kg equivalent co2|kilos de co2|kg de co2|kg of co2|kgco2eq"
        "|kg co2eq"
    ),
    FigureUnit.T_CO2E: (
        "tco2e|tco2|t co2|t co2e|t eq co2|teqco2|t equivalent co2|tonne co2|tonnes co2|tonne de co2|tonnes de co2"
        "|tonnes of co2|tco2eq|t co2eq|tonne equivalent co2|tonnes equivalent co2"
    ),
    FigureUnit.PEOPLE: (
        "personne|personnes|pers|people|person|participant|participants|participante|participantes|habitant|habitants"
        "|personnes touchees|people reached|salarie|salaries|eleves|etudiants"
    ),
    FigureUnit.KM: "km|kilometre|kilometres|kilometer|kilometers",
    FigureUnit.KG: "kg|kilo|kilos|kilogramme|kilogrammes|kilograms",
    FigureUnit.TONNES: "t|tonne|tonnes|tons",
    FigureUnit.CUBIC_METRES: "m3|metre cube|metres cubes|cubic metre|cubic metres",
    FigureUnit.HOURS: "h|heure|heures|hour|hours",
    FigureUnit.EUROS: "eur|euro|euros",
}
UNITS: Final = {word: unit for unit, words in WORDS.items() for word in words.split("|")}


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with one of the units of the programme; where only the number is written, its unit is asked."""

    def ask(self, turn: Turn, state: State) -> Body:
        """Show the units once the number is there."""
        if "figure" not in state:
            return Body(example=_("For example: 1200.5 kWh, 3 tCO2e, 25 people"))
        figure = turn.language.number(Decimal(state["figure"]))
        return Body(_unit_rows(turn), (turn.language.say("{figure}: which unit?", figure=figure),))

    def read(self, turn: Turn, said: Said, state: State) -> Outcome | None:
        """Take a number with its unit, or the unit of the number that is there."""
        match said:
            case Tap(route="u", args=(unit,)) if unit in list(FigureUnit) and "figure" in state:
                return Answered({"figure": state["figure"], "unit": unit})
            case Words(text):
                return self._written(turn, text, state)
        return None

    def show(self, turn: Turn, value: Mapping[str, str]) -> str:
        """Write the figure as the language does."""
        return figure_words(self.into(value), turn.language)

    def into(self, value: Mapping[str, str]) -> Figure:
        """Give the figure."""
        return Figure(Decimal(value["figure"]), FigureUnit(value["unit"]))

    def _written(self, turn: Turn, text: str, state: State) -> Outcome:
        say, english = turn.language.say, turn.language.code == "en"
        line = clean_line(text)
        unit_alone = _unit(line)
        if unit_alone is not None and "figure" in state:
            return Answered({"figure": state["figure"], "unit": unit_alone.value})
        found = MEASURE.fullmatch(line)
        value = None if found is None else read_number(found["figure"], english=english)
        if found is None or value is None:
            return Wrong(say("Please write a number with its unit, for example 1200.5 kWh."))
        if value < 0 or value > FIGURE_MOST:
            return Wrong(say("This figure can’t be right: please write a positive number with its unit."))
        figure = format(round(value, FIGURE_DECIMALS).normalize(), "f")
        if not found["unit"]:
            return Turned({**state, "figure": figure})
        unit = _unit(found["unit"])
        if unit is None:
            known = turn.language.listing(unit_name(one, turn.language) for one in FigureUnit)
            return Wrong(say("I do not know this unit. Those I can add up: {units}.", units=known))
        return Answered({"figure": figure, "unit": unit.value})


def _unit(words: str) -> FigureUnit | None:
    """Find the unit that words name; « € » is no letter, and folding would lose it."""
    return UNITS.get(folded(words.replace("€", " eur ")))


def _unit_rows(turn: Turn) -> Rows:
    buttons = [button(unit_name(unit, turn.language), "u", unit.value) for unit in FigureUnit]
    return tuple(tuple(buttons[start : start + UNITS_IN_A_ROW]) for start in range(0, len(buttons), UNITS_IN_A_ROW))
