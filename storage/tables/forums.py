"""The tables of the forums: what is given there, and who has a place.

Ids are never used again (`sqlite_autoincrement`), and those of registrations are the order in which people came.
"""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, Text, text

from programme.forums import Feedback, ForumState, RegistrationState
from storage.tables.columns import Instant, metadata, one_of
from storage.tables.programme import coalitions, organisations, people

forums = Table(
    "forums",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(64), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("place", Text, nullable=False),
    Column("programme", Text, nullable=False),
    Column("places", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("opens_at", Instant),
    Column("closes_at", Instant),
    Column("days", JSON, nullable=False, server_default="[]"),  # of a forum that has several, in order
    Column("series_code", String(64)),  # the same for rendez-vous announced together
    one_of("state", ForumState),
    Index("ix_forums_ends", "ends_at"),
    Index("ix_forums_series", "series_code"),
    sqlite_autoincrement=True,
)

pitches = Table(
    "pitches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("forum_id", Integer, ForeignKey(forums.c.id, ondelete="CASCADE"), nullable=False),
    Column("coalition_id", Integer, ForeignKey(coalitions.c.id, ondelete="SET NULL")),
    Column("title", Text, nullable=False),
    Column("seats", Integer),  # null: as many come as like to
    Index("ix_pitches_forum", "forum_id"),
    sqlite_autoincrement=True,
)

registrations = Table(
    "registrations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("forum_id", Integer, ForeignKey(forums.c.id, ondelete="CASCADE"), nullable=False),
    Column("person_id", Integer, ForeignKey(people.c.id, ondelete="SET NULL")),  # null: a former member's
    Column("organisation_id", Integer, ForeignKey(organisations.c.id, ondelete="SET NULL")),
    Column("seats", Integer, nullable=False),
    Column("pitches", JSON, nullable=False),  # a sorted list of ids
    Column("state", String(16), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("ticket", String(32), nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("offer_until", Instant),
    Column("checked_in_at", Instant),
    Column("feedback", String(16)),
    one_of("state", RegistrationState),
    one_of("feedback", Feedback),
    Index("ix_registrations_forum", "forum_id", "state"),
    Index(
        "uq_registrations_person",  # one that counts for each person and forum
        "person_id",
        "forum_id",
        unique=True,
        sqlite_where=text("state != 'cancelled'"),
        postgresql_where=text("state != 'cancelled'"),
    ),
    Index(
        "ix_registrations_offers",
        "offer_until",
        sqlite_where=text("state = 'offered'"),
        postgresql_where=text("state = 'offered'"),
    ),
    sqlite_autoincrement=True,
)
