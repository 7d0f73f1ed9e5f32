"""The database: one engine, writes in turn, and the only place that knows a dialect's own ways."""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy import URL, Connection, Table, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

Result = TypeVar("Result")

BUSY_TIMEOUT_MS: Final = 10_000
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
    """The bot's database; each piece of work is one synchronous function over one transaction."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.engine = create_async_engine(self.url, hide_parameters=True)
        self._writes = self.engine.execution_options(writes=True)
        self._turn: asyncio.Lock | None = None
        if self.url.get_backend_name() == "sqlite":
            # SQLite has one writer at a time: waiting here is fair and quick, waiting inside SQLite is neither.
            self._turn = asyncio.Lock()
            event.listen(self.engine.sync_engine, "connect", _prepare)
            event.listen(self.engine.sync_engine, "begin", _begin)

    async def write(self, work: Callable[[Connection], Result]) -> Result:
        """Run `work` in a transaction that may write; committed when it returns, rolled back when it raises."""
        turn: AbstractAsyncContextManager[None] = self._turn or nullcontext()
        async with turn:
            return await self._run(self._writes, work)

    async def read(self, work: Callable[[Connection], Result]) -> Result:
        """Run `work` in a transaction that only reads; it neither waits for writers nor holds them up."""
        return await self._run(self.engine, work)

    async def change_tables(self, work: Callable[[Connection], Result]) -> Result:
        """Run `work`, which may make tables anew, in one transaction; raises ForeignKeysBroken and undoes it all.

        SQLite changes a table by dropping it, and enforced foreign keys would then delete what points to its rows: they
        are checked at the end instead.
        """
        turn: AbstractAsyncContextManager[None] = self._turn or nullcontext()
        async with turn, self._writes.connect() as connection:
            return await connection.run_sync(_checked_at_the_end, work)

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()

    @staticmethod
    async def _run(engine: AsyncEngine, work: Callable[[Connection], Result]) -> Result:
        async with engine.begin() as connection:
            return await connection.run_sync(work)


def sqlite_file(url: URL) -> Path | None:
    """Give the file of an SQLite database; None for one in memory and for other databases."""
    if url.get_backend_name() != "sqlite" or url.database in {None, "", ":memory:"}:
        return None
    return Path(str(url.database))


def insert_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert the rows whose keys are not there yet, and give how many were."""
    if not rows:
        return 0
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table).on_conflict_do_nothing()
    # SQLAlchemy throws the count of an insert away unless it is asked to keep it; on PostgreSQL it would be -1.
    return connection.execute(statement, list(rows), execution_options={"preserve_rowcount": True}).rowcount


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


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


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
