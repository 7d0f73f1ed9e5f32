"""Notices: what the bot tells people by itself. They hold facts, never wording; the text is made when it is sent."""

from dataclasses import asdict
from datetime import date
from typing import Any, Final

from programme.documents import Document, Shape
from programme.health import Trouble
from programme.leads import Lead
from programme.notices.campaigns import (
    CampaignChased,
    CampaignClosed,
    CampaignMoved,
    CampaignOpened,
    CampaignReminder,
    LevelAsked,
    LevelDecided,
    LevelLowered,
    LevelRecalled,
)
from programme.notices.forums import (
    ForumCancelled,
    ForumMoved,
    ForumReminder,
    HelperNamed,
    HelperRemoved,
    OfferLapsed,
    OfferTakenBack,
    RegistrationConfirmed,
    SeatOffered,
)
from programme.notices.groups import GroupOutOfReach, TopicLost
from programme.notices.meetings import (
    ChairTurn,
    DatePollClosed,
    DatePollOpened,
    MeetingCancelled,
    MeetingMoved,
    MeetingNudge,
    MeetingPlanned,
    MeetingReminder,
    MinutesPublished,
    MinutesWanted,
    SeriesEnded,
    SeriesPlanned,
    TurnPassedOn,
)
from programme.notices.memberships import (
    CoalitionProposed,
    FacilitationEnded,
    MadeFacilitator,
    MemberRemoved,
    MembershipAsked,
    MembershipDecided,
    ProposalDecided,
    ProposalRecalled,
)
from programme.notices.milestones import MilestoneEntrusted, MilestoneReminder, VoteClosed, VoteOpened
from programme.notices.oneself import ConversationLeftOpen, Digest
from programme.notices.operations import AskedToStay, SilentInCharge, TroubleFound, TroubleOver
from programme.notices.support import SupportAsked, SupportChanged, SupportFound, SupportRecalled, SupportSaid
from programme.notices.team import (
    AnnouncementRecalled,
    AnnouncementReport,
    AnnouncementToApprove,
    DocumentWanted,
    TeamJoined,
    TeamLeft,
)

__all__ = [
    "NOTICES",
    "AnnouncementRecalled",
    "AnnouncementReport",
    "AnnouncementToApprove",
    "AskedToStay",
    "CampaignChased",
    "CampaignClosed",
    "CampaignMoved",
    "CampaignOpened",
    "CampaignReminder",
    "ChairTurn",
    "CoalitionProposed",
    "ConversationLeftOpen",
    "DatePollClosed",
    "DatePollOpened",
    "Digest",
    "DocumentWanted",
    "FacilitationEnded",
    "ForumCancelled",
    "ForumMoved",
    "ForumReminder",
    "GroupOutOfReach",
    "HelperNamed",
    "HelperRemoved",
    "LevelAsked",
    "LevelDecided",
    "LevelLowered",
    "LevelRecalled",
    "MadeFacilitator",
    "MeetingCancelled",
    "MeetingMoved",
    "MeetingNudge",
    "MeetingPlanned",
    "MeetingReminder",
    "MemberRemoved",
    "MembershipAsked",
    "MembershipDecided",
    "MilestoneEntrusted",
    "MilestoneReminder",
    "MinutesPublished",
    "MinutesWanted",
    "Notice",
    "OfferLapsed",
    "OfferTakenBack",
    "ProposalDecided",
    "ProposalRecalled",
    "RegistrationConfirmed",
    "SeatOffered",
    "SeriesEnded",
    "SeriesPlanned",
    "SilentInCharge",
    "SupportAsked",
    "SupportChanged",
    "SupportFound",
    "SupportRecalled",
    "SupportSaid",
    "TeamJoined",
    "TeamLeft",
    "TopicLost",
    "TroubleFound",
    "TroubleOver",
    "TurnPassedOn",
    "VoteClosed",
    "VoteOpened",
    "pack_notice",
    "unpack_notice",
]

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
    | HelperNamed
    | HelperRemoved
    | Digest
    | MeetingNudge
    | SeriesPlanned
    | SeriesEnded
    | ChairTurn
    | TurnPassedOn
    | MinutesWanted
    | MinutesPublished
    | DatePollOpened
    | DatePollClosed
    | MilestoneEntrusted
    | VoteOpened
    | VoteClosed
    | SupportAsked
    | SupportSaid
    | SupportChanged
    | SupportFound
    | SupportRecalled
    | MadeFacilitator
    | MemberRemoved
    | GroupOutOfReach
    | TopicLost
    | ProposalRecalled
    | TeamJoined
    | TeamLeft
    | FacilitationEnded
    | TroubleFound
    | TroubleOver
    | AskedToStay
    | SilentInCharge
    | ConversationLeftOpen
    | AnnouncementToApprove
    | AnnouncementRecalled
    | AnnouncementReport
    | CampaignOpened
    | CampaignReminder
    | CampaignChased
    | CampaignMoved
    | CampaignClosed
    | LevelAsked
    | LevelRecalled
    | LevelDecided
    | LevelLowered
    | DocumentWanted
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
    "helper_named": HelperNamed,
    "helper_removed": HelperRemoved,
    "digest": Digest,
    "meeting_nudge": MeetingNudge,
    "series_planned": SeriesPlanned,
    "series_ended": SeriesEnded,
    "chair_turn": ChairTurn,
    "turn_passed_on": TurnPassedOn,
    "minutes_wanted": MinutesWanted,
    "minutes_published": MinutesPublished,
    "date_poll_opened": DatePollOpened,
    "date_poll_closed": DatePollClosed,
    "milestone_entrusted": MilestoneEntrusted,
    "vote_opened": VoteOpened,
    "vote_closed": VoteClosed,
    "support_asked": SupportAsked,
    "support_said": SupportSaid,
    "support_changed": SupportChanged,
    "support_found": SupportFound,
    "support_recalled": SupportRecalled,
    "made_facilitator": MadeFacilitator,
    "member_removed": MemberRemoved,
    "group_out_of_reach": GroupOutOfReach,
    "topic_lost": TopicLost,
    "proposal_recalled": ProposalRecalled,
    "team_joined": TeamJoined,
    "team_left": TeamLeft,
    "facilitation_ended": FacilitationEnded,
    "trouble_found": TroubleFound,
    "trouble_over": TroubleOver,
    "asked_to_stay": AskedToStay,
    "silent_in_charge": SilentInCharge,
    "conversation_left_open": ConversationLeftOpen,
    "announcement_to_approve": AnnouncementToApprove,
    "announcement_recalled": AnnouncementRecalled,
    "announcement_report": AnnouncementReport,
    "campaign_opened": CampaignOpened,
    "campaign_reminder": CampaignReminder,
    "campaign_chased": CampaignChased,
    "campaign_moved": CampaignMoved,
    "campaign_closed": CampaignClosed,
    "level_asked": LevelAsked,
    "level_recalled": LevelRecalled,
    "level_decided": LevelDecided,
    "level_lowered": LevelLowered,
    "document_wanted": DocumentWanted,
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
    if "trouble" in facts:
        facts["trouble"] = Trouble(facts["trouble"])
    for day in facts.keys() & {"week", "erase_on", "recalled_on"}:
        facts[day] = date.fromisoformat(facts[day])
    if "document" in facts:
        facts |= {"document": Document(facts["document"]), "shape": Shape(facts["shape"])}
    return NOTICES[packed["notice"]](**facts)
