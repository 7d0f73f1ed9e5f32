"""Rendering: which function makes which card."""

from collections.abc import Callable, Mapping
from typing import Final

from handlers.group_cards.date_poll import date_poll_card
from handlers.group_cards.meeting import meeting_card
from handlers.group_cards.reader import CardReader, Gone
from handlers.group_cards.roadmap import roadmap_card
from handlers.group_cards.steps import steps_card
from handlers.group_cards.support import support_card
from handlers.group_cards.vote import vote_card
from handlers.screen import Screen
from programme.errors import NotFound
from programme.groups import CardKind, GroupCard

CARDS: Final[Mapping[CardKind, Callable[[int, CardReader], Screen]]] = {
    CardKind.MEETING: meeting_card,
    CardKind.STEPS: steps_card,
    CardKind.ROADMAP: roadmap_card,
    CardKind.VOTE: vote_card,
    CardKind.DATE_POLL: date_poll_card,
    CardKind.SUPPORT: support_card,
}
"""What makes each kind of card, from the id of its subject; it raises Gone where there is nothing to show."""


def render_card(card: GroupCard, reader: CardReader) -> Screen:
    """Make a card from what is true now; raises Gone."""
    try:
        return CARDS[card.kind](card.subject_id, reader)
    except NotFound:
        raise Gone from None
