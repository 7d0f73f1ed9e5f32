"""The database: one engine, writes in turn, and the only place that knows a dialect's own ways."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext
from functools import cache, partial
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy import URL, Connection, Insert, Table, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from storage.shared_commits import SharedCommits, Transact
from storage.units import Units, begin

Result = TypeVar("Result")

BUSY_TIMEOUT_MS: Final = 10_000
UNITS: Final = "units"
"""Under which name a pooled connection keeps what runs units on it."""
SCRUB_TIMEOUT_MS: Final = 1_000
TURNS_TO_WAL: Final = 500
"""How often, 10 ms apart, a new connection tries to turn the file to WAL while others are at it."""
PRAGMAS: Final = (
    # FULL: with NORMAL a power cut may lose the last commits, and with them what Telegram was told is received.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}",
    # What is deleted is overwritten: an erased person must not stay in the file's free pages.
    "PRAGMA secure_delete = ON",
)


class ForeignKeysBroken(Exception):  # noqa: N818 (named for what it says)
    """A change of the tables leaves rows that point to nothing."""


class Database:
    """The bot's database; each piece of work is one synchronous function over one transaction.

    Raises ValueError for an SQLite database in memory.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self._commits: SharedCommits | None = None
        if self.url.get_backend_name() == "sqlite":
            if sqlite_file(self.url) is None:
                raise ValueError("a database in memory has one connection for all: its file needs a name")
            # SQLite has one writer at a time: waiting here is fair and quick, waiting inside SQLite is neither.
            self._commits = SharedCommits(self._serve_writes)
            # A unit ends its transaction itself: a rollback at its return would be one more way to the thread and back.
            self.engine = create_async_engine(self.url, hide_parameters=True, pool_reset_on_return=None)
            event.listen(self.engine.sync_engine, "connect", _prepare)
            event.listen(self.engine.sync_engine, "begin", begin)
        else:
            self.engine = create_async_engine(self.url, hide_parameters=True)
        self._writes = self.engine.execution_options(writes=True)

    async def write(self, work: Callable[[Connection], Result], *, urgent: bool = False) -> Result:
        """Run `work` in a transaction that may write; committed when it returns, rolled back when it raises.

        On SQLite, what waits for its turn meanwhile shares the next transaction, each piece of work undone alone where
        it raises: a commit is one wait for the disk, however many wait for it. What is `urgent` goes before the rest.
        """
        if self._commits is not None:
            return await self._commits.write(work, urgent=urgent)
        async with self._writes.begin() as connection:
            return await connection.run_sync(work)

    async def read(self, work: Callable[[Connection], Result]) -> Result:
        """Run `work` in a transaction that only reads; it neither waits for writers nor holds them up."""
        if self._commits is None:
            async with self.engine.begin() as connection:
                return await connection.run_sync(work)
        async with self._units() as units:
            return await units.run(work, writes=False)

    async def change_tables(self, work: Callable[[Connection], Result]) -> Result:
        """Run `work`, which may make tables anew, in one transaction; raises ForeignKeysBroken and undoes it all.

        SQLite changes a table by dropping it, and enforced foreign keys would then delete what points to its rows: they
        are checked at the end instead.
        """
        alone = nullcontext() if self._commits is None else self._commits.paused()
        async with alone, self._writes.connect() as connection:
            return await connection.run_sync(_checked_at_the_end, work)

    async def scrub(self) -> bool:
        """Put the log into the file and empty it, so that nothing erased stays there; False where a reader holds it up.

        Writers wait meanwhile, a second at most. Other databases than SQLite have no such log: there it does nothing.
        """
        if self._commits is None:
            return True
        async with self._commits.paused(), self.engine.connect() as connection:
            return await connection.run_sync(_scrub)

    async def close(self) -> None:
        """Do what still waits to be written, and close every connection."""
        if self._commits is not None:
            await self._commits.close()
        await self.engine.dispose()

    async def _serve_writes(self, work_off: Callable[[Transact], None], end: Callable[[], None]) -> None:
        async with self._units() as units:
            await units.in_thread(partial(work_off, partial(units.transact, writes=True)), end)

    @asynccontextmanager
    async def _units(self) -> AsyncIterator[Units]:
        async with self.engine.connect() as connection:
            pooled = await connection.get_raw_connection()
            units: Units | None = pooled.info.get(UNITS)
            if units is None:
                units = pooled.info[UNITS] = Units(pooled.driver_connection)
            yield units


def sqlite_file(url: URL) -> Path | None:
    """Give the file of an SQLite database; None for one in memory and for other databases."""
    if url.get_backend_name() != "sqlite" or url.database in {None, "", ":memory:"}:
        return None
    return Path(str(url.database))


def insert_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert the rows whose keys are not there yet, and give how many were."""
    if not rows:
        return 0
    # SQLAlchemy throws the count of an insert away unless it is asked to keep it; on PostgreSQL it would be -1.
    options = {"preserve_rowcount": True}
    return connection.execute(_new_rows(table, connection.dialect.name), list(rows), execution_options=options).rowcount


def insert_or_update(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert whole rows in their order; where the key of one is there already, it takes the other's place."""
    if rows:
        connection.execute(_rows_in_place(table, connection.dialect.name), list(rows))


@cache
def _new_rows(table: Table, dialect: str) -> Insert:
    return _insert(table, dialect).on_conflict_do_nothing()


@cache
def _rows_in_place(table: Table, dialect: str) -> Insert:
    statement = _insert(table, dialect)
    keys = table.primary_key.columns
    others = {column.name: column for column in statement.excluded if column.name not in keys}
    return statement.on_conflict_do_update(index_elements=list(keys), set_=others)


def _insert(table: Table, dialect: str) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def _prepare(connection: Any, _: ConnectionPoolEntry) -> None:
    # The driver's own BEGIN is deferred, and a deferred transaction that reads, then writes, fails at once when busy.
    connection.isolation_level = None
    cursor = connection.cursor()
    _turn_to_wal(connection, cursor)
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _turn_to_wal(connection: Any, cursor: Any) -> None:
    # Here SQLite does not wait for others whatever busy_timeout says, and two processes may start on one new file.
    for left in reversed(range(TURNS_TO_WAL)):
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if not left:
                raise
            connection.run_async(lambda _: asyncio.sleep(0.01))
        else:
            return


def _checked_at_the_end(connection: Connection, work: Callable[[Connection], Result]) -> Result:
    if connection.dialect.name != "sqlite":
        with connection.begin():
            return work(connection)
    # The pragma does nothing inside a transaction, so it goes to the driver before one is begun.
    driver = connection.connection.cursor()
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        with connection.begin():
            result = work(connection)
            broken = {row[0] for row in connection.exec_driver_sql("PRAGMA foreign_key_check")}
            if broken:
                raise ForeignKeysBroken(", ".join(sorted(broken)))
            return result
    finally:
        driver.execute("PRAGMA foreign_keys = ON")
        driver.close()


def _scrub(connection: Connection) -> bool:
    # A checkpoint is no part of a transaction, so it goes to the driver.
    driver = connection.connection.cursor()
    driver.execute(f"PRAGMA busy_timeout = {SCRUB_TIMEOUT_MS}")
    try:
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [(held_up, *_)] = driver.fetchall()
    finally:
        driver.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        driver.close()
    return not held_up
