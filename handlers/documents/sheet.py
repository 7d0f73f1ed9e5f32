"""A list in words, before any file keeps it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

Cell = str | int | Decimal | date | datetime | None
"""What stands in one cell; a datetime is on the territory's clock and has no zone."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list: its name, one heading a column, and its rows, as wide as the headings."""

    title: str
    headings: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
