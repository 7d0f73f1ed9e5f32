"""The watchdog: sees when polling has died or hangs, barks, and has it started again."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

TIMEOUTS_OF_SILENCE: Final = 3
"""How many times its own time-out may pass without a finished getUpdates."""

log = structlog.get_logger("jalon.watchdog")


class Watchdog:
    """Barks when no getUpdates has finished for three times its time-out; `barking` lasts until one does.

    `finished_at` tells the loop time of the last one, None before the first. Polling that is held back by unfinished
    turns has not died: `held_back` says so.
    """

    def __init__(
        self,
        finished_at: Callable[[], float | None],
        poll_timeout: float,
        restart: Callable[[], Awaitable[None]],
        *,
        held_back: Callable[[], bool] = lambda: False,
        alarm: Callable[[float], None] = lambda _: None,
    ) -> None:
        self._finished_at = finished_at
        self._patience = TIMEOUTS_OF_SILENCE * poll_timeout
        self._restart = restart
        self._held_back = held_back
        self._alarm = alarm
        self._watching_since = 0.0
        self.barking = False

    def silent_for(self) -> float:
        """Seconds since the last getUpdates that finished, or since the watch began."""
        finished_at = self._finished_at()
        now = asyncio.get_running_loop().time()
        return now - (self._watching_since if finished_at is None else max(finished_at, self._watching_since))

    async def run(self) -> None:
        """Watch until cancelled; after a bark, polling has the same time again to come back."""
        loop = asyncio.get_running_loop()
        self._watching_since = barked_at = loop.time()
        while True:
            silent = self.silent_for()
            if silent < self._patience or self._held_back():
                self.barking = False
                await asyncio.sleep(max(self._patience - silent, self._patience / 10))
            elif loop.time() - barked_at < self._patience:
                await asyncio.sleep(self._patience / 10)
            else:
                barked_at = loop.time()
                await self._bark(silent)

    async def _bark(self, silent: float) -> None:
        self.barking = True
        log.error("polling_silent", seconds=round(silent, 1))
        self._alarm(silent)
        try:
            async with asyncio.timeout(self._patience):
                await self._restart()
        except Exception as error:  # noqa: BLE001 - whatever the restart meets, the watch goes on and tries again
            log.error("polling_not_restarted", reason=type(error).__name__)  # noqa: TRY400 - a traceback may hold a token
        else:
            log.info("polling_restarted")
