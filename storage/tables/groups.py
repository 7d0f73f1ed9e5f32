"""The tables of Telegram groups: what the bot may do there, and the cards that stand there."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text

from programme.groups import CardKind
from storage.tables.columns import Instant, metadata, one_of

group_chats = Table(
    "group_chats",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("title", Text, nullable=False),
    Column("present", Boolean, nullable=False),
    Column("may_write", Boolean, nullable=False),
    Column("may_pin", Boolean, nullable=False),
    Column("changed_at", Instant, nullable=False),
)

group_cards = Table(
    "group_cards",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(16), primary_key=True),
    Column("subject_id", Integer, primary_key=True),
    Column("thread_id", BigInteger, nullable=False),  # 0: no topic
    Column("coalition_id", Integer, nullable=False),
    Column("changes_at", Instant, nullable=False),  # when it was, or is to be, changed last
    one_of("kind", CardKind),
    Index("ix_group_cards_subject", "kind", "subject_id"),
)
