"""A support request as people read it: the same in the group, in private and at the project team's desk."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Protocol

from markupsafe import Markup

from handlers.forms.wording import shortened
from handlers.names import cost_words, finding_name
from handlers.navigation import Page
from handlers.screen import Button, Rows, Screen, button, lines, paragraphs
from locales import Language
from programme.errors import NotFound
from programme.ids import PersonId
from programme.ports import UnitOfWork
from programme.support import Finding, SentFile, SupportMessage, SupportRequest, SupportState
from programme.territory import Territory

SIGNS_ON_A_PAGE: Final = 2500
"""Characters of what was said that one page of an exchange shows; the longest single text fits."""
SAYINGS_ON_A_PAGE: Final = 6
FOUND_MOST: Final = 5
"""How many things that were found one message names."""
LABEL_MAX: Final = 40
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
    """Something said in an exchange: by whom as they are called, on which day, the text, and its number if a file."""

    who: str
    at: datetime
    text: str
    file: SentFile | None = None
    number: int = 0


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
    """Say what is asked, by which coalition, for when, where it stands, and what was found."""
    language = reading.language
    coalition = reading.uow.coalitions.get(request.coalition_id)
    wanted_on = request.wanted_on
    return lines(
        language.say("<b>Support request: {kind}</b>", kind=kind_name(reading, request.kind)),
        language.say("Coalition: {name}", name=coalition.name),
        language.say("Wanted for: {day}", day=language.day(wanted_on)) if wanted_on is not None else None,
        language.say("State: {state}", state=state_words(reading, request)),
        *found_lines(reading, request),
    )


def found_lines(reading: Reading, request: SupportRequest) -> Sequence[Markup]:
    """Say what was found for a request, one line each, the latest five."""
    found = reading.uow.findings.of_request(request.id)
    return [
        reading.language.say("✓ {found}", found=finding_words(one, reading.language)) for one in found[-FOUND_MOST:]
    ]


def finding_words(finding: Finding, language: Language) -> str:
    """Say what was found, on which day and at what cost, as far as is known: « Salle réservée : … »."""
    what = language.plain("{label}: {answer}", label=finding_name(finding.kind, language), answer=finding.name)
    day = None if finding.happens_on is None else language.day(finding.happens_on)
    cost = None if finding.cents is None else cost_words(finding.cents, language)
    return ", ".join(part for part in (what, day, cost) if part is not None)


def file_words(file: SentFile, language: Language) -> str:
    """Name a file that was sent: a document by its name."""
    return shortened(file.name, LABEL_MAX) if file.name else language.plain("Photo")


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
    """Give one page of what was said, the request first, with the buttons of its files and those that turn pages.

    It is the last page where `number` is None.
    """
    who_asked = _name(reading, request.asked_by) or reading.language.plain("The coalition")
    sayings = [
        _Saying(who_asked, request.asked_at, request.text),
        *(
            _Saying(speaker(reading, message), message.said_at, message.text, message.file, message.id)
            for message in reading.uow.support.messages(request.id)
        ),
    ]
    pages = _pages(sayings)
    last = len(pages) - 1
    shown = last if number is None else min(max(number, 0), last)
    text = paragraphs(*(_said(reading, saying) for saying in pages[shown]))
    files = tuple(
        (button(f"📎 {file_words(one.file, reading.language)}", "support.file", one.number),)
        for one in pages[shown]
        if one.file is not None
    )
    return text, (*files, *Page(tuple(pages[shown]), shown, last).turner(reading.language, "support.one", request.id))


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


def with_file(screen: Screen, file: SentFile | None) -> Screen:
    """Give a screen with a file that was sent: a document has a name, a photo has none."""
    if file is None:
        return screen
    return replace(screen, document=file.file_id) if file.name else replace(screen, photo=file.file_id)


def team_label(reading: Reading, request: SupportRequest) -> str:
    """Give the words of the button that opens a request at the project team's desk: its kind and its coalition."""
    coalition = reading.uow.coalitions.get(request.coalition_id)
    return f"{kind_name(reading, request.kind)} · {coalition.name}"


def _said(reading: Reading, saying: _Saying) -> Markup:
    language = reading.language
    day = language.short_day(saying.at.astimezone(reading.territory.zone).date())
    head = language.say("<b>{name}</b> · {day}", name=saying.who, day=day)
    return lines(
        head,
        None if saying.file is None else language.say("📎 {text}", text=file_words(saying.file, language)),
        language.say("{text}", text=saying.text) if saying.text else None,
    )


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
