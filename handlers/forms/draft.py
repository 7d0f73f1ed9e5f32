"""A conversation under way, as it is kept between two turns."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Final

from handlers.forms.field import State

LAYOUT: Final = 1
"""Grows when what is kept of a conversation changes its shape; an older one is retired like an older form."""
PAST_MAX: Final = 40
"""How many of its messages a conversation remembers, for old buttons that are tapped again."""


@dataclass(frozen=True, slots=True)
class Past:
    """A message of the conversation that is no longer open: the serials its buttons had, and what it asked."""

    first: int
    last: int
    key: str


@dataclass(frozen=True, slots=True)
class Written:
    """An answer as the person read it, kept for the day its form is no longer there."""

    label: str
    answer: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """Another conversation that waits until the person has said what becomes of this one."""

    form: str
    context: Mapping[str, str]
    known: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """Where a conversation stands; every value is JSON.

    An answer is None where its question was skipped. `serial` is in the buttons of the open message and grows whenever
    they change their meaning; `said_as` was the serial when that message was sent, and names its anchor. `heading` is
    the msgid of what the open message asks.
    """

    asking: str
    heading: str
    serial: int
    said_as: int
    answers: Mapping[str, Any] = field(default_factory=dict)
    known: tuple[str, ...] = ()
    context: Mapping[str, str] = field(default_factory=dict)
    state: State = field(default_factory=dict)
    correcting: bool = False
    past: tuple[Past, ...] = ()
    written: Mapping[str, Written] = field(default_factory=dict)
    waiting: Waiting | None = None

    def content(self) -> dict[str, Any]:
        """Give what is kept, as JSON values."""
        kept = {one.name: getattr(self, one.name) for one in fields(self)}
        return {
            "layout": LAYOUT,
            **kept,
            "past": [{"first": one.first, "last": one.last, "key": one.key} for one in self.past],
            "written": {key: {"label": one.label, "answer": one.answer} for key, one in self.written.items()},
            "waiting": None if self.waiting is None else asdict(self.waiting),
        }


def read_draft(content: Mapping[str, Any]) -> Draft | None:
    """Read what was kept; None where an earlier version of this module wrote it."""
    if content.get("layout") != LAYOUT:
        return None
    kept = {key: value for key, value in content.items() if key != "layout"}
    waiting = kept["waiting"]
    return Draft(
        **{
            **kept,
            "known": tuple(kept["known"]),
            "past": tuple(Past(**past) for past in kept["past"]),
            "written": read_written(content),
            "waiting": Waiting(**waiting) if waiting is not None else None,
        }
    )


def read_written(content: Mapping[str, Any]) -> dict[str, Written]:
    """Read the answers as they were shown, which every layout keeps in the same way."""
    return {key: Written(**written) for key, written in content.get("written", {}).items()}
