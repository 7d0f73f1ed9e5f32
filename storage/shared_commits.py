"""Shared commits: one thread writes, and what comes to wait for it meanwhile shares its next transaction."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from contextvars import Context, copy_context
from functools import partial
from threading import Condition
from typing import Any, Final, Generic, TypeVar, cast

from sqlalchemy import Connection

Result = TypeVar("Result")

TOGETHER: Final = 32
"""Pieces of work in one transaction at most: who comes next waits for so many."""
A_FEW: Final = 3
"""Pieces that go together; of more than twice as many, half: their answers go out while the rest is at work."""

Transact = Callable[[Callable[[Connection], None]], None]
"""Does work in one transaction, committed when it returns; for one thread."""
Serve = Callable[[Callable[[Transact], None], Callable[[], None]], Awaitable[None]]
"""Has work done in a thread with a connection of its own, and where that is cancelled asks for its end."""


class SharedCommits:
    """Carries out pieces of work in their order, as many as wait in one transaction, each undone alone where it raises.

    Their thread goes from one transaction to the next by itself, as long as something waits: the event loop, which has
    other things to do, is told what became of the last one meanwhile. What is urgent goes before the rest, and the
    transaction under way ends with it.
    """

    def __init__(self, serve: Serve) -> None:
        self._serve = serve
        self._line: deque[_Write[Any]] = deque()
        self._urgent: deque[_Write[Any]] = deque()
        self._changed = Condition()
        self._ends = False
        self._serving: asyncio.Task[None] | None = None
        self._pausing = asyncio.Lock()
        self._rest: asyncio.Future[None] | None = None

    async def write(self, work: Callable[[Connection], Result], *, urgent: bool = False) -> Result:
        """Do a piece of work, committed when this returns; raises what it raises, and what the commit does.

        One that is cancelled while it waits is never done, and one that is cancelled under way ends first.
        """
        self._start()
        one = _Write(work)
        with self._changed:
            (self._urgent if urgent else self._line).append(one)
            self._changed.notify()
        try:
            await one.told
        except asyncio.CancelledError:
            if not self._withdraw(one):
                await one.until_told()
            raise
        return one.result()

    @asynccontextmanager
    async def paused(self) -> AsyncIterator[None]:
        """Keep all that comes waiting while the block runs; the transaction under way ends before it."""
        async with self._pausing:
            self._start()
            rest = asyncio.get_running_loop().create_future()
            self._set_rest(rest)
            try:
                await rest
                yield
            finally:
                self._set_rest(None)

    async def close(self) -> None:
        """Do what still waits, and let the thread and its connection go; the next write takes others."""
        if self._serving is not None:
            self._end()
            await asyncio.wait({self._serving})

    def _start(self) -> None:
        if self._serving is None:
            self._ends = False
            # In a context of its own: this goes on long after who comes first.
            self._serving = asyncio.get_running_loop().create_task(self._run(), name="writes", context=Context())

    async def _run(self) -> None:
        """Have the thread write until the end; what waits is told where there is no such thread."""
        try:
            await self._serve(self._work_off, self._end)
        except Exception as error:  # noqa: BLE001 (each of them raises it)
            self._give_up(error)
        finally:
            self._serving = None
        if self._line or self._urgent or self._rest is not None:
            # It came when the thread had ended already.
            self._start()

    def _give_up(self, error: Exception) -> None:
        rest, self._rest = self._rest, None
        if rest is not None and not rest.done():
            rest.set_exception(error)
        while (one := self._next()) is not None:
            one.fail(error)
            one.tell()

    def _end(self) -> None:
        with self._changed:
            self._ends = True
            self._changed.notify()

    def _set_rest(self, rest: asyncio.Future[None] | None) -> None:
        with self._changed:
            self._rest = rest
            self._changed.notify()

    def _withdraw(self, one: "_Write[Any]") -> bool:
        """Take a write out of the line; False where it is not there any more."""
        with self._changed:
            for line in (self._urgent, self._line):
                if one in line:
                    line.remove(one)
                    return True
        return False

    def _work_off(self, transact: Transact) -> None:
        """Carry out what comes, until the end; in the thread."""
        while self._something_comes():
            taken: list[_Write[Any]] = []
            try:
                transact(partial(self._carry_out, taken))
            except BaseException as error:  # noqa: BLE001 (each of them raises it)
                # Where it could not even begin, that goes for those who would have shared it.
                taken = taken or [*self._share()]
                for one in taken:
                    one.fail(error)
            if taken:
                taken[0].loop.call_soon_threadsafe(_tell, taken)

    def _something_comes(self) -> bool:
        """Wait in the thread for what is to be written; False at the end."""
        with self._changed:
            while True:
                if self._rest is not None:
                    self._rest.get_loop().call_soon_threadsafe(_set, self._rest)
                elif self._line or self._urgent:
                    return True
                elif self._ends:
                    return False
                self._changed.wait()

    def _share(self) -> "Iterator[_Write[Any]]":
        """Take what goes into one transaction out of the line, piece by piece, up to what is urgent."""
        for _ in range(min(TOGETHER, max(A_FEW, len(self._line) // 2))):
            if self._urgent or (one := self._next()) is None:
                break
            yield one
        while self._urgent and (one := self._next()) is not None:
            yield one

    def _next(self) -> "_Write[Any] | None":
        """Take the first out of the line."""
        with self._changed:
            line = self._urgent or self._line
            return line.popleft() if line else None

    def _carry_out(self, taken: "list[_Write[Any]]", connection: Connection) -> None:
        """Do one transaction's share, and note what of it was begun; a piece that raises is undone alone."""
        # By the driver itself: the library's own ways around it would be a good part of a short piece of work.
        driver = connection.connection.cursor()
        for one in self._share():
            taken.append(one)
            driver.execute("SAVEPOINT one")
            try:
                one.carry_out(connection)
            except Exception as error:
                if not _in_transaction(connection):
                    # Out of space or out of memory, SQLite has undone all of it.
                    raise
                driver.execute("ROLLBACK TO one")
                one.fail(error)
            driver.execute("RELEASE one")
        driver.close()


class _Write(Generic[Result]):
    """A piece of work that writes: in line, then carried out or failed, then `told` so in its event loop."""

    def __init__(self, work: Callable[[Connection], Result]) -> None:
        self._work = work
        self._context = copy_context()
        self._result: Result | None = None
        self._error: BaseException | None = None
        self._is_told = False
        self.loop = asyncio.get_running_loop()
        self.told: asyncio.Future[None] = self.loop.create_future()

    def carry_out(self, connection: Connection) -> None:
        """Do the work, in its own context."""
        self._result = self._context.run(self._work, connection)

    def fail(self, error: BaseException) -> None:
        """Note why nothing of it is kept; the first reason stands."""
        if self._error is None:
            self._error = error

    def tell(self) -> None:
        """Let who waits for it go on."""
        self._is_told = True
        _set(self.told)

    async def until_told(self) -> None:
        """Wait until it is told, however often that is cancelled."""
        while not self._is_told:
            self.told = self.loop.create_future()
            with suppress(asyncio.CancelledError):
                await self.told

    def result(self) -> Result:
        """Give what the work gave, or raise what it raised."""
        if self._error is not None:
            raise self._error
        return cast("Result", self._result)


def _tell(writes: "Sequence[_Write[Any]]") -> None:
    for one in writes:
        one.tell()


def _set(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


def _in_transaction(connection: Connection) -> bool:
    driver: Any = connection.connection.dbapi_connection
    return bool(driver.in_transaction)
