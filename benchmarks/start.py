"""How long a start takes: from the process to its first getUpdates, on a database that has been in use."""

import asyncio
import shutil
import tempfile
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Final

import typer

from benchmarks.a_territory import add_coalitions, add_events, add_people, in_days, make_database, writing
from benchmarks.comparison import ROUNDS, Row, alternating, show
from benchmarks.light_server import LightServer, serving
from benchmarks.processes import Running, running_echo, running_jalon, started

MEMBERS: Final = 50
"""How many people are in one coalition."""
YEAR: Final = 365

Starts = Callable[[str, Path], AbstractAsyncContextManager[Running]]
"""Starts a bot that calls this address, with a database of its own where it wants one."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured."""

    people: int
    events: int
    rounds: int = ROUNDS


QUICK: Final = Sizes(people=100, events=10, rounds=1)


@dataclass(frozen=True, slots=True)
class Found:
    """Seconds to the first getUpdates, and MB by then."""

    seconds: float
    memory: float


async def measured(starts: Starts, database: Path) -> Found:
    """Start a bot on a copy of the database, and stop it again."""
    server = LightServer()
    loop = asyncio.get_running_loop()
    with tempfile.TemporaryDirectory() as name:
        own = Path(shutil.copy(database, Path(name) / database.name))
        async with serving(server) as address:
            began_at = loop.time()
            async with starts(address, own) as bot:
                await started(server, bot)
                return Found((server.first_poll_at or loop.time()) - began_at, bot.peak_megabytes())


async def compare(sizes: Sizes) -> None:
    """Measure all sides and print the table."""
    with tempfile.TemporaryDirectory() as name:
        full, empty = Path(name) / "full.db", Path(name) / "empty.db"
        await make_database(empty)
        await make_database(full)
        with writing(full) as uow:
            coalitions = add_coalitions(uow, add_people(uow, sizes.people), of=MEMBERS)
            add_events(uow, coalitions, (in_days(1 + number * YEAR / sizes.events) for number in range(sizes.events)))
        jalon = partial(running_jalon, paced=True)
        found = await alternating(
            sizes.rounds,
            {
                "Jalon": partial(measured, jalon, full),
                "Jalon, empty": partial(measured, jalon, empty),
                "echo": partial(measured, lambda address, own: running_echo(address, own.parent), empty),
            },
        )
    ours, ours_empty, echo = found.values()
    show(
        f"start: a database of {sizes.people:,} people and {sizes.events:,} events",
        [
            Row("s to the first getUpdates", _seconds(ours), _seconds(echo), digits=2),
            Row("the same, baseline: Jalon, empty database", _seconds(ours), _seconds(ours_empty), digits=2),
            Row("memory by then, MB", [one.memory for one in ours], [one.memory for one in echo]),
        ],
        ["from the start of the process, on a warm disk; baseline: an echo bot on PTB as it is, which has no database"],
    )


def _seconds(found: list[Found]) -> list[float]:
    return [one.seconds for one in found]


def main(
    *,
    people: Annotated[int, typer.Option(help="How many people are known.")] = 10_000,
    events: Annotated[int, typer.Option(help="How many meetings, each with its reminders.")] = 1000,
    quick: Annotated[bool, typer.Option(help="Tiny sizes and one round, to see that it works.")] = False,
) -> None:
    """Measure the start of the bot beside that of an echo bot."""
    asyncio.run(compare(QUICK if quick else Sizes(people, events)))


if __name__ == "__main__":
    typer.run(main)
