"""Whose turn it is, asked in the group: one message, and the way to change it in private."""

from handlers.cards.rotation import rotation_lines
from handlers.feature import Feature
from handlers.groups.aside import to_private_chat
from handlers.groups.here import for_member
from handlers.reply import Reply, say
from handlers.screen import Screen
from handlers.turn import Turn
from programme.coalitions import Coalition


def show(turn: Turn, coalition: Coalition) -> Reply:
    """Say who chairs next, and the order."""
    language = turn.group_language or turn.language
    text = rotation_lines(turn.uow, coalition, language, turn.territory, turn.now)
    return say(Screen(text, ((to_private_chat(turn, f"chairs_{coalition.code}"),),)))


FEATURE = Feature(group_commands={"animation": for_member(show)})
