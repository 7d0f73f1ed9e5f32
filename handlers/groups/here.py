"""The coalition that talks where a command is said in a group, and whether who says it may do so."""

from collections.abc import Callable
from dataclasses import replace

from handlers.feature import Handler
from handlers.groups.aside import private_chat, reachable_in_private, tell_aside, to_private_chat
from handlers.navigation import way_out
from handlers.reply import Reply, say_in_passing
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.which_coalition import ForCoalition
from programme.usecases.bind_group import bound_coalition
from programme.usecases.rights import facilitates, is_member


def for_facilitator(begin: ForCoalition) -> Handler:
    """Give the handler of a group's command that only who facilitates its coalition, or staff, may use."""

    def handler(turn: Turn) -> Reply:
        coalition = bound_coalition(turn.uow, turn.chat.id, turn.chat.thread_id)
        if coalition is None:
            return say_in_passing(not_bound(turn))
        if turn.person is None or not facilitates(turn.uow, turn.person.id, coalition.id):
            text = turn.language.say(
                "Only those who facilitate the coalition “{coalition}” can do this.", coalition=coalition.name
            )
            return tell_aside(turn, Screen(text, way_out(turn.language)))
        return begin(turn, coalition)

    return handler


def for_member(begin: ForCoalition) -> Handler:
    """Give the handler of a group's command that members of its coalition may use."""

    def handler(turn: Turn) -> Reply:
        coalition = bound_coalition(turn.uow, turn.chat.id, turn.chat.thread_id)
        if coalition is None:
            return say_in_passing(not_bound(turn))
        own = None if turn.person is None else turn.person.id
        if own is None or not (is_member(turn.uow, own, coalition.id) or facilitates(turn.uow, own, coalition.id)):
            text = turn.language.say(
                "Only members of the coalition “{coalition}” can do this.", coalition=coalition.name
            )
            return say_in_passing(Screen(text, ((to_private_chat(turn, f"join_{coalition.code}"),),)))
        return begin(turn, coalition)

    return handler


def in_private(turn: Turn, begin: Callable[[Turn], Reply]) -> Reply:
    """Go on in the private chat of who speaks; where the bot can't write there, say how to open it, in passing."""
    if not reachable_in_private(turn):
        text = turn.language.say("This goes on in our private chat: write to me there first.")
        return say_in_passing(Screen(text, ((to_private_chat(turn, "menu"),),)))
    chat = private_chat(turn)
    return begin(replace(turn, chat=chat)).within(chat)


def not_bound(turn: Turn) -> Screen:
    """Say that nobody has told which coalition talks here."""
    return Screen(
        turn.language.say("I do not know which coalition talks here: whoever facilitates it can tell me with /lier.")
    )
