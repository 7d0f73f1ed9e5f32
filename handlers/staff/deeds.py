"""The words for every deed that the audit log keeps, and for what it was done to."""

from collections.abc import Callable
from typing import Final

from locales import Language, Msgid, _
from programme.audit import AuditLine
from programme.errors import NotFound
from programme.ids import (
    ActionId,
    CoalitionId,
    DatePollId,
    ForumId,
    MeetingId,
    MembershipId,
    MilestoneId,
    PersonId,
    SeriesId,
    SupportRequestId,
)
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
    "plan_forum": _("Forum announced"),
    "move_forum": _("Forum moved"),
    "resize_forum": _("Number of places changed"),
    "cancel_forum": _("Forum cancelled"),
    "offer_pitch": _("Pitch offered"),
    "write_announcement": _("Announcement written"),
    "rewrite_announcement": _("Announcement written anew"),
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
}


def deed_words(line: AuditLine, language: Language) -> str:
    """Name what was done; a deed of another version of Jalon by the name it is kept under."""
    words = DEEDS.get(line.deed)
    return line.deed if words is None else language.plain(words)


def subject_words(line: AuditLine, uow: UnitOfWork, language: Language) -> str:
    """Name what it was done to, and to whom; nothing where that is no longer there."""
    named = [_subject(line.subject, uow), _person(line.details.get("person"), uow)]
    if line.subject == "person:erased":
        named = [language.plain("a person who was erased")]
    return " · ".join(name for name in named if name)


def _subject(subject: str, uow: UnitOfWork) -> str:
    kind, _colon, number = subject.partition(":")
    name_of = _NAMES.get(kind)
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


_NAMES: Final[dict[str, Callable[[UnitOfWork, int], str]]] = {
    "person": lambda uow, number: uow.people.get(PersonId(number)).name,
    "coalition": _coalition,
    "membership": _membership,
    "meeting": lambda uow, number: uow.meetings.get(MeetingId(number)).title,
    "series": lambda uow, number: uow.series.get(SeriesId(number)).title,
    "date_poll": lambda uow, number: uow.date_polls.get(DatePollId(number)).title,
    "milestone": lambda uow, number: uow.milestones.get(MilestoneId(number)).title,
    "action": lambda uow, number: uow.actions.get(ActionId(number)).title,
    "forum": lambda uow, number: uow.forums.get(ForumId(number)).title,
    "support_request": lambda uow, number: _coalition(uow, uow.support.get(SupportRequestId(number)).coalition_id),
}
