"""The table of the actions. Their ids are never used again (`sqlite_autoincrement`)."""

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from programme.actions import ActionState, FigureUnit, RoadmapState
from storage.tables.columns import Instant, metadata, one_of
from storage.tables.programme import coalitions, organisations, people

actions = Table(
    "actions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("coalition_id", Integer, ForeignKey(coalitions.c.id, ondelete="CASCADE"), nullable=False),
    Column("title", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("done_on", Date, nullable=False),  # the day it was, is or will be done
    Column("whole_month", Boolean, nullable=False),
    Column("stakes", JSON, nullable=False),  # a list of keys of the territory
    Column("figure", String(24)),  # a decimal number as text: exact in every database
    Column("unit", String(16)),
    Column("photo", Text),  # Telegram's file id
    Column("means", Text, nullable=False),
    Column("public", Text, nullable=False),
    Column("partners", Text, nullable=False),
    Column("expected_result", Text, nullable=False),
    Column("sector", String(64), nullable=False),
    Column("logged_by", Integer, ForeignKey(people.c.id, ondelete="SET NULL")),
    Column("organisation_id", Integer, ForeignKey(organisations.c.id, ondelete="SET NULL")),
    Column("logged_at", Instant, nullable=False),
    Column("deleted_at", Instant),
    Column("roadmap", String(16)),
    Column("owner_id", Integer, ForeignKey(people.c.id, ondelete="SET NULL")),
    one_of("state", ActionState),
    one_of("roadmap", RoadmapState),
    one_of("unit", FigureUnit),
    Index("ix_actions_coalition", "coalition_id", "done_on"),
    Index("ix_actions_logged_by", "logged_by"),
    sqlite_autoincrement=True,
)
