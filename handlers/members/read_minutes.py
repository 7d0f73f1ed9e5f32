"""Read the minutes of a meeting: any member of its coalition may ask for them."""

from handlers.cards.minutes import minutes_screen
from handlers.feature import Feature
from handlers.navigation import way_out
from handlers.reply import Reply, say
from handlers.turn import Turn
from programme.ids import MeetingId
from programme.usecases.keep_minutes import minutes_for


def read(turn: Turn) -> Reply:
    """Send the latest minutes below, with their file; the meeting's card stays where it is."""
    meeting_id = MeetingId(turn.number(0))
    minutes = minutes_for(turn.uow, turn.me.id, meeting_id)
    meeting = turn.uow.meetings.get(meeting_id)
    coalition = turn.uow.coalitions.get(meeting.coalition_id)
    rows = way_out(turn.language, "meeting", meeting_id)
    return say(minutes_screen(minutes, meeting, coalition, turn.language, turn.territory, rows))


FEATURE = Feature(buttons={"minutes": read})
