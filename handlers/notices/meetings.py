"""Notices about meetings: planned, moved, cancelled, near, and not answered yet."""

from markupsafe import Markup

from handlers.cards.meeting import answer_buttons, meeting_text
from handlers.navigation import way_out
from handlers.notices.reader import Reader, Untrue
from handlers.notices.why import why_button
from handlers.screen import Screen, button, paragraphs
from programme.meetings import Answer, Meeting, MeetingState
from programme.notices import MeetingCancelled, MeetingMoved, MeetingNudge, MeetingPlanned, MeetingReminder
from programme.usecases.rights import is_member

_Asking = MeetingPlanned | MeetingMoved | MeetingReminder | MeetingNudge


def meeting_planned(notice: MeetingPlanned, reader: Reader) -> Screen:
    """Tell a member of a new meeting, and ask."""
    meeting = _present(notice, reader)
    return _asking(reader.language.say("A new meeting:"), meeting, reader, notice)


def meeting_moved(notice: MeetingMoved, reader: Reader) -> Screen:
    """Tell a member that a meeting has another moment, and ask again."""
    meeting = _present(notice, reader)
    return _asking(reader.language.say("This meeting has changed. Please answer again:"), meeting, reader, notice)


def meeting_cancelled(notice: MeetingCancelled, reader: Reader) -> Screen:
    """Tell a member that a meeting does not take place."""
    meeting = reader.uow.meetings.get(notice.meeting_id)
    if not is_member(reader.uow, reader.person.id, meeting.coalition_id):
        raise Untrue("left")
    text = paragraphs(
        reader.language.say("This meeting does not take place:"),
        meeting_text(meeting, reader.uow, reader.language, reader.territory),
    )
    calendar = (button(reader.language.plain("Take it off my calendar"), "calendar", meeting.id),)
    return Screen(text, (calendar, why_button(notice, reader.language), *way_out(reader.language, "agenda", 0)))


def meeting_reminder(notice: MeetingReminder, reader: Reader) -> Screen:
    """Remind a member, in words that are true now: « dans 40 minutes », not « demain »."""
    meeting = _present(notice, reader)
    if reader.uow.meetings.answer_of(meeting.id, reader.person.id) is Answer.NO:
        raise Untrue("declined")
    _check_pause(reader)
    when = reader.language.from_now(meeting.starts_at, reader.now, reader.territory.zone)
    return _asking(reader.language.say("Reminder: your meeting is <b>{when}</b>.", when=when), meeting, reader, notice)


def meeting_nudge(notice: MeetingNudge, reader: Reader) -> Screen:
    """Ask a member who has not answered once more."""
    meeting = _present(notice, reader)
    if reader.uow.meetings.answer_of(meeting.id, reader.person.id) is not None:
        raise Untrue("answered")
    _check_pause(reader)
    return _asking(reader.language.say("Your answer is still awaited:"), meeting, reader, notice)


def _check_pause(reader: Reader) -> None:
    paused_until = reader.person.preferences.paused_until
    if paused_until is not None and reader.now.astimezone(reader.territory.zone).date() < paused_until:
        raise Untrue("paused")


def _present(notice: _Asking, reader: Reader) -> Meeting:
    """Give the meeting where the notice is still about it as it is; raises Untrue."""
    meeting = reader.uow.meetings.get(notice.meeting_id)
    if meeting.state is not MeetingState.PLANNED:
        raise Untrue("cancelled")
    if meeting.version != notice.version:
        raise Untrue("moved")
    if meeting.starts_at <= reader.now:
        raise Untrue("too late")
    if not is_member(reader.uow, reader.person.id, meeting.coalition_id):
        raise Untrue("left")
    return meeting


def _asking(head: Markup, meeting: Meeting, reader: Reader, notice: _Asking) -> Screen:
    language = reader.language
    answered = reader.uow.meetings.answer_of(meeting.id, reader.person.id)
    text = paragraphs(
        head,
        meeting_text(meeting, reader.uow, language, reader.territory),
        language.say("Will you come?") if answered is None else None,
    )
    calendar = (button(language.plain("Add to my calendar"), "calendar", meeting.id),)
    return Screen(text, (*answer_buttons(meeting, answered, language), calendar, why_button(notice, language)))
