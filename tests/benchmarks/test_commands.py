"""Each benchmark runs with tiny sizes and prints its table; what the figures are worth is not judged here."""

import subprocess
import sys
from typing import Final

import pytest

HEAD: Final = ["what", "Jalon", "baseline", "ratio", "wanted"]
WHAT: Final = {
    "turns": [
        "updates a second",
        "processor an update, ms",
        "memory at most, MB",
        "answer, median, ms (round trip 50 ms)",
    ],
    "broadcast": ["notices a second (all together)", "429s (all together)", "notices lost (all together)"],
    "reminders": ["100 planned: start, ms", "100 planned: 9 more planned, ms", "100 planned: memory, MB"],
    "backlog": ["answers in the first 1 s (256 at once)", "memory at most, MB (256 at once)"],
    "start": ["s to the first getUpdates", "the same, baseline: Jalon, empty database"],
}


@pytest.mark.parametrize("name", WHAT)
def test_a_benchmark_prints_its_table(name: str) -> None:
    command = [sys.executable, "-m", f"benchmarks.{name}", "--quick"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)  # noqa: S603 (our own command)
    assert run.returncode == 0, run.stderr

    lines = [line for line in run.stdout.splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]

    assert rows[0] == HEAD
    assert [row[0] for row in rows[2:]][: len(WHAT[name])] == WHAT[name]
    assert all(float(row[1].replace(",", "")) >= 0 for row in rows[2:])
