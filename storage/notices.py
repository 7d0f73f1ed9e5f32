"""What people are to be told: rows of the outbox that hold facts, one per person and key, for ever."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select

from programme.ids import PersonId
from programme.notices import Notice, pack_notice
from storage.engine import insert_new
from storage.tables.delivery import outbox
from storage.tables.programme import people

LANE: Final = 1
"""The lane of notices in the outbox: after replies, before announcements."""
AT_ONCE: Final = 500
"""How many people one statement names; databases bound it."""
CHATS: Final = select(people.c.id, people.c.telegram_id).where(people.c.id.in_(bindparam("people", expanding=True)))


class SqlNotices:
    """The notices in the outbox; who is not reachable gets a row too, and its outcome is written there."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def tell(self, people: Iterable[PersonId], notice: Notice, key: str, now: datetime, anchor: str = "") -> int:
        """Tell each of these people once: « key:person » is kept for ever. Gives how many were new.

        Under an `anchor` the message is found again, so that a reply to it says what it answers.
        """
        row = {"content": pack_notice(notice), "state": "waiting", "reason": None, "finished_at": None}
        row["anchor"] = anchor or None
        return self._keep(people, row, key, now)

    def skip(self, people: Iterable[PersonId], notice: Notice, key: str, now: datetime, reason: str) -> int:  # noqa: ARG002 (the port's signature: what is not told keeps no facts)
        """Record that these people are not told, and why. Gives how many were new."""
        row = {"content": {}, "state": "skipped", "reason": reason, "finished_at": now, "anchor": None}
        return self._keep(people, row, key, now)

    def _keep(self, people: Iterable[PersonId], row: dict[str, Any], key: str, now: datetime) -> int:
        everybody = list(dict.fromkeys(people))
        return sum(
            self._keep_some(everybody[start : start + AT_ONCE], row, key, now)
            for start in range(0, len(everybody), AT_ONCE)
        )

    def _keep_some(self, people: list[PersonId], row: dict[str, Any], key: str, now: datetime) -> int:
        chats = {row.id: row.telegram_id for row in self._connection.execute(CHATS, {"people": people})}
        rows = [
            {
                "chat_id": chats[person],
                "person_id": person,
                "lane": LANE,
                "key": f"{key}:{person}",
                "attempts": 0,
                "due_at": now,
                "created_at": now,
                **row,
            }
            for person in people
            if person in chats
        ]
        return insert_new(self._connection, outbox, rows)
