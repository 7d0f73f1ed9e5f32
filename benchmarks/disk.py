"""How long the disk makes a commit wait, measured beside each benchmark: on a shared machine it decides the slowest."""

import os
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Final

PAGE: Final = b"\0" * 4096
SECONDS: Final = 1.0
FEWEST: Final = 20
MILLISECONDS: Final = 1000


def disk_note(seconds: float = SECONDS) -> str:
    """Tell where the databases of a benchmark lie, and how long one page takes to be surely written there."""
    with tempfile.TemporaryDirectory() as name:
        waits = _waits(Path(name) / "page", seconds)
    kind = _kind_of(tempfile.gettempdir())
    return (
        f"databases on {kind}: to write a page surely took {median(waits):.2g} ms, 99 of 100 at most "
        f"{quantiles(waits, n=100, method='inclusive')[-1]:.2g} ms, the longest {max(waits):.2g} ms"
    )


def _waits(file: Path, seconds: float) -> list[float]:
    """Write a page and wait for the disk, again and again; gives milliseconds."""
    waits: list[float] = []
    descriptor = os.open(file, os.O_CREAT | os.O_WRONLY, 0o600)
    try:
        until = time.perf_counter() + seconds
        while len(waits) < FEWEST or time.perf_counter() < until:
            os.pwrite(descriptor, PAGE, 0)
            started_at = time.perf_counter()
            os.fsync(descriptor)
            waits.append((time.perf_counter() - started_at) * MILLISECONDS)
            time.sleep(0.01)
    finally:
        os.close(descriptor)
    return waits


def _kind_of(folder: str) -> str:
    """Give the kind of file system that holds a folder, as Linux names it."""
    mounts = [line.split() for line in Path("/proc/mounts").read_text().splitlines()]
    holding = [(point, kind) for _, point, kind, *_ in mounts if Path(folder).is_relative_to(point)]
    return max(holding, key=lambda mount: len(mount[0]), default=("", "an unknown file system"))[1]
