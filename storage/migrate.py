"""Bring the database to the shape this version knows, at every start, after a copy of the file it changes."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect

from storage.backup import back_up
from storage.engine import Database, sqlite_file
from storage.revisions import STEPS, known_revisions, newest_revision
from storage.tables import metadata


class DatabaseTooNew(Exception):  # noqa: N818 (named for what it says)
    """The database has the shape of a version of Jalon that this one does not know."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"The database has revision {revision}, which this version of Jalon does not know: "
            "run the newer version that made it, or restore an older backup."
        )
        self.revision = revision


class DatabaseNotOurs(Exception):  # noqa: N818 (named for what it says)
    """The database holds tables with the names of Jalon's that Jalon did not make."""

    def __init__(self, tables: set[str]) -> None:
        super().__init__(
            f"The database already holds tables that Jalon did not make ({', '.join(sorted(tables))}): "
            "set JALON_DATABASE_URL to a database of its own."
        )


@dataclass(frozen=True, slots=True)
class MigrationReport:
    """From which shape to which the database went; the same two where nothing was to do. `backup` is the copy made."""

    from_revision: str | None
    to_revision: str
    backup: Path | None


async def migrate(
    database: Database, now: datetime, backups: Path | None = None, *, steps: Path = STEPS
) -> MigrationReport:
    """Bring the database to the newest shape; raises DatabaseTooNew or DatabaseNotOurs before anything is changed.

    An SQLite file with an older shape is first copied to `<name>.<revision>.<YYYYMMDD-HHMMSS>.bak`, beside it or in
    the folder `backups`.
    """
    found = await database.read(lambda connection: _found(connection, steps))
    newest = newest_revision(steps)
    if found == newest:
        return MigrationReport(found, newest, None)
    backup = None
    file = sqlite_file(database.url)
    if found is not None and file is not None:
        backup = (backups or file.parent) / f"{file.name}.{found}.{now:%Y%m%d-%H%M%S}.bak"
        # Another process that starts in this very second has made the same copy.
        if not backup.exists():
            await asyncio.to_thread(back_up, file, backup)
    await database.change_tables(lambda connection: command.upgrade(steps_over(connection, steps), "head"))
    return MigrationReport(found, newest, backup)


def steps_over(connection: Connection, steps: Path = STEPS) -> Config:
    """Give what Alembic's commands need to work over this connection."""
    config = Config()
    config.set_main_option("script_location", str(steps).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _found(connection: Connection, steps: Path) -> str | None:
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is None:
        strangers = set(inspect(connection).get_table_names()) & set(metadata.tables)
        if strangers:
            raise DatabaseNotOurs(strangers)
    elif revision not in known_revisions(steps):
        raise DatabaseTooNew(revision)
    return revision
