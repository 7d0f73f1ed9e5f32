"""Telegram's flood limits, off unless a test or the command line turns them on."""

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from simulator.refusals import too_many_requests


@dataclass(eq=False, slots=True)
class Window:
    """Times of the latest messages: at most `most` of them within `seconds`."""

    most: int
    seconds: float
    times: deque[float] = field(default_factory=deque)

    def wait(self, now: float, count: int) -> float:
        """Seconds until so many more may come, 0 where they may at once."""
        while self.times and now - self.times[0] >= self.seconds:
            self.times.popleft()
        excess = len(self.times) + count - self.most
        if excess <= 0 or not self.times:
            return 0.0
        return self.times[min(excess, len(self.times)) - 1] + self.seconds - now


@dataclass(eq=False, slots=True)
class Limits:
    """How many messages pass: overall in a second, in one chat (a burst, refilled each second), in a group a minute.

    `time` gives seconds; it is the real time, apart from the clock that a test moves.
    """

    on: bool = False
    overall: int = 30
    chat_burst: int = 6
    chat_seconds: float = 1.0
    group: int = 20
    group_seconds: float = 60.0
    time: Callable[[], float] = time.monotonic
    windows: dict[tuple[int, str, int], Window] = field(default_factory=dict)

    def count(self, bot_id: int, chat_id: int, messages: int = 1) -> None:
        """Count messages that a bot sends to a chat; raises Refused (429) where they are too many."""
        if not self.on:
            return
        now = self.time()
        windows = [self._window((bot_id, "overall", 0), self.overall, 1.0)]
        windows.append(self._window((bot_id, "chat", chat_id), self.chat_burst, self.chat_burst * self.chat_seconds))
        if chat_id < 0:
            windows.append(self._window((bot_id, "group", chat_id), self.group, self.group_seconds))
        wait = max(window.wait(now, messages) for window in windows)
        if wait > 0:
            raise too_many_requests(math.ceil(wait))
        for window in windows:
            window.times.extend([now] * messages)

    def _window(self, key: tuple[int, str, int], most: int, seconds: float) -> Window:
        return self.windows.setdefault(key, Window(most, seconds))
