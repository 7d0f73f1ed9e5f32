"""The agenda: the meetings of one's coalitions and one's forums, and what one said to each."""

from dataclasses import dataclass
from datetime import datetime

from handlers.cards.forum import registration_words
from handlers.cards.meeting import CHOSEN
from handlers.feature import Feature
from handlers.names import answer_name
from handlers.navigation import page_of, way_out
from handlers.reply import Reply
from handlers.screen import Button, Screen, button, lines, paragraphs
from handlers.turn import Turn
from programme.forums import RegistrationState
from programme.meetings import Answer
from programme.ports import AgendaEntry, RegistrationEntry


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


FEATURE = Feature(
    commands={"agenda": show_agenda},
    buttons={"agenda": show_agenda},
)
