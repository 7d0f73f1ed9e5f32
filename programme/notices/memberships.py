"""Notices about joining coalitions, proposing them, and keeping them going."""

from dataclasses import dataclass

from programme.ids import (
    CoalitionId,
    MembershipId,
)


@dataclass(frozen=True, slots=True)
class MembershipAsked:
    """To the facilitators: somebody asks to join their coalition."""

    membership_id: MembershipId


@dataclass(frozen=True, slots=True)
class MembershipDecided:
    """To who asked: accepted or not, as the membership says when this is read."""

    membership_id: MembershipId


@dataclass(frozen=True, slots=True)
class CoalitionProposed:
    """To staff: somebody proposes a coalition."""

    coalition_id: CoalitionId


@dataclass(frozen=True, slots=True)
class ProposalDecided:
    """To the proposer: approved, or refused with a word."""

    coalition_id: CoalitionId
    word: str = ""


@dataclass(frozen=True, slots=True)
class MadeFacilitator:
    """To a member: they facilitate the coalition from now on, alone or with others."""

    coalition_id: CoalitionId


@dataclass(frozen=True, slots=True)
class MemberRemoved:
    """To who was removed from a coalition, with a word."""

    coalition_id: CoalitionId
    word: str = ""


@dataclass(frozen=True, slots=True)
class ProposalRecalled:
    """To staff: a proposed coalition has waited for more than three working days."""

    coalition_id: CoalitionId


@dataclass(frozen=True, slots=True)
class FacilitationEnded:
    """To a member: they do not facilitate the coalition any more."""

    coalition_id: CoalitionId
