"""Bots as processes of their own, and what the system says of them (Linux: /proc)."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.light_server import LightServer

ROOT: Final = Path(__file__).parent.parent
TERRITORY: Final = ROOT / "territories" / "brest.toml"
TOKEN: Final = "123456:AAH-a-token-that-opens-nothing-at-all"  # noqa: S105 (opens nothing)
STARTS_WITHIN: Final = 60.0
LOOK_AGAIN: Final = 0.5
STOPS_WITHIN: Final = 12.0
TICKS: Final = os.sysconf("SC_CLK_TCK")
KIB: Final = 1024


@dataclass(frozen=True, slots=True)
class Running:
    """A bot that runs."""

    process: Process
    log: Path

    def cpu_seconds(self) -> float:
        """Processor time so far, of all its threads, in steps of 10 ms."""
        after_name = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(after_name[11]) + int(after_name[12])) / TICKS

    def peak_megabytes(self) -> float:
        """The most memory it had resident so far."""
        return peak_megabytes(self.process.pid)

    def check(self) -> None:
        """Raise RuntimeError with its last words where it has ended."""
        if self.process.returncode is not None:
            raise RuntimeError(f"the bot ended by itself:\n{self.log.read_text()[-2000:]}")


@asynccontextmanager
async def running(module: str, arguments: Sequence[str], folder: Path) -> AsyncIterator[Running]:
    """Run `python -m module` while the block runs, without any of Jalon's settings in its environment."""
    log = folder / f"{module}.log"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("JALON_")}
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", module, *arguments, stdout=output, stderr=output, env=environment, cwd=ROOT
        )
    bot = Running(process, log)
    try:
        yield bot
        bot.check()
    finally:
        await _stop(process)


@asynccontextmanager
async def running_jalon(api_url: str, database: Path, *, paced: bool = False) -> AsyncIterator[Running]:
    """Run Jalon on this database: `paced` as it is shipped, else without waiting for Telegram's limits."""
    settings = {
        "JALON_TOKEN": TOKEN,
        "JALON_API_URL": api_url,
        "JALON_DATABASE_URL": f"sqlite+aiosqlite:///{database}",
        "JALON_TERRITORY": str(TERRITORY),
        "JALON_LISTEN": "127.0.0.1:0",
    }
    env_file = database.parent / "settings.env"
    env_file.write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
    module, arguments = ("bot", ["run", "--env"]) if paced else ("benchmarks.jalon_bot", [])
    async with running(module, [*arguments, str(env_file)], database.parent) as bot:
        yield bot


@asynccontextmanager
async def running_echo(api_url: str, folder: Path, *options: str) -> AsyncIterator[Running]:
    """Run the baseline, with the options of `benchmarks.echo_bot`."""
    async with running("benchmarks.echo_bot", [api_url, *options], folder) as bot:
        yield bot


async def started(server: LightServer, bot: Running) -> None:
    """Wait until a bot asks for updates; raises RuntimeError where it ends instead."""
    async with asyncio.timeout(STARTS_WITHIN):
        while not server.polled.is_set():
            bot.check()
            with suppress(TimeoutError):
                await asyncio.wait_for(server.polled.wait(), LOOK_AGAIN)


def peak_megabytes(pid: int | str = "self") -> float:
    """The most memory a process had resident so far, in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / KIB
    raise RuntimeError("this system does not tell how much memory a process had")


async def _stop(process: Process) -> None:
    with suppress(ProcessLookupError):
        process.send_signal(signal.SIGTERM)
    try:
        async with asyncio.timeout(STOPS_WITHIN):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
