"""What a kind of question does: shows itself, reads what was said, and turns an answer into a Python value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from markupsafe import Markup

from handlers.said import Said
from handlers.screen import Rows
from handlers.turn import Turn
from locales import Msgid

State = Mapping[str, Any]
"""Where a question stands while it is open, in JSON values: page, words searched, month shown.

`before` is reserved: the answer it had already, where it is asked again.
"""


@dataclass(frozen=True, slots=True)
class Body:
    """What a field adds under the question; its buttons carry what the field itself reads, without any address.

    The example is shown where the question has no hint of its own.
    """

    rows: Rows = ()
    lines: tuple[Markup, ...] = ()
    example: Msgid | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer, as a JSON value, with a word on how it was understood where that may surprise."""

    value: Any
    word: Markup | None = None


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with what was said, and what to do, in one sentence."""

    problem: Markup


@dataclass(frozen=True, slots=True)
class Turned:
    """Not an answer yet: the question is shown in another state."""

    state: State
    toast: str = ""


Outcome = Answered | Wrong | Turned


class Field(Protocol):
    """A kind of question; every answer is a JSON value, and never None."""

    def ask(self, turn: Turn, state: State, /) -> Body:
        """Give what stands under the question."""

    def read(self, turn: Turn, said: Said, state: State, /) -> Outcome | None:
        """Read what was said; None where this kind of thing is no answer here. A tap's route is the field's own."""

    def show(self, turn: Turn, value: Any, /) -> str:
        """Write an answer as plain text."""

    def into(self, value: Any, /) -> object:
        """Give the Python value of an answer."""
