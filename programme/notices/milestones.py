"""Notices about milestones and votes on the roadmap."""

from dataclasses import dataclass

from programme.ids import (
    MilestoneId,
    VoteId,
)
from programme.leads import Lead


@dataclass(frozen=True, slots=True)
class MilestoneReminder:
    """To those a milestone concerns: its day comes near, is there, or is over."""

    milestone_id: MilestoneId
    version: int
    lead: Lead


@dataclass(frozen=True, slots=True)
class MilestoneEntrusted:
    """To its owner: a milestone is theirs to look after."""

    milestone_id: MilestoneId
    version: int


@dataclass(frozen=True, slots=True)
class VoteOpened:
    """To the members: something to vote on."""

    vote_id: VoteId


@dataclass(frozen=True, slots=True)
class VoteClosed:
    """To the members: what came of a vote."""

    vote_id: VoteId
