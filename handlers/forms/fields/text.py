"""A text, on one line or on several."""

from collections.abc import Callable
from dataclasses import dataclass

from handlers.forms.field import Answered, Body, Outcome, State, Wrong
from handlers.forms.option import LABEL_MAX
from handlers.forms.wording import shortened
from handlers.said import Said, Tap, Words
from handlers.screen import button
from handlers.turn import Turn
from programme.texts import clean_line, clean_text


@dataclass(frozen=True, slots=True)
class Text:
    """A text of at most `longest` characters; its line breaks are kept if it is `multiline`.

    A `suggestion` is offered as a button, where it gives any words.
    """

    longest: int
    multiline: bool = False
    suggestion: Callable[[Turn], str] | None = None

    def ask(self, turn: Turn, _state: State) -> Body:
        """Show the suggestion: other answers are written."""
        suggested = self._suggested(turn)
        return Body(((button(shortened(suggested, LABEL_MAX), "suggested"),),) if suggested else ())

    def read(self, turn: Turn, said: Said, _state: State) -> Outcome | None:
        """Take the cleaned text, unless it is empty or too long."""
        match said:
            case Tap(route="suggested") if suggested := self._suggested(turn):
                return Answered(suggested)
            case Words(text):
                return self._written(turn, clean_text(text) if self.multiline else clean_line(text))
        return None

    def show(self, _turn: Turn, value: str) -> str:
        """Show the text as it is."""
        return value

    def into(self, value: str) -> str:
        """Give the text as it is."""
        return value

    def _written(self, turn: Turn, text: str) -> Outcome:
        if not text:
            return Wrong(turn.language.say("There is nothing to read in this message: please write a few words."))
        return too_long(turn, text, self.longest) or Answered(text)

    def _suggested(self, turn: Turn) -> str:
        return "" if self.suggestion is None else clean_line(self.suggestion(turn))[: self.longest].strip()


def too_long(turn: Turn, text: str, longest: int) -> Wrong | None:
    """Say how much too long a text is; None where it fits."""
    number = turn.language.number
    if len(text) <= longest:
        return None
    return Wrong(
        turn.language.say(
            "This text has {length} characters, and {longest} at most fit: please shorten it.",
            length=number(len(text)),
            longest=number(longest),
        )
    )
