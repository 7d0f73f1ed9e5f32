"""Levels of commitment that organisations ask for: the queue of those that wait, confirmed or refused with a word."""

from dataclasses import dataclass

from handlers.cards.level import level_name, request_card
from handlers.feature import Feature
from handlers.forms import Form, Question, Text, open_form
from handlers.forms.option import LABEL_MAX
from handlers.forms.wording import shortened
from handlers.navigation import page_of, way_out
from handlers.reply import Reply, say
from handlers.screen import Rows, Screen, button, lines, paragraphs
from handlers.turn import Turn
from locales import Language, _
from programme.commitment_levels import LevelRequest, LevelRequestState
from programme.errors import NotFound, TooLate
from programme.ids import LevelRequestId
from programme.ports import UnitOfWork
from programme.territory import Territory
from programme.usecases.decide_level import decide_level
from programme.usecases.decide_proposal import WORD_MAX
from programme.usecases.rights import require_staff


@dataclass(frozen=True, slots=True)
class LevelRefusal:
    """The word that goes with a refusal, and the number of the request."""

    word: str = ""
    request: str = ""


def show_waiting(turn: Turn) -> Reply:
    """Show the requests that wait, oldest first."""
    return _waiting(turn, turn.number(0) if turn.word(0) else 0)


def begin_again(turn: Turn) -> Reply:
    """Show the requests from the first page."""
    return _waiting(turn, 0)


def show_request(turn: Turn) -> Reply:
    """Show one request, with the buttons that decide it."""
    require_staff(turn.uow, turn.me.id)
    request = turn.uow.level_requests.get(LevelRequestId(turn.number(0)))
    return turn.show(request_screen(request, turn.uow, turn.language, turn.territory))


def confirm(turn: Turn) -> Reply:
    """Confirm a level."""
    request_id = LevelRequestId(turn.number(0))
    decided = decide_level(turn.uow, turn.me.id, request_id, turn.territory, turn.now, confirmed=True)
    toast = turn.language.plain("Done: the person is told.")
    return turn.show(request_screen(decided, turn.uow, turn.language, turn.territory), toast=toast)


def ask_word(turn: Turn) -> Reply:
    """Ask for the word that goes with a refusal."""
    require_staff(turn.uow, turn.me.id)
    request = turn.uow.level_requests.get(LevelRequestId(turn.number(0)))
    if request.state is not LevelRequestState.ASKED:
        raise TooLate
    return open_form(turn, REFUSE_LEVEL, context={"request": str(request.id)})


def request_screen(request: LevelRequest, uow: UnitOfWork, language: Language, territory: Territory) -> Screen:
    """Give a request as it stands: with its buttons while it waits, else with what was decided."""
    rows: Rows = ()
    if request.state is LevelRequestState.ASKED:
        rows = (
            (
                button(language.plain("Confirm"), "level.confirm", request.id),
                button(language.plain("Refuse with a word"), "level.refuse", request.id),
            ),
        )
    return Screen(request_card(request, uow, language, territory), (*rows, *way_out(language, "levels", 0)))


def _waiting(turn: Turn, number: int) -> Reply:
    require_staff(turn.uow, turn.me.id)
    language = turn.language
    page = page_of(turn.uow.level_requests.waiting(), number)
    text = paragraphs(
        language.say("<b>Levels of commitment</b>"),
        lines(*(_line(turn, request) for request in page.things)) or language.say("Nothing waits for you."),
    )
    rows = (
        *((button(shortened(_name(turn, request), LABEL_MAX), "level", request.id),) for request in page.things),
        *page.turner(language, "levels"),
        *way_out(language, "approvals"),
    )
    return turn.show(Screen(text, rows))


def _line(turn: Turn, request: LevelRequest) -> str:
    language = turn.language
    return language.say(
        "• {name}: {level}, waits since {day}",
        name=_name(turn, request),
        level=level_name(request.level, language, turn.territory),
        day=language.day(request.asked_at.astimezone(turn.territory.zone).date()),
    )


def _name(turn: Turn, request: LevelRequest) -> str:
    return turn.uow.organisations.get(request.organisation_id).name


def _refuse(turn: Turn, refusal: LevelRefusal) -> Reply:
    if not refusal.request.isdecimal():
        raise NotFound
    request_id = LevelRequestId(int(refusal.request))
    decided = decide_level(
        turn.uow, turn.me.id, request_id, turn.territory, turn.now, confirmed=False, word=refusal.word
    )
    return say(request_screen(decided, turn.uow, turn.language, turn.territory))


REFUSE_LEVEL = Form(
    name="refuse_level",
    version=1,
    into=LevelRefusal,
    questions=(
        Question(
            "word",
            _("What shall I tell the person who asked for it?"),
            Text(longest=WORD_MAX, multiline=True),
            hint=_("For example: a figure and a date are missing, ask again with both."),
            label=_("Word"),
            optional=True,
        ),
    ),
    review=_("The refusal"),
    submit=_refuse,
)

FEATURE = Feature(
    buttons={"levels": show_waiting, "level": show_request, "level.confirm": confirm, "level.refuse": ask_word},
    forms=(REFUSE_LEVEL,),
    again={REFUSE_LEVEL.name: begin_again},
)
