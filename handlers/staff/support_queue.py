"""The project team's queue of support requests: oldest first, taken on, and closed."""

from handlers.cards.support import HERE, kind_name, one_line, request_for_team
from handlers.feature import Feature
from handlers.members.support_exchange import request_screen
from handlers.navigation import page_of, way_out
from handlers.reply import Reply
from handlers.screen import Screen, button, lines
from handlers.turn import Turn
from programme.errors import Outdated
from programme.ids import SupportRequestId
from programme.support import SupportRequest
from programme.usecases.close_support import close_support
from programme.usecases.rights import require_staff
from programme.usecases.take_support import take_support


def show_queue(turn: Turn) -> Reply:
    """Show the requests that are not closed, by age."""
    require_staff(turn.uow, turn.me.id)
    language = turn.language
    page = page_of(turn.uow.support.unclosed(), turn.number(0) if turn.word(0) else 0)
    text = lines(
        language.say("<b>Support requests</b>"),
        *(one_line(turn, request) for request in page.things),
        None if page.things else language.say("Nothing waits for you."),
    )
    rows = (
        *((button(_label(turn, request), "support.one", request.id),) for request in page.things),
        *page.turner(language, "support.queue"),
        *way_out(language, "team", 0),
    )
    return turn.show(Screen(text, rows))


def take(turn: Turn) -> Reply:
    """Take a request on, from the queue or from the notice that told of it."""
    try:
        taken = take_support(turn.uow, turn.me.id, SupportRequestId(turn.number(0)), turn.number(1), turn.now)
    except Outdated:
        return _as_it_is(turn)
    return _shown(turn, taken, turn.language.plain("It is yours: the coalition is told."))


def close(turn: Turn) -> Reply:
    """Close a request, from the queue or from the notice that told of it."""
    try:
        closed = close_support(turn.uow, turn.me.id, SupportRequestId(turn.number(0)), turn.number(1), turn.now)
    except Outdated:
        return _as_it_is(turn)
    return _shown(turn, closed, turn.language.plain("Closed: the coalition is told."))


def _as_it_is(turn: Turn) -> Reply:
    """Show what has changed meanwhile, so that the next tap is about that."""
    request = turn.uow.support.get(SupportRequestId(turn.number(0)))
    return _shown(turn, request, turn.language.plain("This has changed meanwhile: here is where it stands."))


def _shown(turn: Turn, request: SupportRequest, words: str) -> Reply:
    under_itself = turn.word(2) == HERE
    screen = request_screen(turn, request) if under_itself else request_for_team(turn, request, turn.me.id)
    return turn.show(screen, toast=words)


def _label(turn: Turn, request: SupportRequest) -> str:
    coalition = turn.uow.coalitions.get(request.coalition_id)
    return f"{kind_name(turn, request.kind)} · {coalition.name}"


FEATURE = Feature(
    buttons={"support.queue": show_queue, "support.take": take, "support.close": close},
)
