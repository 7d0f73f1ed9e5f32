"""Polling that dies or hangs is started again: it never ends silently."""

import asyncio
from pathlib import Path
from typing import Final

from telegram import Bot as TelegramBot
from telegram import Update
from telegram.ext import Updater

from bot.clock import SystemClock
from bot.inbox import InboxQueue, InboxRequest
from bot.receiving import Waits, _restart, _start
from bot.telegram_request import TelegramRequest
from simulator.faults import Fault
from simulator.server import running as simulating
from simulator.telegram import Telegram
from storage.engine import Database
from tests.resilience.failing_town import IMPATIENT, a_town
from tests.resilience.patient import reads
from tests.world import TOKEN

POLLING: Final = "Updater:start_polling:polling_task"
"""The name that PTB gives its polling."""


async def test_polling_that_died_is_started_again(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        lea = town.newcomer("Léa")
        await lea.says("/start", reads("Bonjour"))
        (polling,) = [task for task in asyncio.all_tasks() if task.get_name() == POLLING]
        polling.cancel()
        # The call that was open may still bring one batch.
        for _ in range(3):
            await lea.says("/start", reads("Bonjour"))

    assert len(lea.read) == 4


async def test_polling_on_a_dead_connection_is_started_again(tmp_path: Path) -> None:
    # Nothing but the watchdog ends a wait for an answer here: it comes after three times a poll's own time.
    async with a_town(tmp_path, Waits(poll=1, answer=3600, people_first=0)) as town:
        lea = town.newcomer("Léa")
        await lea.says("/start", reads("Bonjour"))
        town.telegram.faults.next(Fault.SILENCE, 1, "getUpdates")
        await lea.says("/start", reads("Bonjour"))
        await lea.says("/start", reads("Bonjour"))

    assert town.telegram.faults.happened == {Fault.SILENCE: 1}
    assert len(lea.read) == 3


class FailingOnce(asyncio.Queue[object]):
    """A queue whose first put fails with what ends PTB's polling for ever."""

    failed = False

    async def put(self, item: object) -> None:
        """Fail once, then keep what comes."""
        if not self.failed:
            self.failed = True
            raise RuntimeError("the first put fails")
        await super().put(item)


async def test_polling_that_ended_with_an_error_is_started_again_at_once(tmp_path: Path) -> None:
    telegram = Telegram()
    telegram.new_bot(TOKEN, username="jalon_test_bot", first_name="Jalon")
    queue = FailingOnce()
    request, get_updates = TelegramRequest(), TelegramRequest()
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/jalon.db")
    # Knows whether polling ends, and fetches nothing here.
    updates = InboxRequest(database, SystemClock(), InboxQueue())
    async with simulating(telegram) as address:
        bot = TelegramBot(TOKEN, f"{address}/bot", request=request, get_updates_request=get_updates)
        async with Updater(bot, queue) as updater:
            await _start(updater, updates, IMPATIENT)
            lea = telegram.new_person("Léa")
            lea.says("/start")
            await telegram.until(lambda: queue.failed, what="the failure")
            await _restart(updater, updates, IMPATIENT)
            async with asyncio.timeout(5):
                again = await queue.get()
            await updater.stop()
    await database.close()

    assert isinstance(again, Update)
    assert again.effective_user is not None
    assert again.effective_user.id == lea.id
