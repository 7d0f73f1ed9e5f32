"""Several days with their hours, written together or one after another, or tapped."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from markupsafe import Markup

from handlers.forms.field import Answered, Body, Outcome, State, Turned, Wrong
from handlers.forms.fields.moment import Moment
from handlers.forms.wording import shortened
from handlers.said import Said, Tap, Words
from handlers.screen import Rows, button
from handlers.turn import Turn
from locales import _

BETWEEN: Final = re.compile(r"[;,\n]+|\s(?:et|ou|puis|and|or|then)\s(?!demie?\b|quart\b)", re.IGNORECASE)
"""What stands between two moments; « midi et demi » is one."""
LEFT_OUT_MOST: Final = 3
WORDS_MAX: Final = 60
ONE: Final = Moment()


@dataclass(frozen=True, slots=True)
class Moments:
    """From `least` to `most` moments to come on the territory's clock; its value is a list of aware UTC datetimes.

    What was given is listed under the question until the person says that it is all. The words that give no moment are
    told with what is wrong with them, and the others are taken.
    """

    least: int = 2
    most: int = 10

    def ask(self, turn: Turn, state: State) -> Body:
        """List what there is so far, and ask for more as for one moment."""
        language, given = turn.language, _given(state)
        listed = tuple(Markup("• {}").format(self._written(turn, one)) for one in given)
        problems = tuple(self._problem(turn, words) for words in state.get("left_out", ())[:LEFT_OUT_MOST])
        if state.get("taking_off"):
            which = language.say("Which date comes off?")
            rows = tuple((button(self._label(turn, one), "off", place),) for place, one in enumerate(given))
            return Body((*rows, (button(language.plain("‹ None of them"), "on"),)), (*listed, which))
        if len(given) >= self.most:
            full = language.say_n(
                "That is {n} date, the most there may be.", "That is {n} dates, the most there may be.", self.most
            )
            return Body(self._own_rows(turn, given), (*listed, *problems, full))
        one = ONE.ask(turn, state.get("one", {}))
        example = _("For example: Tuesday 18:30, Thursday 18:30, 24/11 at 18:00")
        return Body((*self._own_rows(turn, given), *one.rows), (*listed, *problems, *one.lines), example)

    def read(self, turn: Turn, said: Said, state: State) -> Outcome | None:
        """Take what was written or tapped into the list; the list is the answer once the person says so."""
        given = _given(state)
        match said:
            case Tap(route="all") if self.least <= len(given) <= self.most:
                return self._all(turn, given)
            case Tap(route="less") if given:
                return Turned({**_plain(state), "taking_off": True})
            case Tap(route="on"):
                return Turned(_plain(state))
            case Tap(route="off", args=(place,)) if place.isascii() and place.isdecimal() and int(place) < len(given):
                return Turned({**_plain(state), "given": [one for one in given if one != given[int(place)]]})
            case Words(text):
                return self._several(turn, text, state)
            case _:
                return self._one(turn, said, state)

    def show(self, turn: Turn, value: Sequence[str]) -> str:
        """Write each moment in full, one under the other."""
        return "\n".join(ONE.show(turn, one) for one in value)

    def into(self, value: Sequence[str]) -> tuple[datetime, ...]:
        """Give the moments, soonest first."""
        return tuple(datetime.fromisoformat(one) for one in value)

    def _all(self, turn: Turn, given: Sequence[str]) -> Outcome:
        over = [one for one in given if datetime.fromisoformat(one) <= turn.now]
        if over:
            moment = self._written(turn, over[0])
            return Wrong(turn.language.say("{moment} is over meanwhile: please take it off the list.", moment=moment))
        return Answered(list(given))

    def _one(self, turn: Turn, said: Said, state: State) -> Outcome | None:
        """Take what is tapped below: a day, then its hour."""
        if len(_given(state)) >= self.most:
            return None
        match ONE.read(turn, said, state.get("one", {})):
            case Answered(value, word):
                return Turned(
                    {**_plain(state), "given": _with(_given(state), value)},
                    "" if word is None else str(word.striptags()),
                )
            case Turned(inner, toast):
                return Turned({**_plain(state), "one": dict(inner)}, toast)
            case other:
                return other

    def _several(self, turn: Turn, text: str, state: State) -> Outcome:
        """Take all that is written; an hour alone goes with the day before it, a day alone waits for its hour."""
        pieces = [piece.strip() for piece in BETWEEN.split(text) if piece.strip()] or [text]
        given, left_out = list(_given(state)), list[str]()
        pending, waiting, day = dict(state.get("one", {})), "", ""
        for piece in pieces:
            outcome = ONE.read(turn, Words(piece), {})
            if not isinstance(outcome, Answered) and (pending or day):
                together = ONE.read(turn, Words(piece), pending or {"day": day})
                outcome = together if isinstance(together, Answered) else outcome
                waiting = "" if isinstance(together, Answered) else waiting
            if waiting:
                left_out.append(waiting)
            pending, waiting = {}, ""
            match outcome:
                case Answered(value) if len(_with(given, value)) <= self.most:
                    given, day = _with(given, value), self._day(turn, value)
                case Turned(inner):
                    pending, waiting = dict(inner), piece
                case _:
                    left_out.append(piece)
        if len(pieces) == 1 and left_out and len(given) < self.most:
            outcome = ONE.read(turn, Words(text), {})
            if isinstance(outcome, Wrong):
                return outcome
        one = {"one": pending} if pending else {}
        return Turned({**_plain(state), **one, "given": given, "left_out": [words[:WORDS_MAX] for words in left_out]})

    def _own_rows(self, turn: Turn, given: Sequence[str]) -> Rows:
        plain_n, plain = turn.language.plain_n, turn.language.plain
        enough = plain_n("That is all: {n} date", "That is all: {n} dates", len(given))
        return (
            *(((button(enough, "all"),),) if self.least <= len(given) <= self.most else ()),
            *(((button(plain("Take one off"), "less"),),) if given else ()),
        )

    def _problem(self, turn: Turn, words: str) -> Markup:
        outcome = ONE.read(turn, Words(words), {})
        say = turn.language.say
        match outcome:
            case Wrong(problem):
                return say("✗ “{words}”: {problem}", words=words, problem=problem)
            case Turned(inner) if "day" in inner:
                return say("✗ “{words}”: the hour is missing.", words=words)
            case Turned():
                return say("✗ “{words}”: the day is missing.", words=words)
            case _:
                return say("✗ “{words}” is one date too many.", words=words)

    def _written(self, turn: Turn, one: str) -> str:
        return ONE.show(turn, one)

    def _label(self, turn: Turn, one: str) -> str:
        local = datetime.fromisoformat(one).astimezone(turn.territory.zone)
        language = turn.language
        return shortened(f"✗ {language.short_day(local.date())}, {language.clock(local.time())}", WORDS_MAX)

    def _day(self, turn: Turn, one: str) -> str:
        return datetime.fromisoformat(one).astimezone(turn.territory.zone).date().isoformat()


def _given(state: State) -> list[str]:
    """Give what is in the list so far: at first what the question was answered with before."""
    given: list[str] = state.get("given", state.get("before")) or []
    return list(given)


def _with(given: Sequence[str], one: str) -> list[str]:
    return sorted({*given, one}, key=datetime.fromisoformat)


def _plain(state: State) -> dict[str, Any]:
    """Keep the list alone: what was wrong, and what is half given, is over."""
    return {key: state[key] for key in ("given", "before") if key in state}
