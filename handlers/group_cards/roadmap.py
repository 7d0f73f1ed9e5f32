"""The card of a roadmap in a group: how far it is, and its actions."""

from typing import Final

from handlers.cards.roadmap import in_order, roadmap_lines
from handlers.group_cards.reader import CardReader, Gone
from handlers.screen import Screen, link
from programme.coalitions import CoalitionState
from programme.ids import CoalitionId

CARD_MOST: Final = 12
"""How many actions the card names; the private chat shows them all."""


def roadmap_card(subject_id: int, reader: CardReader) -> Screen:
    """Show a coalition's roadmap in its group; the vote on it has a card of its own."""
    coalition = reader.uow.coalitions.get(CoalitionId(subject_id))
    if coalition.state is not CoalitionState.ACTIVE:
        raise Gone
    language, today = reader.language, reader.now.astimezone(reader.territory.zone).date()
    roadmap = in_order(reader.uow.actions.roadmap(coalition.id))
    shown, others = roadmap[:CARD_MOST], len(roadmap) - CARD_MOST
    rest = language.say_n("… and {n} other", "… and {n} others", others) if others > 0 else None
    text = roadmap_lines(coalition, roadmap, shown, reader.uow, language, reader.territory, today, rest)
    read = link(
        language.plain("Open it in private"), f"https://t.me/{reader.bot_username}?start=roadmap_{coalition.code}"
    )
    return Screen(text, ((read,),))
