import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection

from programme.organisations import Organisation
from programme.territory import OrganisationKind
from storage.backup import BackupRefused, Restored, back_up, restore
from storage.engine import Database
from storage.migrate import migrate
from storage.process_lock import hold
from storage.revisions import newest_revision
from storage.unit_of_work import SqlUnitOfWork

NOW = datetime(2026, 11, 24, 17, 30, 5, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "jalon.db"


@pytest.fixture
async def database(file: Path) -> AsyncIterator[Database]:
    opened = Database(f"sqlite+aiosqlite:///{file}")
    await migrate(opened, NOW)
    yield opened
    await opened.close()


def adds(connection: Connection, name: str) -> Organisation:
    return SqlUnitOfWork(connection, frozenset()).organisations.add(name, OrganisationKind.COMPANY)


def names(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as opened:
        return [name for (name,) in opened.execute("SELECT name FROM organisations ORDER BY id")]


def files(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


async def test_a_copy_of_a_live_database_is_one_complete_file(database: Database, file: Path, tmp_path: Path) -> None:
    await database.write(lambda c: adds(c, "Énergence"))
    copies = tmp_path / "copies"
    copies.mkdir()

    back_up(file, copies / "monday.db")

    assert files(copies) == ["monday.db"]
    assert names(copies / "monday.db") == ["Énergence"]
    assert files(copies) == ["monday.db"]


async def test_a_copy_is_made_while_others_write(database: Database, file: Path, tmp_path: Path) -> None:
    async def writes() -> None:
        for number in range(100):
            await database.write(partial(adds, name=f"Structure {number}"))

    async with asyncio.TaskGroup() as both:
        both.create_task(writes())
        both.create_task(asyncio.to_thread(back_up, file, tmp_path / "copy.db"))

    in_copy = names(tmp_path / "copy.db")
    assert in_copy == [f"Structure {number}" for number in range(len(in_copy))]
    assert len(names(file)) == 100


async def test_a_copy_is_no_more_readable_than_the_database(database: Database, file: Path, tmp_path: Path) -> None:
    await database.write(lambda c: adds(c, "Énergence"))
    set_mode(file, 0o600)

    back_up(file, tmp_path / "copy.db")

    assert mode(tmp_path / "copy.db") == 0o600


def test_what_is_not_there_is_not_copied(file: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match="There is no database"):
        back_up(file, tmp_path / "copy.db")

    assert files(tmp_path) == []


async def test_an_older_copy_is_not_written_over(database: Database, file: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("precious")
    await database.write(lambda c: adds(c, "Énergence"))

    with pytest.raises(BackupRefused, match="exists already"):
        back_up(file, tmp_path / "copy.db")

    assert (tmp_path / "copy.db").read_text() == "precious"


async def test_a_damaged_database_gives_no_copy(database: Database, file: Path, tmp_path: Path) -> None:
    await database.write(lambda c: [adds(c, f"Structure {number}") for number in range(500)])
    await database.close()
    damage(file)

    with pytest.raises(BackupRefused):
        back_up(file, tmp_path / "copy.db")

    assert not [name for name in files(tmp_path) if name.startswith("copy.db")]


async def test_a_folder_that_is_not_there_is_told(database: Database, file: Path, tmp_path: Path) -> None:
    await database.write(lambda c: adds(c, "Énergence"))

    with pytest.raises(BackupRefused, match="can't be written"):
        back_up(file, tmp_path / "nowhere" / "copy.db")
    back_up(file, tmp_path / "copy.db")
    with pytest.raises(BackupRefused, match="There is no folder"):
        restore(tmp_path / "copy.db", tmp_path / "nowhere" / "jalon.db", NOW)


async def test_the_way_back_keeps_what_it_replaces(database: Database, file: Path, tmp_path: Path) -> None:
    await database.write(lambda c: adds(c, "Monday"))
    back_up(file, tmp_path / "copy.db")
    await database.write(lambda c: adds(c, "Tuesday"))
    await database.close()

    restored = restore(tmp_path / "copy.db", file, NOW)

    kept = tmp_path / "jalon.db.replaced.20261124-173005"
    assert restored == Restored(newest_revision(), kept)
    assert names(file) == ["Monday"]
    assert names(kept) == ["Monday", "Tuesday"]
    assert files(tmp_path) == ["copy.db", "jalon.db", "jalon.db.lock", kept.name]


async def test_what_a_killed_process_left_in_its_log_is_kept_too(database: Database, tmp_path: Path) -> None:
    await database.write(lambda c: adds(c, "Monday"))
    back_up(tmp_path / "jalon.db", tmp_path / "copy.db")
    await database.write(lambda c: adds(c, "Tuesday"))
    killed = tmp_path / "killed"
    killed.mkdir()
    for name in ("jalon.db", "jalon.db-wal"):
        shutil.copy(tmp_path / name, killed / name)

    restored = restore(tmp_path / "copy.db", killed / "jalon.db", NOW)

    assert names(killed / "jalon.db") == ["Monday"]
    assert restored.kept is not None
    assert names(restored.kept) == ["Monday", "Tuesday"]
    assert files(killed) == ["jalon.db", "jalon.db.lock", "jalon.db.replaced.20261124-173005"]


async def test_a_broken_database_and_its_log_are_kept_as_they_are(database: Database, tmp_path: Path) -> None:
    await database.write(lambda c: adds(c, "Monday"))
    back_up(tmp_path / "jalon.db", tmp_path / "copy.db")
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "jalon.db").write_bytes(b"no database" * 1_000)
    (broken / "jalon.db-wal").write_bytes(b"nor a log")
    (broken / "jalon.db-shm").write_bytes(b"nor an index")

    restored = restore(tmp_path / "copy.db", broken / "jalon.db", NOW)

    assert restored.kept is not None
    assert restored.kept.read_bytes() == b"no database" * 1_000
    assert names(broken / "jalon.db") == ["Monday"]
    assert files(broken) == [
        "jalon.db",
        "jalon.db.lock",
        "jalon.db.replaced.20261124-173005",
        "jalon.db.replaced.20261124-173005-wal",
    ]


async def test_a_copy_makes_a_database_where_there_is_none(database: Database, file: Path, tmp_path: Path) -> None:
    await database.write(lambda c: adds(c, "Monday"))
    back_up(file, tmp_path / "copy.db")

    assert restore(tmp_path / "copy.db", tmp_path / "new.db", NOW) == Restored(newest_revision(), None)
    assert names(tmp_path / "new.db") == ["Monday"]


async def test_a_running_process_is_not_robbed(database: Database, file: Path, tmp_path: Path) -> None:
    await database.write(lambda c: adds(c, "Monday"))
    back_up(file, tmp_path / "copy.db")
    await database.write(lambda c: adds(c, "Tuesday"))

    with hold(database.url) as running:
        running.share()
        with pytest.raises(BackupRefused, match="A process is at work"):
            restore(tmp_path / "copy.db", file, NOW)

    assert names(file) == ["Monday", "Tuesday"]


async def test_only_databases_of_jalon_are_taken_back(database: Database, file: Path, tmp_path: Path) -> None:
    await database.write(lambda c: adds(c, "Monday"))
    text, other, newer, damaged = (tmp_path / name for name in ("text.db", "other.db", "newer.db", "damaged.db"))
    text.write_text("Bonjour")
    with closing(sqlite3.connect(other)) as opened:
        opened.execute("CREATE TABLE people (id INTEGER)")
    back_up(file, newer)
    with closing(sqlite3.connect(newer)) as opened, opened:
        opened.execute("UPDATE alembic_version SET version_num = '9999'")
    back_up(file, damaged)
    damage(damaged)

    def refusal(copy: Path) -> str:
        with pytest.raises(BackupRefused) as told:
            restore(copy, file, NOW)
        return str(told.value).removeprefix(str(copy))

    assert refusal(tmp_path / "nothing.db") == f"There is no file {tmp_path / 'nothing.db'}."
    assert refusal(text) == " is not an SQLite database."
    assert refusal(other) == " is not a database of Jalon."
    assert refusal(newer) == " has revision 9999, which this Jalon does not know: run a newer version."
    assert refusal(damaged).startswith(" is damaged (")
    assert names(file) == ["Monday"]


def set_mode(file: Path, mode: int) -> None:
    file.chmod(mode)


def mode(file: Path) -> int:
    return file.stat().st_mode & 0o777


def damage(file: Path) -> None:
    """Write over the middle of a file, as a failing disk does."""
    with file.open("r+b") as opened:
        opened.seek(3 * 4096)
        opened.write(b"\xff" * 4096 * 8)
