"""Telegram groups, and topics of them, in which coalitions talk."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, bindparam, delete, select, update

from programme.groups import Group
from programme.ids import CoalitionId
from storage.engine import insert_new
from storage.tables.programme import groups

WHOLE_GROUP: Final = 0
"""What stands in place of a topic where the whole group is bound; Telegram's topics have numbers above."""
OF_CHAT: Final = (
    select(groups)
    .where(groups.c.chat_id == bindparam("chat"), groups.c.thread_id.in_([bindparam("thread"), WHOLE_GROUP]))
    .order_by(groups.c.thread_id.desc())
    .limit(1)
)
OF_COALITION: Final = (
    select(groups)
    .where(groups.c.coalition_id == bindparam("coalition"))
    .order_by(groups.c.bound_at, groups.c.chat_id, groups.c.thread_id)
)
BIND_ANEW: Final = update(groups).where(
    groups.c.chat_id == bindparam("chat"), groups.c.thread_id == bindparam("thread")
)
THERE: Final = groups.alias("there")
MOVE: Final = (
    update(groups)
    .where(
        groups.c.chat_id == bindparam("old_chat"),
        groups.c.thread_id.not_in(select(THERE.c.thread_id).where(THERE.c.chat_id == bindparam("new_chat"))),
    )
    .values(chat_id=bindparam("new_chat"))
)
LEAVE: Final = delete(groups).where(groups.c.chat_id == bindparam("old_chat"))


class SqlGroups:
    """The groups in the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_chat(self, chat_id: int, thread_id: int | None) -> Group | None:
        """Give what a topic is bound to, else what its whole group is bound to."""
        place = {"chat": chat_id, "thread": thread_id or WHOLE_GROUP}
        row = self._connection.execute(OF_CHAT, place).mappings().one_or_none()
        return None if row is None else _group(row)

    def bind(self, group: Group, now: datetime) -> None:
        """Bind a group, or a topic of it, in place of what it was bound to."""
        thread = group.thread_id or WHOLE_GROUP
        values: dict[str, Any] = {"coalition_id": group.coalition_id, "bound_at": now}
        if not insert_new(self._connection, groups, [{"chat_id": group.chat_id, "thread_id": thread, **values}]):
            self._connection.execute(BIND_ANEW, {"chat": group.chat_id, "thread": thread, **values})

    def of_coalition(self, coalition_id: CoalitionId) -> Sequence[Group]:
        """Give where a coalition talks, the oldest binding first."""
        rows = self._connection.execute(OF_COALITION, {"coalition": coalition_id}).mappings()
        return [_group(row) for row in rows]

    def move(self, old_chat_id: int, new_chat_id: int) -> None:
        """Keep the bindings of a group that became a supergroup; what was bound there meanwhile stays."""
        self._connection.execute(MOVE, {"old_chat": old_chat_id, "new_chat": new_chat_id})
        self._connection.execute(LEAVE, {"old_chat": old_chat_id})


def _group(row: RowMapping) -> Group:
    return Group(
        chat_id=row[groups.c.chat_id],
        thread_id=row[groups.c.thread_id] or None,
        coalition_id=row[groups.c.coalition_id],
    )
