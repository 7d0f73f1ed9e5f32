"""The outbox: what is to be sent, in whose turn, and what became of it."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from storage import outbox_statements as sql
from storage.engine import insert_new, insert_or_update
from storage.outbox_statements import LANES, REPLY_LANE
from storage.tables.delivery import anchors, outbox

SETTLES: Final = "settles"
"""What the content of a change holds whose message stands under its anchor from then on."""
MESSAGE_NUMBERS: Final = frozenset({"message_id", "quotes"})
"""Where the content of a message names another one of its chat by its number."""


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


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that was sent, under which number; `doubt` says why it may not have been."""

    outgoing: Outgoing
    message_id: int | None
    doubt: str | None = None

    @property
    def traceless(self) -> bool:
        """Tell whether nothing is to be kept of it."""
        return self.outgoing.key is None and self.doubt is None

    @property
    def moves_its_anchor(self) -> bool:
        """Tell whether it stands under its anchor from now on, where another one did or none."""
        if not self.outgoing.anchor or self.message_id is None:
            return False
        return self.message_id != self.outgoing.anchor_message_id or SETTLES in self.outgoing.content

    def anchored(self, now: datetime) -> dict[str, Any]:
        """Give the row of its anchor."""
        there = {"chat_id": self.outgoing.chat_id, "anchor": self.outgoing.anchor}
        return {**there, "message_id": self.message_id, "said_at": now}


class Outbox:
    """Messages to send, and what became of them; their content is kept only while they wait."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.saw_all_due = True
        """Whether the claims so far saw everything that was due, or left some of it beyond their limit."""

    def add(self, message: NewOutgoing, now: datetime) -> int:
        """Put one message in; gives 0 where its key was there already."""
        return self.add_many([message], now)

    def add_many(self, messages: Sequence[NewOutgoing], now: datetime) -> int:
        """Put messages in, in this order; gives how many were new by their keys."""
        return insert_new(self._connection, outbox, [_row(message, now) for message in messages])

    def add_taken(
        self, replies: Sequence[NewOutgoing], now: datetime, worker: str, lease_until: datetime
    ) -> list[Outgoing]:
        """Put replies in, and give those that `worker` may send at once, in this order: they are claimed already.

        The others wait: something earlier is left of their chat's replies that is not in this worker's hands.
        """
        lines: dict[int, list[NewOutgoing]] = {}
        for reply in replies:
            lines.setdefault(reply.chat_id, []).append(reply)
        taken: list[Outgoing] = []
        for chat_id, line in lines.items():
            if self._connection.execute(sql.STANDS_BEFORE, {"of_chat": chat_id, "worker": worker}).first():
                self.add_many(line, now)
            else:
                taken += self._add_line(chat_id, line, now, worker, lease_until)
        return taken

    def _add_line(
        self, chat_id: int, line: Sequence[NewOutgoing], now: datetime, worker: str, lease_until: datetime
    ) -> list[Outgoing]:
        claim = {"state": "sending", "claimed_by": worker, "claimed_until": lease_until, "first_tried_at": now}
        taken = []
        for reply in line:
            new_id, stands_as = self._connection.execute(sql.ADD, _row(reply, now) | claim).one()
            taken.append(
                Outgoing(
                    id=new_id,
                    chat_id=chat_id,
                    thread_id=reply.thread_id,
                    person_id=reply.person_id,
                    lane=reply.lane,
                    content=dict(reply.content),
                    key=reply.key,
                    anchor=reply.anchor or None,
                    attempts=0,
                    uncertain=0,
                    due_at=now,
                    first_tried_at=now,
                    anchor_message_id=reply.content.get("message_id") or stands_as,
                )
            )
        return taken

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
        due = self._connection.execute(sql.DUE, asked).mappings().all()
        self.saw_all_due = self.saw_all_due and len(due) < limit
        for row in due:
            first_of_chat.setdefault(row["chat_id"], Outgoing(**row))
        taken = list(first_of_chat.values())
        if taken:
            claim = {"worker": worker, "lease_until": lease_until, "now": now}
            self._connection.execute(sql.CLAIM, [{**claim, "claimed": outgoing.id} for outgoing in taken])
        return taken

    def take_back(self, now: datetime, *, everything: bool = False) -> int:
        """Let what was claimed wait again, where the lease is over, or `everything`; gives how many."""
        if everything:
            return self._connection.execute(sql.EVERY_LEASE).rowcount
        return self._connection.execute(sql.OVERDUE_LEASES, {"now": now}).rowcount

    def sent(self, messages: Sequence[Sent], now: datetime) -> None:
        """Note that messages are sent, in their order, and where they stand under their anchors.

        Of a message without a key, sent without a doubt, nothing is kept: who declines to be known leaves no trace.
        """
        traceless = [one.outgoing.id for one in messages if one.traceless]
        left = set(self._connection.scalars(sql.FORGET, {"finished": traceless})) if traceless else set()
        for one in messages:
            if not one.traceless and self._finish(one.outgoing.id, "sent", now, one.doubt, one.message_id):
                left.add(one.outgoing.id)
        # Of who was erased while the message was on its way, no anchor comes back.
        standing = [one.anchored(now) for one in messages if one.outgoing.id in left and one.moves_its_anchor]
        insert_or_update(self._connection, anchors, standing)

    def retry(
        self, outgoing_id: int, due_at: datetime, reason: str, *, attempted: bool = True, uncertain: bool = False
    ) -> None:
        """Let a message wait until `due_at`; `uncertain` where this attempt may have arrived."""
        again = {"again": outgoing_id, "later": due_at, "why": reason}
        self._connection.execute(sql.RETRY, {**again, "attempted": int(attempted), "unsure": int(uncertain)})

    def dead(self, outgoing_id: int, reason: str, now: datetime) -> None:
        """Give a message up."""
        self._finish(outgoing_id, "dead", now, reason)

    def skipped(self, outgoing_id: int, reason: str, now: datetime) -> None:
        """Note that a message is not sent since it is no longer true."""
        self._finish(outgoing_id, "skipped", now, reason)

    def next_due_at(self, after: datetime) -> datetime | None:
        """Tell when the next waiting message is due, among those due after this moment."""
        due = self._connection.scalars(sql.NEXT_DUE, {"after": after})
        return min((due_at for due_at in due if due_at is not None), default=None)

    def counts(self) -> Counter[tuple[str, int]]:
        """Count the messages by state and lane."""
        return Counter({(state, lane): count for state, lane, count in self._connection.execute(sql.COUNTS)})

    def move_chat(self, old: int, new: int) -> None:
        """Send to `new` what was for `old`, a group that became a supergroup.

        Message numbers start again there, so anchors and messages to change are forgotten: they are said anew, and
        what was to be quoted is not.
        """
        moved = [
            {
                "moved": row.id,
                "to_chat": new,
                "new_content": {name: value for name, value in row.content.items() if name not in MESSAGE_NUMBERS},
            }
            for row in self._connection.execute(sql.UNSENT_OF, {"of_chat": old})
        ]
        if moved:
            self._connection.execute(sql.SEND_TO, moved)
        self._connection.execute(sql.DROP_ANCHORS, {"of_chat": old})

    def leave_topic(self, chat_id: int, thread_id: int) -> None:
        """Send to the group itself what was for a topic that is gone."""
        self._connection.execute(sql.LEAVE_TOPIC, {"of_chat": chat_id, "gone": thread_id})

    def anchor_at(self, chat_id: int, message_id: int) -> str:
        """Give the anchor under which a message stands, empty where it has none."""
        there = self._connection.scalars(sql.ANCHOR_AT, {"of_chat": chat_id, "stands_as": message_id})
        return there.first() or ""

    def purge(self, before: datetime) -> int:
        """Forget what was finished before this moment and has no key, which is kept for ever; gives how many."""
        return self._connection.execute(sql.PURGE, {"before": before}).rowcount

    def _finish(
        self, outgoing_id: int, state: str, now: datetime, reason: str | None, message_id: int | None = None
    ) -> int:
        ended = {"finished": outgoing_id, "new_state": state, "now": now}
        return self._connection.execute(sql.FINISH, {**ended, "why": reason, "new_message_id": message_id}).rowcount


def _row(message: NewOutgoing, now: datetime) -> dict[str, Any]:
    return {
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
