"""The help in a group: what works there, and the way to the rest."""

from handlers.feature import Feature
from handlers.groups.aside import to_private_chat
from handlers.reply import Reply
from handlers.screen import Screen, lines
from handlers.turn import Turn
from programme.usecases.bind_group import bound_coalition


def show_help(turn: Turn) -> Reply:
    """Say in a few lines what can be done in this group."""
    language = turn.language
    bound = bound_coalition(turn.uow, turn.chat.id, turn.chat.thread_id)
    if bound is None:
        binding = language.say("/lier: say which coalition talks here, if you facilitate it")
    else:
        binding = language.say("/lier: choose another coalition than “{coalition}”", coalition=bound.name)
    text = lines(
        language.say("<b>Here, I understand:</b>"),
        language.say("/action: log an action of the coalition"),
        binding,
        language.say("Everything else is in our private chat."),
    )
    return turn.show(Screen(text, ((to_private_chat(turn, "menu"),),)))


FEATURE = Feature(group_commands={"aide": show_help})
