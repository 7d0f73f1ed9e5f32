"""The tables of a coalition's road: steps, agreement, chairs, votes and commitment cards."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from programme.path import Step
from programme.votes import Ballot, VoteState, VoteSubject
from storage.tables.columns import Instant, metadata, one_of
from storage.tables.programme import coalitions, people

steps = Table(
    "steps",
    metadata,
    Column("coalition_id", Integer, ForeignKey(coalitions.c.id, ondelete="CASCADE"), primary_key=True),
    Column("step", String(16), primary_key=True),
    Column("due_on", Date),
    Column("owner_id", Integer, ForeignKey(people.c.id, ondelete="SET NULL")),
    Column("done_on", Date),
    one_of("step", Step),
)

agreements = Table(
    "agreements",
    metadata,
    Column("coalition_id", Integer, ForeignKey(coalitions.c.id, ondelete="CASCADE"), primary_key=True),
    Column("rotating", Boolean, nullable=False),
    Column("chair_id", Integer, ForeignKey(people.c.id, ondelete="SET NULL")),
    Column("frequency", Text, nullable=False),
    Column("tools", Text, nullable=False),
    Column("authority_link", Text, nullable=False),
    Column("outside_link", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("agreed_at", Instant, nullable=False),
)

chairs = Table(
    "chairs",
    metadata,
    Column("coalition_id", Integer, ForeignKey(coalitions.c.id, ondelete="CASCADE"), primary_key=True),
    Column("person_id", Integer, ForeignKey(people.c.id, ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, nullable=False),
)

votes = Table(
    "votes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("coalition_id", Integer, ForeignKey(coalitions.c.id, ondelete="CASCADE"), nullable=False),
    Column("subject", String(16), nullable=False),
    Column("subject_id", Integer, nullable=False),
    Column("opened_by", Integer, ForeignKey(people.c.id, ondelete="SET NULL")),
    Column("opened_at", Instant, nullable=False),
    Column("closes_at", Instant, nullable=False),
    Column("quorum", Integer, nullable=False),
    Column("majority", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("closed_at", Instant),
    Column("members", Integer),  # from here on: what was counted when it closed
    Column("in_favour", Integer),
    Column("against", Integer),
    Column("abstained", Integer),
    one_of("subject", VoteSubject),
    one_of("state", VoteState),
    Index("ix_votes_coalition", "coalition_id"),
    Index(
        "ix_votes_open",
        "closes_at",
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
    sqlite_autoincrement=True,
)

ballots = Table(
    "ballots",
    metadata,
    Column("vote_id", Integer, ForeignKey(votes.c.id, ondelete="CASCADE"), primary_key=True),
    Column("person_id", Integer, ForeignKey(people.c.id, ondelete="CASCADE"), primary_key=True),
    Column("ballot", String(16), nullable=False),
    Column("cast_at", Instant, nullable=False),
    one_of("ballot", Ballot),
    Index("ix_ballots_person", "person_id"),
)

commitment_cards = Table(
    "commitment_cards",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("coalition_id", Integer, ForeignKey(coalitions.c.id, ondelete="CASCADE"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("coalition_name", Text, nullable=False),
    Column("fields", JSON, nullable=False),  # the five fields, as programme.commitment_cards.CardFields has them
    Column("published_by", Integer, ForeignKey(people.c.id, ondelete="SET NULL")),
    Column("published_at", Instant, nullable=False),
    UniqueConstraint("coalition_id", "version"),
    sqlite_autoincrement=True,
)

card_corrections = Table(
    "card_corrections",
    metadata,
    Column("coalition_id", Integer, ForeignKey(coalitions.c.id, ondelete="CASCADE"), primary_key=True),
    Column("fields", JSON, nullable=False),  # only those that were written
    Column("corrected_at", Instant, nullable=False),
)
