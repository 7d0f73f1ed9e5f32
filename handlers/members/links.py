"""Deep links: what a link that starts the bot asks for. Its words are a stranger's until they are checked."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from handlers.facilitators.chairs import open_by_code as open_chairs_by_code
from handlers.facilitators.steps import open_by_code as open_steps_by_code
from handlers.members.answer_dates import open_by_number as open_dates_by_number
from handlers.members.coalitions import join_by_code
from handlers.members.commitment_card import show_by_code as show_card_by_code
from handlers.members.doors import help_by_code, show_ticket_holder
from handlers.members.forum import open_by_code
from handlers.members.invitation import join_by_invitation
from handlers.members.log_action import start_by_code
from handlers.members.meeting import answer_by_link
from handlers.members.meeting import open_by_number as open_meeting_by_number
from handlers.members.member_list import show_by_code as show_members_by_code
from handlers.members.roadmap import open_by_code as open_roadmap_by_code
from handlers.members.vote import open_by_number as open_vote_by_number
from handlers.reply import Reply
from handlers.turn import Turn

LINKS: Final[Mapping[str, Callable[[Turn, str], Reply]]] = {
    "join": join_by_code,
    "inv": join_by_invitation,
    "members": show_members_by_code,
    "forum": open_by_code,
    "action": start_by_code,
    "ticket": show_ticket_holder,
    "accueil": help_by_code,
    "roadmap": open_roadmap_by_code,
    "vote": open_vote_by_number,
    "steps": open_steps_by_code,
    "chairs": open_chairs_by_code,
    "dates": open_dates_by_number,
    "card": show_card_by_code,
    "answer": answer_by_link,
    "meeting": open_meeting_by_number,
}
"""What each kind of link does with the code behind it."""
WELL_FORMED: Final = re.compile(rf"(?P<kind>{'|'.join(LINKS)})_(?P<code>[A-Za-z0-9_-]{{1,32}})")


def known_link(words: str) -> str:
    """Give the link's words where they are of a kind that is followed, else nothing."""
    return words if WELL_FORMED.fullmatch(words) else ""


def follow_link(turn: Turn, words: str) -> Reply | None:
    """Do what a link asks for; None where it asks for nothing that exists."""
    link = WELL_FORMED.fullmatch(words)
    return None if link is None else LINKS[link["kind"]](turn, link["code"])
