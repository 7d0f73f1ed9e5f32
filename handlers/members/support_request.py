"""A support request with what was said about it and what was found, as one side sees it."""

from handlers.cards.support import (
    FOUND_MOST,
    HERE,
    LABEL_MAX,
    exchange,
    finding_words,
    head_lines,
    speaker,
    team_buttons,
    with_file,
)
from handlers.feature import Feature
from handlers.forms.wording import shortened
from handlers.navigation import way_out
from handlers.reply import Reply, say
from handlers.screen import Rows, Screen, button, paragraphs
from handlers.turn import Turn
from programme.errors import NotFound
from programme.ids import SupportMessageId, SupportRequestId
from programme.support import SupportRequest
from programme.usecases.rights import facilitates
from programme.usecases.support_sides import require_side, speaks_for_team


def show_one(turn: Turn) -> Reply:
    """Show a request with what was said about it, the latest page first."""
    request = followed(turn)
    return turn.show(request_screen(turn, request, turn.number(1) if turn.word(1) else None))


def say_anew(turn: Turn) -> Reply:
    """Say a request as a new message: what told of it stays as it is."""
    return say(request_screen(turn, followed(turn)))


def request_screen(turn: Turn, request: SupportRequest, page: int | None = None) -> Screen:
    """Give a request as one side sees it: with the buttons of the project team, or of the coalition."""
    language = turn.language
    said, turner = exchange(turn, request, page)
    text = paragraphs(head_lines(turn, request), said)
    if speaks_for_team(turn.uow, turn.me.id, request, in_group=False):
        rows = team_buttons(turn, request, turn.me.id, HERE)
        return Screen(text, (*turner, *rows, *_finding_rows(turn, request), *way_out(language, "support.queue", 0)))
    write = (button(language.plain("Write to the project team"), "support.answer", request.id),)
    leads = facilitates(turn.uow, turn.me.id, request.coalition_id)
    back = way_out(language, "support.mine", request.coalition_id) if leads else way_out(language)
    return Screen(text, (*turner, write, *back))


def show_file(turn: Turn) -> Reply:
    """Send a file again that was sent about a request."""
    message = turn.uow.support.message(SupportMessageId(turn.number(0)))
    require_side(turn.uow, turn.me.id, turn.uow.support.get(message.request_id))
    if message.file is None:
        raise NotFound
    text = turn.language.say("<b>{name}</b>", name=speaker(turn, message))
    back = way_out(turn.language, "support.one", message.request_id)
    return say(with_file(Screen(text, back), message.file))


def followed(turn: Turn) -> SupportRequest:
    """Give the request of the button to who may follow it in private; raises NotAllowed or NotFound."""
    request = turn.uow.support.get(SupportRequestId(turn.number(0)))
    require_side(turn.uow, turn.me.id, request)
    return request


def _finding_rows(turn: Turn, request: SupportRequest) -> Rows:
    """Give the buttons of what was found, each to be changed, and the one that notes something more."""
    found = turn.uow.findings.of_request(request.id)[-FOUND_MOST:]
    plain = turn.language.plain
    return (
        *((button(shortened(f"✏️ {finding_words(one, turn.language)}", LABEL_MAX), "found", one.id),) for one in found),
        (button(plain("Note a room, a speaker…"), "found.note", request.id),),
    )


FEATURE = Feature(
    buttons={"support.one": show_one, "support.open": say_anew, "support.file": show_file},
)
