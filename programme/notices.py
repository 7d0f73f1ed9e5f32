"""Notices: what the bot tells people by itself. They hold facts, never wording; the text is made when it is sent."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from programme.documents import Document, Shape
from programme.health import Trouble
from programme.ids import (
    AnnouncementId,
    CampaignId,
    CoalitionId,
    DatePollId,
    FindingId,
    ForumId,
    LevelRequestId,
    MeetingId,
    MembershipId,
    MilestoneId,
    MinutesId,
    OrganisationId,
    PersonId,
    RegistrationId,
    SeriesId,
    SupportMessageId,
    SupportRequestId,
    VoteId,
)
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
class HelperNamed:
    """To somebody known: they help at the doors of a forum."""

    forum_id: ForumId


@dataclass(frozen=True, slots=True)
class HelperRemoved:
    """To who helped at the doors of a forum: they are not needed there any more."""

    forum_id: ForumId


@dataclass(frozen=True, slots=True)
class Digest:
    """To who prefers one message a week: what there is in the week that begins on `week`, a Monday."""

    week: date


@dataclass(frozen=True, slots=True)
class MeetingNudge:
    """To members who have not answered: whether they come. Once a meeting, when its facilitator asks for it."""

    meeting_id: MeetingId
    version: int


@dataclass(frozen=True, slots=True)
class SeriesPlanned:
    """To the members: meetings that come again, in place of one notice for each."""

    series_id: SeriesId


@dataclass(frozen=True, slots=True)
class SeriesEnded:
    """To the members: those meetings do not go on."""

    series_id: SeriesId


@dataclass(frozen=True, slots=True)
class ChairTurn:
    """To who chairs a meeting: it is their turn, and how to prepare it."""

    meeting_id: MeetingId
    version: int
    lead: Lead


@dataclass(frozen=True, slots=True)
class TurnPassedOn:
    """To who was to chair a meeting: somebody else chairs it now."""

    meeting_id: MeetingId


@dataclass(frozen=True, slots=True)
class MinutesWanted:
    """To the facilitators and who chaired: who came and the minutes are still missing."""

    meeting_id: MeetingId
    version: int
    lead: Lead


@dataclass(frozen=True, slots=True)
class MinutesPublished:
    """To the members who want them: the minutes of a meeting."""

    minutes_id: MinutesId


@dataclass(frozen=True, slots=True)
class DatePollOpened:
    """To the members: proposed dates, and what suits them."""

    poll_id: DatePollId


@dataclass(frozen=True, slots=True)
class DatePollClosed:
    """To the facilitators: the answers are in, and the date is theirs to choose."""

    poll_id: DatePollId


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


@dataclass(frozen=True, slots=True)
class SupportAsked:
    """To staff: a coalition asks for help."""

    request_id: SupportRequestId


@dataclass(frozen=True, slots=True)
class SupportSaid:
    """To the other side of a support request: what was said."""

    message_id: SupportMessageId


@dataclass(frozen=True, slots=True)
class SupportChanged:
    """To who asked for help: the request is taken, answered or closed."""

    request_id: SupportRequestId
    version: int


@dataclass(frozen=True, slots=True)
class SupportFound:
    """To who asked for help: what the project team found."""

    finding_id: FindingId


@dataclass(frozen=True, slots=True)
class SupportRecalled:
    """To staff: the support requests of theirs that a day recalled because they wait too long."""

    recalled_on: date


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
class GroupOutOfReach:
    """To the facilitators: the bot is no longer in their group, or may not write there."""

    coalition_id: CoalitionId
    chat_id: int


@dataclass(frozen=True, slots=True)
class TopicLost:
    """To the facilitators: the topic of their coalition is gone, and what belongs there goes to the general one."""

    coalition_id: CoalitionId
    chat_id: int


@dataclass(frozen=True, slots=True)
class ProposalRecalled:
    """To staff: a proposed coalition has waited for more than three working days."""

    coalition_id: CoalitionId


@dataclass(frozen=True, slots=True)
class TeamJoined:
    """To who was appointed: they belong to the project team."""


@dataclass(frozen=True, slots=True)
class TeamLeft:
    """To who was taken off it: they do not belong to the project team any more."""


@dataclass(frozen=True, slots=True)
class FacilitationEnded:
    """To a member: they do not facilitate the coalition any more."""

    coalition_id: CoalitionId


@dataclass(frozen=True, slots=True)
class TroubleFound:
    """To staff: something has been wrong with the bot for ten minutes."""

    trouble: Trouble


@dataclass(frozen=True, slots=True)
class TroubleOver:
    """To staff: it is well again."""

    trouble: Trouble


@dataclass(frozen=True, slots=True)
class AskedToStay:
    """To who has been silent for two years: whether they stay, and the day on which they are erased otherwise."""

    erase_on: date


@dataclass(frozen=True, slots=True)
class SilentInCharge:
    """To staff: somebody of the team, or who facilitates, has been silent for two years and is not erased for it."""

    person_id: PersonId


@dataclass(frozen=True, slots=True)
class AnnouncementToApprove:
    """To the others of the project team: an announcement to many waits for one of them."""

    announcement_id: AnnouncementId
    version: int


@dataclass(frozen=True, slots=True)
class AnnouncementRecalled:
    """To the others of the project team: an announcement has waited for one of them for three working days."""

    announcement_id: AnnouncementId
    version: int


@dataclass(frozen=True, slots=True)
class AnnouncementReport:
    """To who asked for it, of the project team: what became of an announcement, drawn when it is sent."""

    announcement_id: AnnouncementId


@dataclass(frozen=True, slots=True)
class ConversationLeftOpen:
    """To who stopped in the middle: whether to go on. Asked once, after a day."""

    draft_id: int


@dataclass(frozen=True, slots=True)
class DocumentWanted:
    """To who asked for it, of the project team: a document, drawn when it is sent, from what is true then."""

    document: Document
    shape: Shape


@dataclass(frozen=True, slots=True)
class CampaignOpened:
    """To who facilitates: until when their coalition is asked for its commitment card."""

    campaign_id: CampaignId


@dataclass(frozen=True, slots=True)
class CampaignReminder:
    """To who facilitates a coalition whose card is awaited: its day comes near, is there, or is over."""

    campaign_id: CampaignId
    version: int
    lead: Lead


@dataclass(frozen=True, slots=True)
class CampaignChased:
    """To who facilitates a coalition whose card is awaited: staff ask how far it is."""

    campaign_id: CampaignId


@dataclass(frozen=True, slots=True)
class CampaignMoved:
    """To who facilitates a coalition whose card is awaited: there is another deadline."""

    campaign_id: CampaignId
    version: int


@dataclass(frozen=True, slots=True)
class CampaignClosed:
    """To the others of the project team: what came of a campaign."""

    campaign_id: CampaignId


@dataclass(frozen=True, slots=True)
class LevelAsked:
    """To staff: an organisation asks for a level of commitment."""

    request_id: LevelRequestId


@dataclass(frozen=True, slots=True)
class LevelRecalled:
    """To staff: such a request has waited for more than three working days."""

    request_id: LevelRequestId


@dataclass(frozen=True, slots=True)
class LevelDecided:
    """To who asked: the level is confirmed, or not, as the request says when this is read."""

    request_id: LevelRequestId


@dataclass(frozen=True, slots=True)
class LevelLowered:
    """To staff: an organisation has gone down to a level, or has none any more (empty)."""

    organisation_id: OrganisationId
    level: str


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
