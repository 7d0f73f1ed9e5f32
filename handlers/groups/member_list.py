"""Who is in the coalition that talks in a group: one short message, and the way to the whole list."""

from handlers.feature import Feature
from handlers.groups.here import for_member
from handlers.members.member_list import short_list
from handlers.reply import Reply, say
from handlers.screen import Screen, link
from handlers.turn import Turn
from programme.coalitions import Coalition


def show_members(turn: Turn, coalition: Coalition) -> Reply:
    """Name the organisations and people of a coalition; long lists are cut."""
    language = turn.group_language or turn.language
    address = f"https://t.me/{turn.bot_username}?start=members_{coalition.code}"
    whole = (link(language.plain("The whole list, in private"), address),)
    return say(Screen(short_list(turn.uow, coalition, language, turn.territory), (whole,)))


FEATURE = Feature(group_commands={"membres": for_member(show_members)})
