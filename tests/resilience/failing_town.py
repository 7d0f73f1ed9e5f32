"""A bot that polls a Telegram that fails.

Time-outs are short here, and the clock by which the outbox tries again runs faster than the machine's, since the real
ones would take hours; faults, floods and silences last for as long as they say, in real seconds.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot.clock import MovableClock
from bot.process import Jalon, running
from bot.receiving import Waits
from bot.territory_file import load_territory
from simulator.accounts import Bot
from simulator.server import running as simulating
from simulator.telegram import Telegram
from tests.resilience.patient import Patient
from tests.resilience.records import states
from tests.world import BREST, MONDAY_NOON, TOKEN, settings_for, unpaced

IMPATIENT: Final = Waits(poll=1, answer=0.4, people_first=0)
FASTER: Final = 20
"""How many seconds pass on the bot's clock in one of the machine's."""
LOOK_AGAIN: Final = 0.05


@dataclass
class Town:
    """A Telegram that fails, and a bot that polls it."""

    telegram: Telegram
    account: Bot
    clock: MovableClock
    jalon: Jalon
    database: Path

    def newcomer(self, first_name: str) -> Patient:
        """Somebody who has not talked to the bot yet."""
        return Patient(self.telegram.new_person(first_name))

    async def time_goes_on(self) -> None:
        """Move the clock on and on, and let what is due be looked at."""
        while True:
            await asyncio.sleep(LOOK_AGAIN)
            self.clock.move_to(self.clock.now() + timedelta(seconds=LOOK_AGAIN * FASTER))
            self.jalon.sender.wake()

    async def all_is_settled(self) -> None:
        """Wait until nothing is left to receive or to send."""
        async with asyncio.timeout(60):
            while not self._settled():  # noqa: ASYNC110 - what is waited for lives in a database
                await asyncio.sleep(LOOK_AGAIN)

    def _settled(self) -> bool:
        unfinished = {"waiting", "sending"} & (states(self.database, "outbox") | states(self.database, "inbox")).keys()
        return not (unfinished or self.telegram.unconfirmed(self.account) or self.jalon.queue.unfinished)


@asynccontextmanager
async def a_town(folder: Path, waits: Waits = IMPATIENT, start: datetime = MONDAY_NOON) -> AsyncIterator[Town]:
    clock = MovableClock(start)
    telegram = Telegram(clock=clock.now)
    account = telegram.new_bot(TOKEN, username="jalon_test_bot", first_name="Jalon")
    async with simulating(telegram) as address:
        settings = settings_for(folder, address)
        async with running(settings, load_territory(BREST), clock, unpaced(), waits) as jalon:
            town = Town(telegram, account, clock, jalon, folder / "jalon.db")
            async with asyncio.TaskGroup() as group:
                time = group.create_task(town.time_goes_on())
                try:
                    yield town
                finally:
                    time.cancel()
