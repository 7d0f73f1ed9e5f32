"""The questions that every conversation about a meeting asks alike: one meeting, dates to choose from, a series."""

from collections.abc import Sequence
from typing import Final

from handlers.forms import Choice, Option, Question, Text
from handlers.names import meeting_kind
from handlers.turn import Turn
from locales import _
from programme.meetings import AGENDA_MAX, MEETING_TITLE_MAX, PLACE_MAX, MeetingKind


def kinds(turn: Turn) -> Sequence[Option]:
    """Give the kinds of meetings."""
    return [Option(kind.value, meeting_kind(kind, turn.language)) for kind in MeetingKind]


TITLE: Final = Question(
    "title",
    _("What is the meeting about?"),
    Text(longest=MEETING_TITLE_MAX),
    hint=_("For example: First meeting, getting to know each other"),
    label=_("Subject"),
)
KIND: Final = Question(
    "kind", _("What kind of meeting is it?"), Choice(kinds), into=MeetingKind, label=_("Kind of meeting")
)
PLACE: Final = Question(
    "place",
    _("Where? A place, or a link."),
    Text(longest=PLACE_MAX),
    hint=_("For example: town hall, room 2"),
    label=_("Where"),
)
AGENDA: Final = Question(
    "agenda", _("What is on the agenda?"), Text(longest=AGENDA_MAX, multiline=True), label=_("Agenda"), optional=True
)
