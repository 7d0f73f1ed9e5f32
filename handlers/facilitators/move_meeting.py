"""Move or cancel a meeting: the members are told at once, and asked again."""

from dataclasses import dataclass
from datetime import datetime

from handlers.cards.meeting import meeting_text
from handlers.feature import Feature
from handlers.forms import Form, Moment, Question, Text, open_form
from handlers.members.meeting import meeting_screen
from handlers.navigation import page_of, way_out
from handlers.reply import Reply, say
from handlers.screen import Screen, button, paragraphs
from handlers.turn import Turn
from locales import _
from programme.errors import NotFound, Outdated
from programme.ids import MeetingId
from programme.meetings import PLACE_MAX, Meeting
from programme.usecases.move_meeting import Move, cancel_meeting, movable_meeting, move_meeting


@dataclass(frozen=True, slots=True)
class MeetingMove:
    """A meeting's new moment, and the meeting that the conversation was opened for, in the version that was seen."""

    starts_at: datetime
    place: str = ""
    meeting: str = ""
    version: str = ""


def start_move(turn: Turn) -> Reply:
    """Open the conversation that moves a meeting."""
    meeting = _movable_meeting(turn)
    return open_form(turn, MOVE_MEETING, context={"meeting": str(meeting.id), "version": str(meeting.version)})


def choose_meeting(turn: Turn) -> Reply:
    """Show the meetings one keeps going, to choose the one to move."""
    language = turn.language
    page = page_of(turn.uow.meetings.upcoming_led_by(turn.me.id, turn.now), 0)
    text = language.say("<b>Which meeting?</b>") if page.things else language.say("No meeting is planned.")
    rows = tuple((button(meeting.title, "meeting", meeting.id),) for meeting in page.things)
    return turn.show(Screen(text, (*rows, *way_out(language))))


def ask_cancellation(turn: Turn) -> Reply:
    """Ask once before a meeting is called off: it can't be undone, and everybody is told."""
    language, meeting = turn.language, _movable_meeting(turn)
    text = paragraphs(
        meeting_text(meeting, turn.uow, language, turn.territory),
        language.say("<b>Cancel this meeting?</b> Its members are told at once."),
    )
    rows = (
        (
            button(language.plain("Cancel the meeting"), "cancel.sure", meeting.id, meeting.version),
            button(language.plain("Keep it"), "meeting", meeting.id),
        ),
    )
    return turn.show(Screen(text, rows))


def cancel(turn: Turn) -> Reply:
    """Call a meeting off, unless it has moved since it was shown."""
    meeting = _movable_meeting(turn)
    if meeting.version != turn.number(1):
        raise Outdated
    cancelled = cancel_meeting(turn.uow, turn.me.id, meeting.id, turn.now)
    return turn.show(meeting_screen(turn, cancelled), toast=turn.language.plain("The meeting is cancelled."))


def _movable_meeting(turn: Turn) -> Meeting:
    return movable_meeting(turn.uow, turn.me.id, MeetingId(turn.number(0)), turn.now)


def _move(turn: Turn, told: MeetingMove) -> Reply:
    if not (told.meeting.isdecimal() and told.version.isdecimal()):
        raise NotFound
    meeting_id, move = MeetingId(int(told.meeting)), Move(told.starts_at, told.place, int(told.version))
    moved = move_meeting(turn.uow, turn.me.id, meeting_id, move, turn.now, turn.territory.zone)
    return say(Screen(turn.language.say("The members are told, and asked again.")), meeting_screen(turn, moved))


MOVE_MEETING = Form(
    name="move_meeting",
    version=2,
    into=MeetingMove,
    questions=(
        Question(
            "starts_at",
            _("When does it begin now?"),
            Moment(),
            hint=_("For example: Tuesday 18:30, 24/11 at 18:00, tomorrow noon"),
            label=_("When"),
        ),
        Question(
            "place",
            _("Another place? Skip this where it stays the same."),
            Text(longest=PLACE_MAX),
            label=_("Where"),
            optional=True,
        ),
    ),
    review=_("The new moment"),
    submit=_move,
)

FEATURE = Feature(
    buttons={"move": start_move, "cancel": ask_cancellation, "cancel.sure": cancel},
    forms=(MOVE_MEETING,),
    again={MOVE_MEETING.name: choose_meeting},
)
