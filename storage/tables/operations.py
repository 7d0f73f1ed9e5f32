"""The tables of operations: what was found wrong with the running bot."""

from sqlalchemy import Column, String, Table

from programme.health import Trouble
from storage.tables.columns import Instant, metadata, one_of

troubles = Table(
    "troubles",
    metadata,
    Column("trouble", String(32), primary_key=True),
    Column("since", Instant, nullable=False),
    Column("told_at", Instant),
    one_of("trouble", Trouble),
)
