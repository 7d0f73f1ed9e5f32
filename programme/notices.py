"""Notices: what the bot tells people by itself. They hold facts, never wording; the text is made when it is sent."""

from dataclasses import asdict, dataclass
from typing import Any, Final

from programme.ids import CoalitionId, MeetingId, MembershipId, MilestoneId
from programme.leads import Lead


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
class MeetingPlanned:
    """To the members: a new meeting, with the buttons that answer it."""

    meeting_id: MeetingId
    version: int


@dataclass(frozen=True, slots=True)
class MeetingMoved:
    """To the members: the meeting has another moment or place, and asks again."""

    meeting_id: MeetingId
    version: int


@dataclass(frozen=True, slots=True)
class MeetingCancelled:
    """To the members: the meeting does not take place."""

    meeting_id: MeetingId
    version: int


@dataclass(frozen=True, slots=True)
class MeetingReminder:
    """To members who did not decline: the meeting comes near."""

    meeting_id: MeetingId
    version: int
    lead: Lead


@dataclass(frozen=True, slots=True)
class MilestoneReminder:
    """To those a milestone concerns: its day comes near, is there, or is over."""

    milestone_id: MilestoneId
    version: int
    lead: Lead


@dataclass(frozen=True, slots=True)
class ConversationLeftOpen:
    """To who stopped in the middle: whether to go on. Asked once, after a day."""

    draft_id: int


Notice = (
    MembershipAsked
    | MembershipDecided
    | CoalitionProposed
    | ProposalDecided
    | MeetingPlanned
    | MeetingMoved
    | MeetingCancelled
    | MeetingReminder
    | MilestoneReminder
    | ConversationLeftOpen
)

NOTICES: Final[dict[str, type[Notice]]] = {
    "membership_asked": MembershipAsked,
    "membership_decided": MembershipDecided,
    "coalition_proposed": CoalitionProposed,
    "proposal_decided": ProposalDecided,
    "meeting_planned": MeetingPlanned,
    "meeting_moved": MeetingMoved,
    "meeting_cancelled": MeetingCancelled,
    "meeting_reminder": MeetingReminder,
    "milestone_reminder": MilestoneReminder,
    "conversation_left_open": ConversationLeftOpen,
}
"""The name under which each kind of notice is kept."""

_NAMES: Final = {kind: name for name, kind in NOTICES.items()}


def pack_notice(notice: Notice) -> dict[str, Any]:
    """Turn a notice into what a JSON column keeps."""
    return {"notice": _NAMES[type(notice)], **asdict(notice)}


def unpack_notice(packed: dict[str, Any]) -> Notice:
    """Read a notice back; raises KeyError for a kind this version does not know."""
    facts = {key: value for key, value in packed.items() if key != "notice"}
    if "lead" in facts:
        facts["lead"] = Lead(facts["lead"])
    return NOTICES[packed["notice"]](**facts)
