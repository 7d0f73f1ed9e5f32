"""Copies of the live SQLite file, and the way back from one."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import URL

from storage.process_lock import CAN_TELL, hold
from storage.revisions import known_revisions

SQLITE_HEADER: Final = b"SQLite format 3\x00"
JALON_TABLES: Final = frozenset({"people", "coalitions", "inbox", "outbox"})


class BackupRefused(Exception):  # noqa: N818 (a refusal: nothing has changed, and its text says why)
    """A copy can't be made or taken back; nothing has changed. The text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restoration did: the revision of the database now, and where the replaced file is kept."""

    revision: str
    kept: Path | None


def back_up(file: Path, target: Path) -> None:
    """Copy a live database to a new file, complete and checked; who works on it is not disturbed.

    Raises BackupRefused where there is nothing to copy, where `target` exists, or where the copy is damaged.
    """
    if not file.is_file():
        raise BackupRefused(f"There is no database at {file}.")
    if target.exists():
        raise BackupRefused(f"{target} exists already: give the copy another name.")
    with _made_aside(target) as made:
        _copy(file, made)
        damage = _damage(made)
        if damage is not None:
            raise BackupRefused(f"The copy of {file} is damaged ({damage}): look at the disk, and at older copies.")
        made.replace(target)


def restore(copy: Path, file: Path, now: datetime) -> Restored:
    """Put a copy in the place of the database; the replaced file is kept as `<name>.replaced.<YYYYMMDD-HHMMSS>`.

    Raises BackupRefused where the copy is no database of Jalon that this version knows, or where a process is at work.
    """
    revision = _checked_revision(copy)
    if not file.parent.is_dir():
        raise BackupRefused(f"There is no folder {file.parent}: make it first.")
    with _made_aside(file) as made, hold(URL.create("sqlite", database=str(file))) as lock:
        if CAN_TELL and not lock.alone:
            raise BackupRefused(f"A process is at work on {file}: stop it first.")
        _copy(copy, made)
        kept = _keep_replaced(file, file.with_name(f"{file.name}.replaced.{now:%Y%m%d-%H%M%S}"))
        made.replace(file)
    return Restored(revision, kept)


def _checked_revision(copy: Path) -> str:
    if not copy.is_file():
        raise BackupRefused(f"There is no file {copy}.")
    with copy.open("rb") as opened:
        if opened.read(len(SQLITE_HEADER)) != SQLITE_HEADER:
            raise BackupRefused(f"{copy} is not an SQLite database.")
    damage = _damage(copy)
    if damage is not None:
        raise BackupRefused(f"{copy} is damaged ({damage}): choose another copy.")
    with closing(_opened(copy)) as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables >= JALON_TABLES | {"alembic_version"}:
            raise BackupRefused(f"{copy} is not a database of Jalon.")
        revision = str((database.execute("SELECT version_num FROM alembic_version").fetchone() or [""])[0])
    if revision not in known_revisions():
        raise BackupRefused(f"{copy} has revision {revision}, which this Jalon does not know: run a newer version.")
    return revision


def _keep_replaced(file: Path, kept: Path) -> Path | None:
    if not file.exists():
        return None
    if kept.exists():
        raise BackupRefused(f"{kept} exists already: wait a second.")
    # A process that was killed leaves its last commits in the log: the two belong together, even where both are broken.
    shutil.copy2(file, kept)
    log, index = (file.with_name(f"{file.name}{suffix}") for suffix in ("-wal", "-shm"))
    if log.exists():
        shutil.copy2(log, kept.with_name(f"{kept.name}-wal"))
    log.unlink(missing_ok=True)
    index.unlink(missing_ok=True)
    return kept


def _copy(source: Path, target: Path) -> None:
    # The people in it are no more to be read by others than in the database itself.
    target.touch(mode=source.stat().st_mode & 0o777)
    with closing(_opened(source)) as live, closing(_opened(target)) as copied:
        live.backup(copied, pages=-1)
        # One file by itself, without a log beside it.
        copied.execute("PRAGMA journal_mode = DELETE")


def _damage(file: Path) -> str | None:
    try:
        with closing(_opened(file)) as database:
            (found,) = database.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        return str(error)
    return None if found == "ok" else str(found)


def _opened(file: Path) -> sqlite3.Connection:
    # Never made where there is none; not read-only, since reading a log that a killed process left needs writing.
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True)


@contextmanager
def _made_aside(file: Path) -> Iterator[Path]:
    # A copy under another name until it is complete: what has the file's name is always whole.
    made = file.with_name(f"{file.name}.{os.getpid()}.partial")
    try:
        yield made
    except (OSError, sqlite3.Error) as error:
        raise BackupRefused(f"{file} can't be written: {error}.") from error
    finally:
        made.unlink(missing_ok=True)
