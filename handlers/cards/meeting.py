"""The card of a meeting: the same in notices, in the agenda, under a coalition and in groups."""

from typing import Final

from markupsafe import Markup

from handlers.names import answer_name, meeting_kind
from handlers.screen import Button, Rows, button, lines, paragraphs
from locales import Language
from programme.coalitions import Coalition
from programme.meetings import Answer, Meeting, MeetingKind, MeetingState
from programme.ports import UnitOfWork
from programme.territory import Territory
from programme.usecases.rights import is_member

CHOSEN: Final = "✓ "
UNNAMED: Final = frozenset({MeetingKind.WORKING, MeetingKind.OTHER})
"""Kinds that go without saying."""


def meeting_lines(
    meeting: Meeting, coalition: Coalition, language: Language, territory: Territory, chair: str = ""
) -> Markup:
    """Say what, for whom, when and where, and who chairs it: six lines at most."""
    return lines(
        language.say("<b>{title}</b>", title=meeting.title),
        None if meeting.kind in UNNAMED else language.say("Kind: {kind}", kind=meeting_kind(meeting.kind, language)),
        language.say("Coalition: {name}", name=coalition.name),
        language.say("When: {moment}", moment=language.moment(meeting.starts_at, territory.zone)),
        language.say("Where: {place}", place=meeting.place),
        language.say("Chair: {name}", name=chair) if chair else None,
        language.say("<b>Cancelled.</b>") if meeting.state is MeetingState.CANCELLED else None,
    )


def meeting_text(meeting: Meeting, uow: UnitOfWork, language: Language, territory: Territory) -> Markup:
    """Say all that is known of a meeting, the agenda too of one that takes place."""
    coalition = uow.coalitions.get(meeting.coalition_id)
    takes_place = meeting.state is MeetingState.PLANNED
    return paragraphs(
        meeting_lines(meeting, coalition, language, territory, chair_name(meeting, uow) if takes_place else ""),
        agenda_lines(meeting.agenda, language) if takes_place else None,
    )


def agenda_lines(agenda: str, language: Language) -> Markup | None:
    """Say what is on the agenda, None where there is none."""
    return lines(language.say("Agenda:"), language.say("{text}", text=agenda)) if agenda else None


def chair_name(meeting: Meeting, uow: UnitOfWork) -> str:
    """Give the name of who chairs a meeting, empty where nobody does or they are no member any more."""
    if meeting.chair_id is None or not is_member(uow, meeting.chair_id, meeting.coalition_id):
        return ""
    return uow.people.names([meeting.chair_id]).get(meeting.chair_id, "")


def answer_buttons(meeting: Meeting, answered: Answer | None, language: Language) -> Rows:
    """Give the row that answers the meeting as it stands; the present answer is marked."""
    return (tuple(_answer_button(meeting, answer, answered, language) for answer in Answer),)


def _answer_button(meeting: Meeting, answer: Answer, answered: Answer | None, language: Language) -> Button:
    mark = CHOSEN if answer is answered else ""
    return button(mark + answer_name(answer, language), "answer", meeting.id, meeting.version, answer.value)
