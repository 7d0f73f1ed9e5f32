"""Log an action from a group: the conversation goes on in private, and the group reads one line when it is done."""

from dataclasses import replace

from handlers.feature import Feature
from handlers.groups.aside import private_chat, reachable_in_private, to_private_chat
from handlers.groups.here import not_bound
from handlers.members.log_action import start_action_for
from handlers.reply import Reply, say_in_passing
from handlers.said import Command
from handlers.screen import Screen
from handlers.turn import Turn
from programme.coalitions import Coalition
from programme.usecases.bind_group import bound_coalition
from programme.usecases.rights import facilitates, is_member


def begin(turn: Turn) -> Reply:
    """Open the form in private for the coalition of this group, with the words behind the command as its title."""
    coalition = bound_coalition(turn.uow, turn.chat.id, turn.chat.thread_id)
    if coalition is None:
        return say_in_passing(not_bound(turn))
    if not (reachable_in_private(turn) and _belongs(turn, coalition)):
        return say_in_passing(_way_in(turn, coalition))
    chat = private_chat(turn)
    title = turn.said.words if isinstance(turn.said, Command) else ""
    return start_action_for(replace(turn, chat=chat), coalition, turn.chat, title=title).within(chat)


def _belongs(turn: Turn, coalition: Coalition) -> bool:
    own = turn.me.id
    return facilitates(turn.uow, own, coalition.id) or is_member(turn.uow, own, coalition.id)


def _way_in(turn: Turn, coalition: Coalition) -> Screen:
    text = turn.language.say(
        "To log an action of the coalition “{coalition}”, write to me in private first.", coalition=coalition.name
    )
    return Screen(text, ((to_private_chat(turn, f"action_{coalition.code}"),),))


FEATURE = Feature(group_commands={"action": begin})
