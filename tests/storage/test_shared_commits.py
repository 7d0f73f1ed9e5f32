"""Writes that wait together: one commit for all, each undone alone, none lost with who is cancelled."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import Database
from storage.shared_commits import A_FEW, TOGETHER
from storage.tables import metadata

Result = TypeVar("Result")

ORPHAN = "INSERT INTO memberships (person_id, coalition_id, state, facilitator, since) VALUES (9, 9, 'asked', 0, 0)"


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database(f"sqlite+aiosqlite:///{tmp_path}/jalon.db")
    await opened.write(metadata.create_all)
    yield opened
    await opened.close()


@pytest.fixture
def commits() -> Iterator[list[Connection]]:
    """The connections on which something was committed, once for each commit."""
    seen: list[Connection] = []

    def note(connection: Connection) -> None:
        seen.append(connection)

    event.listen(Engine, "commit", note)
    yield seen
    event.remove(Engine, "commit", note)


def held_up(database: Database) -> AbstractAsyncContextManager[None]:
    """Nothing is written while the block runs, so that others come to wait."""
    assert database._commits is not None
    return database._commits.paused()


def adds(name: str) -> Callable[[Connection], str]:
    def work(connection: Connection) -> str:
        connection.exec_driver_sql("INSERT INTO remembered (name, value) VALUES (?, '')", (name,))
        return name.upper()

    return work


def fails(connection: Connection) -> None:
    adds("failed")(connection)
    raise ZeroDivisionError


async def kept(database: Database) -> list[str]:
    def names(connection: Connection) -> list[str]:
        return [name for (name,) in connection.exec_driver_sql("SELECT name FROM remembered ORDER BY rowid")]

    return await database.read(names)


def result_on(loop: asyncio.AbstractEventLoop, coroutine: Coroutine[Any, Any, Result]) -> Result:
    """Have the loop run something, from the thread that writes."""
    return asyncio.run_coroutine_threadsafe(coroutine, loop).result(5)


async def come_to_wait(
    database: Database, *works: Callable[[Connection], object], urgent: bool = False
) -> "list[asyncio.Task[object]]":
    """Begin writes, which wait where nothing is written."""
    tasks = [asyncio.ensure_future(database.write(work, urgent=urgent)) for work in works]
    await asyncio.sleep(0)
    return tasks


async def test_writes_that_wait_share_one_commit_and_keep_their_order(
    database: Database, commits: list[Connection]
) -> None:
    names = [f"n{number:02}" for number in range(A_FEW)]
    async with held_up(database):
        waiting = await come_to_wait(database, *map(adds, names))

    assert await asyncio.gather(*waiting) == [name.upper() for name in names]
    assert (len(commits), await kept(database)) == (1, names)


async def test_no_transaction_takes_more_than_its_share(database: Database, commits: list[Connection]) -> None:
    names = [f"n{number:02}" for number in range(2 * TOGETHER + 2)]
    async with held_up(database):
        waiting = await come_to_wait(database, *map(adds, names))
    await asyncio.gather(*waiting)

    # 66 wait: 32 go, then half of 34, of 17 and of 9, then no fewer than three, and the last two.
    assert (len(commits), await kept(database)) == (6, names)


async def test_one_that_raises_is_undone_alone(database: Database, commits: list[Connection]) -> None:
    async with held_up(database):
        before, failing, after = await come_to_wait(database, adds("before"), fails, adds("after"))

    assert (await before, await after) == ("BEFORE", "AFTER")
    with pytest.raises(ZeroDivisionError):
        await failing
    assert (len(commits), await kept(database)) == (1, ["before", "after"])


async def test_a_commit_that_fails_fails_all_that_share_it_and_nobody_else(database: Database) -> None:
    def breaks_at_the_commit(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        connection.exec_driver_sql(ORPHAN)

    async with held_up(database):
        waiting = await come_to_wait(database, adds("one"), breaks_at_the_commit, adds("two"))

    for task in waiting:
        with pytest.raises(IntegrityError):
            await task
    assert (await database.write(adds("later")), await kept(database)) == ("LATER", ["later"])


async def test_a_write_that_is_cancelled_while_it_waits_is_never_done(database: Database) -> None:
    async with held_up(database):
        first, given_up, last = await come_to_wait(database, adds("first"), adds("given up"), adds("last"))
        given_up.cancel()
        await asyncio.sleep(0)

    assert (await first, await last, given_up.cancelled()) == ("FIRST", "LAST", True)
    assert await kept(database) == ["first", "last"]


async def test_who_comes_during_a_transaction_shares_it_where_there_is_room(
    database: Database, commits: list[Connection]
) -> None:
    loop = asyncio.get_running_loop()
    names = [f"n{number}" for number in range(A_FEW)]
    came: list[asyncio.Task[object]] = []

    def brings_others(connection: Connection) -> None:
        adds("first")(connection)
        came.extend(result_on(loop, come_to_wait(database, *map(adds, names))))

    await database.write(brings_others)

    assert await asyncio.gather(*came) == [name.upper() for name in names]
    assert (len(commits), await kept(database)) == (2, ["first", *names])


@pytest.mark.parametrize("which", [0, 1], ids=["the first", "one that shares"])
async def test_a_write_that_is_cancelled_under_way_ends_first(database: Database, which: int) -> None:
    loop = asyncio.get_running_loop()
    waiting: list[asyncio.Task[object]] = []

    async def cancel() -> None:
        waiting[which].cancel()
        await asyncio.sleep(0)

    def is_cancelled_and_takes_its_time(connection: Connection) -> None:
        result_on(loop, cancel())
        time.sleep(0.02)
        adds("cancelled")(connection)

    works: list[Callable[[Connection], object]] = [adds("other"), adds("last")]
    works.insert(which, is_cancelled_and_takes_its_time)
    async with held_up(database):
        waiting += await come_to_wait(database, *works)
    await asyncio.wait({waiting[which]})

    assert [task.cancelled() for task in waiting] == [number == which for number in range(3)]
    assert await kept(database) == [["cancelled", "other", "last"], ["other", "cancelled", "last"]][which]


async def test_a_write_cancelled_behind_a_transaction_is_never_done(database: Database) -> None:
    loop = asyncio.get_running_loop()
    waiting: list[asyncio.Task[object]] = []

    async def cancel_the_last() -> None:
        waiting[-1].cancel()
        await asyncio.sleep(0)

    def has_the_last_cancelled(connection: Connection) -> None:
        adds("first")(connection)
        result_on(loop, cancel_the_last())

    async with held_up(database):
        waiting += await come_to_wait(database, has_the_last_cancelled, adds("second"), adds("given up"))
    await asyncio.wait(waiting)

    assert [task.cancelled() for task in waiting] == [False, False, True]
    assert (await database.write(adds("later")), await kept(database)) == ("LATER", ["first", "second", "later"])


async def test_what_is_urgent_goes_first_and_shares_with_nobody_else(
    database: Database, commits: list[Connection]
) -> None:
    async with held_up(database):
        waiting = await come_to_wait(database, adds("first"), adds("second"))
        waiting += await come_to_wait(database, adds("urgent"), urgent=True)
    await asyncio.gather(*waiting)

    assert (len(commits), await kept(database)) == (2, ["urgent", "first", "second"])


async def test_a_transaction_under_way_ends_with_what_is_urgent(database: Database, commits: list[Connection]) -> None:
    loop = asyncio.get_running_loop()
    came: list[asyncio.Task[object]] = []

    def is_hurried(connection: Connection) -> None:
        adds("first")(connection)
        came.extend(result_on(loop, come_to_wait(database, adds("!"), adds("!!"), urgent=True)))

    async with held_up(database):
        waiting = await come_to_wait(database, is_hurried, adds("second"))
    await asyncio.gather(*waiting)
    await asyncio.gather(*came)

    assert (len(commits), await kept(database)) == (2, ["first", "!", "!!", "second"])


async def test_an_urgent_write_that_is_cancelled_while_it_waits_is_never_done(database: Database) -> None:
    async with held_up(database):
        [given_up, urgent] = await come_to_wait(database, adds("given up"), adds("!"), urgent=True)
        given_up.cancel()
        await asyncio.sleep(0)

    assert (await urgent, given_up.cancelled(), await kept(database)) == ("!", True, ["!"])


async def test_a_pause_begins_after_the_transaction_under_way_and_nothing_is_written_in_it(database: Database) -> None:
    loop = asyncio.get_running_loop()
    seen: list[list[str]] = []
    pausing: list[asyncio.Task[None]] = []

    async def pauses() -> None:
        async with held_up(database):
            before = await kept(database)
            await asyncio.sleep(0.02)
            assert await kept(database) == before
            seen.append(before)

    async def begin_to_pause() -> None:
        pausing.append(asyncio.ensure_future(pauses()))
        await asyncio.sleep(0)

    def meets_a_pause(connection: Connection) -> None:
        result_on(loop, begin_to_pause())
        adds("first")(connection)

    written = await come_to_wait(database, meets_a_pause)
    await asyncio.gather(*written)
    await begin_to_pause()
    written += await come_to_wait(database, adds("second"))
    await asyncio.gather(*pausing, *written)

    # The second one may have come between the pauses.
    assert (seen[0], len(seen), await kept(database)) == (["first"], 2, ["first", "second"])


async def test_where_no_transaction_can_begin_all_that_would_have_shared_it_fail(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await database.close()
    monkeypatch.setattr("storage.engine.PRAGMAS", ("PRAGMA busy_timeout = 20",))
    other = sqlite3.connect(str(database.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    async with held_up(database):
        waiting = await come_to_wait(database, adds("one"), adds("two"))
    for task in waiting:
        with pytest.raises(OperationalError):
            await task
    other.execute("ROLLBACK")
    other.close()

    assert (await database.write(adds("later")), await kept(database)) == ("LATER", ["later"])


async def test_where_the_database_itself_undoes_a_transaction_all_of_it_fails(database: Database) -> None:
    def runs_out_of_space(connection: Connection) -> None:
        connection.exec_driver_sql("ROLLBACK")
        raise ZeroDivisionError

    async with held_up(database):
        waiting = await come_to_wait(database, adds("one"), runs_out_of_space, adds("two"))
    first, failing, last = await asyncio.gather(*waiting, return_exceptions=True)

    assert (type(first), type(failing), last) == (ZeroDivisionError, ZeroDivisionError, "TWO")
    assert await kept(database) == ["two"]


async def test_where_the_database_can_not_be_reached_who_waits_is_told_and_the_next_tries_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def connect(_: object) -> AsyncConnection:
        raise ZeroDivisionError

    await database.close()
    monkeypatch.setattr(type(database.engine), "connect", connect)
    waiting = await come_to_wait(database, adds("one"), adds("two"), adds("urgent"), urgent=True)
    for task in waiting:
        with pytest.raises(ZeroDivisionError):
            await task
    with pytest.raises(ZeroDivisionError):
        await database.scrub()
    monkeypatch.undo()

    assert (await database.write(adds("later")), await kept(database)) == ("LATER", ["later"])


async def test_what_waits_at_the_close_is_done_and_what_comes_later_too(database: Database) -> None:
    waiting = await come_to_wait(database, adds("one"), adds("two"))
    await database.close()

    assert await asyncio.gather(*waiting) == ["ONE", "TWO"]
    assert (await database.write(adds("later")), await kept(database)) == ("LATER", ["one", "two", "later"])


async def test_a_loop_that_ends_ends_the_writing(database: Database) -> None:
    assert database._commits is not None
    await database.write(adds("one"))
    serving = database._commits._serving
    assert serving is not None

    serving.cancel()
    await asyncio.wait({serving}, timeout=5)

    assert serving.cancelled()
    assert (await database.write(adds("two")), await kept(database)) == ("TWO", ["one", "two"])
