"""Dated goals."""

from collections.abc import Sequence
from typing import Protocol

from programme.ids import CoalitionId, MilestoneId, PersonId
from programme.milestones import Milestone
from programme.ports.meetings import Concerned


class Milestones(Protocol):
    """Dated goals."""

    def get(self, milestone_id: MilestoneId) -> Milestone:
        """Give a milestone; raises NotFound."""

    def programme_ones(self) -> Sequence[Milestone]:
        """Give the programme's own, by date."""

    def of_coalition(self, coalition_id: CoalitionId) -> Sequence[Milestone]:
        """Give a coalition's own, done and given up ones too, by date."""

    def add(self, milestone: Milestone) -> Milestone:
        """Keep a new milestone; its id is given here, whatever it was."""

    def save(self, milestone: Milestone) -> None:
        """Keep what changed of a milestone."""

    def concerned(self, milestone_id: MilestoneId, after: PersonId, limit: int) -> Sequence[Concerned]:
        """Give the reachable people whom a milestone concerns, by id from after `after`.

        One of the programme concerns the accepted members of every active coalition. A coalition's own concerns its
        owner and its facilitators, who stand in for an owner that there is not, or who can't be reached.
        """
