"""One thing out of a long list, found by typing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from handlers.forms.field import Answered, Body, Outcome, State, Turned, Wrong
from handlers.forms.fields.text import too_long
from handlers.forms.option import (
    LABEL_MAX,
    PAGE,
    Option,
    marked,
    option_button,
    option_lines,
    page_asked,
    page_row,
)
from handlers.forms.wording import shortened
from handlers.said import Said, Tap, Words
from handlers.screen import Button, button
from handlers.turn import Turn
from programme.texts import clean_line, folded

Source = Callable[[Turn, str, int, int], tuple[Sequence[Option], int]]
"""Gives the options that hold these words, from an offset, at most so many, and how many there are in all."""
NEW: Final = "new:"
"""Before the words of something that is not in the list yet."""
SCAN: Final = 200


@dataclass(frozen=True, slots=True)
class Pick:
    """One option of `source`; what is written searches it.

    Where one may `create`, the value of a new one is « new: » and its name, of at most `longest` characters.
    """

    source: Source
    create: bool = False
    longest: int = 100

    def ask(self, turn: Turn, state: State) -> Body:
        """Show a page of what was found."""
        words = state.get("words", "")
        shown, total, page = self._page(turn, state)
        rows: list[tuple[Button, ...]] = [(option_button(option, "o"),) for option in shown]
        rows.extend(page_row(page, total))
        plain = turn.language.plain
        if self._may_create(turn, words):
            rows.append((button(plain("New: {name}", name=shortened(words, LABEL_MAX - 10)), "new"),))
        if words:
            rows.append((button(plain("Show all"), "all"),))
        return Body(tuple(rows), (*option_lines(turn, shown), *self._found(turn, words, total)))

    def read(self, turn: Turn, said: Said, state: State) -> Outcome | None:
        """Take the option tapped, or search for what was written; the whole name of an option is taken at once."""
        words = state.get("words", "")
        match said:
            case Tap(route="o", args=(sign,)):
                return self._chosen(turn, state, sign)
            case Tap(route="new") if self._may_create(turn, words):
                return Answered(NEW + words)
            case Tap(route="p", args=args):
                return Turned({**state, "page": page_asked(args)})
            case Tap(route="all"):
                return Turned({key: state[key] for key in state if key not in {"words", "page"}})
            case Words(text):
                return self._searched(turn, clean_line(text), state)
        return None

    def show(self, turn: Turn, value: str) -> str:
        """Write the option's name, looked up in the whole list."""
        if value.startswith(NEW):
            return value.removeprefix(NEW)
        offset, total = 0, 1
        while offset < total:
            options, total = self.source(turn, "", offset, SCAN)
            found = next((option.label for option in options if option.value == value), None)
            if found is not None:
                return found
            offset += SCAN
        return value

    def into(self, value: str) -> str:
        """Give the option's value, or « new: » and a name."""
        return value

    def _page(self, turn: Turn, state: State) -> tuple[Sequence[Option], int, int]:
        """Give the options of the page asked for, their total and its number; the first page where it is gone."""
        words, page = state.get("words", ""), state.get("page", 0)
        shown, total = self.source(turn, words, page * PAGE, PAGE)
        if not shown and page > 0:
            page = 0
            shown, total = self.source(turn, words, 0, PAGE)
        return shown, total, page

    def _chosen(self, turn: Turn, state: State, sign: str) -> Outcome:
        shown, _, _ = self._page(turn, state)
        chosen = marked(shown, sign)
        if chosen is None:
            return Wrong(turn.language.say("The list has changed in the meantime: please choose again."))
        return Answered(chosen.value)

    def _searched(self, turn: Turn, words: str, state: State) -> Outcome:
        if not folded(words):
            return Wrong(turn.language.say("Please write a few letters of the name, or choose with the buttons."))
        exact = self._exact(turn, words)
        if exact is not None:
            return Answered(exact.value)
        return too_long(turn, words, self.longest) or Turned({**state, "words": words, "page": 0})

    def _exact(self, turn: Turn, words: str) -> Option | None:
        """Give the only option of exactly this name, whatever accents and capitals."""
        found, _ = self.source(turn, words, 0, PAGE)
        same = [option for option in found if folded(option.label) == folded(words)]
        return same[0] if len(same) == 1 else None

    def _may_create(self, turn: Turn, words: str) -> bool:
        return self.create and bool(words) and self._exact(turn, words) is None

    def _found(self, turn: Turn, words: str, total: int) -> tuple[Markup, ...]:
        say, say_n = turn.language.say, turn.language.say_n
        if not words and total == 0 and not self.create:
            return (say("There is nothing to choose from at the moment."),)
        if not words:
            return (say("Write a few letters to search."),) if total > PAGE or self.create else ()
        if total == 0 and self.create:
            return (say("“{words}” is not in the list yet: check its spelling, or add it below.", words=words),)
        if total == 0:
            return (say("Nothing is found for “{words}”. Try another spelling, or fewer letters.", words=words),)
        return (say_n("{n} result for “{words}”.", "{n} results for “{words}”.", total, words=words),)
