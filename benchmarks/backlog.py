"""How soon people are answered when 20,000 updates wait at the start, and in how much memory."""

import asyncio
import tempfile
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Final

import typer

from benchmarks.a_territory import FIRST_CHAT, add_people, make_database, writing
from benchmarks.comparison import ROUNDS, Row, alternating, show
from benchmarks.light_server import LightServer, serving
from benchmarks.processes import Running, running_echo, running_jalon, started

SAID: Final = "/menu"
ROUND_TRIP: Final = 0.03

Starts = Callable[[str, Path], AbstractAsyncContextManager[Running]]
"""Starts a bot that calls this address, with a folder of its own."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured."""

    updates: int
    people: int
    seconds: float
    first: float = 3.0
    rounds: int = ROUNDS


QUICK: Final = Sizes(updates=200, people=50, seconds=1.0, first=1.0, rounds=1)


@dataclass(frozen=True, slots=True)
class Found:
    """What one run found: answers in the first seconds, and the most memory up to the end of the watch, in MB."""

    answers: int
    memory: float


async def measured(starts: Starts, sizes: Sizes) -> Found:
    """Let everybody have spoken before the bot starts, and watch it from its first getUpdates on."""
    server = LightServer(round_trip=ROUND_TRIP)
    for number in range(sizes.updates):
        server.say(FIRST_CHAT + number % sizes.people, SAID)
    with tempfile.TemporaryDirectory() as name:
        database = Path(name) / "jalon.db"
        await make_database(database)
        with writing(database) as uow:
            add_people(uow, sizes.people)
        async with serving(server) as address, starts(address, database) as bot:
            await started(server, bot)
            await asyncio.sleep(sizes.first)
            answers = server.calls["sendMessage"]
            await asyncio.sleep(max(0.0, sizes.seconds - sizes.first))
            return Found(answers, bot.peak_megabytes())


async def compare(sizes: Sizes) -> None:
    """Measure all sides and print the table."""

    def echo(*options: str) -> Starts:
        return lambda address, database: running_echo(address, database.parent, *options)

    found = await alternating(
        sizes.rounds,
        {
            "Jalon": partial(measured, running_jalon, sizes),
            "echo, concurrent": partial(measured, echo("--our-request", "--at-once", "256"), sizes),
            "echo as it is": partial(measured, echo(), sizes),
        },
    )
    ours, concurrent, plain = found.values()
    show(
        f"backlog: {sizes.updates:,} updates waiting at the start",
        [*_rows(sizes, "256 at once", ours, concurrent), *_rows(sizes, "PTB as it is", ours, plain)],
        [
            (
                f"of {sizes.people:,} people, each « {SAID} » in turn; round trip {ROUND_TRIP * 1000:g} ms; the first "
                f"{sizes.first:g} s after the first getUpdates; memory at most within {sizes.seconds:g} s"
            ),
            "Jalon without Telegram’s pace, durable; with it, 28 messages a second are the most",
            "baseline: an echo bot on PTB’s default queue, on Jalon’s transport with 256 updates at once, or as PTB is",
        ],
    )


def _rows(sizes: Sizes, how: str, ours: list[Found], theirs: list[Found]) -> list[Row]:
    return [
        Row(
            f"answers in the first {sizes.first:g} s ({how})",
            [one.answers for one in ours],
            [one.answers for one in theirs],
        ),
        Row(f"memory at most, MB ({how})", [one.memory for one in ours], [one.memory for one in theirs]),
    ]


def main(
    *,
    updates: Annotated[int, typer.Option(help="How many wait.")] = 20_000,
    people: Annotated[int, typer.Option(help="Of how many people they are.")] = 5000,
    seconds: Annotated[float, typer.Option(help="How long memory is watched.")] = 15.0,
    quick: Annotated[bool, typer.Option(help="Tiny sizes and one round, to see that it works.")] = False,
) -> None:
    """Measure a start with a backlog beside PTB's default queue."""
    asyncio.run(compare(QUICK if quick else Sizes(updates, people, seconds)))


if __name__ == "__main__":
    typer.run(main)
