"""For which of one's coalitions: asked only of who belongs to several."""

from collections.abc import Sequence

from handlers.feature import Handler
from handlers.navigation import way_out
from handlers.reply import Reply, say
from handlers.screen import Screen, button
from handlers.turn import Turn
from handlers.which_coalition import ForCoalition, coalition_first
from programme.coalitions import Coalition, CoalitionState
from programme.errors import NotAllowed, NotFound
from programme.ids import CoalitionId
from programme.usecases.rights import facilitates, is_member


def own_coalition_first(route: str, begin: ForCoalition) -> Handler:
    """Give the handler of a command, and of its `route`, that begins for a coalition that who speaks belongs to."""
    return coalition_first(route, begin, listed=_own, checked=own_coalition, without=_none_yet)


def own_coalition(turn: Turn, coalition_id: CoalitionId) -> Coalition:
    """Give an active coalition to its members and staff; raises NotAllowed or NotFound."""
    coalition = turn.uow.coalitions.get(coalition_id)
    if not (is_member(turn.uow, turn.me.id, coalition_id) or facilitates(turn.uow, turn.me.id, coalition_id)):
        raise NotAllowed
    if coalition.state is not CoalitionState.ACTIVE:
        raise NotFound
    return coalition


def own_coalition_of_code(turn: Turn, code: str) -> Coalition:
    """Give the active coalition of a link to its members and staff; raises NotAllowed or NotFound."""
    coalition = turn.uow.coalitions.by_code(code)
    if coalition is None:
        raise NotFound
    return own_coalition(turn, coalition.id)


def _own(turn: Turn) -> Sequence[Coalition]:
    return turn.uow.coalitions.active() if turn.staff else turn.uow.coalitions.of_person(turn.me.id)


def _none_yet(turn: Turn) -> Reply:
    language = turn.language
    text = language.say("You are in no coalition yet. Find one that suits you, or propose one.")
    return say(Screen(text, ((button(language.plain("Coalitions"), "coalitions"),), *way_out(language))))
