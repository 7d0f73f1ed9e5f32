"""The database: one engine, writes in turn, and the only place that knows a dialect's own ways."""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from contextvars import copy_context
from functools import partial
from pathlib import Path
from typing import Any, Final, Generic, TypeVar, cast

import aiosqlite
from sqlalchemy import URL, Connection, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

Result = TypeVar("Result")

TOGETHER: Final = 32
"""Pieces of work in one transaction at most: who comes next waits for so many."""

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
    """The bot's database; each piece of work is one synchronous function over one transaction."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self._turn: asyncio.Lock | None = None
        self._line: list[_Write[Any]] = []
        self._leading = False
        if self.url.get_backend_name() == "sqlite":
            # SQLite has one writer at a time: waiting here is fair and quick, waiting inside SQLite is neither.
            self._turn = asyncio.Lock()
            # A unit ends its transaction itself: a rollback at its return would be one more way to the thread and back.
            self.engine = create_async_engine(self.url, hide_parameters=True, pool_reset_on_return=None)
            event.listen(self.engine.sync_engine, "connect", _prepare)
            event.listen(self.engine.sync_engine, "begin", _begin)
        else:
            self.engine = create_async_engine(self.url, hide_parameters=True)
        self._writes = self.engine.execution_options(writes=True)

    async def write(self, work: Callable[[Connection], Result]) -> Result:
        """Run `work` in a transaction that may write; committed when it returns, rolled back when it raises.

        On SQLite, what waits for its turn meanwhile shares the next transaction, each piece of work undone alone where
        it raises: a commit is one wait for the disk, however many wait for it.
        """
        if self._turn is None:
            async with self._writes.begin() as connection:
                return await connection.run_sync(work)
        one = _Write(work)
        self._line.append(one)
        if self._leading:
            await self._called(one)
        else:
            self._leading = one.leads = True
        if one.leads:
            await self._write_together()
        return one.result()

    async def _called(self, one: "_Write[Any]") -> None:
        """Wait until a write is done by another, or has its turn to lead."""
        try:
            await one.called
        except asyncio.CancelledError:
            if one in self._line and not one.leads:
                self._line.remove(one)
            elif one.leads:
                self._hand_over([])
            raise

    async def _write_together(self) -> None:
        """Carry out all that waits in one transaction, and call the next who leads."""
        batch: list[_Write[Any]] = []
        try:
            async with self._turn or nullcontext():
                batch = self._line[:TOGETHER]
                del self._line[:TOGETHER]
                await self._units(partial(_together, batch), writes=True)
        except Exception as error:  # noqa: BLE001 (each of them raises it)
            for one in batch:
                one.fail(error)
        finally:
            self._hand_over(batch[1:])

    def _hand_over(self, done: "Sequence[_Write[Any]]") -> None:
        """Let those go on whose work is done, in their order, then the next who leads."""
        for one in done:
            if not one.called.done():
                one.called.set_result(None)
        self._leading = bool(self._line)
        if self._leading:
            self._line[0].leads = True
            self._line[0].called.set_result(None)

    async def read(self, work: Callable[[Connection], Result]) -> Result:
        """Run `work` in a transaction that only reads; it neither waits for writers nor holds them up."""
        if self._turn is None:
            async with self.engine.begin() as connection:
                return await connection.run_sync(work)
        return await self._units(work, writes=False)

    async def change_tables(self, work: Callable[[Connection], Result]) -> Result:
        """Run `work`, which may make tables anew, in one transaction; raises ForeignKeysBroken and undoes it all.

        SQLite changes a table by dropping it, and enforced foreign keys would then delete what points to its rows: they
        are checked at the end instead.
        """
        turn: AbstractAsyncContextManager[None] = self._turn or nullcontext()
        async with turn, self._writes.connect() as connection:
            return await connection.run_sync(_checked_at_the_end, work)

    async def scrub(self) -> bool:
        """Put the log into the file and empty it, so that nothing erased stays there; False where a reader holds it up.

        Writers wait meanwhile, a second at most. Other databases than SQLite have no such log: there it does nothing.
        """
        if self._turn is None:
            return True
        async with self._turn, self.engine.connect() as connection:
            return await connection.run_sync(_scrub)

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()

    async def _units(self, work: Callable[[Connection], Result], *, writes: bool) -> Result:
        async with self.engine.connect() as connection:
            pooled = await connection.get_raw_connection()
            units: _Units | None = pooled.info.get(UNITS)
            if units is None:
                units = pooled.info[UNITS] = _Units(pooled.driver_connection)
            return await units.run(work, writes=writes)


class _Write(Generic[Result]):
    """A piece of work that writes, in line for its transaction; `called` when it is done, or when it `leads`."""

    def __init__(self, work: Callable[[Connection], Result]) -> None:
        self._work = work
        self._context = copy_context()
        self._result: Result | None = None
        self._error: Exception | None = None
        self.called: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.leads = False

    def carry_out(self, connection: Connection) -> None:
        """Do the work, in its own context."""
        self._result = self._context.run(self._work, connection)

    def fail(self, error: Exception) -> None:
        """Note why nothing of it is kept."""
        self._error = error

    def result(self) -> Result:
        """Give what the work gave, or raise what it raised."""
        if self._error is not None:
            raise self._error
        return cast("Result", self._result)


def _together(batch: "Sequence[_Write[Any]]", connection: Connection) -> None:
    """Do pieces of work in one transaction; one that raises is undone alone."""
    if len(batch) == 1:
        batch[0].carry_out(connection)
        return
    for one in batch:
        connection.exec_driver_sql("SAVEPOINT one")
        try:
            one.carry_out(connection)
        except Exception as error:  # noqa: BLE001 (raised again where the work came from)
            connection.exec_driver_sql("ROLLBACK TO one")
            one.fail(error)
        connection.exec_driver_sql("RELEASE one")


class _Units:
    """Runs whole units in the thread that aiosqlite keeps for one connection.

    Statement by statement, each would go to that thread and back, and wait there for the interpreter's lock: twice the
    work, and a writer that holds up the others all the while.
    """

    def __init__(self, driver: aiosqlite.Connection | None) -> None:
        if driver is None:
            raise ValueError("the pool gave a connection that is closed")
        self._driver = driver
        engine = create_engine(
            "sqlite://",
            creator=lambda: driver._conn,  # noqa: SLF001 (aiosqlite gives no other way to the connection it keeps)
            poolclass=StaticPool,
            pool_reset_on_return=None,
            hide_parameters=True,
        )
        event.listen(engine, "begin", _begin)
        self._engines = {False: engine, True: engine.execution_options(writes=True)}

    async def run(self, work: Callable[[Connection], Result], *, writes: bool) -> Result:
        """Run one unit; a cancelled one ends first, since until then nobody else may have its connection."""
        engine, context = self._engines[writes], copy_context()

        def unit() -> Result:
            with engine.begin() as connection:
                return work(connection)

        ended: asyncio.Future[Result] = asyncio.ensure_future(
            self._driver._execute(context.run, unit)  # type: ignore[no-untyped-call]  # noqa: SLF001 (its thread's only door)
        )
        try:
            return await asyncio.shield(ended)
        except asyncio.CancelledError:
            while not ended.done():
                with suppress(asyncio.CancelledError):
                    await asyncio.wait({ended})
            if not ended.cancelled():
                ended.exception()
            raise


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
