import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from storage.backup import BackupRefused, restore
from storage.engine import Database
from storage.migrate import migrate
from storage.nightly_backup import back_up_tonight, copies_in, kept_days
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NOW, person

MONDAY = date(2026, 11, 23)


async def test_a_nightly_copy_brings_back_what_was_there(tmp_path: Path) -> None:
    file, folder = tmp_path / "jalon.db", tmp_path / "backups"
    database = Database(f"sqlite+aiosqlite:///{file}")
    await migrate(database, NOW)
    await database.write(lambda c: person(SqlUnitOfWork(c, frozenset()), "Léa"))
    copy = back_up_tonight(file, folder, MONDAY)
    await database.write(lambda c: person(SqlUnitOfWork(c, frozenset()), "Après"))
    await database.close()

    restore(copy, file, NOW)

    with closing(sqlite3.connect(file)) as opened:
        assert opened.execute("SELECT name FROM people").fetchall() == [("Léa",)]


async def test_a_night_has_one_copy(tmp_path: Path) -> None:
    file = tmp_path / "jalon.db"
    database = Database(f"sqlite+aiosqlite:///{file}")
    await migrate(database, NOW)
    await database.close()
    first = back_up_tonight(file, tmp_path / "backups", MONDAY)
    written = first.stat().st_mtime_ns

    assert back_up_tonight(file, tmp_path / "backups", MONDAY) == first
    assert first.stat().st_mtime_ns == written


def test_seven_days_and_the_first_of_four_weeks_stay() -> None:
    kept: set[date] = set()
    for night in range(60):
        kept = kept_days(kept | {MONDAY + timedelta(days=night)})

    last = MONDAY + timedelta(days=59)  # a Thursday
    assert kept == {last - timedelta(days=days) for days in range(7)} | {
        last - timedelta(days=3 + 7 * weeks) for weeks in range(4)
    }


def test_a_night_that_was_missed_drops_nothing_more() -> None:
    days = {MONDAY + timedelta(days=3 * number) for number in range(5)}

    assert kept_days(days) == days


def test_other_files_of_the_folder_are_left_alone(tmp_path: Path) -> None:
    for name in ("jalon-2026-11-23.db", "jalon.db", "notes.txt"):
        (tmp_path / name).touch()

    assert copies_in(tmp_path) == {MONDAY: tmp_path / "jalon-2026-11-23.db"}


def test_a_copy_that_fails_drops_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    for night in range(40):
        (folder / f"jalon-{MONDAY - timedelta(days=night + 1)}.db").touch()

    with pytest.raises(BackupRefused):
        back_up_tonight(tmp_path / "none.db", folder, MONDAY)
    assert len(list(folder.iterdir())) == 40
