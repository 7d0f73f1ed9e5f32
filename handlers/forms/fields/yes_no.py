"""Yes or no."""

from dataclasses import dataclass
from typing import Final

from handlers.forms.field import Answered, Body, Outcome, State, Wrong
from handlers.said import Said, Tap, Words
from handlers.screen import button
from handlers.turn import Turn
from programme.texts import folded

YES: Final = frozenset({"oui", "o", "ouais", "ok", "d accord", "bien sur", "yes", "y", "yep"})
NO: Final = frozenset({"non", "no", "n", "nope", "pas du tout"})


@dataclass(frozen=True, slots=True)
class YesNo:
    """Yes or no, tapped or written; its value is a bool."""

    def ask(self, turn: Turn, _state: State) -> Body:
        """Show the two buttons."""
        plain = turn.language.plain
        return Body(((button(plain("Yes"), "yes"), button(plain("No"), "no")),))

    def read(self, turn: Turn, said: Said, _state: State) -> Outcome | None:
        """Take the answer tapped or written."""
        match said:
            case Tap(route="yes" | "no" as route):
                return Answered(route == "yes")
            case Words(text):
                words = folded(text)
                if words in YES or words in NO:
                    return Answered(words in YES)
                return Wrong(turn.language.say("Please answer yes or no, with the buttons."))
        return None

    def show(self, turn: Turn, value: bool) -> str:
        """Write yes or no."""
        return turn.language.plain("Yes") if value else turn.language.plain("No")

    def into(self, value: bool) -> bool:
        """Give the answer as it is."""
        return value
