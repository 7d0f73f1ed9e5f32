"""One bot's updates: kept in order until the bot confirms them, and handed to whoever waits for them."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from simulator.refusals import Refused, conflict

Update = dict[str, Any]

KEPT_SECONDS = 24 * 3600
ON_REQUEST_ONLY = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
FIRST_UPDATE_ID = 700_000_001


@dataclass(frozen=True, slots=True)
class Pending:
    """An update that waits to be confirmed: its number, kind, content, and when it came (Unix time)."""

    id: int
    kind: str
    content: Update
    came_at: float

    @property
    def json(self) -> Update:
        """The update as the bot receives it."""
        return {"update_id": self.id, self.kind: self.content}


class UpdateQueue:
    """The updates of one bot: pushed by what happens in its chats, taken by getUpdates or by the webhook."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now
        self.pending: deque[Pending] = deque()
        self.allowed: frozenset[str] | None = None
        self.next_id = FIRST_UPDATE_ID
        self._poll: asyncio.Future[None] | None = None
        self._watchers: set[asyncio.Future[None]] = set()

    def allow(self, kinds: list[str] | None) -> None:
        """Set which kinds are kept from now on; an empty list means Telegram's default, None leaves it as it is."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def push(self, kind: str, content: Update) -> None:
        """Add an update, unless the bot did not ask for its kind, and wake who waits."""
        wanted = kind not in ON_REQUEST_ONLY if self.allowed is None else kind in self.allowed
        if not wanted:
            return
        self.pending.append(Pending(self.next_id, kind, content, self.now()))
        self.next_id += 1
        self._wake()

    def confirm(self, offset: int) -> None:
        """Forget the updates before this number; a negative one keeps only so many of the last."""
        while offset < 0 and len(self.pending) > -offset:
            self.pending.popleft()
        while self.pending and (self.pending[0].id < offset or self._too_old(self.pending[0])):
            self.pending.popleft()

    def drop(self) -> None:
        """Forget every update."""
        self.pending.clear()

    async def poll(self, offset: int, limit: int, timeout: float, gone: asyncio.Future[None]) -> list[Update]:  # noqa: ASYNC109 - a parameter of getUpdates
        """What getUpdates answers: up to `limit` updates, at once or when the first comes, none after `timeout`.

        A poll that is waiting ends the one that waited before it with Refused (409); `gone` ends it too.
        """
        self.end_poll(conflict(OTHER_POLLER))
        self.confirm(offset)
        if not self.pending and timeout > 0:
            arrived = asyncio.get_running_loop().create_future()
            self._poll = arrived
            try:
                await asyncio.wait({arrived, gone}, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
                if arrived.done():
                    arrived.result()
            finally:
                if self._poll is arrived:
                    self._poll = None
        return [update.json for update, _ in zip(self.pending, range(limit), strict=False)]

    def end_poll(self, reason: Refused) -> None:
        """End the poll that is waiting, if there is one, with this refusal."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(reason)
        self._poll = None

    @property
    def polled(self) -> bool:
        """Tell whether a getUpdates is waiting at this moment."""
        return self._poll is not None

    def arrival(self) -> asyncio.Future[None]:
        """A future that is done when the next update comes."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._watchers.add(future)
        future.add_done_callback(self._watchers.discard)
        return future

    def _wake(self) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        for future in [future for future in self._watchers if not future.done()]:
            future.set_result(None)

    def _too_old(self, update: Pending) -> bool:
        return self.now() - update.came_at > KEPT_SECONDS
