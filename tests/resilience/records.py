"""What stands in the bot's database, read beside it."""

import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final


def rows(database: Path, question: str) -> list[tuple[Any, ...]]:
    """Ask the database file."""
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(question).fetchall()


@dataclass(frozen=True, slots=True)
class InHand:
    """What a killed bot had in hand: updates without their turn, messages on their way, conversations under way."""

    updates: int = 0
    messages: int = 0
    drafts: int = 0

    def __add__(self, other: "InHand") -> "InHand":
        """Both together."""
        return InHand(self.updates + other.updates, self.messages + other.messages, self.drafts + other.drafts)


NOTHING: Final = InHand()


def in_hand(database: Path) -> InHand:
    """Look at what a bot that has just been killed left behind."""
    if not rows(database, "SELECT 1 FROM sqlite_master WHERE name = 'outbox'"):
        return NOTHING
    (counts,) = rows(
        database,
        "SELECT (SELECT count(*) FROM inbox WHERE state = 'waiting'),"
        " (SELECT count(*) FROM outbox WHERE state = 'sending'), (SELECT count(*) FROM drafts)",
    )
    return InHand(*counts)


def states(database: Path, table: str) -> Counter[str]:
    """How many rows of the inbox or the outbox are in each state."""
    return Counter(dict(rows(database, f"SELECT state, count(*) FROM {table} GROUP BY state")))  # noqa: S608 - two table names of ours
