import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from programme.ids import TelegramId
from programme.people import Person
from storage.engine import Database
from storage.remembered import Remembered
from storage.tables import metadata
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import forum
from tests.storage.known_everywhere import answered_all, everyday_life, known_everywhere

NAME = "Maëlle Quéméneur"
WORDS = "Désimperméabiliser la cour de l’école"


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database(f"sqlite+aiosqlite:///{tmp_path}/jalon.db")
    await opened.write(metadata.create_all)
    yield opened
    await opened.close()


def traces(folder: Path, telegram_id: int) -> list[str]:
    """Give which files of the database hold something of the person, and what."""
    sought = {
        "name": NAME.encode(),
        "name without accents": b"maelle",
        "name as JSON": json.dumps(NAME)[1:-1].encode(),
        "words": WORDS.encode(),
        "words without accents": b"desimpermeabiliser",
        "words as JSON": json.dumps(WORDS)[1:-1].encode(),
        "Telegram id": str(telegram_id).encode(),
        # As a record of SQLite holds it: big-endian, in four or six bytes.
        "Telegram id in a record": telegram_id.to_bytes(4 if telegram_id < 2**31 else 6, "big"),
    }
    return sorted(
        f"{what} in {file.name}"
        for file in folder.iterdir()
        for what, trace in sought.items()
        if trace in file.read_bytes()
    )


def is_erased(connection: Connection, them: Person) -> None:
    SqlUnitOfWork(connection, frozenset()).own_data.erase(them)
    # As when what they did last is answered, and the commands shown in their chat are taken back at Telegram.
    answered_all(connection)
    Remembered(connection).forget(f"telegram:commands:{them.telegram_id}:fr")


async def lives_among_others(database: Database, telegram_id: int) -> Person:
    def arrives(connection: Connection) -> Person:
        this = forum(SqlUnitOfWork(connection, frozenset()))
        return known_everywhere(connection, NAME, WORDS, this, telegram_id=TelegramId(telegram_id))

    await database.write(lambda c: everyday_life(c, 150))
    them = await database.write(arrives)
    await database.write(lambda c: everyday_life(c, 150))
    return them


@pytest.mark.parametrize("telegram_id", [1_234_567_890, 7_312_345_678])
async def test_no_byte_of_the_files_remembers_who_was_erased(
    database: Database, tmp_path: Path, telegram_id: int
) -> None:
    them = await lives_among_others(database, telegram_id)
    found = {trace.split(" in jalon")[0] for trace in traces(tmp_path, telegram_id)}
    assert found == {
        "name",
        "name without accents",
        "name as JSON",
        "words",
        "words without accents",
        "words as JSON",
        "Telegram id",
        "Telegram id in a record",
    }

    await asyncio.gather(
        database.write(lambda c: is_erased(c, them)),
        *(database.read(lambda c: c.exec_driver_sql("SELECT count(*) FROM people").all()) for _ in range(10)),
    )
    assert await database.scrub()

    assert traces(tmp_path, telegram_id) == []
    assert await database.read(lambda c: c.exec_driver_sql("PRAGMA integrity_check").scalar()) == "ok"


async def test_a_reader_holds_the_scrubbing_up_and_nobody_else(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.engine.SCRUB_TIMEOUT_MS", 20)
    them = await lives_among_others(database, 7_312_345_678)
    other = Database(database.url.render_as_string(hide_password=False))
    async with other.engine.connect() as reader:
        await reader.exec_driver_sql("SELECT count(*) FROM people")
        await database.write(lambda c: is_erased(c, them))

        assert not await database.scrub()

        assert await database.write(lambda c: c.exec_driver_sql("PRAGMA busy_timeout").scalar()) == 10_000
    assert await database.scrub()
    await other.close()

    assert traces(tmp_path, 7_312_345_678) == []


async def test_what_is_written_meanwhile_is_kept(database: Database) -> None:
    await asyncio.gather(
        *(database.write(lambda c: everyday_life(c, 3)) for _ in range(5)), *(database.scrub() for _ in range(5))
    )

    assert await database.read(lambda c: c.exec_driver_sql("SELECT count(*) FROM people").scalar()) == 15
