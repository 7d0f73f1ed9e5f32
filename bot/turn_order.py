"""The order of turns: one at a time for a chat and for a person, many at once for all."""

import asyncio
from collections.abc import Awaitable
from typing import Any, Final

from telegram import Update
from telegram.constants import ChatID
from telegram.ext import BaseUpdateProcessor

from bot.inbox import UNFINISHED_MOST, InboxQueue

AT_ONCE: Final = 64
"""Turns that may run at once."""

_SHARED: Final = frozenset({int(ChatID.ANONYMOUS_ADMIN), int(ChatID.FAKE_CHANNEL), int(ChatID.SERVICE_CHAT)})
"""Accounts behind which many people stand, by Telegram's own numbers: they order nothing."""


class TurnOrder(BaseUpdateProcessor):
    """Runs an update after the earlier ones of its chat and of its person, in the order they were received."""

    def __init__(self, queue: InboxQueue, at_once: int = AT_ONCE) -> None:
        # PTB's own limit counts those who wait for their chat too, so that one busy chat would stop all the others.
        super().__init__(max_concurrent_updates=2 * UNFINISHED_MOST)
        self._queue = queue
        self._places = asyncio.Semaphore(at_once)
        self._last: dict[int, asyncio.Event] = {}

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Await the update's turn, then run it; PTB calls this in the order of the queue."""
        if not isinstance(update, Update):
            await coroutine
            return
        # Up to the first await everything happens in the order of arrival.
        concerned = _concerned(update)
        earlier = {self._last[one] for one in concerned if one in self._last}
        ended = asyncio.Event()
        self._last.update(dict.fromkeys(concerned, ended))
        try:
            for turn in earlier:
                await turn.wait()
            async with self._places:
                await coroutine
        finally:
            if asyncio.iscoroutine(coroutine):
                coroutine.close()
            ended.set()
            for one in concerned:
                if self._last.get(one) is ended:
                    del self._last[one]
            self._queue.done(update.update_id)


def _concerned(update: Update) -> set[int]:
    """The chat and the person of an update; a person and their private chat have the same number."""
    places = (update.effective_chat, update.effective_user)
    return {place.id for place in places if place is not None} - _SHARED
