"""Writes that wait together: one commit for all, each undone alone, none lost with who is cancelled."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import Database
from storage.shared_commits import A_FEW, TOGETHER
from storage.tables import metadata

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


def turn_of(database: Database) -> asyncio.Lock:
    """The turn to write, which a test holds so that others come to wait."""
    assert database._turn is not None
    return database._turn


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


async def come_to_wait(
    database: Database, *works: Callable[[Connection], object], urgent: bool = False
) -> "list[asyncio.Task[object]]":
    """Begin writes that find the turn taken."""
    tasks = [asyncio.ensure_future(database.write(work, urgent=urgent)) for work in works]
    await asyncio.sleep(0)
    return tasks


async def test_writes_that_wait_share_one_commit_and_keep_their_order(
    database: Database, commits: list[Connection]
) -> None:
    names = [f"n{number:02}" for number in range(A_FEW)]
    async with turn_of(database):
        waiting = await come_to_wait(database, *map(adds, names))

    assert await asyncio.gather(*waiting) == [name.upper() for name in names]
    assert (len(commits), await kept(database)) == (1, names)


async def test_no_transaction_takes_more_than_its_share(database: Database, commits: list[Connection]) -> None:
    names = [f"n{number:02}" for number in range(2 * TOGETHER + 2)]
    async with turn_of(database):
        waiting = await come_to_wait(database, *map(adds, names))
    await asyncio.gather(*waiting)

    # 66 wait: 32 go, then half of 34, half of 17 and of 9, no fewer than six, and the last three.
    assert (len(commits), await kept(database)) == (5, names)


async def test_one_that_raises_is_undone_alone(database: Database, commits: list[Connection]) -> None:
    async with turn_of(database):
        before, failing, after = await come_to_wait(database, adds("before"), fails, adds("after"))

    assert (await before, await after) == ("BEFORE", "AFTER")
    with pytest.raises(ZeroDivisionError):
        await failing
    assert (len(commits), await kept(database)) == (1, ["before", "after"])


async def test_a_commit_that_fails_fails_all_that_share_it_and_nobody_else(database: Database) -> None:
    def breaks_at_the_commit(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        connection.exec_driver_sql(ORPHAN)

    async with turn_of(database):
        waiting = await come_to_wait(database, adds("one"), breaks_at_the_commit, adds("two"))

    for task in waiting:
        with pytest.raises(IntegrityError):
            await task
    assert (await database.write(adds("later")), await kept(database)) == ("LATER", ["later"])


async def test_a_write_that_is_cancelled_while_it_waits_is_never_done(database: Database) -> None:
    async with turn_of(database):
        first, given_up, last = await come_to_wait(database, adds("first"), adds("given up"), adds("last"))
        given_up.cancel()
        await asyncio.sleep(0)

    assert (await first, await last, given_up.cancelled()) == ("FIRST", "LAST", True)
    assert await kept(database) == ["first", "last"]


async def test_the_next_leads_where_the_one_who_led_is_cancelled(database: Database) -> None:
    async with turn_of(database):
        leader, second, third = await come_to_wait(database, adds("leader"), adds("second"), adds("third"))
        leader.cancel()
        await asyncio.sleep(0)
        second.cancel()
        await asyncio.sleep(0)

    assert (await third, leader.cancelled(), second.cancelled()) == ("THIRD", True, True)
    assert (await database.write(adds("later")), await kept(database)) == ("LATER", ["third", "later"])


async def test_who_comes_during_a_commit_shares_the_next_one(database: Database, commits: list[Connection]) -> None:
    loop = asyncio.get_running_loop()
    came: list[asyncio.Task[object]] = []

    def brings_others(connection: Connection) -> None:
        adds("first")(connection)
        both = come_to_wait(database, adds("second"), adds("third"))
        came.extend(asyncio.run_coroutine_threadsafe(both, loop).result(5))

    await database.write(brings_others)

    assert await asyncio.gather(*came) == ["SECOND", "THIRD"]
    assert (len(commits), await kept(database)) == (2, ["first", "second", "third"])


@pytest.mark.parametrize("which", [0, 1], ids=["the one who leads", "one who shares"])
async def test_a_write_that_is_cancelled_under_way_ends_first(database: Database, which: int) -> None:
    loop = asyncio.get_running_loop()
    waiting: list[asyncio.Task[object]] = []

    def is_cancelled_meanwhile(connection: Connection, name: str) -> None:
        adds(name)(connection)
        loop.call_soon_threadsafe(waiting[which].cancel)

    async with turn_of(database):
        waiting += await come_to_wait(database, partial(is_cancelled_meanwhile, name="one"), adds("two"))
    await asyncio.wait(waiting)

    assert [task.cancelled() for task in waiting] == [number == which for number in range(2)]
    assert await kept(database) == ["one", "two"]


async def test_what_is_urgent_goes_first_and_shares_with_nobody_but_who_leads(
    database: Database, commits: list[Connection]
) -> None:
    async with turn_of(database):
        waiting = await come_to_wait(database, adds("leads"), adds("waits"))
        waiting += await come_to_wait(database, adds("urgent"), adds("urgent too"), urgent=True)
    await asyncio.gather(*waiting)

    assert (len(commits), await kept(database)) == (2, ["leads", "urgent", "urgent too", "waits"])


async def test_a_transaction_under_way_ends_where_something_urgent_comes(
    database: Database, commits: list[Connection]
) -> None:
    loop = asyncio.get_running_loop()
    came: list[asyncio.Task[object]] = []

    def is_hurried(connection: Connection) -> None:
        adds("second")(connection)
        came.extend(asyncio.run_coroutine_threadsafe(come_to_wait(database, adds("!"), urgent=True), loop).result(5))

    async with turn_of(database):
        waiting = await come_to_wait(database, adds("first"), is_hurried, adds("third"), adds("fourth"))
    await asyncio.gather(*waiting)
    await asyncio.gather(*came)

    assert (len(commits), await kept(database)) == (3, ["first", "second", "!", "third", "fourth"])


async def test_a_write_put_back_into_line_and_cancelled_leaves_it_where_it_would_lead(database: Database) -> None:
    loop = asyncio.get_running_loop()
    waiting: list[asyncio.Task[object]] = []

    def is_hurried(connection: Connection) -> None:
        adds("first")(connection)
        loop.call_soon_threadsafe(waiting[1].cancel)
        waiting.extend(asyncio.run_coroutine_threadsafe(come_to_wait(database, adds("!"), urgent=True), loop).result(5))

    async with turn_of(database):
        waiting += await come_to_wait(database, is_hurried, adds("given up"), adds("last"))
    await asyncio.wait(waiting)
    await asyncio.wait(waiting)

    assert [task.cancelled() for task in waiting] == [False, True, False, False]
    assert (await database.write(adds("later")), await kept(database)) == ("LATER", ["first", "!", "last", "later"])


async def test_those_who_share_are_done_by_another_where_who_leads_is_cancelled_before_the_transaction(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    connecting = asyncio.Event()

    class Slow:
        """A pool that gives its first connection late."""

        async def __aenter__(self) -> AsyncConnection:
            monkeypatch.undo()
            connecting.set()
            await asyncio.sleep(5)
            raise AssertionError("nobody waits so long")

        async def __aexit__(self, *_: object) -> None:
            """Nothing to give back."""

    monkeypatch.setattr(type(database.engine), "connect", lambda _: Slow())
    async with turn_of(database):
        leader, other = await come_to_wait(database, adds("leads"), adds("shares"))
    await connecting.wait()
    leader.cancel()

    assert (await other, leader.cancelled(), await kept(database)) == ("SHARES", True, ["shares"])
