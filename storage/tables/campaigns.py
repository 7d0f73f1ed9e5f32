"""The tables of campaigns, and of the levels of commitment that organisations ask for."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text, text

from programme.campaigns import CampaignState
from programme.commitment_levels import LevelRequestState
from storage.tables.columns import Instant, metadata, one_of
from storage.tables.programme import coalitions, organisations, people

campaigns = Table(
    "campaigns",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("word", Text, nullable=False),
    Column("opens_at", Instant, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("opened_by", Integer, ForeignKey(people.c.id, ondelete="SET NULL")),
    Column("closed_at", Instant),
    Column("published", Integer),  # from here on: what was counted when it was closed
    Column("coalitions", Integer),
    one_of("state", CampaignState),
    # One at a time.
    Index(
        "uq_campaigns_open",
        "state",
        unique=True,
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
    sqlite_autoincrement=True,
)

campaign_chases = Table(
    "campaign_chases",
    metadata,
    Column("campaign_id", Integer, ForeignKey(campaigns.c.id, ondelete="CASCADE"), primary_key=True),
    Column("coalition_id", Integer, ForeignKey(coalitions.c.id, ondelete="CASCADE"), primary_key=True),
    Column("chased_on", Date, nullable=False),
)

level_requests = Table(
    "level_requests",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("organisation_id", Integer, ForeignKey(organisations.c.id, ondelete="CASCADE"), nullable=False),
    Column("level", String(32), nullable=False),  # a key of the territory
    Column("objectives", Text, nullable=False),
    Column("asked_by", Integer, ForeignKey(people.c.id, ondelete="SET NULL")),
    Column("asked_at", Instant, nullable=False),
    Column("state", String(16), nullable=False),
    Column("decided_by", Integer, ForeignKey(people.c.id, ondelete="SET NULL")),
    Column("decided_at", Instant),
    Column("word", Text, nullable=False),
    one_of("state", LevelRequestState),
    # One of an organisation at a time.
    Index(
        "uq_level_requests_asked",
        "organisation_id",
        unique=True,
        sqlite_where=text("state = 'asked'"),
        postgresql_where=text("state = 'asked'"),
    ),
    sqlite_autoincrement=True,
)
