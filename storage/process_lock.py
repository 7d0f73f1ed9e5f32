"""Who else works on this database: a lock file beside an SQLite file, which the system lets go when a process dies.

A process holds the lock shared as long as it works. Who finds it free holds it alone for a moment, in which whatever
a killed process had claimed may be taken back.
"""

import sys
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

from sqlalchemy import URL, make_url

from storage.engine import sqlite_file

if sys.platform != "win32":
    import fcntl

CAN_TELL: Final = sys.platform != "win32"
"""Whether this system can say that nobody else is there."""


class ProcessLock:
    """A hold on the database; `alone` says that no other process was there when it was taken."""

    def __init__(self, file: IO[bytes] | None = None, *, alone: bool = False) -> None:
        self.alone = alone
        self._file = file

    def share(self) -> None:
        """Let others in and stay; may wait for one that slipped in alone, so claim nothing before this returns."""
        if self._file is not None and sys.platform != "win32":
            fcntl.flock(self._file, fcntl.LOCK_SH)

    def release(self) -> None:
        """Leave; harmless when done already."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def __enter__(self) -> Self:
        """Hold on until the block ends."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave."""
        self.release()


def hold(url: str | URL) -> ProcessLock:
    """Take the hold on a database: alone where nobody else is there, until `share` is called; else shared.

    Waits for another process that is alone to share. Where nobody can tell (PostgreSQL, Windows, a database in
    memory) it is never alone.
    """
    file = sqlite_file(make_url(url))
    if file is None or sys.platform == "win32":
        return ProcessLock()
    lock = lock_file(file).open("ab")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        fcntl.flock(lock, fcntl.LOCK_SH)
        return ProcessLock(lock)
    return ProcessLock(lock, alone=True)


def lock_file(file: Path) -> Path:
    """Give the lock file of an SQLite file; it stays there, since taking it away would let two be alone."""
    return file.with_name(f"{file.name}.lock")
