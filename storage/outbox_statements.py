"""The statements of the outbox, built once."""

from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal_column,
    or_,
    select,
    union_all,
    update,
)

from storage.tables.delivery import anchors, outbox

REPLY_LANE: Final = 0
"""The lane whose messages keep their order in each chat."""
LANES: Final = (REPLY_LANE, 1, 2)
"""Replies, notices and announcements."""


def state_is(state: str, table: Any = outbox) -> ColumnElement[bool]:
    """Compare the state of an outgoing message."""
    # Written into the SQL itself, since an index over some states only is not used for a bound value.
    stated: ColumnElement[bool] = table.c.state == literal_column(f"'{state}'")
    return stated


EARLIER: Final = outbox.alias("earlier")
FIRST_OF_ITS_LINE: Final = ~exists().where(
    EARLIER.c.chat_id == outbox.c.chat_id,
    EARLIER.c.id < outbox.c.id,
    EARLIER.c.lane == literal_column(str(REPLY_LANE)),
    EARLIER.c.state.in_([literal_column("'waiting'"), literal_column("'sending'")]),
)
STANDS_BEFORE: Final = (
    select(outbox.c.id)
    .where(
        outbox.c.chat_id == bindparam("of_chat"),
        outbox.c.lane == literal_column(str(REPLY_LANE)),
        or_(state_is("waiting"), and_(state_is("sending"), outbox.c.claimed_by != bindparam("worker"))),
    )
    .limit(1)
)
STANDS_AS: Final = (
    select(anchors.c.message_id)
    # As words, since the library leaves out the table's name where a row that is added gives something back.
    .where(anchors.c.chat_id == literal_column("outbox.chat_id"), anchors.c.anchor == literal_column("outbox.anchor"))
    .scalar_subquery()
    .label("anchor_message_id")
)
"""The message that was last said under the anchor of one to send."""
ADD: Final = insert(outbox).returning(outbox.c.id, STANDS_AS)
FACTS: Final = (
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
DUE: Final = (
    select(*FACTS, STANDS_AS)
    .where(
        state_is("waiting"),
        outbox.c.lane.in_(bindparam("lanes", expanding=True)),
        outbox.c.due_at <= bindparam("now"),
        outbox.c.chat_id.not_in(bindparam("busy_chats", expanding=True)),
        or_(outbox.c.lane != REPLY_LANE, FIRST_OF_ITS_LINE),
    )
    .order_by(outbox.c.lane, outbox.c.due_at, outbox.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=outbox)
)
CLAIM: Final = (
    update(outbox)
    .where(outbox.c.id == bindparam("claimed"))
    .values(
        state="sending",
        claimed_by=bindparam("worker"),
        claimed_until=bindparam("lease_until"),
        first_tried_at=func.coalesce(outbox.c.first_tried_at, bindparam("now", type_=outbox.c.due_at.type)),
    )
)
UNCLAIMED: Final = {"state": "waiting", "claimed_by": None, "claimed_until": None}
OVERDUE_LEASES: Final = (
    update(outbox).where(state_is("sending"), outbox.c.claimed_until < bindparam("now")).values(UNCLAIMED)
)
EVERY_LEASE: Final = update(outbox).where(state_is("sending")).values(UNCLAIMED)
FINISH: Final = (
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
RETRY: Final = (
    update(outbox)
    .where(outbox.c.id == bindparam("again"))
    .values(
        UNCLAIMED
        | {
            "due_at": bindparam("later"),
            "reason": bindparam("why"),
            "attempts": outbox.c.attempts + bindparam("attempted"),
            "uncertain": outbox.c.uncertain + bindparam("unsure"),
        }
    )
)
FORGET: Final = delete(outbox).where(outbox.c.id.in_(bindparam("finished", expanding=True))).returning(outbox.c.id)
# Lane by lane, since each is a glance at the index; over all of them it would read what is due already.
NEXT_DUE: Final = union_all(
    *(
        select(func.min(outbox.c.due_at)).where(
            state_is("waiting"), outbox.c.lane == lane, outbox.c.due_at > bindparam("after")
        )
        for lane in LANES
    )
)
COUNTS: Final = select(outbox.c.state, outbox.c.lane, func.count()).group_by(outbox.c.state, outbox.c.lane)
UNSENT_OF: Final = select(outbox.c.id, outbox.c.content).where(
    outbox.c.chat_id == bindparam("of_chat"),
    or_(state_is("waiting"), state_is("held"), state_is("sending")),
)
SEND_TO: Final = (
    update(outbox)
    .where(outbox.c.id == bindparam("moved"))
    .values(chat_id=bindparam("to_chat"), content=bindparam("new_content", type_=outbox.c.content.type))
)
LEAVE_TOPIC: Final = (
    update(outbox)
    .where(
        outbox.c.chat_id == bindparam("of_chat"),
        outbox.c.thread_id == bindparam("gone"),
        or_(state_is("waiting"), state_is("held"), state_is("sending")),
    )
    .values(thread_id=None)
)
ANCHOR_AT: Final = select(anchors.c.anchor).where(
    anchors.c.chat_id == bindparam("of_chat"), anchors.c.message_id == bindparam("stands_as")
)
DROP_ANCHORS: Final = delete(anchors).where(anchors.c.chat_id == bindparam("of_chat"))
PURGE: Final = delete(outbox).where(outbox.c.finished_at < bindparam("before"), outbox.c.key.is_(None))
