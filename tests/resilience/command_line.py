"""Jalon's commands as an operator types them, each in a process of its own."""

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.resilience.bot_process import clean_environment
from tests.resilience.forked import Forked


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended, and what it wrote, line by line."""

    code: int
    out: tuple[str, ...]
    err: tuple[str, ...]


def jalon(folder: Path, settings: Mapping[str, str], *words: str, within: float = 60.0, fresh: bool = False) -> Ended:
    """Run a command of Jalon's with these settings in a file, and none from the environment.

    It is forked from a Python that has imported all; only where `fresh`, it is started as an operator does it.
    """
    env_file = folder / "settings.env"
    env_file.write_text("".join(f"{name}={value}\n" for name, value in settings.items()), "utf-8")
    words = (*words, "--env", str(env_file))
    if fresh:
        return command(sys.executable, "-m", "bot", *words, within=within)
    with TemporaryDirectory() as outputs:
        out, err = Path(outputs, "out"), Path(outputs, "err")
        code = Forked(words, clean_environment(), out, err).join(within)
        return Ended(code, tuple(out.read_text("utf-8").splitlines()), tuple(err.read_text("utf-8").splitlines()))


def command(*words: str, within: float = 60.0) -> Ended:
    """Run a command."""
    ended = subprocess.run(  # noqa: S603 - the words are the tests' own
        words, env=clean_environment(), capture_output=True, text=True, timeout=within, check=False
    )
    return Ended(ended.returncode, tuple(ended.stdout.splitlines()), tuple(ended.stderr.splitlines()))
