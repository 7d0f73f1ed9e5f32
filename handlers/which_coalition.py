"""For which coalition: asked only where there are several."""

from collections.abc import Callable, Sequence

from handlers.feature import Handler
from handlers.navigation import page_of, way_out
from handlers.reply import Reply
from handlers.said import Tap
from handlers.screen import Screen, button
from handlers.turn import Turn
from programme.coalitions import Coalition
from programme.ids import CoalitionId

ForCoalition = Callable[[Turn, Coalition], Reply]
"""Answers for one coalition: of who speaks, or of the group where it is said."""


def coalition_first(
    route: str,
    begin: ForCoalition,
    *,
    listed: Callable[[Turn], Sequence[Coalition]],
    checked: Callable[[Turn, CoalitionId], Coalition],
    without: Callable[[Turn], Reply],
) -> Handler:
    """Give the handler of a command that begins at once for the only coalition, or lists them as buttons of `route`.

    The same handler answers that route: with a coalition's number it begins, once `checked` has let it pass, with
    « page » and a number it turns. Who has none is answered by `without`.
    """

    def handler(turn: Turn) -> Reply:
        # A handler is also called by other buttons, such as the one that begins a form again.
        tapped = isinstance(turn.said, Tap) and turn.said.route == route
        if tapped and turn.word(0) not in {"", "page"}:
            return begin(turn, checked(turn, CoalitionId(turn.number(0))))
        own = listed(turn)
        if not own:
            return without(turn)
        if len(own) == 1:
            return begin(turn, own[0])
        page = page_of(own, turn.number(1) if tapped and turn.word(1) else 0)
        rows = tuple((button(one.name, route, one.id),) for one in page.things)
        text = turn.language.say("<b>For which coalition?</b>")
        return turn.show(Screen(text, (*rows, *page.turner(turn.language, route, "page"), *way_out(turn.language))))

    return handler
