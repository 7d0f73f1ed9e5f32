"""Jalon's commands as an operator types them, each in a process of its own."""

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.resilience.bot_process import clean_environment


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended, and what it wrote, line by line."""

    code: int
    out: tuple[str, ...]
    err: tuple[str, ...]


def jalon(folder: Path, settings: Mapping[str, str], *words: str, within: float = 60.0) -> Ended:
    """Run a command of Jalon's with these settings in a file, and none from the environment."""
    env_file = folder / "settings.env"
    env_file.write_text("".join(f"{name}={value}\n" for name, value in settings.items()), "utf-8")
    return command(sys.executable, "-m", "bot", *words, "--env", str(env_file), within=within)


def command(*words: str, within: float = 60.0) -> Ended:
    """Run a command."""
    ended = subprocess.run(  # noqa: S603 - the words are the tests' own
        words, env=clean_environment(), capture_output=True, text=True, timeout=within, check=False
    )
    return Ended(ended.returncode, tuple(ended.stdout.splitlines()), tuple(ended.stderr.splitlines()))
