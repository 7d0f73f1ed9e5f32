"""A support request as people read it: the same in the group, in private and at the project team's desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from markupsafe import Markup

from handlers.navigation import Page
from handlers.screen import Button, Rows, Screen, button, lines, paragraphs
from locales import Language
from programme.errors import NotFound
from programme.ids import PersonId
from programme.ports import UnitOfWork
from programme.support import SupportMessage, SupportRequest, SupportState
from programme.territory import Territory

SIGNS_ON_A_PAGE: Final = 2500
"""Characters of what was said that one page of an exchange shows; the longest single text fits."""
SAYINGS_ON_A_PAGE: Final = 6
HERE: Final = "here"
NOTICE: Final = "notice"
"""Where a team's buttons stand: under the request itself, or under what told of it; either changes in place."""


class Reading(Protocol):
    """What a request is read with: a turn, a notice's reader or a card's."""

    @property
    def language(self) -> Language:
        """The reader's language."""

    @property
    def territory(self) -> Territory:
        """What names the kinds of help."""

    @property
    def uow(self) -> UnitOfWork:
        """Where people and coalitions are looked up."""


@dataclass(frozen=True, slots=True)
class _Saying:
    """Something said in an exchange: by whom as they are called, on which day, and the text."""

    who: str
    at: datetime
    text: str


def kind_name(reading: Reading, key: str) -> str:
    """Give the territory's words for a kind of help; its key where the territory has it no more."""
    kinds = {kind.key: kind.label_in(reading.language.code) for kind in reading.territory.support_kinds}
    return kinds.get(key, key)


def state_words(reading: Reading, request: SupportRequest) -> str:
    """Say where a request stands: « prise en charge par Anne »."""
    plain, name = reading.language.plain, _name(reading, request.taken_by)
    match request.state:
        case SupportState.RECEIVED:
            return plain("received by the project team")
        case SupportState.TAKEN:
            return plain("looked after by {name}", name=name) if name else plain("looked after by the project team")
        case SupportState.ANSWERED:
            return plain("answered by {name}", name=name) if name else plain("answered by the project team")
        case SupportState.CLOSED:
            return plain("closed")


def head_lines(reading: Reading, request: SupportRequest) -> Markup:
    """Say what is asked, by which coalition, for when, and where it stands; five lines at most."""
    language = reading.language
    coalition = reading.uow.coalitions.get(request.coalition_id)
    wanted_on = request.wanted_on
    return lines(
        language.say("<b>Support request: {kind}</b>", kind=kind_name(reading, request.kind)),
        language.say("Coalition: {name}", name=coalition.name),
        language.say("Wanted for: {day}", day=language.day(wanted_on)) if wanted_on is not None else None,
        language.say("State: {state}", state=state_words(reading, request)),
    )


def one_line(reading: Reading, request: SupportRequest) -> Markup:
    """Write a request as one line of a list."""
    return reading.language.say(
        "• {day}: <b>{kind}</b> ({state})",
        day=reading.language.short_day(request.asked_at.astimezone(reading.territory.zone).date()),
        kind=kind_name(reading, request.kind),
        state=state_words(reading, request),
    )


def speaker(reading: Reading, message: SupportMessage) -> str:
    """Name who said something: « Léa », « Équipe projet (Anne) »."""
    name = _name(reading, message.by)
    if not message.from_staff:
        return name or reading.language.plain("The coalition")
    return (
        reading.language.plain("Project team ({name})", name=name) if name else reading.language.plain("Project team")
    )


def exchange(reading: Reading, request: SupportRequest, number: int | None) -> tuple[Markup, Rows]:
    """Give one page of what was said, the request first, and the row that turns pages; the last page where None."""
    who_asked = _name(reading, request.asked_by) or reading.language.plain("The coalition")
    sayings = [
        _Saying(who_asked, request.asked_at, request.text),
        *(
            _Saying(speaker(reading, message), message.said_at, message.text)
            for message in reading.uow.support.messages(request.id)
        ),
    ]
    pages = _pages(sayings)
    last = len(pages) - 1
    shown = last if number is None else min(max(number, 0), last)
    text = paragraphs(*(_said(reading, saying) for saying in pages[shown]))
    return text, Page(tuple(pages[shown]), shown, last).turner(reading.language, "support.one", request.id)


def team_buttons(reading: Reading, request: SupportRequest, me: PersonId, where: str) -> Rows:
    """Give what the project team can do with a request; `where` tells the handler what the buttons stand under."""
    plain = reading.language.plain
    write = button(plain("Answer"), "support.answer", request.id)
    if request.state is SupportState.CLOSED:
        return ((write,),)
    close = button(plain("Close"), "support.close", request.id, request.version, where)
    if request.taken_by == me:
        return ((write, close),)
    words = plain("Take it on") if request.taken_by is None else plain("Take it over")
    return ((button(words, "support.take", request.id, request.version, where),), (write, close))


def request_for_team(reading: Reading, request: SupportRequest, me: PersonId) -> Screen:
    """Give a request as the message that tells of it shows it, with the buttons of the project team."""
    text = paragraphs(head_lines(reading, request), reading.language.say("{text}", text=request.text))
    rows = (*team_buttons(reading, request, me, NOTICE), (to_request(reading.language, request),))
    return Screen(text, rows)


def to_request(language: Language, request: SupportRequest) -> Button:
    """Give the button that says the whole request anew, under the message that has the button."""
    return button(language.plain("See the exchange"), "support.open", request.id)


def _said(reading: Reading, saying: _Saying) -> Markup:
    language = reading.language
    day = language.short_day(saying.at.astimezone(reading.territory.zone).date())
    head = language.say("<b>{name}</b> · {day}", name=saying.who, day=day)
    return lines(head, language.say("{text}", text=saying.text))


def _pages(sayings: Sequence[_Saying]) -> list[list[_Saying]]:
    pages: list[list[_Saying]] = [[]]
    for saying in sayings:
        signs = sum(len(one.text) for one in pages[-1])
        if pages[-1] and (signs + len(saying.text) > SIGNS_ON_A_PAGE or len(pages[-1]) == SAYINGS_ON_A_PAGE):
            pages.append([])
        pages[-1].append(saying)
    return pages


def _name(reading: Reading, person_id: PersonId | None) -> str:
    if person_id is None:
        return ""
    try:
        return reading.uow.people.get(person_id).name
    except NotFound:
        return ""
