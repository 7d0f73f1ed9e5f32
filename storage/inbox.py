"""The inbox: what Telegram handed over, kept until its turn is done."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, delete, func, literal_column, select, update

from storage.engine import insert_new
from storage.tables.delivery import inbox

# Written into the SQL itself, since an index over the waiting rows only is not used for a bound value.
_WAITS: Final = inbox.c.state == literal_column("'waiting'")

_WAITING_AMONG: Final = select(inbox.c.update_id).where(
    _WAITS, inbox.c.update_id.in_(bindparam("update_ids", expanding=True))
)
_WAITING: Final = (
    select(inbox.c.update_id, inbox.c.body)
    .where(_WAITS, inbox.c.update_id > bindparam("after"))
    .order_by(inbox.c.update_id)
    .limit(bindparam("most"))
)
_END: Final = (
    update(inbox)
    .where(inbox.c.update_id == bindparam("ended"), _WAITS)
    .values(state=bindparam("new_state"), body="", done_at=bindparam("now"), reason=bindparam("why"))
)
_COUNT: Final = select(func.count()).select_from(inbox).where(_WAITS)
_PURGE: Final = delete(inbox).where(inbox.c.state != "waiting", inbox.c.received_at < bindparam("before"))


class Inbox:
    """The updates received, by Telegram's update_id; a body is kept only while its update waits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def store(self, updates: Sequence[tuple[int, str]], now: datetime) -> set[int]:
        """Keep the updates that are not there yet, and give which of all these wait for their turn."""
        rows = [
            {"update_id": update_id, "state": "waiting", "body": body, "received_at": now}
            for update_id, body in updates
        ]
        update_ids = {update_id for update_id, _ in updates}
        if insert_new(self._connection, inbox, rows) == len(rows):
            return update_ids
        return set(self._connection.scalars(_WAITING_AMONG, {"update_ids": list(update_ids)}))

    def waiting(self, after: int, limit: int) -> list[tuple[int, str]]:
        """Give the updates that wait, with their bodies, by id from above `after`."""
        rows = self._connection.execute(_WAITING, {"after": after, "most": limit})
        return [(row.update_id, row.body) for row in rows]

    def claim(self, update_id: int, now: datetime) -> bool:
        """Take an update for the turn of this transaction; False where nothing of it is left to do."""
        return self._end(update_id, "done", now)

    def fail(self, update_id: int, reason: str, now: datetime) -> bool:
        """Give an update up; `reason` is the name of a class, never words that somebody wrote."""
        return self._end(update_id, "failed", now, reason)

    def count_waiting(self) -> int:
        """Count the updates that wait for their turn."""
        return self._connection.scalars(_COUNT).one()

    def purge(self, before: datetime) -> int:
        """Forget the updates that came before this moment and wait no more; gives how many."""
        return self._connection.execute(_PURGE, {"before": before}).rowcount

    def _end(self, update_id: int, state: str, now: datetime, reason: str | None = None) -> bool:
        ended = {"ended": update_id, "new_state": state, "now": now, "why": reason}
        return self._connection.execute(_END, ended).rowcount == 1
