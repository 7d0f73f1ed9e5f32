"""Cards in groups: messages that show one thing as it is when they are sent, and change in place."""

from handlers.cards.reader import CardReader, Gone
from handlers.cards.render import render_card

__all__ = ["CardReader", "Gone", "render_card"]
