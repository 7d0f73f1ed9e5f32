"""Deep links: what a link that starts the bot asks for. Its words are a stranger's until they are checked."""

import re
from typing import Final

from handlers.members.coalitions import join_by_code
from handlers.reply import Reply
from handlers.turn import Turn

JOIN: Final = "join_"
WELL_FORMED: Final = re.compile(r"join_[a-z0-9]{1,32}")


def known_link(words: str) -> str:
    """Give the link's words where they are of a kind that is followed, else nothing."""
    return words if WELL_FORMED.fullmatch(words) else ""


def follow_link(turn: Turn, words: str) -> Reply | None:
    """Do what a link asks for; None where it asks for nothing that exists."""
    link = known_link(words)
    return join_by_code(turn, link.removeprefix(JOIN)) if link else None
