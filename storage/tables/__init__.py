"""The tables: those of the programme and of each of its subjects, and those of delivery."""

from storage.tables import (
    actions,
    announcements,
    campaigns,
    commitments,
    delivery,
    doors,
    forums,
    groups,
    meetings,
    operations,
    programme,
    support,
)
from storage.tables.columns import metadata

__all__ = [
    "actions",
    "announcements",
    "campaigns",
    "commitments",
    "delivery",
    "doors",
    "forums",
    "groups",
    "meetings",
    "metadata",
    "operations",
    "programme",
    "support",
]
