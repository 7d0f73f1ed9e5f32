"""Two sides measured in turn, three rounds each, and the table of their medians."""

import os
import platform
import sqlite3
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from math import isnan
from pathlib import Path
from statistics import median
from typing import Final, TypeVar

from benchmarks.disk import disk_note
from bot.clock import SystemClock

Figures = TypeVar("Figures")

ROUNDS: Final = 3
LIBRARIES: Final = ("python-telegram-bot", "SQLAlchemy", "aiosqlite", "aiohttp", "httpx", "APScheduler")
HEADINGS: Final = ("what", "Jalon", "baseline", "ratio", "wanted")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of both sides, round by round; without a baseline there is no ratio.

    `wanted` is told as a sentence and as a test of the two medians and their ratio.
    """

    what: str
    jalon: Sequence[float]
    baseline: Sequence[float] = ()
    digits: int = 0
    wanted: str = ""
    met: Callable[[float, float, float], bool] | None = None

    def cells(self) -> tuple[str, ...]:
        """Write the medians, and the median of the rounds' own ratios."""
        ours = median(self.jalon)
        theirs, ratio = float("nan"), float("nan")
        if self.baseline:
            theirs = median(self.baseline)
            pairs = zip(self.jalon, self.baseline, strict=True)
            ratio = median(one / other if other else float("nan") for one, other in pairs)
        mark = "" if self.met is None else " ✓" if self.met(ours, theirs, ratio) else " ✗"
        return (
            self.what,
            f"{ours:,.{self.digits}f}",
            f"{theirs:,.{self.digits}f}" if self.baseline else "",
            _ratio(ratio) if self.baseline else "",
            f"{self.wanted}{mark}",
        )


async def alternating(rounds: int, sides: Mapping[str, Callable[[], Awaitable[Figures]]]) -> dict[str, list[Figures]]:
    """Measure each side once a round, one after the other, and give the figures of each by its name."""
    found: dict[str, list[Figures]] = {name: [] for name in sides}
    for number in range(1, rounds + 1):
        for name, measure in sides.items():
            print(f"round {number} of {rounds}: {name}", file=sys.stderr)
            found[name].append(await measure())
    return found


def show(title: str, rows: Sequence[Row], notes: Sequence[str] = ()) -> None:
    """Print a table that reads as it is and as Markdown, and on what machine and disk it was measured."""
    table = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[place]) for line in table) for place in range(len(HEADINGS))]
    print(f"### {title}\n")
    for number, line in enumerate(table):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |")
        if number == 0:
            print("| " + " | ".join("-" * width for width in widths) + " |")
    print()
    for note in notes:
        print(f"- {note}")
    print(f"- {disk_note()}")
    print(f"- {machine()}")


def machine() -> str:
    """Tell the day, the machine and the versions."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    today = SystemClock().now().date().isoformat()
    return (
        f"{today}, {os.cpu_count()} cores of {model}, {platform.system()}, Python {platform.python_version()}, "
        f"{libraries}, SQLite {sqlite3.sqlite_version}"
    )


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value that this share of the values does not exceed; infinite where there is none."""
    if not values:
        return float("inf")
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _ratio(ratio: float) -> str:
    if isnan(ratio):
        return "–"
    return f"{ratio:,.2f}" if ratio < 100 else f"{ratio:,.0f}"  # noqa: PLR2004 (where decimals say nothing any more)
