"""The words for every deed that the audit log keeps, and for what it was done to."""

from collections.abc import Callable
from typing import Final

from handlers.cards.announcement import BEGINNING_MAX
from handlers.documents.tables import document_name
from handlers.forms.wording import shortened
from locales import Language, Msgid, _
from programme.audit import AuditLine
from programme.coalitions import CoalitionState
from programme.documents import Document
from programme.errors import NotFound
from programme.ids import (
    ActionId,
    AnnouncementId,
    CampaignId,
    CoalitionId,
    DatePollId,
    ForumId,
    MeetingId,
    MembershipId,
    MilestoneId,
    OrganisationId,
    PersonId,
    SeriesId,
    SupportRequestId,
)
from programme.memberships import MembershipState
from programme.ports import UnitOfWork

DEEDS: Final[dict[str, Msgid]] = {
    "appoint_staff": _("Appointed to the project team"),
    "dismiss_staff": _("Taken off the project team"),
    "name_facilitator": _("Facilitation entrusted"),
    "relieve_facilitator": _("Facilitation taken off"),
    "leave_facilitation": _("Facilitation left"),
    "hand_over": _("Facilitation handed over"),
    "decide_proposal": _("Proposal of a coalition decided"),
    "decide_membership": _("Request to join decided"),
    "remove_member": _("Member removed"),
    "erase_person": _("Person erased"),
    "bind_group": _("Group bound"),
    "agree": _("Working agreement changed"),
    "set_chairs": _("Order of chairs changed"),
    "name_chair": _("Chair of a meeting named"),
    "entrust_step": _("Step entrusted"),
    "plan_meeting": _("Meeting planned"),
    "move_meeting": _("Meeting moved"),
    "cancel_meeting": _("Meeting cancelled"),
    "nudge": _("Members reminded to answer"),
    "keep_minutes": _("Minutes kept"),
    "plan_series": _("Series of meetings planned"),
    "move_series": _("Series of meetings changed"),
    "end_series": _("Series of meetings ended"),
    "ask_for_dates": _("Date poll opened"),
    "decide_date": _("Date decided"),
    "cancel_date_poll": _("Date poll cancelled"),
    "add_milestone": _("Milestone added"),
    "change_milestone": _("Milestone changed"),
    "complete_milestone": _("Milestone reached"),
    "reopen_milestone": _("Milestone opened again"),
    "give_up_milestone": _("Milestone given up"),
    "propose_action": _("Action proposed for the roadmap"),
    "put_on_roadmap": _("Action put on the roadmap"),
    "take_off_roadmap": _("Action taken off the roadmap"),
    "change_action": _("Action changed"),
    "move_action_on": _("Action moved on"),
    "delete_action": _("Action deleted"),
    "restore_action": _("Action restored"),
    "open_vote": _("Vote opened"),
    "withdraw_vote": _("Vote withdrawn"),
    "close_vote": _("Vote closed"),
    "publish_card": _("Commitment card published"),
    "open_campaign": _("Campaign opened"),
    "change_campaign": _("Campaign changed"),
    "chase_campaign": _("Coalitions reminded of their card"),
    "close_campaign": _("Campaign closed"),
    "ask_level": _("Level of commitment asked for"),
    "take_back_level": _("Request for a level taken back"),
    "lower_level": _("Level of commitment lowered"),
    "decide_level": _("Level of commitment decided"),
    "plan_forum": _("Forum announced"),
    "move_forum": _("Forum moved"),
    "resize_forum": _("Number of places changed"),
    "cancel_forum": _("Forum cancelled"),
    "edit_forum": _("Forum changed"),
    "offer_pitch": _("Pitch offered"),
    "change_pitch": _("Pitch changed"),
    "ask_registrants": _("Question at registration written"),
    "drop_question": _("Question at registration removed"),
    "name_helper": _("Helper at the doors named"),
    "remove_helper": _("Helper at the doors removed"),
    "make_helper_link": _("Link for helpers made"),
    "withdraw_helper_link": _("Link for helpers withdrawn"),
    "come_as_helper": _("Helper came by the link"),
    "write_afterwards": _("Message after a forum written"),
    "write_announcement": _("Announcement written"),
    "rewrite_announcement": _("Announcement written anew"),
    "readdress_announcement": _("Recipients of an announcement changed"),
    "submit_announcement": _("Announcement put forward for approval"),
    "approve_announcement": _("Announcement approved"),
    "reconsider_announcement": _("Announcement back to a draft"),
    "schedule_announcement": _("Announcement set for a time"),
    "send_announcement": _("Announcement sent"),
    "stop_announcement": _("Announcement stopped"),
    "resume_announcement": _("Announcement resumed"),
    "correct_announcement": _("Announcement corrected"),
    "withdraw_announcement": _("Announcement withdrawn"),
    "document_exported": _("Document exported"),
    "take_support": _("Support request taken on"),
    "answer_support": _("Support request answered"),
    "close_support": _("Support request closed"),
    "reopen_support": _("Support request opened again"),
    "note_finding": _("Room, speaker or other noted for a support request"),
    "change_finding": _("What was found for a support request corrected"),
    "remove_finding": _("What was found for a support request removed"),
}


VERDICTS: Final[dict[tuple[str, str], Msgid]] = {
    ("decide_proposal", CoalitionState.ACTIVE): _("Proposal of a coalition approved"),
    ("decide_proposal", CoalitionState.REFUSED): _("Proposal of a coalition refused"),
    ("decide_membership", MembershipState.ACCEPTED): _("Request to join accepted"),
    ("decide_membership", MembershipState.REFUSED): _("Request to join declined"),
}
"""What was decided, for the deeds that may go either way."""


def deed_words(line: AuditLine, language: Language) -> str:
    """Name what was done, and which way it was decided; a deed of another version of Jalon by the name it has there."""
    words = VERDICTS.get((line.deed, str(line.details.get("state", "")))) or DEEDS.get(line.deed)
    return line.deed if words is None else language.plain(words)


def subject_words(line: AuditLine, uow: UnitOfWork, language: Language) -> str:
    """Name what it was done to, and to whom; nothing where that is no longer there."""
    named = [_subject(line.subject, uow), _person(line.details.get("person"), uow)]
    if line.subject in set(Document):
        named = [document_name(Document(line.subject), language)]
    if line.subject == "person:erased":
        named = [language.plain("a person who was erased")]
    return " · ".join(name for name in named if name)


def _subject(subject: str, uow: UnitOfWork) -> str:
    kind, _colon, number = subject.partition(":")
    name_of = SUBJECTS.get(kind)
    if name_of is None or not number.isdecimal():
        return ""
    try:
        return name_of(uow, int(number))
    except NotFound:
        return ""


def _person(person: object, uow: UnitOfWork) -> str:
    if not isinstance(person, int):
        return ""
    return uow.people.names([PersonId(person)]).get(PersonId(person), "")


def _coalition(uow: UnitOfWork, number: int) -> str:
    return uow.coalitions.get(CoalitionId(number)).name


def _membership(uow: UnitOfWork, number: int) -> str:
    membership = uow.memberships.get(MembershipId(number))
    return f"{_coalition(uow, membership.coalition_id)} · {uow.people.get(membership.person_id).name}"


def _announcement(uow: UnitOfWork, number: int) -> str:
    content = uow.announcements.get(AnnouncementId(number)).content
    return shortened(" ".join(content.text.split()), BEGINNING_MAX) or content.file_name


SUBJECTS: Final[dict[str, Callable[[UnitOfWork, int], str]]] = {
    "person": lambda uow, number: uow.people.get(PersonId(number)).name,
    "coalition": _coalition,
    "membership": _membership,
    "meeting": lambda uow, number: uow.meetings.get(MeetingId(number)).title,
    "series": lambda uow, number: uow.series.get(SeriesId(number)).title,
    "date_poll": lambda uow, number: uow.date_polls.get(DatePollId(number)).title,
    "milestone": lambda uow, number: uow.milestones.get(MilestoneId(number)).title,
    "action": lambda uow, number: uow.actions.get(ActionId(number)).title,
    "announcement": _announcement,
    "campaign": lambda uow, number: uow.campaigns.get(CampaignId(number)).title,
    "organisation": lambda uow, number: uow.organisations.get(OrganisationId(number)).name,
    "forum": lambda uow, number: uow.forums.get(ForumId(number)).title,
    "support_request": lambda uow, number: _coalition(uow, uow.support.get(SupportRequestId(number)).coalition_id),
}
