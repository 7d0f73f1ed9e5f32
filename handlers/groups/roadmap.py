"""The roadmap of a coalition in its group: one card, changed in place; its editing goes on in private."""

from handlers.feature import Feature
from handlers.groups.here import for_member
from handlers.reply import SILENCE, Reply
from handlers.turn import Turn
from programme.coalitions import Coalition
from programme.groups import CardKind, Group, GroupCard


def show(turn: Turn, coalition: Coalition) -> Reply:
    """Say the card where it is asked for; the one that stood in the group goes."""
    here = Group(turn.chat.id, turn.chat.thread_id, coalition.id)
    turn.uow.group_cards.show(GroupCard(CardKind.ROADMAP, coalition.id), here, turn.now)
    return SILENCE


FEATURE = Feature(group_commands={"feuillederoute": for_member(show)})
