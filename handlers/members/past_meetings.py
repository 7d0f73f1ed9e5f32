"""The past meetings of a coalition, latest first: to read their minutes, to note who came, to add the minutes."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from handlers.feature import Feature
from handlers.navigation import page_of, way_out
from handlers.reply import Reply
from handlers.screen import Button, Rows, Screen, button, lines
from handlers.turn import Turn
from locales import Msgid, _
from programme.coalitions import Coalition
from programme.errors import NotAllowed, NotFound
from programme.ids import CoalitionId
from programme.meetings import Meeting
from programme.usecases.afterwards import attendance_missing, minutes_missing
from programme.usecases.rights import facilitates, is_member

LOOKED_BACK: Final = timedelta(days=366)
READ, ATTENDANCE, MINUTES = "read", "came", "minutes"
WHY: Final[dict[str, Msgid]] = {
    READ: _("<b>Past meetings</b>: ✓ where there are minutes"),
    ATTENDANCE: _("<b>Who came to which meeting?</b> ✓ where it is noted"),
    MINUTES: _("<b>The minutes of which meeting?</b> ✓ where there are some"),
}


def show_past(turn: Turn) -> Reply:
    """Show a page of the past meetings of a coalition, for what the button says; raises NotAllowed."""
    if turn.word(1) not in WHY:
        raise NotFound
    coalition = turn.uow.coalitions.get(CoalitionId(turn.number(0)))
    leads = facilitates(turn.uow, turn.me.id, coalition.id)
    if not (leads or (turn.word(1) == READ and is_member(turn.uow, turn.me.id, coalition.id))):
        raise NotAllowed
    return turn.show(past_screen(turn, coalition, turn.word(1), turn.number(2)))


def past_button(turn: Turn, coalition: Coalition) -> Rows:
    """Give the row that shows a coalition's past meetings, none where there are none."""
    if not past_meetings(turn, coalition):
        return ()
    return ((button(turn.language.plain("Past meetings"), "past", coalition.id, READ, 0),),)


def past_meetings(turn: Turn, coalition: Coalition) -> Sequence[Meeting]:
    """Give the meetings of a coalition that began within a year and took place, latest first."""
    return turn.uow.meetings.of_coalition(coalition.id, turn.now - LOOKED_BACK, turn.now)[::-1]


def past_screen(turn: Turn, coalition: Coalition, what_for: str, number: int) -> Screen:
    """Give a page of the past meetings, one button each."""
    language = turn.language
    page = page_of(past_meetings(turn, coalition), number)
    text = lines(
        language.say(WHY[what_for]),
        language.say("Coalition: {name}", name=coalition.name),
        None if page.things else language.say("No meeting has taken place yet."),
    )
    rows = tuple((_meeting_button(turn, meeting, what_for),) for meeting in page.things)
    turner = page.turner(language, "past", coalition.id, what_for)
    return Screen(text, (*rows, *turner, *way_out(language)))


def _meeting_button(turn: Turn, meeting: Meeting, what_for: str) -> Button:
    missing = attendance_missing if what_for == ATTENDANCE else minutes_missing
    mark = "" if missing(turn.uow, meeting.id) else "✓ "
    day = turn.language.short_day(meeting.starts_at.astimezone(turn.territory.zone).date())
    label = f"{mark}{day} · {meeting.title}"
    match what_for:
        case "came":
            return button(label, "attendance", meeting.id, 0)
        case "minutes":
            return button(label, "minutes.keep", meeting.id)
        case _:
            return button(label, "meeting", meeting.id)


FEATURE = Feature(buttons={"past": show_past})
