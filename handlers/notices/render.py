"""Which notice is told by which module."""

from collections.abc import Callable
from typing import Any, Final

from handlers.notices.afterwards import minutes_published, minutes_wanted
from handlers.notices.announcements import announcement_recalled, announcement_report, announcement_to_approve
from handlers.notices.campaigns import (
    campaign_chased,
    campaign_closed,
    campaign_moved,
    campaign_opened,
    campaign_reminder,
)
from handlers.notices.chairs import chair_turn, turn_passed_on
from handlers.notices.conversations import conversation_left_open
from handlers.notices.date_polls import date_poll_closed, date_poll_opened
from handlers.notices.digest import digest
from handlers.notices.documents import document_wanted
from handlers.notices.doors import helper_named, helper_removed
from handlers.notices.forums import (
    forum_cancelled,
    forum_moved,
    forum_reminder,
    offer_lapsed,
    offer_taken_back,
    registration_confirmed,
    seat_offered,
)
from handlers.notices.groups import group_out_of_reach, topic_lost
from handlers.notices.levels import level_asked, level_decided, level_lowered, level_recalled
from handlers.notices.meetings import (
    meeting_cancelled,
    meeting_moved,
    meeting_nudge,
    meeting_planned,
    meeting_reminder,
)
from handlers.notices.memberships import made_facilitator, member_removed, membership_asked, membership_decided
from handlers.notices.milestones import milestone_entrusted, milestone_reminder
from handlers.notices.operations import asked_to_stay, silent_in_charge, trouble_found, trouble_over
from handlers.notices.proposals import coalition_proposed, proposal_decided, proposal_recalled
from handlers.notices.reader import Reader, Untrue
from handlers.notices.roles import facilitation_ended, team_joined, team_left
from handlers.notices.series import series_ended, series_planned
from handlers.notices.support import support_asked, support_changed, support_found, support_recalled, support_said
from handlers.notices.votes import vote_closed, vote_opened
from handlers.screen import Screen
from programme import notices
from programme.errors import NotFound

__all__ = ["Reader", "Untrue", "render_notice"]

_TELLERS: Final[dict[type[notices.Notice], Callable[[Any, Reader], Screen]]] = {
    notices.MembershipAsked: membership_asked,
    notices.MembershipDecided: membership_decided,
    notices.CoalitionProposed: coalition_proposed,
    notices.ProposalDecided: proposal_decided,
    notices.MeetingPlanned: meeting_planned,
    notices.MeetingMoved: meeting_moved,
    notices.MeetingCancelled: meeting_cancelled,
    notices.MeetingReminder: meeting_reminder,
    notices.MeetingNudge: meeting_nudge,
    notices.SeriesPlanned: series_planned,
    notices.SeriesEnded: series_ended,
    notices.MilestoneReminder: milestone_reminder,
    notices.MilestoneEntrusted: milestone_entrusted,
    notices.RegistrationConfirmed: registration_confirmed,
    notices.SeatOffered: seat_offered,
    notices.OfferLapsed: offer_lapsed,
    notices.OfferTakenBack: offer_taken_back,
    notices.ForumMoved: forum_moved,
    notices.ForumCancelled: forum_cancelled,
    notices.ForumReminder: forum_reminder,
    notices.HelperNamed: helper_named,
    notices.HelperRemoved: helper_removed,
    notices.Digest: digest,
    notices.MinutesWanted: minutes_wanted,
    notices.MinutesPublished: minutes_published,
    notices.DatePollOpened: date_poll_opened,
    notices.DatePollClosed: date_poll_closed,
    notices.VoteOpened: vote_opened,
    notices.VoteClosed: vote_closed,
    notices.GroupOutOfReach: group_out_of_reach,
    notices.TopicLost: topic_lost,
    notices.MadeFacilitator: made_facilitator,
    notices.MemberRemoved: member_removed,
    notices.ChairTurn: chair_turn,
    notices.TurnPassedOn: turn_passed_on,
    notices.SupportAsked: support_asked,
    notices.SupportSaid: support_said,
    notices.SupportChanged: support_changed,
    notices.SupportFound: support_found,
    notices.SupportRecalled: support_recalled,
    notices.ProposalRecalled: proposal_recalled,
    notices.TeamJoined: team_joined,
    notices.TeamLeft: team_left,
    notices.FacilitationEnded: facilitation_ended,
    notices.TroubleFound: trouble_found,
    notices.TroubleOver: trouble_over,
    notices.AskedToStay: asked_to_stay,
    notices.SilentInCharge: silent_in_charge,
    notices.AnnouncementToApprove: announcement_to_approve,
    notices.AnnouncementRecalled: announcement_recalled,
    notices.AnnouncementReport: announcement_report,
    notices.CampaignOpened: campaign_opened,
    notices.CampaignReminder: campaign_reminder,
    notices.CampaignChased: campaign_chased,
    notices.CampaignMoved: campaign_moved,
    notices.CampaignClosed: campaign_closed,
    notices.LevelAsked: level_asked,
    notices.LevelRecalled: level_recalled,
    notices.LevelDecided: level_decided,
    notices.LevelLowered: level_lowered,
    notices.ConversationLeftOpen: conversation_left_open,
    notices.DocumentWanted: document_wanted,
}


def render_notice(notice: notices.Notice, reader: Reader) -> Screen:
    """Give the notice in the reader's language; raises Untrue where it is not to be sent any more."""
    try:
        return _TELLERS[type(notice)](notice, reader)
    except NotFound:
        raise Untrue("gone") from None
