"""An hour of the day."""

from dataclasses import dataclass
from datetime import time

from handlers.forms.field import Answered, Body, Outcome, State, Wrong
from handlers.forms.hours import hour_rows, tapped_hour
from handlers.forms.typed_day import simplified
from handlers.forms.typed_time import read_time
from handlers.said import Said, Tap, Words
from handlers.turn import Turn
from locales import _


@dataclass(frozen=True, slots=True)
class Time:
    """An hour on the clock, tapped or written."""

    def ask(self, turn: Turn, _state: State) -> Body:
        """Show the usual hours."""
        return Body(hour_rows(turn), example=_("For example: 18:30"))

    def read(self, turn: Turn, said: Said, _state: State) -> Outcome | None:
        """Take the hour tapped or written."""
        match said:
            case Tap(route="h", args=args) if (tapped := tapped_hour(args)) is not None:
                return Answered(f"{tapped:%H:%M}")
            case Words(text):
                written = read_time(simplified(text))
                if written is None:
                    return Wrong(
                        turn.language.say("This hour is not clear: please write it like 18:30, or tap it below.")
                    )
                return Answered(f"{written:%H:%M}")
        return None

    def show(self, turn: Turn, value: str) -> str:
        """Write the hour as the language does."""
        return turn.language.clock(time.fromisoformat(value))

    def into(self, value: str) -> time:
        """Give the hour."""
        return time.fromisoformat(value)
