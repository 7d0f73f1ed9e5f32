"""Telegram's limits, kept by waiting: replies first, paced overall, in each chat and in each group.

Telegram publishes about 30 messages a second in all, 1 a second in a chat, where short bursts pass, and 20 a minute in
a group. All times here are the event loop's, in seconds.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum
from math import inf
from typing import Any, Final

import structlog
from telegram._utils.types import JSONDict
from telegram.error import NetworkError, RetryAfter
from telegram.ext import BaseRateLimiter

from bot.chat_allowance import ChatAllowance

MESSAGES_PER_SECOND: Final = 28.0
ANNOUNCEMENTS_PER_SECOND: Final = 25.0
PATIENCE: Final = 60.0
SLACK: Final = 0.2
SLOWER: Final = 0.7
SLOWEST: Final = 0.1
RECOVERY_PER_SECOND: Final = 0.005
REMEMBERED_CHATS: Final = 2000

_MESSAGES: Final = ("send", "edit", "forward", "copy", "stopPoll")
_NO_MESSAGE: Final = frozenset({"sendChatAction"})

log = structlog.get_logger("jalon.rate_limits")


class Lane(IntEnum):
    """Whose turn comes first; given to PTB as `rate_limit_args`, where nothing means a reply."""

    REPLY = 0
    NOTICE = 1
    ANNOUNCEMENT = 2


class TurnedAway(NetworkError):  # noqa: N818 - says what happened to the message
    """The process stops before this call was made: nothing was sent."""


@dataclass(slots=True, eq=False)
class _Waiting:
    """A message that waits for its turn until `deadline`."""

    chat_id: int
    deadline: float
    turn: asyncio.Future[None]


class PacedRateLimiter(BaseRateLimiter[Lane]):
    """Lets messages pass one by one, the lanes in order and no chat waiting for another.

    A 429 holds its chat, or everything once a second chat got one meanwhile; the message is sent again afterwards.
    Where that would take more than `patience` seconds, RetryAfter comes out and the caller decides.
    """

    def __init__(
        self,
        per_second: float = MESSAGES_PER_SECOND,
        announcements_per_second: float = ANNOUNCEMENTS_PER_SECOND,
        patience: float = PATIENCE,
        allowance: Callable[[int], ChatAllowance] = ChatAllowance.of,
    ) -> None:
        self._interval = 1 / per_second
        self._announcement_interval = 1 / announcements_per_second
        self._patience = patience
        self._allowance = allowance
        self._waiting: dict[Lane, deque[_Waiting]] = {lane: deque() for lane in Lane}
        self._chats: dict[int, ChatAllowance] = {}
        self._next_at = self._next_announcement_at = 0.0
        self._held_until = 0.0
        self._pace, self._paced_at = 1.0, 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._open = True

    async def initialize(self) -> None:
        """Let calls pass."""
        self._open = True

    async def shutdown(self) -> None:
        """Turn away whoever waits."""
        self.turn_away()

    def turn_away(self) -> None:
        """Raise TurnedAway for every call that was not made yet, and for those to come."""
        self._open = False
        if self._timer is not None:
            self._timer.cancel()
        for line in self._waiting.values():
            for waiting in line:
                if not waiting.turn.done():
                    waiting.turn.set_exception(TurnedAway("stopping"))
            line.clear()

    def held_for(self) -> float:
        """Seconds for which Telegram wants to hear nothing at all."""
        return max(0.0, self._held_until - asyncio.get_running_loop().time())

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, bool | JSONDict | list[JSONDict]]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Lane | None,
    ) -> bool | JSONDict | list[JSONDict]:
        """Make a call when its turn has come; raises RetryAfter, TurnedAway and what the call raises."""
        lane = Lane(rate_limit_args or Lane.REPLY)
        chat_id = _chat_of(endpoint, data)
        deadline = asyncio.get_running_loop().time() + self._patience
        while True:
            if chat_id is None:
                await self._not_held(deadline)
            else:
                await self._turn(chat_id, lane, deadline)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as flood:
                self._hold(chat_id, _seconds(flood))
                log.warning("flood", endpoint=endpoint, lane=lane.name, seconds=_seconds(flood))

    async def _not_held(self, deadline: float) -> None:
        """Wait until Telegram wants to hear something."""
        loop = asyncio.get_running_loop()
        while (held := self._held_until - loop.time()) > 0 and self._open:
            if self._held_until > deadline:
                raise _retry_after(held)
            await asyncio.sleep(held)
        if not self._open:
            raise TurnedAway("stopping")

    async def _turn(self, chat_id: int, lane: Lane, deadline: float) -> None:
        """Wait for a message's turn."""
        if not self._open:
            raise TurnedAway("stopping")
        if self._passes_at_once(chat_id, lane):
            return
        waiting = _Waiting(chat_id, deadline, asyncio.get_running_loop().create_future())
        self._waiting[lane].append(waiting)
        self._refuse_impatient()
        self._dispatch()
        await waiting.turn

    def _passes_at_once(self, chat_id: int, lane: Lane) -> bool:
        """Let a message pass that nobody waits before, and nothing holds up."""
        now = asyncio.get_running_loop().time()
        open_at = max(self._next_at, self._held_until)
        if lane is Lane.ANNOUNCEMENT:
            open_at = max(open_at, self._next_announcement_at)
        if now < open_at or any(self._waiting.values()) or self._chat(chat_id).open_at(now) > now:
            return False
        self._count(chat_id, lane, now)
        return True

    def _dispatch(self) -> None:
        """Let pass what may pass now, and come back when the next may."""
        loop = asyncio.get_running_loop()
        if self._timer is not None:
            self._timer.cancel()
        now = loop.time()
        wake_at = max(self._next_at, self._held_until)
        while wake_at <= now:
            first, wake_at = self._first_ready(now)
            if first is None:
                break
            lane, waiting = first
            self._waiting[lane].remove(waiting)
            self._count(waiting.chat_id, lane, now)
            waiting.turn.set_result(None)
            wake_at = self._next_at
        if wake_at < inf and any(self._waiting.values()):
            self._timer = loop.call_at(wake_at, self._dispatch)

    def _first_ready(self, now: float) -> tuple[tuple[Lane, _Waiting] | None, float]:
        """Give the first that may pass, or else when to look again."""
        wake_at = inf
        full: set[int] = set()
        for lane, line in self._waiting.items():
            while line and line[0].turn.done():
                line.popleft()
            if lane is Lane.ANNOUNCEMENT and line and now < self._next_announcement_at:
                return None, min(wake_at, self._next_announcement_at)
            for waiting in line:
                if waiting.turn.done() or waiting.chat_id in full:
                    continue
                open_at = self._chat(waiting.chat_id).open_at(now)
                if open_at <= now:
                    return (lane, waiting), now
                full.add(waiting.chat_id)
                wake_at = min(wake_at, open_at)
        return None, wake_at

    def _count(self, chat_id: int, lane: Lane, now: float) -> None:
        """Note that a message passes now."""
        pace = self._pace_at(now)
        self._next_at = now + self._interval / pace
        if lane is Lane.ANNOUNCEMENT:
            self._next_announcement_at = now + self._announcement_interval / pace
        self._chat(chat_id).count(now)

    def _hold(self, chat_id: int | None, seconds: float) -> None:
        """Obey a 429, which does not say whether it means the chat or everything."""
        now = asyncio.get_running_loop().time()
        until = now + seconds + SLACK
        another = any(chat.held_until > now for one, chat in self._chats.items() if one != chat_id)
        if chat_id is not None:
            self._chat(chat_id).hold(until)
        if chat_id is None or another:
            self._held_until = max(self._held_until, until)
        # Those in the air together are refused together: they slow the pace once.
        if now - self._paced_at > 1 or self._pace_at(now) == 1:
            self._pace, self._paced_at = max(SLOWEST, self._pace_at(now) * SLOWER), now
        self._refuse_impatient()
        self._dispatch()

    def _refuse_impatient(self) -> None:
        """Let RetryAfter out for those who would wait too long."""
        now = asyncio.get_running_loop().time()
        for line in self._waiting.values():
            for waiting in line:
                held_until = max(self._held_until, self._chat(waiting.chat_id).held_until)
                if held_until > waiting.deadline and not waiting.turn.done():
                    waiting.turn.set_exception(_retry_after(held_until - now))

    def _pace_at(self, now: float) -> float:
        """The share of the full pace, which comes back slowly after a 429."""
        return min(1.0, self._pace + (now - self._paced_at) * RECOVERY_PER_SECOND)

    def _chat(self, chat_id: int) -> ChatAllowance:
        if chat_id not in self._chats:
            if len(self._chats) >= REMEMBERED_CHATS:
                now = asyncio.get_running_loop().time()
                self._chats = {one: chat for one, chat in self._chats.items() if not chat.idle(now)}
            self._chats[chat_id] = self._allowance(chat_id)
        return self._chats[chat_id]


def _chat_of(endpoint: str, data: dict[str, Any]) -> int | None:
    """The chat to which a call brings a message, None where it brings none."""
    chat_id = data.get("chat_id")
    name = endpoint[:1].lower() + endpoint[1:]
    if name in _NO_MESSAGE or not name.startswith(_MESSAGES) or not isinstance(chat_id, int):
        return None
    return chat_id


def _seconds(flood: RetryAfter) -> float:
    after = flood.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)


def _retry_after(seconds: float) -> RetryAfter:
    return RetryAfter(timedelta(seconds=seconds))
