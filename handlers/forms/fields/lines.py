"""Several short texts, one a line, in one message."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from handlers.forms.field import Answered, Body, Outcome, State, Wrong
from handlers.forms.wording import shortened
from handlers.said import Said, Words
from handlers.turn import Turn
from locales import _
from programme.texts import clean_line, clean_text

BULLET: Final = re.compile(r"^(?:[-–—•·*▪◦‣]+|[0-9]{1,3}[.)])(?:\s+|$)")
"""What people put before the lines of a list."""
ECHO_MAX: Final = 40


@dataclass(frozen=True, slots=True)
class Lines:
    """From one to `most` lines of at most `longest` characters each; bullets, blank lines and repeats are left out.

    Its value is a tuple.
    """

    longest: int
    most: int

    def ask(self, _turn: Turn, _state: State) -> Body:
        """Say how it is written."""
        return Body(example=_("One a line, in one message"))

    def read(self, turn: Turn, said: Said, _state: State) -> Outcome | None:
        """Take the lines, unless there are none, too many, or one is too long."""
        if not isinstance(said, Words):
            return None
        say, number = turn.language.say, turn.language.number
        written = (clean_line(BULLET.sub("", line)) for line in clean_text(said.text).split("\n"))
        lines = list(dict.fromkeys(line for line in written if line))
        if not lines:
            return Wrong(say("There is nothing to read in this message: please write a few words."))
        if len(lines) > self.most:
            return Wrong(
                say(
                    "There are {count} lines, and {most} at most fit: please leave some out.",
                    count=number(len(lines)),
                    most=number(self.most),
                )
            )
        too_long = next((line for line in lines if len(line) > self.longest), None)
        if too_long is not None:
            return Wrong(
                say(
                    "The line “{line}” has {length} characters, and {longest} at most fit: please shorten it.",
                    line=shortened(too_long, ECHO_MAX),
                    length=number(len(too_long)),
                    longest=number(self.longest),
                )
            )
        return Answered(lines)

    def show(self, _turn: Turn, value: Sequence[str]) -> str:
        """Write the lines one under the other."""
        return "\n".join(value)

    def into(self, value: Sequence[str]) -> tuple[str, ...]:
        """Give the lines as a tuple."""
        return tuple(value)
