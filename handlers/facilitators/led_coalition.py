"""For which of the coalitions one facilitates: asked only of who facilitates several."""

from collections.abc import Sequence

from handlers.feature import Handler
from handlers.navigation import way_out
from handlers.reply import Reply, say
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.which_coalition import ForCoalition, coalition_first
from programme.coalitions import Coalition
from programme.errors import NotAllowed
from programme.ids import CoalitionId
from programme.usecases.bind_group import coalitions_to_bind
from programme.usecases.rights import led_coalition


def led_coalition_first(route: str, begin: ForCoalition) -> Handler:
    """Give the handler of a command, and of its `route`, that begins for a coalition that who speaks facilitates."""
    return coalition_first(route, begin, listed=_led, checked=_checked, without=_none)


def _led(turn: Turn) -> Sequence[Coalition]:
    return coalitions_to_bind(turn.uow, turn.me.id)


def _checked(turn: Turn, coalition_id: CoalitionId) -> Coalition:
    return led_coalition(turn.uow, turn.me.id, coalition_id)


def _none(turn: Turn) -> Reply:
    if not turn.staff:
        raise NotAllowed
    return say(Screen(turn.language.say("There is no coalition yet."), way_out(turn.language)))
