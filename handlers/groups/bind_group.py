"""Bind a group, or one topic of it, to a coalition: `/lier`, said there by who facilitates it."""

from markupsafe import Markup

from handlers.feature import Feature
from handlers.groups.aside import tell_aside
from handlers.navigation import page_of, way_out
from handlers.reply import Reply, say, say_in_passing
from handlers.screen import Screen, button, lines
from handlers.turn import Turn
from programme.coalitions import Coalition
from programme.errors import NotAllowed
from programme.groups import Group
from programme.ids import CoalitionId
from programme.usecases.bind_group import bind_group, bound_coalition, coalitions_to_bind
from programme.usecases.note_presence import may_write_again
from programme.usecases.rights import led_coalition


def begin(turn: Turn) -> Reply:
    """Bind at once where there is no choice, else ask which coalition talks here."""
    possible = () if turn.person is None else coalitions_to_bind(turn.uow, turn.person.id)
    if not possible:
        return tell_aside(turn, _not_a_facilitator(turn))
    if not may_write_again(turn.uow, turn.chat.id, turn.now):
        return tell_aside(turn, _no_voice(turn))
    if len(possible) > 1:
        return turn.show(_choice(turn, 0))
    (only,) = possible
    if turn.uow.groups.of_chat(turn.chat.id, turn.chat.thread_id) == _group(turn, only.id):
        return say_in_passing(Screen(_already(turn, only)))
    return _bind_or_ask(turn, only.id)


def show_choice(turn: Turn) -> Reply:
    """Show another page of the coalitions."""
    return turn.show(_choice(turn, turn.number(0)))


def choose(turn: Turn) -> Reply:
    """Bind to the coalition that was tapped, or ask first where another one talks here."""
    return _bind_or_ask(turn, CoalitionId(turn.number(0)))


def replace_binding(turn: Turn) -> Reply:
    """Bind in place of the coalition that was named in the question."""
    chosen, before = CoalitionId(turn.number(0)), CoalitionId(turn.number(1))
    coalition = bind_group(turn.uow, turn.me.id, _group(turn, chosen), turn.now, instead_of=before)
    return turn.show(Screen(_bound(turn, coalition)))


def keep_binding(turn: Turn) -> Reply:
    """Leave everything as it is; only who could have answered the question may close it."""
    led_coalition(turn.uow, turn.me.id, CoalitionId(turn.number(0)))
    bound = bound_coalition(turn.uow, turn.chat.id, turn.chat.thread_id)
    text = turn.language.say("Nothing was changed.") if bound is None else _bound(turn, bound)
    return turn.show(Screen(text))


def say_where(turn: Turn) -> Reply:
    """Say in private where /lier belongs."""
    text = turn.language.say(
        "/lier is for the group in which your coalition talks: add me to it, and send /lier there. "
        "In a topic, it binds that topic only."
    )
    return say(Screen(text, way_out(turn.language)))


def _bind_or_ask(turn: Turn, chosen: CoalitionId) -> Reply:
    coalition = led_coalition(turn.uow, turn.me.id, chosen)
    bound = bound_coalition(turn.uow, turn.chat.id, turn.chat.thread_id)
    if bound is not None and bound.id != coalition.id:
        return turn.show(_question(turn, bound, coalition))
    bind_group(turn.uow, turn.me.id, _group(turn, coalition.id), turn.now)
    return turn.show(Screen(_bound(turn, coalition)))


def _group(turn: Turn, coalition_id: CoalitionId) -> Group:
    return Group(turn.chat.id, turn.chat.thread_id, coalition_id)


def _choice(turn: Turn, number: int) -> Screen:
    language = turn.language
    page = page_of(coalitions_to_bind(turn.uow, turn.me.id), number)
    if not page.things:
        raise NotAllowed
    bound = bound_coalition(turn.uow, turn.chat.id, turn.chat.thread_id)
    text = lines(
        language.say("<b>Which coalition talks here?</b>"),
        None if bound is None else language.say("Until now: {coalition}", coalition=bound.name),
    )
    rows = tuple((button(coalition.name, "bind", coalition.id),) for coalition in page.things)
    return Screen(text, (*rows, *page.turner(language, "bind.list")))


def _question(turn: Turn, bound: Coalition, chosen: Coalition) -> Screen:
    language, facts = turn.language, {"bound": bound.name, "chosen": chosen.name}
    if turn.chat.thread_id is None:
        text = language.say("This group is that of the coalition “{bound}”. Give it to “{chosen}”?", **facts)
    else:
        text = language.say("This topic is that of the coalition “{bound}”. Give it to “{chosen}”?", **facts)
    change = button(language.plain("Yes, change it"), "bind.sure", chosen.id, bound.id)
    keep = button(language.plain("No, leave it"), "bind.keep", chosen.id)
    return Screen(text, ((change, keep),))


def _bound(turn: Turn, coalition: Coalition) -> Markup:
    language, name = turn.language, coalition.name
    if turn.chat.thread_id is None:
        return language.say(
            "This group is that of the coalition “{coalition}”. /aide shows what can be done here.", coalition=name
        )
    return language.say(
        "This topic is that of the coalition “{coalition}”. /aide shows what can be done here.", coalition=name
    )


def _already(turn: Turn, coalition: Coalition) -> Markup:
    language, name = turn.language, coalition.name
    if turn.chat.thread_id is None:
        return language.say("This group is already that of the coalition “{coalition}”.", coalition=name)
    return language.say("This topic is already that of the coalition “{coalition}”.", coalition=name)


def _no_voice(turn: Turn) -> Screen:
    text = turn.language.say(
        "I may not write in this group. Please let members, or me, send messages there, then send /lier again."
    )
    return Screen(text, way_out(turn.language))


def _not_a_facilitator(turn: Turn) -> Screen:
    text = turn.language.say("Only those who facilitate a coalition, or the project team, can bind a group to it.")
    return Screen(text, way_out(turn.language))


FEATURE = Feature(
    commands={"lier": say_where},
    group_commands={"lier": begin},
    group_buttons={"bind": choose, "bind.list": show_choice, "bind.sure": replace_binding, "bind.keep": keep_binding},
)
