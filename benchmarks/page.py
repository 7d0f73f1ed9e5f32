"""Measure, and write what was found into docs/benchmarks.md: `python -m benchmarks.page`, or with the names wanted."""

import re
import subprocess
import sys
from typing import Annotated, Final

import typer

from benchmarks.processes import ROOT

PAGE: Final = ROOT / "docs" / "benchmarks.md"
NAMES: Final = ("turns", "broadcast", "reminders", "backlog", "start")


def filled(page: str, name: str, printed: str) -> str:
    """Give the page with what a benchmark printed in its place; raises ValueError where the page has none for it."""
    place = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end of {name} -->)", re.DOTALL)
    if not place.search(page):
        raise ValueError(f"the page has no place for {name}")
    return place.sub(lambda found: f"{found[1]}\n{printed.strip()}\n\n{found[2]}", page)


def main(names: Annotated[list[str] | None, typer.Argument(help=f"Of {', '.join(NAMES)}; else all.")] = None) -> None:
    """Run benchmarks one after the other, and write each table as soon as it is there; all take about 40 minutes."""
    for name in names or NAMES:
        command = [sys.executable, "-m", f"benchmarks.{name}"]
        run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)  # noqa: S603 (our own)
        PAGE.write_text(filled(PAGE.read_text("utf-8"), name, run.stdout), "utf-8")


if __name__ == "__main__":
    typer.run(main)
