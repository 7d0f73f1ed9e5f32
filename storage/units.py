"""Units of work in the thread that aiosqlite keeps for a connection."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from functools import cache, partial
from typing import Any, Final, TypeVar

import aiosqlite
from sqlalchemy import URL, Connection, Dialect, Engine, create_engine
from sqlalchemy.pool import StaticPool
from sqlalchemy.util import LRUCache

Result = TypeVar("Result")

COMPILED_MOST: Final = 2_000
"""Statements whose SQL is kept: more than the programme has."""


class Units:
    """Runs whole units in the thread that aiosqlite keeps for one connection.

    Statement by statement, each would go to that thread and back, and wait there for the interpreter's lock: twice the
    work, and a writer that holds up the others all the while.
    """

    def __init__(self, driver: aiosqlite.Connection | None) -> None:
        if driver is None:
            raise ValueError("the pool gave a connection that is closed")
        self._driver = driver
        url, dialect, compiled = _shared()
        pool = StaticPool(
            lambda: driver._conn,  # type: ignore[arg-type]  # noqa: SLF001 (a sqlite3 one; aiosqlite keeps it to itself)
            reset_on_return=None,
            dialect=dialect,
        )
        # Nothing listens to it: where something does, the library asks at every statement who wants to know.
        self._engine = Engine(pool, dialect, url, hide_parameters=True, execution_options={"compiled_cache": compiled})

    async def run(self, work: Callable[[Connection], Result], *, writes: bool) -> Result:
        """Run one unit."""
        return await self.in_thread(partial(copy_context().run, partial(self.transact, work, writes=writes)))

    def transact(self, work: Callable[[Connection], Result], *, writes: bool) -> Result:
        """Run one unit in the thread that calls this, which is the connection's."""
        try:
            with self._engine.begin() as connection:
                connection.exec_driver_sql(_beginning(writes=writes))
                return work(connection)
        finally:
            # A commit that fails can leave its transaction open, and then no other could begin here.
            if self._driver._conn.in_transaction:  # noqa: SLF001 (same)
                self._driver._conn.rollback()  # noqa: SLF001 (same)

    async def in_thread(self, job: Callable[[], Result], end: Callable[[], None] | None = None) -> Result:
        """Do a job in the connection's thread; one that is cancelled is asked to `end`, and ends first.

        Until then nobody else may have the connection.
        """
        ended: asyncio.Future[Result] = asyncio.ensure_future(
            self._driver._execute(job)  # type: ignore[no-untyped-call]  # noqa: SLF001 (its thread's only door)
        )
        try:
            return await asyncio.shield(ended)
        except asyncio.CancelledError:
            if end is not None:
                end()
            await _until_done(ended)
            raise


@cache
def _shared() -> tuple[URL, Dialect, LRUCache[Any, Any]]:
    """Give what all connections of the process share, so that a statement is turned into SQL once and not once each."""
    engine = create_engine("sqlite://")
    with engine.connect():
        # The first connection asks the library what it can do.
        return engine.url, engine.dialect, LRUCache(COMPILED_MOST)


def begin(connection: Connection) -> None:
    """Begin a transaction as SQLite needs it; made to listen to an engine’s « begin »."""
    connection.exec_driver_sql(_beginning(writes=connection.get_execution_options().get("writes", False)))


def _beginning(*, writes: bool) -> str:
    """Give the words; a transaction that may write waits for its turn before it reads."""
    return "BEGIN IMMEDIATE" if writes else "BEGIN"


async def _until_done(future: asyncio.Future[Any]) -> None:
    """Wait until a future is done, however often that is cancelled."""
    while not future.done():
        with suppress(asyncio.CancelledError):
            await asyncio.wait({future})
