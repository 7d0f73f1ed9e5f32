"""Jalon's commands in processes of their own, forked from a Python that has imported the packages already.

Such a process starts in a tenth of the time, and is a process like any other: with its own files, killed by its id.
"""

import asyncio
import multiprocessing
import os
import runpy
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

LOOK_AGAIN: Final = 0.005
_FORKING: Final = multiprocessing.get_context("forkserver")
_FORKING.set_forkserver_preload(["bot.cli"])


class Forked:
    """A running `python -m bot <words>`, asked to stop and waited for as asyncio's processes are."""

    def __init__(self, words: Sequence[str], environment: Mapping[str, str], out: Path, err: Path) -> None:
        """Start it; what it writes goes to the end of these two files, which may be one."""
        given = (tuple(words), dict(environment), str(out), str(err))
        self._process = _FORKING.Process(target=_becomes_jalon, args=given, daemon=True)
        self._process.start()

    @property
    def returncode(self) -> int | None:
        """Its exit code once it has ended, negative where a signal ended it."""
        return self._process.exitcode

    def terminate(self) -> None:
        """Ask it to stop (SIGTERM)."""
        self._process.terminate()

    def kill(self) -> None:
        """Kill it at once (SIGKILL)."""
        self._process.kill()

    async def wait(self) -> int:
        """Wait until it has ended, and give its exit code."""
        while (code := self._process.exitcode) is None:  # noqa: ASYNC110 - what is waited for is another process
            await asyncio.sleep(LOOK_AGAIN)
        return code

    def join(self, within: float) -> int:
        """Wait as `wait` does, holding everything up; raises TimeoutError, and leaves nothing running."""
        self._process.join(within)
        if (code := self._process.exitcode) is None:
            self._process.kill()
            raise TimeoutError
        return code


def _becomes_jalon(words: Sequence[str], environment: Mapping[str, str], out: str, err: str) -> None:
    os.environ.clear()
    os.environ.update(environment)
    for file, output in ((out, 1), (err, 2)):
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        os.dup2(opened, output)
        os.close(opened)
    sys.argv = ["bot", *words]
    runpy.run_module("bot", run_name="__main__", alter_sys=True)
