"""The road of a coalition: its steps, its working agreement, and whose turn it is to chair."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from programme.ids import CoalitionId, PersonId
from programme.path import Agreement, Step, StepProgress


class Path(Protocol):
    """Steps, agreements and the order of chairs."""

    def steps(self, coalition_id: CoalitionId) -> Mapping[Step, StepProgress]:
        """Give where a coalition stands on every step, in order; who left owns none."""

    def put_step(self, coalition_id: CoalitionId, progress: StepProgress) -> None:
        """Keep where a coalition stands on a step."""

    def agreement(self, coalition_id: CoalitionId) -> Agreement | None:
        """Give a coalition's working agreement, if it has one; who left is not its fixed chair."""

    def put_agreement(self, agreement: Agreement, now: datetime) -> None:
        """Keep a working agreement in place of the one before."""

    def chairs(self, coalition_id: CoalitionId) -> Sequence[PersonId]:
        """Give who chairs in turn, the next one first: accepted members only."""

    def put_chairs(self, coalition_id: CoalitionId, people: Sequence[PersonId]) -> None:
        """Keep the order of chairs in place of the one before."""
