"""The table of announcements; their deliveries are rows of the outbox."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from programme.announcements import AnnouncementState
from storage.tables.columns import Instant, metadata, one_of
from storage.tables.programme import people

announcements = Table(
    "announcements",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("entities", JSON, nullable=False),  # a list, as Telegram gave them
    Column("kind", String(16), nullable=False),  # photo, document, or empty for a text
    Column("file_id", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("audience", JSON, nullable=False),  # a list of pairs of a kind and a subject
    Column("urgent", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
    Column("by_person", Integer, ForeignKey(people.c.id, ondelete="SET NULL")),
    Column("made_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    Column("approved_by", Integer, ForeignKey(people.c.id, ondelete="SET NULL")),
    Column("due_at", Instant),
    Column("began_at", Instant),
    Column("ended_at", Instant),
    Column("corrections", Integer, nullable=False),
    Column("progress_at", Instant),
    Column("submitted_at", Instant),
    one_of("state", AnnouncementState),
    Index("ix_announcements_state", "state", "due_at"),
    sqlite_autoincrement=True,
)
