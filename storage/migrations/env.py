"""Run by Alembic: applies the steps over the connection that storage.migrate gives it, inside its transaction."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from storage.tables import metadata
from storage.tables.columns import Instant


def as_written(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """Write an instant as what it is in the database, so that a step never depends on today's column types."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Instant) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite changes a table by making it anew.
    render_as_batch=True,
    render_item=as_written,
    # SQLite's changes of tables are undone like any other; Alembic does not count on it by itself.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
