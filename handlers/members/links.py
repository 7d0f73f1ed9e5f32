"""Deep links: what a link that starts the bot asks for. Its words are a stranger's until they are checked."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from handlers.members.coalitions import join_by_code
from handlers.members.forum import open_by_code, show_ticket_holder
from handlers.members.log_action import start_by_code
from handlers.reply import Reply
from handlers.turn import Turn

LINKS: Final[Mapping[str, Callable[[Turn, str], Reply]]] = {
    "join": join_by_code,
    "forum": open_by_code,
    "action": start_by_code,
    "ticket": show_ticket_holder,
}
"""What each kind of link does with the code behind it."""
WELL_FORMED: Final = re.compile(r"(?P<kind>join|forum|action|ticket)_(?P<code>[A-Za-z0-9_-]{1,32})")


def known_link(words: str) -> str:
    """Give the link's words where they are of a kind that is followed, else nothing."""
    return words if WELL_FORMED.fullmatch(words) else ""


def follow_link(turn: Turn, words: str) -> Reply | None:
    """Do what a link asks for; None where it asks for nothing that exists."""
    link = WELL_FORMED.fullmatch(words)
    return None if link is None else LINKS[link["kind"]](turn, link["code"])
