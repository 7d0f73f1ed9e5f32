"""Conversations under way: one per person and chat."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import Connection, RowMapping, bindparam, delete, insert, select, update

from programme.ids import TelegramId
from programme.ports import KeptDraft
from storage.tables.programme import drafts

BY_ID: Final = select(drafts).where(drafts.c.id == bindparam("draft"))
IN_CHAT: Final = select(drafts).where(
    drafts.c.chat_id == bindparam("chat"), drafts.c.telegram_id == bindparam("telegram")
)
ADD: Final = insert(drafts)
CHANGE: Final = (
    update(drafts)
    .where(drafts.c.chat_id == bindparam("chat"), drafts.c.telegram_id == bindparam("telegram"))
    .returning(drafts.c.id, drafts.c.reminded)
)
DROP_IN_CHAT: Final = delete(drafts).where(
    drafts.c.chat_id == bindparam("chat"), drafts.c.telegram_id == bindparam("telegram")
)
DROP: Final = delete(drafts).where(drafts.c.id == bindparam("draft"))
UNTOUCHED: Final = (
    select(drafts)
    .where(drafts.c.touched_at < bindparam("moment"), drafts.c.reminded.is_(False))
    .order_by(drafts.c.touched_at, drafts.c.id)
    .limit(bindparam("most"))
)
DROP_UNTOUCHED: Final = delete(drafts).where(drafts.c.touched_at < bindparam("moment"))
MARK_REMINDED: Final = update(drafts).where(drafts.c.id == bindparam("draft")).values(reminded=True)


class SqlDrafts:
    """The conversations in the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, chat_id: int, telegram_id: TelegramId) -> KeptDraft | None:
        """Give the conversation a person has under way in a chat."""
        place = {"chat": chat_id, "telegram": telegram_id}
        row = self._connection.execute(IN_CHAT, place).mappings().one_or_none()
        return None if row is None else _draft(row)

    def by_id(self, draft_id: int) -> KeptDraft | None:
        """Give a conversation under way."""
        row = self._connection.execute(BY_ID, {"draft": draft_id}).mappings().one_or_none()
        return None if row is None else _draft(row)

    def put(
        self,
        chat_id: int,
        telegram_id: TelegramId,
        form: str,
        version: int,
        content: dict[str, Any],
        now: datetime,
        *,
        new: bool,
    ) -> KeptDraft:
        """Keep a conversation's new state; a `new` one takes the place of another and has another id."""
        place = {"chat": chat_id, "telegram": telegram_id}
        values: dict[str, Any] = {"form": form, "version": version, "content": content, "touched_at": now}
        there = None if new else self._connection.execute(CHANGE, {**place, **values}).one_or_none()
        if there is not None:
            return KeptDraft(there.id, chat_id, telegram_id, form, version, content, now, reminded=there.reminded)
        self._connection.execute(DROP_IN_CHAT, place)
        row = {"chat_id": chat_id, "telegram_id": telegram_id, "reminded": False, **values}
        (new_id,) = cast("tuple[int]", self._connection.execute(ADD, row).inserted_primary_key)
        return KeptDraft(new_id, chat_id, telegram_id, form, version, content, now, reminded=False)

    def drop(self, draft_id: int) -> None:
        """Forget a conversation."""
        self._connection.execute(DROP, {"draft": draft_id})

    def drop_untouched_since(self, moment: datetime) -> int:
        """Forget the conversations that nobody touched since `moment`; gives how many."""
        return self._connection.execute(DROP_UNTOUCHED, {"moment": moment}).rowcount

    def untouched_since(self, moment: datetime, limit: int) -> Sequence[KeptDraft]:
        """Give conversations that nobody touched since `moment` and that were not asked about yet, oldest first."""
        rows = self._connection.execute(UNTOUCHED, {"moment": moment, "most": limit}).mappings()
        return [_draft(row) for row in rows]

    def mark_reminded(self, draft_id: int) -> None:
        """Note that a conversation was asked about."""
        self._connection.execute(MARK_REMINDED, {"draft": draft_id})


def _draft(row: RowMapping) -> KeptDraft:
    return KeptDraft(
        id=row[drafts.c.id],
        chat_id=row[drafts.c.chat_id],
        telegram_id=row[drafts.c.telegram_id],
        form=row[drafts.c.form],
        version=row[drafts.c.version],
        content=row[drafts.c.content],
        touched_at=row[drafts.c.touched_at],
        reminded=row[drafts.c.reminded],
    )
