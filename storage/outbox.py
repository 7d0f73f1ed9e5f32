"""The outbox: what is to be sent, in whose turn, and what became of it."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
    update,
)

from storage.engine import insert_new
from storage.tables.delivery import anchors, outbox

LANES: Final = (0, 1, 2)
"""Replies, notices and announcements."""
REPLY_LANE: Final = 0
"""The lane whose messages keep their order in each chat."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to send; `anchor_message_id` is the message last said under its anchor in that chat."""

    id: int
    chat_id: int
    thread_id: int | None
    person_id: int | None
    lane: int
    content: dict[str, Any]
    key: str | None
    anchor: str | None
    attempts: int
    uncertain: int
    due_at: datetime
    first_tried_at: datetime | None
    anchor_message_id: int | None


@dataclass(frozen=True, slots=True)
class NewOutgoing:
    """A message to put into the outbox; with a `key` it is put there once and never again."""

    chat_id: int
    content: Mapping[str, Any]
    lane: int = REPLY_LANE
    thread_id: int | None = None
    person_id: int | None = None
    anchor: str | None = None
    key: str | None = None
    due_at: datetime | None = None


def _is(state: str, table: Any = outbox) -> ColumnElement[bool]:
    # Written into the SQL itself, since an index over some states only is not used for a bound value.
    stated: ColumnElement[bool] = table.c.state == literal(state, literal_execute=True)
    return stated


_EARLIER: Final = outbox.alias("earlier")
_FIRST_OF_ITS_LINE: Final = ~exists().where(
    _EARLIER.c.chat_id == outbox.c.chat_id,
    _EARLIER.c.id < outbox.c.id,
    _EARLIER.c.lane == literal(REPLY_LANE, literal_execute=True),
    _EARLIER.c.state.in_(bindparam("line_states", ("waiting", "sending"), expanding=True, literal_execute=True)),
)
_FACTS: Final = (
    outbox.c.id,
    outbox.c.chat_id,
    outbox.c.thread_id,
    outbox.c.person_id,
    outbox.c.lane,
    outbox.c.content,
    outbox.c.key,
    outbox.c.anchor,
    outbox.c.attempts,
    outbox.c.uncertain,
    outbox.c.due_at,
    outbox.c.first_tried_at,
)
_DUE: Final = (
    select(
        *_FACTS,
        select(anchors.c.message_id)
        .where(anchors.c.chat_id == outbox.c.chat_id, anchors.c.anchor == outbox.c.anchor)
        .scalar_subquery()
        .label("anchor_message_id"),
    )
    .where(
        _is("waiting"),
        outbox.c.lane.in_(bindparam("lanes", expanding=True)),
        outbox.c.due_at <= bindparam("now"),
        outbox.c.chat_id.not_in(bindparam("busy_chats", expanding=True)),
        or_(outbox.c.lane != REPLY_LANE, _FIRST_OF_ITS_LINE),
    )
    .order_by(outbox.c.lane, outbox.c.due_at, outbox.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=outbox)
)
_CLAIM: Final = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("ids", expanding=True)))
    .values(
        state="sending",
        claimed_by=bindparam("worker"),
        claimed_until=bindparam("lease_until"),
        first_tried_at=func.coalesce(outbox.c.first_tried_at, bindparam("now", type_=outbox.c.due_at.type)),
    )
)
_UNCLAIMED: Final = {"state": "waiting", "claimed_by": None, "claimed_until": None}
_OVERDUE_LEASES: Final = (
    update(outbox).where(_is("sending"), outbox.c.claimed_until < bindparam("now")).values(_UNCLAIMED)
)
_EVERY_LEASE: Final = update(outbox).where(_is("sending")).values(_UNCLAIMED)
_FINISH: Final = (
    update(outbox)
    .where(outbox.c.id == bindparam("finished"))
    .values(
        state=bindparam("new_state"),
        content={},
        message_id=bindparam("new_message_id"),
        reason=bindparam("why"),
        finished_at=bindparam("now"),
        claimed_by=None,
        claimed_until=None,
    )
)
_RETRY: Final = (
    update(outbox)
    .where(outbox.c.id == bindparam("again"))
    .values(
        _UNCLAIMED
        | {
            "due_at": bindparam("later"),
            "reason": bindparam("why"),
            "attempts": outbox.c.attempts + bindparam("attempted"),
            "uncertain": outbox.c.uncertain + bindparam("unsure"),
        }
    )
)
_FORGET: Final = delete(outbox).where(outbox.c.id == bindparam("finished"))
_MOVE_ANCHOR: Final = (
    update(anchors)
    .where(anchors.c.chat_id == bindparam("of_chat"), anchors.c.anchor == bindparam("named"))
    .values(message_id=bindparam("new_message_id"), said_at=bindparam("now"))
)
# Lane by lane, since each is a glance at the index; over all of them it would read what is due already.
_NEXT_DUE: Final = union_all(
    *(
        select(func.min(outbox.c.due_at)).where(
            _is("waiting"), outbox.c.lane == lane, outbox.c.due_at > bindparam("after")
        )
        for lane in LANES
    )
)
_COUNTS: Final = select(outbox.c.state, outbox.c.lane, func.count()).group_by(outbox.c.state, outbox.c.lane)
_UNSENT_OF: Final = select(outbox.c.id, outbox.c.content).where(
    outbox.c.chat_id == bindparam("of_chat"), or_(_is("waiting"), _is("sending"))
)
_SEND_TO: Final = (
    update(outbox)
    .where(outbox.c.id == bindparam("moved"))
    .values(chat_id=bindparam("to_chat"), content=bindparam("new_content", type_=outbox.c.content.type))
)
_DROP_ANCHORS: Final = delete(anchors).where(anchors.c.chat_id == bindparam("of_chat"))
_PURGE: Final = delete(outbox).where(outbox.c.finished_at < bindparam("before"), outbox.c.key.is_(None))


class Outbox:
    """Messages to send, and what became of them; their content is kept only while they wait."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, message: NewOutgoing, now: datetime) -> int:
        """Put one message in; gives 0 where its key was there already."""
        return self.add_many([message], now)

    def add_many(self, messages: Sequence[NewOutgoing], now: datetime) -> int:
        """Put messages in, in this order; gives how many were new by their keys."""
        rows = [
            {
                "chat_id": message.chat_id,
                "thread_id": message.thread_id,
                "person_id": message.person_id,
                "lane": message.lane,
                "content": dict(message.content),
                "key": message.key,
                "anchor": message.anchor or None,
                "state": "waiting",
                "attempts": 0,
                "due_at": message.due_at or now,
                "created_at": now,
            }
            for message in messages
        ]
        return insert_new(self._connection, outbox, rows)

    def claim_due(
        self,
        now: datetime,
        worker: str,
        lease_until: datetime,
        limit: int,
        busy_chats: Collection[int] = (),
        lanes: Collection[int] = LANES,
    ) -> list[Outgoing]:
        """Take due messages to send, at most one for a chat, by lane, time and age.

        A reply is taken only when nothing earlier is left of its chat's replies. What is not finished by `lease_until`
        may be taken by another worker.
        """
        asked = {"now": now, "busy_chats": list(busy_chats), "lanes": list(lanes), "most": limit}
        first_of_chat: dict[int, Outgoing] = {}
        for row in self._connection.execute(_DUE, asked).mappings():
            first_of_chat.setdefault(row["chat_id"], Outgoing(**row))
        taken = list(first_of_chat.values())
        if taken:
            ids = [outgoing.id for outgoing in taken]
            self._connection.execute(_CLAIM, {"ids": ids, "worker": worker, "lease_until": lease_until, "now": now})
        return taken

    def take_back(self, now: datetime, *, everything: bool = False) -> int:
        """Let what was claimed wait again, where the lease is over, or `everything`; gives how many."""
        if everything:
            return self._connection.execute(_EVERY_LEASE).rowcount
        return self._connection.execute(_OVERDUE_LEASES, {"now": now}).rowcount

    def sent(self, outgoing: Outgoing, message_id: int | None, now: datetime, reason: str | None = None) -> None:
        """Note that a message is sent, and where it stands under its anchor; `reason` tells a doubt.

        Of a message without a key, sent without a doubt, nothing is kept: who declines to be known leaves no trace.
        """
        if outgoing.key is None and reason is None:
            self._connection.execute(_FORGET, {"finished": outgoing.id})
        else:
            self._finish(outgoing.id, "sent", now, reason, message_id)
        if outgoing.anchor and message_id is not None and message_id != outgoing.anchor_message_id:
            self._anchor(outgoing.chat_id, outgoing.anchor, message_id, now)

    def retry(
        self, outgoing_id: int, due_at: datetime, reason: str, *, attempted: bool = True, uncertain: bool = False
    ) -> None:
        """Let a message wait until `due_at`; `uncertain` where this attempt may have arrived."""
        again = {"again": outgoing_id, "later": due_at, "why": reason}
        self._connection.execute(_RETRY, {**again, "attempted": int(attempted), "unsure": int(uncertain)})

    def dead(self, outgoing_id: int, reason: str, now: datetime) -> None:
        """Give a message up."""
        self._finish(outgoing_id, "dead", now, reason)

    def skipped(self, outgoing_id: int, reason: str, now: datetime) -> None:
        """Note that a message is not sent since it is no longer true."""
        self._finish(outgoing_id, "skipped", now, reason)

    def next_due_at(self, after: datetime) -> datetime | None:
        """Tell when the next waiting message is due, among those due after this moment."""
        due = self._connection.scalars(_NEXT_DUE, {"after": after})
        return min((due_at for due_at in due if due_at is not None), default=None)

    def counts(self) -> Counter[tuple[str, int]]:
        """Count the messages by state and lane."""
        return Counter({(state, lane): count for state, lane, count in self._connection.execute(_COUNTS)})

    def move_chat(self, old: int, new: int) -> None:
        """Send to `new` what was for `old`, a group that became a supergroup.

        Message numbers start again there, so anchors and messages to change are forgotten: they are said anew.
        """
        moved = [
            {
                "moved": row.id,
                "to_chat": new,
                "new_content": {name: value for name, value in row.content.items() if name != "message_id"},
            }
            for row in self._connection.execute(_UNSENT_OF, {"of_chat": old})
        ]
        if moved:
            self._connection.execute(_SEND_TO, moved)
        self._connection.execute(_DROP_ANCHORS, {"of_chat": old})

    def purge(self, before: datetime) -> int:
        """Forget what was finished before this moment and has no key, which is kept for ever; gives how many."""
        return self._connection.execute(_PURGE, {"before": before}).rowcount

    def _finish(
        self, outgoing_id: int, state: str, now: datetime, reason: str | None, message_id: int | None = None
    ) -> None:
        ended = {"finished": outgoing_id, "new_state": state, "now": now}
        self._connection.execute(_FINISH, {**ended, "why": reason, "new_message_id": message_id})

    def _anchor(self, chat_id: int, anchor: str, message_id: int, now: datetime) -> None:
        row = {"chat_id": chat_id, "anchor": anchor, "message_id": message_id, "said_at": now}
        if not insert_new(self._connection, anchors, [row]):
            moved = {"of_chat": chat_id, "named": anchor, "new_message_id": message_id, "now": now}
            self._connection.execute(_MOVE_ANCHOR, moved)
