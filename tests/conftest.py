"""How the tests run: databases in memory where there is room, those that wait long first, their figures at the end."""

import gc
import os
import shutil
from pathlib import Path
from typing import Final

import pytest

FIGURE: Final = "figure"
"""The property under which a test records a sentence with a figure."""
IN_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - pytest makes a folder of its own in it, which nobody else may enter
ROOM: Final = 2**30
"""Bytes that must be free there: all the databases of some runs take less."""
SWEPT_AFTER: Final = 100
"""How many tests leave garbage behind before it is thrown away: the more a process has seen, the longer that takes."""
WAITING_LONG: Final = "resilience"
"""The folder of the tests that wait more than they work."""

_finished = 0


def pytest_configure() -> None:
    """Keep what tests write in memory: a database on a disk waits for it at each commit.

    A process that is killed loses nothing that it wrote to a file, on a disk or not; only a power cut would show.
    """
    if IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free >= ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deal the tests out to the workers: to half of them first those that wait long, so that the others work meanwhile.

    Each worker begins with its share of the list, and takes from the others' when it is through.
    """
    workers: int = getattr(config, "workerinput", {}).get("workercount", 1)
    long = [item for item in items if WAITING_LONG in item.path.parts]
    patient = max(1, workers // 2)
    shares = [long[first::patient] if first < patient else [] for first in range(workers)]
    for item in (item for item in items if WAITING_LONG not in item.path.parts):
        min(shares, key=len).append(item)
    items[:] = [item for share in shares for item in share]


def pytest_collection_finish() -> None:
    """Let Python look for garbage rarely, and not among all that was imported."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 1_000)


def pytest_runtest_logfinish() -> None:
    """Throw garbage away after so many tests, and look no more at what is left: it stays as long as the process."""
    global _finished  # noqa: PLW0603 - pytest's hooks share nothing else
    _finished += 1
    if _finished % SWEPT_AFTER == 0:
        gc.collect()
        gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    figures = [
        str(value)
        for report in terminalreporter.stats.get("passed", [])
        for name, value in report.user_properties
        if name == FIGURE
    ]
    if figures:
        terminalreporter.section("figures")
        for figure in figures:
            terminalreporter.line(figure)
