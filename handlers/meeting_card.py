"""The card of a meeting: the same in notices, in the agenda and under a coalition."""

from typing import Final

from markupsafe import Markup

from handlers.names import answer_name
from handlers.screen import Button, Rows, button, lines
from locales import Language
from programme.coalitions import Coalition
from programme.meetings import Answer, Meeting, MeetingState
from programme.territory import Territory

CHOSEN: Final = "✓ "


def meeting_lines(meeting: Meeting, coalition: Coalition, language: Language, territory: Territory) -> Markup:
    """Say what, for whom, when and where, four lines at most."""
    return lines(
        language.say("<b>{title}</b>", title=meeting.title),
        language.say("Coalition: {name}", name=coalition.name),
        language.say("When: {moment}", moment=language.moment(meeting.starts_at, territory.zone)),
        language.say("Where: {place}", place=meeting.place),
        language.say("<b>Cancelled.</b>") if meeting.state is MeetingState.CANCELLED else None,
    )


def answer_buttons(meeting: Meeting, answered: Answer | None, language: Language) -> Rows:
    """Give the row that answers the meeting as it stands; the present answer is marked."""
    return (tuple(_answer_button(meeting, answer, answered, language) for answer in Answer),)


def _answer_button(meeting: Meeting, answer: Answer, answered: Answer | None, language: Language) -> Button:
    mark = CHOSEN if answer is answered else ""
    return button(mark + answer_name(answer, language), "answer", meeting.id, meeting.version, answer.value)
