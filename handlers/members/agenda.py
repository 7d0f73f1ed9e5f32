"""The agenda: the meetings of one's coalitions and one's forums, what one said to each, and a calendar file."""

from dataclasses import dataclass
from datetime import datetime

from handlers.calendar_file import meeting_calendar
from handlers.feature import Feature
from handlers.forum_card import registration_words
from handlers.meeting_card import CHOSEN, answer_buttons, meeting_lines
from handlers.names import answer_name
from handlers.navigation import page_of, way_out
from handlers.reply import Reply, say
from handlers.screen import Button, File, Screen, button, lines, paragraphs
from handlers.turn import Turn
from programme.errors import NotAllowed, NotFound, Outdated
from programme.forums import RegistrationState
from programme.ids import MeetingId
from programme.meetings import Answer, Meeting, MeetingState
from programme.ports import AgendaEntry, RegistrationEntry
from programme.usecases.answer_meeting import answer_meeting
from programme.usecases.rights import facilitates, is_member


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the agenda: when, what, what one said to it, and the button that opens it."""

    starts_at: datetime
    title: str
    said: str
    button: Button


def show_agenda(turn: Turn) -> Reply:
    """Show the meetings to come of one's coalitions and one's forums, soonest first, with what one said."""
    language = turn.language
    number = turn.number(0) if turn.word(0) else 0
    meetings = [_of_meeting(entry, turn) for entry in turn.uow.meetings.agenda(turn.me.id, turn.now)]
    forums = [_of_forum(entry, turn) for entry in turn.uow.registrations.upcoming(turn.me.id, turn.now)]
    page = page_of(sorted((*meetings, *forums), key=lambda entry: entry.starts_at), number)
    text = paragraphs(
        language.say("<b>My agenda</b>"),
        lines(*(_entry_line(entry, turn) for entry in page.things))
        if page.things
        else language.say("Nothing is planned in your coalitions yet, and you are registered for no forum."),
    )
    feed = ((button(language.plain("Subscribe from my calendar"), "feed"),),) if turn.public_url else ()
    rows = (
        *((entry.button,) for entry in page.things),
        *page.turner(language, "agenda"),
        *feed,
        *way_out(language),
    )
    return turn.show(Screen(text, rows))


def show_meeting(turn: Turn) -> Reply:
    """Show one meeting, with one's answer and what one can do."""
    return turn.show(meeting_screen(turn, _meeting(turn)))


def give_answer(turn: Turn) -> Reply:
    """Take an answer in one tap; a card of before a move shows the new moment instead."""
    language = turn.language
    answer = turn.word(2)
    if answer not in list(Answer):
        raise NotFound
    try:
        meeting = answer_meeting(
            turn.uow, turn.me.id, MeetingId(turn.number(0)), turn.number(1), Answer(answer), turn.now
        )
    except Outdated:
        moved = turn.show(meeting_screen(turn, _meeting(turn)))
        words = language.plain("This meeting has moved meanwhile: please answer for its new moment.")
        return Reply(moved.messages, words, alert=True)
    noted = language.plain("Noted: {answer}", answer=answer_name(Answer(answer), language))
    return turn.show(meeting_screen(turn, meeting), toast=noted)


def send_calendar(turn: Turn) -> Reply:
    """Send a meeting as a calendar file."""
    meeting = _meeting(turn)
    coalition = turn.uow.coalitions.get(meeting.coalition_id)
    content = meeting_calendar(meeting, coalition, turn.bot_username, turn.territory.zone, turn.now)
    name = turn.language.plain("meeting-{number}.ics", number=meeting.id)
    text = turn.language.say("Open this file to put “{title}” into your calendar.", title=meeting.title)
    return say(Screen(text, file=File(name, content, "text/calendar")))


def meeting_screen(turn: Turn, meeting: Meeting) -> Screen:
    """Give a meeting's card with its counts for who facilitates, and the buttons of who looks at it."""
    language = turn.language
    coalition = turn.uow.coalitions.get(meeting.coalition_id)
    open_to_answers = meeting.state is MeetingState.PLANNED and meeting.starts_at > turn.now
    leads = facilitates(turn.uow, turn.me.id, meeting.coalition_id)
    member = is_member(turn.uow, turn.me.id, meeting.coalition_id)
    answered = turn.uow.meetings.answer_of(meeting.id, turn.me.id)
    text = paragraphs(
        meeting_lines(meeting, coalition, language, turn.territory),
        _counts_line(turn, meeting) if leads else None,
        language.say("Will you come?") if open_to_answers and member and answered is None else None,
    )
    calendar = ((button(language.plain("Add to my calendar"), "calendar", meeting.id),),)
    steering: tuple[tuple[Button, ...], ...] = (
        (
            button(language.plain("Move it"), "move", meeting.id),
            button(language.plain("Cancel it"), "cancel", meeting.id),
        ),
    )
    return Screen(
        text,
        (
            *(answer_buttons(meeting, answered, language) if open_to_answers and member else ()),
            *(calendar if meeting.state is MeetingState.PLANNED else ()),
            *(steering if open_to_answers and leads else ()),
            *way_out(language, "agenda", 0),
        ),
    )


def _meeting(turn: Turn) -> Meeting:
    """Give the meeting of the tapped button; raises NotAllowed for who is not in its coalition."""
    meeting = turn.uow.meetings.get(MeetingId(turn.number(0)))
    seen_by = is_member(turn.uow, turn.me.id, meeting.coalition_id)
    if not (seen_by or facilitates(turn.uow, turn.me.id, meeting.coalition_id)):
        raise NotAllowed
    return meeting


def _of_meeting(entry: AgendaEntry, turn: Turn) -> _Entry:
    language, meeting = turn.language, entry.meeting
    answered = language.plain("no answer yet") if entry.answer is None else answer_name(entry.answer, language).lower()
    mark = CHOSEN if entry.answer is Answer.YES else ""
    label = f"{mark}{_short_day(meeting.starts_at, turn)} · {meeting.title}"
    return _Entry(meeting.starts_at, meeting.title, answered, button(label, "meeting", meeting.id))


def _of_forum(entry: RegistrationEntry, turn: Turn) -> _Entry:
    forum, state = entry.forum, entry.registration.state
    mark = CHOSEN if state is RegistrationState.CONFIRMED else ""
    label = f"{mark}{_short_day(forum.starts_at, turn)} · {forum.title}"
    return _Entry(
        forum.starts_at, forum.title, registration_words(state, turn.language), button(label, "forum", forum.id)
    )


def _entry_line(entry: _Entry, turn: Turn) -> str:
    return turn.language.say(
        "• {moment}: <b>{title}</b> ({answer})",
        moment=turn.language.moment(entry.starts_at, turn.territory.zone),
        title=entry.title,
        answer=entry.said,
    )


def _short_day(starts_at: datetime, turn: Turn) -> str:
    return turn.language.short_day(starts_at.astimezone(turn.territory.zone).date())


def _counts_line(turn: Turn, meeting: Meeting) -> str:
    counts = turn.uow.meetings.counts(meeting.id)
    return turn.language.say(
        "Answers: {yes} yes, {maybe} maybe, {no} no", yes=counts.yes, maybe=counts.maybe, no=counts.no
    )


FEATURE = Feature(
    commands={"agenda": show_agenda},
    buttons={"agenda": show_agenda, "meeting": show_meeting, "answer": give_answer, "calendar": send_calendar},
)
