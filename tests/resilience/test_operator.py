"""What an operator types beside `run`: the Python that is looked for, migrate, backup, restore, doctor."""

import asyncio
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from simulator.server import running as simulating
from simulator.telegram import Telegram
from storage.revisions import newest_revision
from tests.resilience.bot_process import BotProcess
from tests.resilience.command_line import Ended, command, jalon
from tests.resilience.records import rows

TOKEN: Final = "123456:AAH-a-token-that-only-the-simulator-knows"
NOWHERE: Final = "http://127.0.0.1:9"
"""Where nobody answers: the port of the discard service, which no machine runs any more."""
NO_NUMBERS: Final = (
    "JALON_STAFF_IDS names “lea”, “@sam”, and a Telegram id is a number; "
    "write such numbers with commas between them, as in 123456789,987654321."
)


@pytest.mark.parametrize("asked_for", ["python3.8", "python3.9", "python3.10", "a stand-in"])
def test_too_old_python_is_told_before_anything_is_installed(tmp_path: Path, asked_for: str) -> None:
    old = old_python(tmp_path, asked_for)
    version = command(old, "-V").out[0]

    sentence = (
        f"Jalon needs Python 3.11 or newer with its venv module; found: {version}. "
        "Install one (on Debian: apt install python3 python3-venv), or name it: make install PYTHON=/path/to/python3.12"
    )
    assert command(".ci/python", old) == Ended(2, (), (sentence,))


def test_python_that_is_new_enough_is_taken() -> None:
    assert command(".ci/python", sys.executable) == Ended(0, (sys.executable,), ())


def old_python(folder: Path, asked_for: str) -> str:
    """An old Python of this machine; where there is none, a script that answers as one does."""
    found = shutil.which(asked_for)
    if found is not None and command(found, "-V").code == 0:
        return found
    script = folder / "python3"
    script.write_text('#!/bin/sh\ntest "$1" = -V && echo "Python 3.9.2" && exit 0\nexit 1\n')
    script.chmod(0o755)
    return str(script)


def test_operator_copies_the_database_and_comes_back_to_the_copy(tmp_path: Path) -> None:
    settings = {"JALON_TOKEN": TOKEN, "JALON_API_URL": NOWHERE, "JALON_DATABASE_URL": database_in(tmp_path)}
    database, copy = tmp_path / "jalon.db", tmp_path / "before.db"
    newest = newest_revision()

    assert jalon(tmp_path, settings, "backup", str(copy)) == Ended(2, (), (f"There is no database at {database}.",))
    assert jalon(tmp_path, settings, "migrate") == Ended(0, (f"The database is now at revision {newest}.",), ())
    assert jalon(tmp_path, settings, "migrate") == Ended(
        0, (f"The database is at revision {newest}: there is nothing to do.",), ()
    )
    assert jalon(tmp_path, settings, "backup", str(copy)) == Ended(
        0, (f"{copy} holds the whole database, and was read again without a fault.",), ()
    )
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("INSERT INTO organisations (name, name_key, kind) VALUES ('Trop', 'trop', 'company')")
        connection.commit()
    restored = jalon(tmp_path, settings, "restore", str(copy))
    (kept,) = tmp_path.glob("jalon.db.replaced.*")
    assert restored == Ended(
        0, (f"The database is that of {copy}, at revision {newest}. The one before is kept as {kept}.",), ()
    )
    assert (organisations(database), organisations(kept)) == ([], ["Trop"])
    doctor = jalon(tmp_path, settings, "doctor")
    assert (doctor.code, doctor.out[-1]) == (0, "note: Telegram can't be reached just now (NotSent).")


def test_doctor_tells_what_is_sound_and_what_is_not(tmp_path: Path) -> None:
    settings = {"JALON_TOKEN": TOKEN, "JALON_DATABASE_URL": database_in(tmp_path), "JALON_STAFF_IDS": "lea, @sam"}

    ended = jalon(tmp_path, settings, "doctor")

    version = ".".join(map(str, sys.version_info[:3]))
    assert ended == Ended(
        2,
        (
            f"ok: Python {version} has all the packages.",
            "ok: The territory is Brest métropole, by territories/brest.toml.",
            f"ok: The database {database_in(tmp_path)} can be written.",
        ),
        (NO_NUMBERS,),
    )


async def test_database_at_work_is_copied_but_not_replaced(tmp_path: Path) -> None:
    telegram = Telegram()
    telegram.new_bot(TOKEN, username="jalon_test_bot", first_name="Jalon")
    copy = tmp_path / "copy.db"
    async with simulating(telegram) as address:
        settings = {"JALON_TOKEN": TOKEN, "JALON_API_URL": address, "JALON_DATABASE_URL": database_in(tmp_path)}
        bot = BotProcess(tmp_path, settings, fresh=True)
        await bot.start()
        await bot.is_running()
        copied = await asyncio.to_thread(jalon, tmp_path, settings, "backup", str(copy))
        refused = await asyncio.to_thread(jalon, tmp_path, settings, "restore", str(copy))
        assert await bot.stop() == 0

    assert copied.code == 0
    assert refused == Ended(2, (), (f"A process is at work on {bot.database}: stop it first.",))
    assert organisations(copy) == organisations(bot.database) != []


def database_in(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder}/jalon.db"


def organisations(database: Path) -> list[str]:
    return [name for (name,) in rows(database, "SELECT name FROM organisations ORDER BY name")]
