"""How many updates of a whole conversation Jalon answers, durably, beside an echo that keeps nothing; and how late."""

import asyncio
import random
import shutil
import tempfile
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Annotated, Final

import typer

from benchmarks.a_territory import FIRST_CHAT, add_coalitions, add_people, make_database, writing
from benchmarks.comparison import ROUNDS, Row, alternating, percentile, show
from benchmarks.conversations import Chatting, FillingIn, Talker
from benchmarks.crowd import Crowd
from benchmarks.light_server import LightServer, serving
from benchmarks.processes import Running, running_echo, running_jalon, started

COMMAND: Final = "/action"
MEMBERS: Final = 20
"""How many people are in one coalition."""
AT_A_PACE: Final = 4
"""How many times more people there are at a pace: enough that somebody always has nothing to wait for, and few enough
that each of them goes through the whole conversation."""
STARTS_WITHIN: Final = 60.0
UPDATE_WITHIN: Final = 0.2
"""Seconds that an update may take at most on average; a benchmark that hangs ends."""
MILLISECONDS: Final = 1000
RATE_SHARE: Final = 0.5
LATER_MOST: Final = 50.0

Started = Callable[[str, Path], AbstractAsyncContextManager[Running]]
"""Starts a bot that calls this address, with a database of its own where it wants one."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured."""

    updates: int
    people: int
    per_second: float
    seconds: float
    round_trip: float
    warm_up: float = 5.0
    rounds: int = ROUNDS


QUICK: Final = Sizes(updates=200, people=16, per_second=30, seconds=2, round_trip=0.05, warm_up=1, rounds=1)


@dataclass(frozen=True, slots=True)
class Throughput:
    """What a run as fast as possible found: updates a second, milliseconds of processor an update, MB."""

    per_second: float
    cpu: float
    memory: float


@dataclass(frozen=True, slots=True)
class Delays:
    """What a run at a steady pace found, in milliseconds: half of all answers, 99 of 100, and their first signs."""

    half: float
    most: float
    first_sign: float


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the comparison: how its bot starts, and how people talk to it."""

    starts: Started
    talker: Callable[[int], Talker]


async def as_fast_as_possible(side: Side, database: Path, sizes: Sizes) -> Throughput:
    """Have everybody speak as soon as they are answered."""
    server = LightServer()
    with tempfile.TemporaryDirectory() as name:
        own = Path(shutil.copy(database, Path(name) / "jalon.db"))
        async with serving(server) as address, side.starts(address, own) as bot:
            await started(server, bot)
            crowd = Crowd(server, [side.talker(FIRST_CHAT + number) for number in range(sizes.people)])
            await crowd.talk(sizes.updates // 10, sizes.updates * UPDATE_WITHIN)
            cpu = bot.cpu_seconds()
            await crowd.talk(sizes.updates, sizes.updates * UPDATE_WITHIN)
            took = crowd.heard[-1].answered_at - min(heard.said_at for heard in crowd.heard)
            cpu = bot.cpu_seconds() - cpu
            return Throughput(sizes.updates / took, cpu / sizes.updates * MILLISECONDS, bot.peak_megabytes())


async def at_a_pace(side: Side, database: Path, sizes: Sizes) -> Delays:
    """Have people speak at random moments, so many a second, with a network between them and the bot."""
    server = LightServer(round_trip=sizes.round_trip)
    with tempfile.TemporaryDirectory() as name:
        own = Path(shutil.copy(database, Path(name) / "jalon.db"))
        async with serving(server) as address, side.starts(address, own) as bot:
            await started(server, bot)
            everybody = [side.talker(FIRST_CHAT + number) for number in range(AT_A_PACE * sizes.people)]
            crowd, chance = Crowd(server, everybody), random.Random(1)  # noqa: S311 (the same moments for both sides)
            await crowd.talk_at(sizes.per_second, int(sizes.per_second * sizes.warm_up), STARTS_WITHIN, chance)
            await crowd.talk_at(sizes.per_second, int(sizes.per_second * sizes.seconds), STARTS_WITHIN, chance)
            delays = [heard.delay * MILLISECONDS for heard in crowd.heard]
            signs = [heard.first_sign * MILLISECONDS for heard in crowd.heard]
            return Delays(median(delays), percentile(delays, 0.99), percentile(signs, 0.99))


async def compare(sizes: Sizes, command: str = COMMAND) -> None:
    """Measure both sides and print the tables."""
    filling_in, chatting = partial(FillingIn, command=command), partial(Chatting, text="Une haie plantée")
    jalon = Side(running_jalon, filling_in)
    ptb = Side(lambda address, own: running_echo(address, own.parent), chatting)
    echo = Side(lambda address, own: running_echo(address, own.parent, "--our-request", "--at-once", "256"), chatting)
    with tempfile.TemporaryDirectory() as name:
        database = Path(name) / "jalon.db"
        await make_database(database)
        with writing(database) as uow:
            add_coalitions(uow, add_people(uow, AT_A_PACE * sizes.people), of=MEMBERS)
        fast = await alternating(
            sizes.rounds,
            {
                "Jalon": partial(as_fast_as_possible, jalon, database, sizes),
                "echo, PTB's default request": partial(as_fast_as_possible, ptb, database, sizes),
            },
        )
        paced = await alternating(
            sizes.rounds,
            {
                "Jalon": partial(at_a_pace, jalon, database, sizes),
                "echo, the same request": partial(at_a_pace, echo, database, sizes),
            },
        )
    ours, theirs = fast.values()
    show(
        f"turns: the conversation {command}",
        [*_fast_rows(ours, theirs), *_paced_rows(sizes, *paced.values())],
        _notes(sizes),
    )


def _notes(sizes: Sizes) -> list[str]:
    fast = (
        f"as fast as possible: {sizes.updates:,} updates of {sizes.people} people, each said once the one before was "
        "answered; Jalon on an SQLite file with synchronous FULL, without Telegram’s pace; baseline: an echo bot on "
        "PTB as it is, which keeps nothing"
    )
    paced = (
        f"with a round trip: {sizes.per_second:g} updates a second of {AT_A_PACE * sizes.people} people at random "
        f"moments for {sizes.seconds:g} s; the answer is the next question; baseline: the same echo on Jalon’s "
        "transport with 256 updates at once"
    )
    return [fast, paced]


def _fast_rows(jalon: list[Throughput], echo: list[Throughput]) -> list[Row]:
    return [
        Row(
            "updates a second",
            [one.per_second for one in jalon],
            [one.per_second for one in echo],
            wanted=f"ratio ≥ {RATE_SHARE}",
            met=lambda _, __, ratio: ratio >= RATE_SHARE,
        ),
        Row("processor an update, ms", [one.cpu for one in jalon], [one.cpu for one in echo], digits=2),
        Row("memory at most, MB", [one.memory for one in jalon], [one.memory for one in echo]),
    ]


def _paced_rows(sizes: Sizes, jalon: list[Delays], echo: list[Delays]) -> list[Row]:
    trip = f"round trip {sizes.round_trip * MILLISECONDS:g} ms"
    return [
        Row(f"answer, median, ms ({trip})", [one.half for one in jalon], [one.half for one in echo]),
        Row(
            f"answer, p99, ms ({trip})",
            [one.most for one in jalon],
            [one.most for one in echo],
            wanted=f"≤ baseline + {LATER_MOST:g}",
            met=lambda ours, theirs, _: ours <= theirs + LATER_MOST,
        ),
        Row(f"first sign, p99, ms ({trip})", [one.first_sign for one in jalon], [one.first_sign for one in echo]),
    ]


def main(
    *,
    updates: Annotated[int, typer.Option(help="Updates of a round, as fast as possible.")] = 4000,
    people: Annotated[int, typer.Option(help="How many speak at once.")] = 64,
    per_second: Annotated[float, typer.Option(help="Updates a second, at a pace.")] = 100,
    seconds: Annotated[float, typer.Option(help="Seconds of a round, at a pace.")] = 30,
    round_trip: Annotated[float, typer.Option(help="Seconds to Telegram and back, at a pace.")] = 0.05,
    command: Annotated[str, typer.Option(help="The conversation.")] = COMMAND,
    quick: Annotated[bool, typer.Option(help="Tiny sizes and one round, to see that it works.")] = False,
) -> None:
    """Measure whole conversations beside an echo."""
    sizes = QUICK if quick else Sizes(updates, people, per_second, seconds, round_trip)
    asyncio.run(compare(sizes, command))


if __name__ == "__main__":
    typer.run(main)
