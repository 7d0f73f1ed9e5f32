"""The tables of invitations and of support requests."""

from sqlalchemy import BigInteger, Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from programme.support import FindingKind, SupportState
from storage.tables.columns import Instant, metadata, one_of
from storage.tables.programme import coalitions, people

invitations = Table(
    "invitations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("coalition_id", Integer, ForeignKey(coalitions.c.id, ondelete="CASCADE"), nullable=False),
    Column("code", String(32), nullable=False, unique=True),
    Column("made_by", Integer, ForeignKey(people.c.id, ondelete="SET NULL")),
    Column("made_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Index("ix_invitations_coalition", "coalition_id"),
    sqlite_autoincrement=True,
)

invitation_uses = Table(
    "invitation_uses",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("invitation_id", Integer, ForeignKey(invitations.c.id, ondelete="CASCADE"), nullable=False),
    Column("person_id", Integer, ForeignKey(people.c.id, ondelete="SET NULL")),  # null: a former member
    Column("used_at", Instant, nullable=False),
    Index("uq_invitation_uses_person", "invitation_id", "person_id", unique=True),
)

support_requests = Table(
    "support_requests",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("coalition_id", Integer, ForeignKey(coalitions.c.id, ondelete="CASCADE"), nullable=False),
    Column("kind", String(64), nullable=False),  # a key of the territory
    Column("text", Text, nullable=False),
    Column("wanted_on", Date),
    Column("state", String(16), nullable=False),
    Column("asked_by", Integer, ForeignKey(people.c.id, ondelete="SET NULL")),
    Column("asked_at", Instant, nullable=False),
    Column("chat_id", BigInteger),
    Column("thread_id", BigInteger),
    Column("taken_by", Integer, ForeignKey(people.c.id, ondelete="SET NULL")),
    Column("closed_at", Instant),
    Column("version", Integer, nullable=False),
    Column("waits_since", Instant),
    Column("recalled_on", Date),
    one_of("state", SupportState),
    Index("ix_support_requests_coalition", "coalition_id"),
    Index("ix_support_requests_state", "state", "asked_at"),
    sqlite_autoincrement=True,
)

support_messages = Table(
    "support_messages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("request_id", Integer, ForeignKey(support_requests.c.id, ondelete="CASCADE"), nullable=False),
    Column("by_person", Integer, ForeignKey(people.c.id, ondelete="SET NULL")),
    Column("from_staff", Boolean, nullable=False),
    Column("text", Text, nullable=False),
    Column("said_at", Instant, nullable=False),
    Column("file_id", Text, nullable=False, server_default=""),
    Column("file_name", Text, nullable=False, server_default=""),  # empty for a photo
    Index("ix_support_messages_request", "request_id"),
    sqlite_autoincrement=True,
)

findings = Table(
    "findings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("request_id", Integer, ForeignKey(support_requests.c.id, ondelete="CASCADE"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("name", Text, nullable=False),
    Column("happens_on", Date),
    Column("cents", Integer),
    Column("noted_by", Integer, ForeignKey(people.c.id, ondelete="SET NULL")),
    Column("noted_at", Instant, nullable=False),
    one_of("kind", FindingKind),
    Index("ix_findings_request", "request_id"),
    sqlite_autoincrement=True,
)
