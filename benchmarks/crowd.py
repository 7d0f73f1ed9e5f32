"""Many people who talk to one bot, and how long each waited for it. Times are the event loop's, in seconds."""

import asyncio
import random
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.conversations import Talker
from benchmarks.light_server import LightServer, Shown


@dataclass(frozen=True, slots=True)
class Heard:
    """One update that was answered: when it was said, when anything came, and when what was waited for came."""

    said_at: float
    sign_at: float
    answered_at: float

    @property
    def delay(self) -> float:
        """Seconds until the answer."""
        return self.answered_at - self.said_at

    @property
    def first_sign(self) -> float:
        """Seconds until anything at all."""
        return self.sign_at - self.said_at


@dataclass(slots=True)
class _Waiting:
    said_at: float
    sign_at: float | None = None


class Crowd:
    """Talkers by their chat; what they are answered is gathered in `heard`, in the order of the answers."""

    def __init__(self, server: LightServer, talkers: Sequence[Talker]) -> None:
        self.heard: list[Heard] = []
        self._server = server
        self._talkers = {talker.chat_id: talker for talker in talkers}
        self._waiting: dict[int, _Waiting] = {}
        self._idle = deque(talkers)
        self._limit = 0
        self._said = 0
        self._at_once = False
        self._enough = asyncio.Event()
        server.shown = self._reads

    async def talk(self, updates: int, within: float) -> None:
        """Let everybody speak as soon as they are answered, until so many updates are."""
        self._begin(updates)
        self._at_once = True
        while self._idle and self._said < self._limit:
            self._speaks(self._idle.popleft())
        await self._wait(within)

    async def talk_at(self, per_second: float, updates: int, within: float, chance: random.Random) -> None:
        """Let anybody who waits for nothing speak at random moments, so many a second on average.

        At random too, or all would come to the dearest step of a conversation in the same second.
        """
        self._begin(updates)
        loop = asyncio.get_running_loop()
        next_at = loop.time()
        while self._said < self._limit:
            next_at += chance.expovariate(per_second)
            await asyncio.sleep(max(0.0, next_at - loop.time()))
            if self._idle:
                self._idle.rotate(-int(chance.random() * len(self._idle)))
                self._speaks(self._idle.popleft())
        await self._wait(within)

    def _begin(self, updates: int) -> None:
        self.heard.clear()
        self._limit, self._said, self._at_once = updates, 0, False
        self._enough.clear()

    async def _wait(self, within: float) -> None:
        try:
            async with asyncio.timeout(within):
                await self._enough.wait()
        except TimeoutError:
            stuck = sorted(self._waiting)[:3]
            raise RuntimeError(f"{len(self._waiting)} people got no answer, such as {stuck}") from None

    def _speaks(self, talker: Talker) -> None:
        self._said += 1
        update_id = talker.speaks(self._server)
        self._waiting[talker.chat_id] = _Waiting(self._server.given_at[update_id])

    def _reads(self, shown: Shown) -> None:
        talker, waiting = self._talkers.get(shown.chat_id), self._waiting.get(shown.chat_id)
        if talker is None or waiting is None:
            return
        waiting.sign_at = waiting.sign_at or shown.at
        if not talker.reads(shown):
            return
        del self._waiting[shown.chat_id]
        self.heard.append(Heard(waiting.said_at, waiting.sign_at, shown.at))
        if self._at_once and self._said < self._limit:
            self._speaks(talker)
        else:
            self._idle.append(talker)
        if len(self.heard) >= self._limit:
            self._enough.set()
