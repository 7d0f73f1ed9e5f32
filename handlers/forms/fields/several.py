"""Several things out of a few, ticked one by one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import escape

from handlers.forms.field import Answered, Body, Outcome, State, Turned, Wrong
from handlers.forms.option import (
    Option,
    Options,
    label_of,
    marked,
    named,
    on_page,
    option_button,
    option_lines,
    page_asked,
    page_row,
)
from handlers.forms.wording import shortened
from handlers.said import Said, Tap, Words
from handlers.screen import button
from handlers.turn import Turn

TICK: Final = "✓ "
SEPARATORS: Final = re.compile(r"[,;\n]+")
ECHO_MAX: Final = 60


@dataclass(frozen=True, slots=True)
class Several:
    """From `least` to `most` of the options, in their own order; their value is a tuple."""

    options: Options
    least: int = 1
    most: int | None = None

    def ask(self, turn: Turn, state: State) -> Body:
        """Show a page of the options, the chosen ones ticked, and the button that ends it."""
        options, page, chosen = self.options(turn), state.get("page", 0), _chosen(state)
        shown = on_page(options, page)
        rows = tuple(
            (option_button(option, "d", TICK) if option.value in chosen else option_button(option, "o"),)
            for option in shown
        )
        done = button(turn.language.plain("Done ({count})", count=len(chosen)), "done")
        return Body((*rows, *page_row(page, len(options)), (done,)), option_lines(turn, shown))

    def read(self, turn: Turn, said: Said, state: State) -> Outcome | None:
        """Tick, untick, turn the page, or take what is ticked; names may also be written, with commas between."""
        options = self.options(turn)
        match said:
            case Tap(route="o" | "d" as route, args=(sign,)):
                option = marked(options, sign)
                if option is None:
                    return Wrong(turn.language.say("The list has changed in the meantime: please choose again."))
                return self._ticked(turn, state, option, add=route == "o")
            case Tap(route="p", args=args):
                return Turned({**state, "page": page_asked(args)})
            case Tap(route="done"):
                return self._taken(turn, options, _chosen(state))
            case Words(text):
                return self._named(turn, options, text)
        return None

    def show(self, turn: Turn, value: Sequence[str]) -> str:
        """Write the names one after the other."""
        options = self.options(turn)
        return ", ".join(label_of(options, chosen) for chosen in value) or "—"

    def into(self, value: Sequence[str]) -> tuple[str, ...]:
        """Give the values as a tuple."""
        return tuple(value)

    def _ticked(self, turn: Turn, state: State, option: Option, *, add: bool) -> Outcome:
        chosen = _chosen(state)
        if not add:
            return Turned({**state, "chosen": [value for value in chosen if value != option.value]})
        if option.value in chosen:
            return Turned(state)
        if self.most is not None and len(chosen) >= self.most:
            return Turned(state, toast=_too_many(turn, self.most))
        return Turned({**state, "chosen": [*chosen, option.value]})

    def _named(self, turn: Turn, options: Sequence[Option], text: str) -> Outcome:
        names = [name.strip() for name in SEPARATORS.split(text) if name.strip()]
        found = [(name, named(options, name)) for name in names]
        unknown = next((name for name, option in found if option is None), None)
        if unknown is not None or not found:
            words = shortened(unknown or text.strip(), ECHO_MAX)
            return Wrong(
                turn.language.say(
                    "“{words}” is not in the list: please choose with the buttons, then “Done”.", words=words
                )
            )
        return self._taken(turn, options, [option.value for _, option in found if option is not None])

    def _taken(self, turn: Turn, options: Sequence[Option], chosen: Sequence[str]) -> Outcome:
        value = [option.value for option in options if option.value in chosen]
        if len(value) < self.least:
            return Wrong(turn.language.say("Please choose at least {count}, then “Done”.", count=self.least))
        if self.most is not None and len(value) > self.most:
            return Wrong(escape(_too_many(turn, self.most)))
        return Answered(value)


def _too_many(turn: Turn, most: int) -> str:
    return turn.language.plain("You can choose {count} at most.", count=most)


def _chosen(state: State) -> list[str]:
    return list(state.get("chosen", state.get("before", [])))
