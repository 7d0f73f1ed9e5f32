"""`/ressources` in a group: what the authority lends, in one message that changes in place."""

from handlers.feature import Feature
from handlers.groups.here import for_member
from handlers.members.resources import all_screen, send_file, step_screen, steps_screen, theme_screen, themes_screen
from handlers.reply import Reply, say
from handlers.screen import Rows, button
from handlers.turn import Turn
from programme.coalitions import Coalition
from programme.errors import NotAllowed
from programme.usecases.bind_group import bound_coalition
from programme.usecases.rights import facilitates, is_member


def begin(turn: Turn, _coalition: Coalition) -> Reply:
    """Show all that is lent."""
    return say(all_screen(turn, ()))


def show_all(turn: Turn) -> Reply:
    """Show all that is lent, page by page."""
    _require_member(turn)
    return turn.show(all_screen(turn, ()))


def show_steps(turn: Turn) -> Reply:
    """Show the steps for which something is lent."""
    _require_member(turn)
    return turn.show(steps_screen(turn, _back(turn, "resources.all", 0)))


def show_themes(turn: Turn) -> Reply:
    """Show the themes for which something is lent."""
    _require_member(turn)
    return turn.show(themes_screen(turn, _back(turn, "resources.all", 0)))


def show_step(turn: Turn) -> Reply:
    """Show what serves at a step."""
    _require_member(turn)
    return turn.show(step_screen(turn, lambda *_road: _back(turn, "resources.steps")))


def show_theme(turn: Turn) -> Reply:
    """Show what serves a theme."""
    _require_member(turn)
    return turn.show(theme_screen(turn, _back(turn, "resources.themes")))


def send_file_here(turn: Turn) -> Reply:
    """Send a file that is lent to the group."""
    _require_member(turn)
    return send_file(turn)


def _require_member(turn: Turn) -> None:
    """Raise NotAllowed unless who taps belongs to the coalition that talks here: others would turn its pages."""
    coalition = bound_coalition(turn.uow, turn.chat.id, turn.chat.thread_id)
    own = turn.me.id
    if coalition is None or not (is_member(turn.uow, own, coalition.id) or facilitates(turn.uow, own, coalition.id)):
        raise NotAllowed


def _back(turn: Turn, *route: object) -> Rows:
    name, *args = route
    return ((button(turn.language.plain("‹ Back"), str(name), *args),),)


FEATURE = Feature(
    group_commands={"ressources": for_member(begin)},
    group_buttons={
        "resources.all": show_all,
        "resources.steps": show_steps,
        "resources.themes": show_themes,
        "resources": show_step,
        "resources.theme": show_theme,
        "resources.file": send_file_here,
    },
)
