"""Shared commits: what waits to write while a transaction is under way shares the next one."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextvars import copy_context
from functools import partial
from typing import Any, Final, Generic, TypeVar, cast

from sqlalchemy import Connection

from storage.units import until_done

Result = TypeVar("Result")

TOGETHER: Final = 32
"""Pieces of work in one transaction at most: who comes next waits for so many."""
A_FEW: Final = 6
"""Pieces up to which all that waits is done together; of more, half: its answers go out while the rest is at work."""


class SharedCommits:
    """Carries out pieces of work in their order, as many as wait in one transaction, each undone alone where it raises.

    `run` does one piece in a transaction of its own; `turn` is held meanwhile.
    """

    def __init__(self, turn: asyncio.Lock, run: Callable[[Callable[[Connection], None]], Awaitable[None]]) -> None:
        self._turn = turn
        self._run = run
        self._line: list[_Write[Any]] = []
        self._leading = False

    async def write(self, work: Callable[[Connection], Result]) -> Result:
        """Do a piece of work, committed when this returns; raises what it raises, and what the commit does."""
        one = _Write(work)
        self._line.append(one)
        if self._leading:
            await self._called(one)
        else:
            self._leading = one.leads = True
        if one.leads:
            await self._write_together(one)
        return one.result()

    async def _called(self, one: "_Write[Any]") -> None:
        """Wait until a write is done by another, or is to lead; one that is cancelled under way ends first."""
        try:
            await asyncio.shield(one.called)
        except asyncio.CancelledError:
            if one.leads:
                self._leave(one)
            elif one in self._line:
                self._line.remove(one)
            else:
                await until_done(one.called)
            raise

    def _leave(self, one: "_Write[Any]") -> None:
        """Take the one who leads out of the line, undone, and call the next."""
        self._line.remove(one)
        self._hand_over([])

    async def _write_together(self, one: "_Write[Any]") -> None:
        """Carry out all that waits in one transaction, the one who leads first, and call the next who leads."""
        batch: list[_Write[Any]] = []
        try:
            async with self._turn:
                share = min(TOGETHER, max(A_FEW, len(self._line) // 2))
                batch = self._line[:share]
                del self._line[:share]
                await self._run(partial(_together, batch))
        except Exception as error:  # noqa: BLE001 (each of them raises it)
            _fail(batch, error)
        except asyncio.CancelledError as cancelled:
            _fail(batch, cancelled.__cause__)
            raise
        finally:
            if batch:
                self._hand_over(batch[1:])
            else:
                self._leave(one)

    def _hand_over(self, done: "Sequence[_Write[Any]]") -> None:
        """Let those go on whose work is done, in their order, then the next who leads."""
        for one in done:
            one.called.set_result(None)
        self._leading = bool(self._line)
        if self._leading:
            self._line[0].leads = True
            self._line[0].called.set_result(None)


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


def _fail(batch: "Sequence[_Write[Any]]", error: BaseException | None) -> None:
    """Note that nothing of a transaction is kept, where it failed."""
    if isinstance(error, Exception):
        for one in batch:
            one.fail(error)


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
