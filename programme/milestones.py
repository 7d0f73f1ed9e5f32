"""Milestones: dated goals, of a coalition or of the whole programme."""

from dataclasses import dataclass
from datetime import date, datetime

from programme.ids import CoalitionId, MilestoneId


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated goal; `coalition_id` is None for the programme's own, `code` is its key in the territory file."""

    id: MilestoneId
    code: str
    coalition_id: CoalitionId | None
    title: str
    detail: str
    due_on: date
    version: int
    done_at: datetime | None = None
