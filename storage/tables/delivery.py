"""The tables of delivery: what came in from Telegram, what goes out, and where messages stand that may change.

Numbers of the outbox are never used again (`sqlite_autoincrement`): what is sent leaves at once, and a process that
comes late to write down an outcome must not reach another message.
"""

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, String, Table, Text, text

from storage.tables.columns import Instant, metadata

inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("state", String(16), nullable=False),  # waiting, done, failed
    Column("body", Text, nullable=False),  # raw JSON, emptied once done
    Column("received_at", Instant, nullable=False),
    Column("done_at", Instant),
    Column("reason", Text),
    Index(
        "ix_inbox_waiting",
        "update_id",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger),
    Column("person_id", Integer),  # whom a notice is for; no foreign key: a record of delivery outlives the person
    Column("announcement_id", Integer),  # of which announcement it is a delivery; no foreign key: same
    Column("lane", Integer, nullable=False),  # 0 replies, 1 notices, 2 announcements
    Column("content", JSON, nullable=False),  # a finished message, or a notice's kind and facts; emptied once sent
    Column("key", String(120), unique=True),  # once and for ever; replies have none
    Column("anchor", String(80)),  # the name under which the message can be changed later
    Column("state", String(16), nullable=False),  # waiting, held, sending, sent, skipped, dead
    Column("attempts", Integer, nullable=False),
    Column("uncertain", Integer, nullable=False, server_default=text("0")),  # sends that may have arrived
    Column("due_at", Instant, nullable=False),
    Column("claimed_by", String(64)),
    Column("claimed_until", Instant),
    Column("reason", Text),
    Column("created_at", Instant, nullable=False),
    Column("first_tried_at", Instant),
    Column("finished_at", Instant),
    Column("message_id", BigInteger),
    Index(
        "ix_outbox_due",
        "lane",
        "due_at",
        "id",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    Index(
        "ix_outbox_line",  # what stands before a reply in its chat
        "chat_id",
        "id",
        sqlite_where=text("lane = 0 AND state IN ('waiting', 'sending')"),
        postgresql_where=text("lane = 0 AND state IN ('waiting', 'sending')"),
    ),
    Index(
        "ix_outbox_claimed",
        "claimed_until",
        sqlite_where=text("state = 'sending'"),
        postgresql_where=text("state = 'sending'"),
    ),
    Index(
        "ix_outbox_announcement",
        "announcement_id",
        "state",
        sqlite_where=text("announcement_id IS NOT NULL"),
        postgresql_where=text("announcement_id IS NOT NULL"),
    ),
    sqlite_autoincrement=True,
)

anchors = Table(
    "anchors",
    metadata,
    Column("chat_id", BigInteger, primary_key=True),
    Column("anchor", String(80), primary_key=True),
    Column("message_id", BigInteger, nullable=False),
    Column("said_at", Instant, nullable=False),
)

remembered = Table(
    "remembered",
    metadata,
    Column("name", String(80), primary_key=True),  # such as the fingerprint of the commands registered with Telegram
    Column("value", Text, nullable=False),
)
