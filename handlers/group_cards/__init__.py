"""Cards in groups: messages that show one thing as it is when they are sent, and change in place."""

from handlers.group_cards.reader import CardReader, Gone
from handlers.group_cards.render import render_card

__all__ = ["CardReader", "Gone", "render_card"]
