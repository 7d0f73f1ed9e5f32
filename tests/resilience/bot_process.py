"""The bot as a process of its own, started, killed and stopped as a machine does it."""

import asyncio
import json
import os
import socket
import sys
from asyncio.subprocess import Process
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.resilience.forked import Forked

START_WITHIN: Final = 30.0
STOP_WITHIN: Final = 8.0
LOOK_AGAIN: Final = 0.01


@dataclass
class BotProcess:
    """`python -m bot run` with an own settings file; what it logs is gathered in one file over all its lives.

    It is forked from a Python that has imported all, since importing takes long and leaves nothing to be lost or done
    twice; only where `fresh`, it is started as an operator does it.
    """

    folder: Path
    settings: Mapping[str, str]
    log_format: str = "json"
    fresh: bool = False
    _process: Process | Forked | None = field(default=None, init=False)
    _seen: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        """Make its folder where it is missing."""
        self.folder.mkdir(exist_ok=True)

    @property
    def database(self) -> Path:
        """The file of its database."""
        return self.folder / "jalon.db"

    @property
    def logged(self) -> str:
        """All that it has written, on both its outputs."""
        return (self.folder / "bot.log").read_text() if (self.folder / "bot.log").exists() else ""

    @property
    def events(self) -> list[dict[str, Any]]:
        """The lines it has logged as JSON; what is no JSON fails here."""
        return [json.loads(line) for line in self.logged.splitlines()]

    async def start(self) -> None:
        """Start it, and don't wait for anything."""
        given = {
            "JALON_DATABASE_URL": f"sqlite+aiosqlite:///{self.database}",
            "JALON_LISTEN": "127.0.0.1:0",
            "JALON_LOG_FORMAT": self.log_format,
            **self.settings,
        }
        env_file = self.folder / "settings.env"
        env_file.write_text("".join(f"{name}={value}\n" for name, value in given.items()))
        self._seen = len(self.logged)
        log, words = self.folder / "bot.log", ("run", "--env", str(env_file))
        self._process = await _fresh(words, log) if self.fresh else Forked(words, clean_environment(), log, log)

    async def is_running(self) -> None:
        """Wait until it says that it runs; raises AssertionError with its words where it ends instead."""
        async with asyncio.timeout(START_WITHIN):
            while not any(word in self.logged[self._seen :] for word in ('"event": "running"', "] running ")):
                assert self._alive.returncode is None, self.logged[self._seen :]
                await asyncio.sleep(LOOK_AGAIN)

    async def kill(self) -> None:
        """Kill it at once (SIGKILL): it can do nothing any more."""
        self._alive.kill()
        await self._alive.wait()

    async def stop(self) -> int:
        """Ask it to stop (SIGTERM), and give its exit code."""
        self._alive.terminate()
        async with asyncio.timeout(STOP_WITHIN):
            return await self._alive.wait()

    async def ends(self) -> int:
        """Wait until it ends by itself, and give its exit code."""
        async with asyncio.timeout(START_WITHIN):
            return await self._alive.wait()

    async def end(self) -> None:
        """Leave nothing running, whatever the test met."""
        if self._process is not None and self._process.returncode is None:
            await self.kill()

    @property
    def _alive(self) -> Process | Forked:
        assert self._process is not None, "the bot was not started"
        return self._process


async def _fresh(words: Sequence[str], log: Path) -> Process:
    with log.open("ab") as opened:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *words, stdout=opened, stderr=opened, env=clean_environment()
        )


def clean_environment() -> dict[str, str]:
    """The environment without any setting of Jalon's."""
    return {name: value for name, value in os.environ.items() if not name.startswith("JALON_")}


@contextmanager
def reserved_port() -> Iterator[int]:
    """A port that the system gives to nobody else while the block runs, and on which a server may listen."""
    with socket.socket() as holder:
        # Bound and never listening, it lets one server with the same option listen on its port.
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.bind(("127.0.0.1", 0))
        yield holder.getsockname()[1]
