"""The tables: those of the programme and of each of its subjects, and those of delivery."""

from storage.tables import actions, commitments, delivery, forums, groups, meetings, programme, support
from storage.tables.columns import metadata

__all__ = [
    "actions",
    "commitments",
    "delivery",
    "forums",
    "groups",
    "meetings",
    "metadata",
    "programme",
    "support",
]
