"""Units of work in the thread that aiosqlite keeps for a connection."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from functools import cache
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
        """Run one unit; a cancelled one ends first, since until then nobody else may have its connection.

        Where it failed, that is the cause of its CancelledError.
        """
        context = copy_context()

        def unit() -> Result:
            try:
                with self._engine.begin() as connection:
                    connection.exec_driver_sql(_beginning(writes=writes))
                    return work(connection)
            finally:
                # A commit that fails can leave its transaction open, and then no other could begin here.
                if self._driver._conn.in_transaction:  # noqa: SLF001 (same)
                    self._driver._conn.rollback()  # noqa: SLF001 (same)

        ended: asyncio.Future[Result] = asyncio.ensure_future(
            self._driver._execute(context.run, unit)  # type: ignore[no-untyped-call]  # noqa: SLF001 (its thread's only door)
        )
        try:
            return await asyncio.shield(ended)
        except asyncio.CancelledError as cancelled:
            await until_done(ended)
            raise cancelled from None if ended.cancelled() else ended.exception()


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


async def until_done(future: asyncio.Future[Any]) -> None:
    """Wait until a future is done, however often that is cancelled."""
    while not future.done():
        with suppress(asyncio.CancelledError):
            await asyncio.wait({future})
