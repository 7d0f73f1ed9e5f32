"""The card of a meeting in a group: what, when and where, who comes, and one tap to answer."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from markupsafe import Markup

from handlers.cards.meeting import answer_buttons, meeting_text
from handlers.forms.wording import length, shortened
from handlers.group_cards.reader import CardReader
from handlers.names import answer_name
from handlers.screen import Screen, button, lines, paragraphs
from locales import Language
from programme.ids import MeetingId
from programme.meetings import NAMES_SHOWN, Answer, Meeting, MeetingState

AGENDA_SHOWN: Final = 400
"""Characters of the agenda on the card; the whole of it is in private."""
FITS: Final = 3800
"""Characters of a card; Telegram takes 4096."""
NAMES: Final = (NAMES_SHOWN, 10, 5, 3, 0)
"""How many names each line shows: the most with which the card fits."""


def meeting_card(subject_id: int, reader: CardReader) -> Screen:
    """Show a meeting in a group, with the answers of the coalition's members; what is over takes none any more."""
    meeting, language = reader.uow.meetings.get(MeetingId(subject_id)), reader.language
    if meeting.state is MeetingState.CANCELLED:
        return Screen(_head(meeting, reader))
    named, silent = _named(meeting, reader), len(reader.uow.meetings.silent(meeting.id))
    text = Markup()
    for most in NAMES:
        text = paragraphs(_head(meeting, reader), _answers(named, silent, most, language))
        if length(text) <= FITS:
            break
    if meeting.starts_at <= reader.now:
        return Screen(text)
    calendar = (button(language.plain("Add to my calendar"), "calendar", meeting.id),)
    return Screen(text, (*answer_buttons(meeting, None, language), calendar))


def _head(meeting: Meeting, reader: CardReader) -> Markup:
    """Say what, when and where, with the beginning of a long agenda."""
    shown = replace(meeting, agenda=shortened(meeting.agenda, AGENDA_SHOWN))
    return meeting_text(shown, reader.uow, reader.language, reader.territory)


def _named(meeting: Meeting, reader: CardReader) -> Mapping[Answer, Sequence[str]]:
    """Give the names of who answered, by answer, in the order they did."""
    given = reader.uow.meetings.answers(meeting.id)
    names = reader.uow.people.names(given)
    return {answer: [names[one] for one, said in given.items() if said is answer] for answer in Answer}


def _answers(named: Mapping[Answer, Sequence[str]], silent: int, most: int, language: Language) -> Markup:
    return lines(
        *(_answer_line(answer, named[answer], most, language) for answer in Answer),
        language.say_n("No answer yet: {n}", "No answer yet: {n}", silent) if silent else None,
    )


def _answer_line(answer: Answer, names: Sequence[str], most: int, language: Language) -> Markup:
    word, count = answer_name(answer, language), language.number(len(names))
    if not names or not most:
        return language.say("<b>{answer}</b>: {n}", answer=word, n=count)
    more = len(names) - most
    if more <= 0:
        shown = language.listing(names)
    else:
        shown = language.say_n(
            "{names} and {n} other", "{names} and {n} others", more, names=Markup(", ").join(names[:most])
        )
    return language.say("<b>{answer}</b>: {n} ({names})", answer=word, n=count, names=shown)
