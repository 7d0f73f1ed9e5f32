"""Dated goals."""

from collections.abc import Sequence
from typing import Protocol

from programme.ids import MilestoneId, PersonId
from programme.milestones import Milestone
from programme.ports.meetings import Concerned


class Milestones(Protocol):
    """Dated goals."""

    def get(self, milestone_id: MilestoneId) -> Milestone:
        """Give a milestone; raises NotFound."""

    def programme_ones(self) -> Sequence[Milestone]:
        """Give the programme's own, by date."""

    def add(self, milestone: Milestone) -> Milestone:
        """Keep a new milestone; its id is given here, whatever it was."""

    def save(self, milestone: Milestone) -> None:
        """Keep what changed of a milestone."""

    def concerned(self, milestone_id: MilestoneId, after: PersonId, limit: int) -> Sequence[Concerned]:
        """Give the reachable accepted members of its coalition, or of any active one, by id from after `after`."""
