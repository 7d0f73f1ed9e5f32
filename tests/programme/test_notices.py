import json
from datetime import date
from typing import get_args

import pytest

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
from programme.notices import (
    NOTICES,
    AnnouncementRecalled,
    AnnouncementReport,
    AnnouncementToApprove,
    AskedToStay,
    CampaignChased,
    CampaignClosed,
    CampaignMoved,
    CampaignOpened,
    CampaignReminder,
    ChairTurn,
    CoalitionProposed,
    ConversationLeftOpen,
    DatePollClosed,
    DatePollOpened,
    Digest,
    DocumentWanted,
    FacilitationEnded,
    ForumCancelled,
    ForumMoved,
    ForumReminder,
    GroupOutOfReach,
    HelperNamed,
    HelperRemoved,
    LevelAsked,
    LevelDecided,
    LevelLowered,
    LevelRecalled,
    MadeFacilitator,
    MeetingCancelled,
    MeetingMoved,
    MeetingNudge,
    MeetingPlanned,
    MeetingReminder,
    MemberRemoved,
    MembershipAsked,
    MembershipDecided,
    MilestoneEntrusted,
    MilestoneReminder,
    MinutesPublished,
    MinutesWanted,
    Notice,
    OfferLapsed,
    OfferTakenBack,
    ProposalDecided,
    ProposalRecalled,
    RegistrationConfirmed,
    SeatOffered,
    SeriesEnded,
    SeriesPlanned,
    SilentInCharge,
    SupportAsked,
    SupportChanged,
    SupportFound,
    SupportRecalled,
    SupportSaid,
    TeamJoined,
    TeamLeft,
    TopicLost,
    TroubleFound,
    TroubleOver,
    TurnPassedOn,
    VoteClosed,
    VoteOpened,
    pack_notice,
    unpack_notice,
)

ONE_OF_EACH: tuple[Notice, ...] = (
    MembershipAsked(MembershipId(1)),
    MembershipDecided(MembershipId(1)),
    CoalitionProposed(CoalitionId(2)),
    ProposalDecided(CoalitionId(2), "Une coalition proche existe déjà : « Toits »."),
    MeetingPlanned(MeetingId(3), 0),
    MeetingMoved(MeetingId(3), 1),
    MeetingCancelled(MeetingId(3), 2),
    MeetingReminder(MeetingId(3), 1, Lead.HOURS),
    MilestoneReminder(MilestoneId(4), 0, Lead.TEN_DAYS_AFTER),
    RegistrationConfirmed(RegistrationId(6)),
    SeatOffered(RegistrationId(6), 1),
    OfferLapsed(RegistrationId(6), 2),
    OfferTakenBack(RegistrationId(6), 2),
    ForumMoved(ForumId(7), 1),
    ForumCancelled(ForumId(7), 2),
    ForumReminder(ForumId(7), 0, Lead.AFTERWARDS),
    HelperNamed(ForumId(7)),
    HelperRemoved(ForumId(7)),
    Digest(date(2026, 11, 23)),
    MeetingNudge(MeetingId(3), 1),
    SeriesPlanned(SeriesId(8)),
    SeriesEnded(SeriesId(8)),
    ChairTurn(MeetingId(3), 1, Lead.WEEK),
    TurnPassedOn(MeetingId(3)),
    MinutesWanted(MeetingId(3), 1, Lead.SEVEN_DAYS_AFTER),
    MinutesPublished(MinutesId(9)),
    DatePollOpened(DatePollId(10)),
    DatePollClosed(DatePollId(10)),
    MilestoneEntrusted(MilestoneId(4), 0),
    VoteOpened(VoteId(11)),
    VoteClosed(VoteId(11)),
    SupportAsked(SupportRequestId(12)),
    SupportSaid(SupportMessageId(13)),
    SupportChanged(SupportRequestId(12), 2),
    SupportFound(FindingId(16)),
    SupportRecalled(date(2026, 11, 27)),
    MadeFacilitator(CoalitionId(2)),
    MemberRemoved(CoalitionId(2), "Merci d’être venu·e."),
    GroupOutOfReach(CoalitionId(2), -100),
    TopicLost(CoalitionId(2), -100),
    ProposalRecalled(CoalitionId(2)),
    TeamJoined(),
    TeamLeft(),
    FacilitationEnded(CoalitionId(2)),
    TroubleFound(Trouble.OUTBOX),
    TroubleOver(Trouble.BACKUP),
    AskedToStay(date(2029, 1, 4)),
    SilentInCharge(PersonId(14)),
    ConversationLeftOpen(5),
    AnnouncementToApprove(AnnouncementId(15), 1),
    AnnouncementRecalled(AnnouncementId(15), 1),
    AnnouncementReport(AnnouncementId(15)),
    CampaignOpened(CampaignId(16)),
    CampaignReminder(CampaignId(16), 1, Lead.THREE_DAYS_AFTER),
    CampaignChased(CampaignId(16)),
    CampaignMoved(CampaignId(16), 1),
    CampaignClosed(CampaignId(16)),
    LevelAsked(LevelRequestId(17)),
    LevelRecalled(LevelRequestId(17)),
    LevelDecided(LevelRequestId(17)),
    LevelLowered(OrganisationId(18), "act"),
    DocumentWanted(Document.ROADMAP, Shape.PDF),
)


def test_every_kind_of_notice_has_a_name_and_is_tried_here() -> None:
    assert set(NOTICES.values()) == set(get_args(Notice))
    assert [type(notice) for notice in ONE_OF_EACH] == list(NOTICES.values())


@pytest.mark.parametrize("notice", ONE_OF_EACH, ids=lambda notice: type(notice).__name__)
def test_a_notice_comes_back_from_json_as_it_was(notice: Notice) -> None:
    assert unpack_notice(json.loads(json.dumps(pack_notice(notice)))) == notice


def test_a_notice_is_kept_as_its_name_and_facts() -> None:
    assert pack_notice(MeetingReminder(MeetingId(3), 1, Lead.DAY)) == {
        "notice": "meeting_reminder",
        "meeting_id": 3,
        "version": 1,
        "lead": "d-1",
    }


def test_the_lead_of_a_notice_that_was_kept_is_a_lead_again() -> None:
    notice = unpack_notice({"notice": "milestone_reminder", "milestone_id": 4, "version": 0, "lead": "d+3"})

    assert isinstance(notice, MilestoneReminder)
    assert notice.lead is Lead.THREE_DAYS_AFTER


def test_the_week_of_a_digest_is_kept_as_its_monday() -> None:
    assert pack_notice(Digest(date(2026, 11, 23))) == {"notice": "digest", "week": "2026-11-23"}


def test_a_kind_of_another_version_is_not_known() -> None:
    with pytest.raises(KeyError):
        unpack_notice({"notice": "poll_closed", "meeting_id": 1})
