from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from storage.engine import Database
from storage.inbox import Inbox
from storage.tables import metadata
from storage.tables.delivery import inbox

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/jalon.db")
    await database.write(metadata.create_all)
    yield database
    await database.close()


async def test_a_repeated_batch_is_kept_once(database: Database) -> None:
    first = await database.write(lambda c: Inbox(c).store([(1, "one"), (2, "two")], NOW))
    again = await database.write(lambda c: Inbox(c).store([(2, "other"), (3, "three")], NOW))

    assert (first, again) == ({1, 2}, {2, 3})
    kept = await database.read(lambda c: Inbox(c).waiting(after=0, limit=10))
    assert kept == [(1, "one"), (2, "two"), (3, "three")]


async def test_an_update_is_claimed_once_and_its_text_goes(database: Database) -> None:
    await database.write(lambda c: Inbox(c).store([(7, "secret")], NOW))

    assert await database.write(lambda c: Inbox(c).claim(7, NOW)) is True
    assert await database.write(lambda c: Inbox(c).claim(7, NOW)) is False
    assert await database.write(lambda c: Inbox(c).claim(8, NOW)) is False

    row = await database.read(lambda c: c.execute(select(inbox)).one())
    assert (row.state, row.body, row.done_at) == ("done", "", NOW)


async def test_a_claim_rolled_back_leaves_the_update_waiting(database: Database) -> None:
    await database.write(lambda c: Inbox(c).store([(7, "body")], NOW))

    with pytest.raises(ZeroDivisionError):
        await database.write(lambda c: Inbox(c).claim(7, NOW) and 1 / 0)

    assert await database.read(lambda c: Inbox(c).waiting(after=0, limit=10)) == [(7, "body")]


async def test_a_failed_update_keeps_its_reason_but_not_its_text(database: Database) -> None:
    await database.write(lambda c: Inbox(c).store([(7, "secret")], NOW))

    assert await database.write(lambda c: Inbox(c).fail(7, "KeyError", NOW)) is True

    row = await database.read(lambda c: c.execute(select(inbox)).one())
    assert (row.state, row.body, row.reason) == ("failed", "", "KeyError")
    assert await database.write(lambda c: Inbox(c).store([(7, "secret")], NOW)) == set()


async def test_what_waits_is_read_in_pages(database: Database) -> None:
    await database.write(lambda c: Inbox(c).store([(n, str(n)) for n in range(1, 6)], NOW))
    await database.write(lambda c: Inbox(c).claim(2, NOW))

    first = await database.read(lambda c: Inbox(c).waiting(after=0, limit=2))
    second = await database.read(lambda c: Inbox(c).waiting(after=first[-1][0], limit=10))

    assert (first, second) == ([(1, "1"), (3, "3")], [(4, "4"), (5, "5")])
    assert await database.read(lambda c: Inbox(c).count_waiting()) == 4


async def test_old_done_updates_are_forgotten_and_waiting_ones_never(database: Database) -> None:
    await database.write(lambda c: Inbox(c).store([(1, "a"), (2, "b")], NOW - timedelta(days=9)))
    await database.write(lambda c: Inbox(c).store([(3, "c")], NOW))
    await database.write(lambda c: [Inbox(c).claim(1, NOW), Inbox(c).claim(3, NOW)])

    assert await database.write(lambda c: Inbox(c).purge(NOW - timedelta(days=2))) == 1
    assert await database.read(lambda c: Inbox(c).waiting(after=0, limit=10)) == [(2, "b")]
