"""The tables: those of the programme, of its actions and forums, and those of delivery."""

from storage.tables import actions, delivery, forums, programme
from storage.tables.columns import metadata

__all__ = ["actions", "delivery", "forums", "metadata", "programme"]
