"""How fast 3,000 notices go out within Telegram's limits, and how late a person is answered meanwhile."""

import asyncio
import random
import tempfile
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Annotated, Final

import typer

from benchmarks.a_territory import FIRST_CHAT, add_coalition, add_meeting, add_people, in_days, make_database, writing
from benchmarks.comparison import ROUNDS, Row, alternating, percentile, show
from benchmarks.echo_bot import BROADCAST
from benchmarks.light_server import LightServer, Shown, serving
from benchmarks.processes import Running, running_echo, running_jalon, started
from bot.clock import SystemClock
from programme.notices import MeetingPlanned

MOST_IN_A_SECOND: Final = 30
"""What Telegram takes, as far as anybody knows: about 30 messages in a second."""
ASKING: Final = 200
"""How many people, apart from those written to, say something meanwhile."""
STAFF_CHAT: Final = 900_000_001
"""Who has the echo bot write to everybody."""
SAID: Final = "/menu"
MILLISECONDS: Final = 1000
NOTHING_COMES: Final = 20.0
"""Seconds without a notice after which no more is waited for."""
RATE_LEAST, HALF_MOST, P99_MOST = 25, 100, 200

Starts = Callable[[str], AbstractAsyncContextManager[Running]]
"""Starts a bot that calls this address."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured."""

    notices: int
    replies_per_second: float
    round_trip: float
    rounds: int = ROUNDS


QUICK: Final = Sizes(notices=40, replies_per_second=4, round_trip=0.03, rounds=1)


@dataclass(frozen=True, slots=True)
class Found:
    """What one run found: notices a second, 429s, notices that never came, and the answers' delays in milliseconds."""

    per_second: float
    refused: int
    lost: int
    delays: Sequence[float]


class _Watched:
    """What arrives where: the notices of those written to, and the answers to those who ask."""

    def __init__(self, server: LightServer, sizes: Sizes) -> None:
        self._server = server
        self._told = range(FIRST_CHAT, FIRST_CHAT + sizes.notices)
        self._asking = range(self._told.stop, self._told.stop + ASKING)
        self._waiting: dict[int, float] = {}
        self._told_once: set[int] = set()
        self.notices_at: list[float] = []
        self.delays: list[float] = []
        self.done = asyncio.Event()
        server.shown = self._reads

    async def ask(self, per_second: float, chance: random.Random) -> None:
        """Say something at random moments until the last notice has come."""
        loop = asyncio.get_running_loop()
        turn = 0
        while not self.done.is_set():
            chat_id = self._asking[turn % len(self._asking)]
            turn += 1
            self._waiting.setdefault(chat_id, loop.time())
            self._server.say(chat_id, SAID)
            await asyncio.sleep(chance.expovariate(per_second))

    async def until_over(self) -> None:
        """Wait for the last notice; where nothing comes any more, the others are lost."""
        loop = asyncio.get_running_loop()
        looked_at = loop.time()
        while not self.done.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self.done.wait(), 1)
            latest = self.notices_at[-1] if self.notices_at else looked_at
            if loop.time() - latest > NOTHING_COMES:
                self.done.set()

    def all_delays(self, now: float) -> list[float]:
        """Give how late everybody was answered; who still waits, has waited until now."""
        return [*self.delays, *(now - said_at for said_at in self._waiting.values())]

    def _reads(self, shown: Shown) -> None:
        if shown.chat_id in self._told:
            self.notices_at.append(shown.at)
            self._told_once.add(shown.chat_id)
            if len(self._told_once) == len(self._told):
                self.done.set()
        elif shown.chat_id in self._waiting:
            self.delays.append(shown.at - self._waiting.pop(shown.chat_id))


async def jalon(sizes: Sizes) -> Found:
    """Measure Jalon, as it is shipped, with the notices in its outbox when it starts."""
    with tempfile.TemporaryDirectory() as name:
        database = Path(name) / "jalon.db"
        await make_database(database)
        with writing(database) as uow:
            people = add_people(uow, sizes.notices + ASKING)
            told = people[: sizes.notices]
            meeting = add_meeting(uow, add_coalition(uow, 0, told), in_days(30))
            notice = MeetingPlanned(meeting.id, meeting.version)
            uow.notices.tell(told, notice, f"meeting_planned:{meeting.id}", SystemClock().now())
        return await _measured(sizes, lambda address: running_jalon(address, database, paced=True))


async def limited_echo(sizes: Sizes, how: str) -> Found:
    """Measure PTB's AIORateLimiter, given all messages `together` or one `in_turn` after the other."""
    with tempfile.TemporaryDirectory() as name:
        options = ("--our-request", "--at-once", "256", "--limited")
        told = f"{BROADCAST} {FIRST_CHAT} {sizes.notices} {how}"
        return await _measured(sizes, lambda address: running_echo(address, Path(name), *options), told)


async def _measured(sizes: Sizes, starts: Starts, told: str | None = None) -> Found:
    server = LightServer(round_trip=sizes.round_trip, most_in_a_second=MOST_IN_A_SECOND)
    watched, chance = _Watched(server, sizes), random.Random(1)  # noqa: S311 (the same moments for both sides)
    loop = asyncio.get_running_loop()
    async with serving(server) as address, starts(address) as bot:
        await started(server, bot)
        if told is not None:
            server.say(STAFF_CHAT, told)
        async with asyncio.TaskGroup() as group:
            group.create_task(watched.ask(sizes.replies_per_second, chance))
            await watched.until_over()
        times = watched.notices_at
        rate = (len(times) - 1) / (times[-1] - times[0]) if len(times) > 1 else 0.0
        delays = [delay * MILLISECONDS for delay in watched.all_delays(loop.time())]
        return Found(rate, server.refused, sizes.notices - len(times), delays)


async def compare(sizes: Sizes) -> None:
    """Measure all sides and print the table."""
    found = await alternating(
        sizes.rounds,
        {
            "Jalon": partial(jalon, sizes),
            "AIORateLimiter, all together": partial(limited_echo, sizes, "together"),
            "AIORateLimiter, in turn": partial(limited_echo, sizes, "in_turn"),
        },
    )
    ours, together, in_turn = found.values()
    show(
        f"broadcast: {sizes.notices:,} notices",
        [*_rows("all together", ours, together), *_rows("in turn", ours, in_turn)],
        [
            (
                f"at most {MOST_IN_A_SECOND} messages in a sliding second, else 429; round trip "
                f"{sizes.round_trip * MILLISECONDS:g} ms; meanwhile {sizes.replies_per_second:g} updates a second of "
                "other people, which count among the messages too"
            ),
            "Jalon as it is shipped, the notices in its outbox at the start, each rendered when it is sent",
            (
                "baseline: an echo bot on Jalon’s transport with 256 updates at once and PTB’s AIORateLimiter (30 a "
                "second, 5 retries), given all messages by one asyncio.gather, or one after the other"
            ),
        ],
    )


def _rows(how: str, ours: list[Found], theirs: list[Found]) -> list[Row]:
    def half(one: Found) -> float:
        return median(one.delays)

    def p99(one: Found) -> float:
        return percentile(one.delays, 0.99)

    return [
        Row(
            f"notices a second ({how})",
            [one.per_second for one in ours],
            [one.per_second for one in theirs],
            digits=1,
            wanted=f"≥ {RATE_LEAST}",
            met=lambda rate, _, __: rate >= RATE_LEAST,
        ),
        Row(
            f"429s ({how})",
            [one.refused for one in ours],
            [one.refused for one in theirs],
            wanted="0",
            met=lambda refused, _, __: refused == 0,
        ),
        Row(f"notices lost ({how})", [one.lost for one in ours], [one.lost for one in theirs]),
        Row(
            f"answer meanwhile, median, ms ({how})",
            list(map(half, ours)),
            list(map(half, theirs)),
            wanted=f"< {HALF_MOST}",
            met=lambda delay, _, __: delay < HALF_MOST,
        ),
        Row(
            f"answer meanwhile, p99, ms ({how})",
            list(map(p99, ours)),
            list(map(p99, theirs)),
            wanted=f"< {P99_MOST}",
            met=lambda delay, _, __: delay < P99_MOST,
        ),
    ]


def main(
    *,
    notices: Annotated[int, typer.Option(help="How many people are written to.")] = 3000,
    replies_per_second: Annotated[float, typer.Option(help="Updates a second of other people meanwhile.")] = 1.5,
    round_trip: Annotated[float, typer.Option(help="Seconds to Telegram and back.")] = 0.03,
    quick: Annotated[bool, typer.Option(help="Tiny sizes and one round, to see that it works.")] = False,
) -> None:
    """Measure a broadcast within Telegram's limits beside PTB's rate limiter."""
    asyncio.run(compare(QUICK if quick else Sizes(notices, replies_per_second, round_trip)))


if __name__ == "__main__":
    typer.run(main)
