"""Milestones: dated goals, of a coalition or of the whole programme."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from programme.ids import CoalitionId, MilestoneId, PersonId

MILESTONE_TITLE_MAX: Final = 140
MILESTONE_DETAIL_MAX: Final = 600
STAFF_MADE: Final = "all-"
"""With what the codes begin of those that staff have made for the whole programme; no key of a file has a hyphen."""


class MilestoneState(StrEnum):
    """Where a milestone stands."""

    OPEN = "open"
    DONE = "done"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated goal; `coalition_id` is None for the programme's own, `code` is its key where the territory file has it.

    A coalition's own has an owner, who is reminded first; one that is done or given up is reminded of no more.
    """

    id: MilestoneId
    code: str
    coalition_id: CoalitionId | None
    title: str
    detail: str
    due_on: date
    version: int
    done_at: datetime | None = None
    owner_id: PersonId | None = None
    given_up_at: datetime | None = None

    @property
    def from_file(self) -> bool:
        """Whether the territory file names it, and it is changed there only."""
        return self.coalition_id is None and not self.code.startswith(STAFF_MADE)

    @property
    def state(self) -> MilestoneState:
        """Where it stands."""
        if self.done_at is not None:
            return MilestoneState.DONE
        return MilestoneState.OPEN if self.given_up_at is None else MilestoneState.GIVEN_UP
