"""One thing out of a few."""

from dataclasses import dataclass

from handlers.forms.field import Answered, Body, Outcome, State, Turned, Wrong
from handlers.forms.option import (
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
from handlers.said import Said, Tap, Words
from handlers.turn import Turn


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the options, by its button or by its name."""

    options: Options

    def ask(self, turn: Turn, state: State) -> Body:
        """Show a page of the options, one button each."""
        options, page = self.options(turn), state.get("page", 0)
        shown = on_page(options, page)
        rows = tuple((option_button(option, "o"),) for option in shown)
        return Body((*rows, *page_row(page, len(options))), option_lines(turn, shown))

    def read(self, turn: Turn, said: Said, state: State) -> Outcome | None:
        """Take the option tapped or named; any option may be named, whatever the page."""
        options = self.options(turn)
        match said:
            case Tap(route="o", args=(sign,)):
                chosen = marked(options, sign)
                if chosen is None:
                    return Wrong(turn.language.say("The list has changed in the meantime: please choose again."))
                return Answered(chosen.value)
            case Tap(route="p", args=args):
                return Turned({**state, "page": page_asked(args)})
            case Words(text):
                chosen = named(options, text)
                if chosen is None:
                    return Wrong(turn.language.say("This is not in the list: please choose one with the buttons."))
                return Answered(chosen.value)
        return None

    def show(self, turn: Turn, value: str) -> str:
        """Write the option's name."""
        return label_of(self.options(turn), value)

    def into(self, value: str) -> str:
        """Give the option's value."""
        return value
