"""The road of a coalition: four steps to launch it, then three along its path (the territory's call names them)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from programme.ids import CoalitionId, PersonId

FREQUENCY_MAX: Final = 200
TOOLS_MAX: Final = 300
LINK_PERSON_MAX: Final = 200


class Step(StrEnum):
    """A step of the road, in order."""

    NEED = "need"
    INVITE = "invite"
    MEET = "meet"
    AGREE = "agree"
    DISCOVER = "discover"
    INSPIRE = "inspire"
    POSITION = "position"


LAUNCH_STEPS: Final = (Step.NEED, Step.INVITE, Step.MEET, Step.AGREE)
PATH_STEPS: Final = (Step.DISCOVER, Step.INSPIRE, Step.POSITION)
HELP_AT: Final[Mapping[Step, tuple[str, ...]]] = {
    Step.NEED: ("information", "contact", "training"),
    Step.INVITE: ("contact", "pairing"),
    Step.MEET: ("facilitation", "room", "materials", "pairing"),
    Step.AGREE: ("facilitation", "mentoring"),
    Step.DISCOVER: ("information", "contact", "materials"),
    Step.INSPIRE: ("speaker", "contact", "materials"),
    Step.POSITION: ("facilitation", "information", "mentoring"),
}
"""The kinds of help that fit each step, by the keys of the territory file; a territory offers some of them."""


@dataclass(frozen=True, slots=True)
class StepProgress:
    """Where a coalition stands on one step: by when, who looks after it, and the day it was done."""

    step: Step
    due_on: date | None = None
    owner_id: PersonId | None = None
    done_on: date | None = None


def current_step(steps: Mapping[Step, StepProgress]) -> Step | None:
    """Give the first step that is not done, None at the end of the road."""
    return next((step for step in Step if steps[step].done_on is None), None)


@dataclass(frozen=True, slots=True)
class Agreement:
    """The working agreement: a rotating chair or a fixed one, how often, with which tools, and who keeps which link."""

    coalition_id: CoalitionId
    rotating: bool
    chair_id: PersonId | None
    frequency: str
    tools: str
    authority_link: str
    outside_link: str
    version: int = 1
