"""How long an event loop was held up: a task that wants to wake each millisecond, and how much later it does."""

import asyncio
from typing import Final

STEP: Final = 0.001


class LoopWatch:
    """Watches the loop it runs in until it is cancelled."""

    def __init__(self) -> None:
        self.longest_block = 0.0
        """Seconds, at most, by which the loop came late."""

    async def run(self) -> None:
        """Watch."""
        loop = asyncio.get_running_loop()
        while True:
            due_at = loop.time() + STEP
            await asyncio.sleep(STEP)
            self.longest_block = max(self.longest_block, loop.time() - due_at)
