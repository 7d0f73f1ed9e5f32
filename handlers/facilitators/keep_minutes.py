"""Keep the minutes of a meeting: one question, answered by a text, a file or a link, then sent to who came."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from handlers.facilitators.led_coalition import led_coalition_first
from handlers.feature import Feature
from handlers.forms import Form, Question, TextOrFile, open_form
from handlers.groups.here import for_facilitator, in_private
from handlers.members.meeting import meeting_screen
from handlers.members.past_meetings import MINUTES, past_meetings, past_screen
from handlers.reply import Reply, say
from handlers.screen import Screen
from handlers.turn import Turn
from locales import _
from programme.coalitions import Coalition
from programme.errors import NotFound
from programme.ids import MeetingId
from programme.meetings import MINUTES_TEXT_MAX
from programme.usecases.afterwards import kept_meeting
from programme.usecases.keep_minutes import MinutesTold, keep_minutes, who_gets_minutes

UNNAMED: Final = "document"
"""The name of a document that has none: minutes with a nameless file are a photo."""


@dataclass(frozen=True, slots=True)
class MinutesSent:
    """What was written or sent, and the number of the meeting that the conversation was opened for."""

    content: Mapping[str, str]
    meeting: str = ""


def choose_meeting(turn: Turn, coalition: Coalition) -> Reply:
    """Ask for the minutes of the only meeting there was, or show the past meetings, latest first."""
    past = past_meetings(turn, coalition)
    if len(past) == 1:
        return open_form(turn, KEEP_MINUTES, context={"meeting": str(past[0].id)})
    return turn.show(past_screen(turn, coalition, MINUTES, 0))


def start(turn: Turn) -> Reply:
    """Open the conversation for the meeting of the button."""
    meeting = kept_meeting(turn.uow, turn.me.id, MeetingId(turn.number(0)), turn.now)
    return open_form(turn, KEEP_MINUTES, context={"meeting": str(meeting.id)})


def _keep(turn: Turn, sent: MinutesSent) -> Reply:
    if not sent.meeting.isdecimal():
        raise NotFound
    meeting_id, content = MeetingId(int(sent.meeting)), sent.content
    name = (content["name"] or UNNAMED) if content["kind"] == "document" else ""
    told = MinutesTold(content["text"], content["file_id"], name)
    keep_minutes(turn.uow, turn.me.id, meeting_id, told, turn.now)
    readers = len([one for one in who_gets_minutes(turn.uow, meeting_id) if one != turn.me.id])
    words = turn.language.say_n(
        "The minutes are kept, and sent to {n} person. The other members find them with the meeting.",
        "The minutes are kept, and sent to {n} people. The other members find them with the meeting.",
        readers,
    )
    return say(Screen(words), meeting_screen(turn, turn.uow.meetings.get(meeting_id)))


def _from_group(turn: Turn, coalition: Coalition) -> Reply:
    return in_private(turn, lambda there: choose_meeting(there, coalition))


KEEP_MINUTES = Form(
    name="keep_minutes",
    version=1,
    into=MinutesSent,
    questions=(
        Question(
            "content",
            _("What are the minutes?"),
            TextOrFile(longest=MINUTES_TEXT_MAX),
            hint=_("Write them, send a file or a photo, or give a link."),
            label=_("Minutes"),
        ),
    ),
    review=_("These minutes go to who said yes or was there:"),
    submit=_keep,
)

FEATURE = Feature(
    commands={"compterendu": led_coalition_first("minutes.of", choose_meeting)},
    buttons={"minutes.of": led_coalition_first("minutes.of", choose_meeting), "minutes.keep": start},
    forms=(KEEP_MINUTES,),
    again={KEEP_MINUTES.name: led_coalition_first("minutes.of", choose_meeting)},
    group_commands={"compterendu": for_facilitator(_from_group)},
)
