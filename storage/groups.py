"""Telegram groups, and topics of them, in which coalitions talk."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, bindparam, delete, select, update

from programme.groups import Group, GroupChat
from programme.ids import CoalitionId
from storage.engine import insert_new
from storage.outbox import Outbox
from storage.tables.groups import group_cards, group_chats
from storage.tables.programme import groups
from storage.tables.support import support_requests

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
IN_CHAT: Final = select(groups).where(groups.c.chat_id == bindparam("chat")).order_by(groups.c.thread_id)
UNBIND: Final = delete(groups).where(groups.c.chat_id == bindparam("chat"))
DROP_CARDS_OF_OTHERS: Final = delete(group_cards).where(
    group_cards.c.chat_id == bindparam("chat"),
    group_cards.c.coalition_id.not_in(select(groups.c.coalition_id).where(groups.c.chat_id == bindparam("chat"))),
)
LEAVE_OTHER_PLACES: Final = delete(groups).where(
    groups.c.chat_id == bindparam("chat"),
    groups.c.coalition_id == bindparam("coalition"),
    groups.c.thread_id != bindparam("thread"),
)
CARDS_TO_PLACE: Final = (
    update(group_cards)
    .where(group_cards.c.chat_id == bindparam("chat"), group_cards.c.coalition_id == bindparam("coalition"))
    .values(thread_id=bindparam("thread"))
)
CARDS_TO_GENERAL: Final = (
    update(group_cards)
    .where(group_cards.c.chat_id == bindparam("chat"), group_cards.c.thread_id == bindparam("thread"))
    .values(thread_id=WHOLE_GROUP)
)
REQUESTS_TO_GENERAL: Final = (
    update(support_requests)
    .where(support_requests.c.chat_id == bindparam("chat"), support_requests.c.thread_id == bindparam("thread"))
    .values(thread_id=None)
)
LOSE_TOPIC: Final = (
    update(groups)
    .where(groups.c.chat_id == bindparam("chat"), groups.c.thread_id == bindparam("thread"), ~groups.c.lost)
    .values(lost=True)
    .returning(groups)
)
CHAT: Final = select(group_chats).where(group_chats.c.chat_id == bindparam("chat"))
CHANGE_CHAT: Final = update(group_chats).where(group_chats.c.chat_id == bindparam("chat"))
LEAVE_CHAT: Final = delete(group_chats).where(group_chats.c.chat_id == bindparam("old_chat"))
CARDS_THERE: Final = group_cards.alias("cards_there")
MOVE_CARDS: Final = (
    update(group_cards)
    .where(
        group_cards.c.chat_id == bindparam("old_chat"),
        ~select(CARDS_THERE.c.chat_id)
        .where(
            CARDS_THERE.c.chat_id == bindparam("new_chat"),
            CARDS_THERE.c.kind == group_cards.c.kind,
            CARDS_THERE.c.subject_id == group_cards.c.subject_id,
        )
        .exists(),
    )
    .values(chat_id=bindparam("new_chat"))
)
DROP_CARDS: Final = delete(group_cards).where(group_cards.c.chat_id == bindparam("old_chat"))
MOVE_REQUESTS: Final = (
    update(support_requests)
    .where(support_requests.c.chat_id == bindparam("old_chat"))
    .values(chat_id=bindparam("new_chat"))
)


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
        """Bind a group, or a topic of it, in place of what it was bound to.

        A coalition talks in one place of a group: it leaves another one. Cards of coalitions that no longer talk in the
        group are left as they are.
        """
        thread = group.thread_id or WHOLE_GROUP
        values: dict[str, Any] = {"coalition_id": group.coalition_id, "bound_at": now, "lost": False}
        if not insert_new(self._connection, groups, [{"chat_id": group.chat_id, "thread_id": thread, **values}]):
            self._connection.execute(BIND_ANEW, {"chat": group.chat_id, "thread": thread, **values})
        place = {"chat": group.chat_id, "coalition": group.coalition_id, "thread": thread}
        self._connection.execute(LEAVE_OTHER_PLACES, place)
        self._connection.execute(CARDS_TO_PLACE, place)
        self._connection.execute(DROP_CARDS_OF_OTHERS, {"chat": group.chat_id})

    def of_coalition(self, coalition_id: CoalitionId) -> Sequence[Group]:
        """Give where a coalition talks, the oldest binding first."""
        rows = self._connection.execute(OF_COALITION, {"coalition": coalition_id}).mappings()
        return [_group(row) for row in rows]

    def move(self, old_chat_id: int, new_chat_id: int) -> None:
        """Give a group that became a supergroup its new number everywhere; what was bound there meanwhile stays.

        What waits to be sent to it follows, and messages that stood in it are forgotten.
        """
        Outbox(self._connection).move_chat(old_chat_id, new_chat_id)
        both = {"old_chat": old_chat_id, "new_chat": new_chat_id}
        self._connection.execute(MOVE, both)
        self._connection.execute(LEAVE, {"old_chat": old_chat_id})
        self._connection.execute(MOVE_CARDS, both)
        self._connection.execute(DROP_CARDS, {"old_chat": old_chat_id})
        self._connection.execute(MOVE_REQUESTS, both)
        known = self._connection.execute(CHAT, {"chat": old_chat_id}).mappings().one_or_none()
        if known is not None:
            insert_new(self._connection, group_chats, [{**known, "chat_id": new_chat_id}])
            self._connection.execute(LEAVE_CHAT, {"old_chat": old_chat_id})

    def in_chat(self, chat_id: int) -> Sequence[Group]:
        """Give all that is bound in a group: the whole of it, or topics."""
        return [_group(row) for row in self._connection.execute(IN_CHAT, {"chat": chat_id}).mappings()]

    def unbind(self, chat_id: int) -> None:
        """Forget every binding of a group."""
        self._connection.execute(UNBIND, {"chat": chat_id})

    def lose_topic(self, chat_id: int, thread_id: int) -> Group | None:
        """Note that a topic is gone; gives its binding the first time, else None.

        What belongs there goes to the general topic.
        """
        topic = {"chat": chat_id, "thread": thread_id}
        self._connection.execute(CARDS_TO_GENERAL, topic)
        self._connection.execute(REQUESTS_TO_GENERAL, topic)
        row = self._connection.execute(LOSE_TOPIC, topic).mappings().one_or_none()
        return None if row is None else _group(row)

    def chat(self, chat_id: int) -> GroupChat | None:
        """Give what is known of a group."""
        row = self._connection.execute(CHAT, {"chat": chat_id}).mappings().one_or_none()
        return None if row is None else _chat(row)

    def put_chat(self, chat: GroupChat, now: datetime) -> None:
        """Keep what is known of a group in place of what was."""
        values: dict[str, Any] = {
            "title": chat.title,
            "present": chat.present,
            "may_write": chat.may_write,
            "may_pin": chat.may_pin,
            "changed_at": now,
        }
        if not insert_new(self._connection, group_chats, [{"chat_id": chat.chat_id, **values}]):
            self._connection.execute(CHANGE_CHAT, {"chat": chat.chat_id, **values})


def _group(row: RowMapping) -> Group:
    return Group(
        chat_id=row[groups.c.chat_id],
        thread_id=row[groups.c.thread_id] or None,
        coalition_id=row[groups.c.coalition_id],
        lost=row[groups.c.lost],
    )


def _chat(row: RowMapping) -> GroupChat:
    return GroupChat(
        chat_id=row[group_chats.c.chat_id],
        title=row[group_chats.c.title],
        present=row[group_chats.c.present],
        may_write=row[group_chats.c.may_write],
        may_pin=row[group_chats.c.may_pin],
    )
