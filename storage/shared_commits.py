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

    What is urgent goes first: a transaction under way ends with the piece it is at, and the others go back into line.
    `run` does one piece in a transaction of its own; `turn` is held meanwhile.
    """

    def __init__(self, turn: asyncio.Lock, run: Callable[[Callable[[Connection], None]], Awaitable[None]]) -> None:
        self._turn = turn
        self._run = run
        self._line: list[_Write[Any]] = []
        self._leading = False
        self._hurried = False

    async def write(self, work: Callable[[Connection], Result], *, urgent: bool = False) -> Result:
        """Do a piece of work, committed when this returns; raises what it raises, and what the commit does."""
        one = _Write(work, urgent=urgent)
        if urgent:
            self._hurried = True
            self._line.insert(self._behind_urgent(), one)
        else:
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
            if one in self._line and not one.leads:
                self._line.remove(one)
                raise
            await until_done(one.called)
            if one.leads:
                self._leave(one)
            raise

    def _leave(self, one: "_Write[Any]") -> None:
        """Take the one who leads out of the line, undone, and call the next."""
        self._line.remove(one)
        self._call_next()

    def _behind_urgent(self) -> int:
        """Give the place in line behind the one who leads and all that is urgent."""
        return next((place for place, one in enumerate(self._line) if not (one.leads or one.urgent)), len(self._line))

    def _share(self) -> int:
        """Tell how many go together: what is urgent alone, with the one who leads."""
        if any(one.urgent for one in self._line):
            return self._behind_urgent()
        return min(TOGETHER, max(A_FEW, len(self._line) // 2))

    async def _write_together(self, one: "_Write[Any]") -> None:
        """Carry out what waits in one transaction, the one who leads first, and call the next who leads."""
        batch: list[_Write[Any]] = []
        try:
            async with self._turn:
                self._hurried = False
                batch = self._line[: self._share()]
                del self._line[: len(batch)]
                await self._run(partial(self._carry_out, batch))
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

    def _carry_out(self, batch: "Sequence[_Write[Any]]", connection: Connection) -> None:
        """Do pieces of work in one transaction until something urgent comes; one that raises is undone alone."""
        if len(batch) == 1:
            batch[0].carry_out(connection)
            return
        # By the driver itself: the library's own ways around it would be a good part of a short piece of work.
        driver = connection.connection.cursor()
        for one in batch:
            if self._hurried and batch[0].settled and not one.urgent:
                break
            driver.execute("SAVEPOINT one")
            try:
                one.carry_out(connection)
            except Exception as error:  # noqa: BLE001 (raised again where the work came from)
                driver.execute("ROLLBACK TO one")
                one.fail(error)
            driver.execute("RELEASE one")
        driver.close()

    def _hand_over(self, others: "Sequence[_Write[Any]]") -> None:
        """Let those go on whose work is done, in their order, put the others back, and call the next who leads."""
        back = [one for one in others if not one.settled]
        for one in others:
            if one.settled:
                one.called.set_result(None)
        place = self._behind_urgent()
        self._line[place:place] = back
        self._call_next()

    def _call_next(self) -> None:
        self._leading = bool(self._line)
        if self._leading:
            self._line[0].leads = True
            self._line[0].called.set_result(None)


class _Write(Generic[Result]):
    """A piece of work that writes, in line for its transaction.

    It is `called` when it is `settled`, carried out or failed, or when it `leads`.
    """

    def __init__(self, work: Callable[[Connection], Result], *, urgent: bool) -> None:
        self._work = work
        self._context = copy_context()
        self._result: Result | None = None
        self._error: Exception | None = None
        self.called: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.urgent = urgent
        self.leads = False
        self.settled = False

    def carry_out(self, connection: Connection) -> None:
        """Do the work, in its own context."""
        self._result = self._context.run(self._work, connection)
        self.settled = True

    def fail(self, error: Exception) -> None:
        """Note why nothing of it is kept."""
        self._error = error
        self.settled = True

    def result(self) -> Result:
        """Give what the work gave, or raise what it raised."""
        if self._error is not None:
            raise self._error
        return cast("Result", self._result)


def _fail(batch: "Sequence[_Write[Any]]", error: BaseException | None) -> None:
    """Note that nothing of a transaction is kept, where it failed; what it had not come to is tried again."""
    if isinstance(error, Exception):
        for one in [one for one in batch if one.settled] or batch:
            one.fail(error)
