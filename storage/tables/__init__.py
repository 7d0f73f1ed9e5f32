"""The tables: those of the programme, and those of delivery."""

from storage.tables import delivery, programme
from storage.tables.columns import metadata

__all__ = ["delivery", "metadata", "programme"]
