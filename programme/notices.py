"""Notices: what the bot tells people by itself. They hold facts, never wording; the text is made when it is sent."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from programme.ids import CoalitionId, ForumId, MeetingId, MembershipId, MilestoneId, RegistrationId
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
class RegistrationConfirmed:
    """To who waited: they have a place at the forum."""

    registration_id: RegistrationId


@dataclass(frozen=True, slots=True)
class SeatOffered:
    """To who waits, close to the start: a place is held for them until they confirm it or the time is over."""

    registration_id: RegistrationId
    version: int


@dataclass(frozen=True, slots=True)
class OfferLapsed:
    """To who was offered a place: the time to confirm it is over, and how to register again."""

    registration_id: RegistrationId
    version: int


@dataclass(frozen=True, slots=True)
class OfferTakenBack:
    """To who was offered a place: the forum has become smaller, and they wait again where they waited."""

    registration_id: RegistrationId
    version: int


@dataclass(frozen=True, slots=True)
class ForumMoved:
    """To who is registered or waits: the forum has another moment or place; they keep theirs in it."""

    forum_id: ForumId
    version: int


@dataclass(frozen=True, slots=True)
class ForumCancelled:
    """To who is registered or waits: the forum does not take place."""

    forum_id: ForumId
    version: int


@dataclass(frozen=True, slots=True)
class ForumReminder:
    """To who has a place: the forum comes near; or, by its last lead, how it was."""

    forum_id: ForumId
    version: int
    lead: Lead


@dataclass(frozen=True, slots=True)
class Digest:
    """To who prefers one message a week: what there is in the week that begins on `week`, a Monday."""

    week: date


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
    | RegistrationConfirmed
    | SeatOffered
    | OfferLapsed
    | OfferTakenBack
    | ForumMoved
    | ForumCancelled
    | ForumReminder
    | Digest
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
    "registration_confirmed": RegistrationConfirmed,
    "seat_offered": SeatOffered,
    "offer_lapsed": OfferLapsed,
    "offer_taken_back": OfferTakenBack,
    "forum_moved": ForumMoved,
    "forum_cancelled": ForumCancelled,
    "forum_reminder": ForumReminder,
    "digest": Digest,
    "conversation_left_open": ConversationLeftOpen,
}
"""The name under which each kind of notice is kept."""

_NAMES: Final = {kind: name for name, kind in NOTICES.items()}


def pack_notice(notice: Notice) -> dict[str, Any]:
    """Turn a notice into what a JSON column keeps."""
    facts = {key: value.isoformat() if isinstance(value, date) else value for key, value in asdict(notice).items()}
    return {"notice": _NAMES[type(notice)], **facts}


def unpack_notice(packed: dict[str, Any]) -> Notice:
    """Read a notice back; raises KeyError for a kind this version does not know."""
    facts = {key: value for key, value in packed.items() if key != "notice"}
    if "lead" in facts:
        facts["lead"] = Lead(facts["lead"])
    if "week" in facts:
        facts["week"] = date.fromisoformat(facts["week"])
    return NOTICES[packed["notice"]](**facts)
