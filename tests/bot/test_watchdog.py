import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
from telegram import Update
from telegram.ext import Application, ApplicationBuilder, TypeHandler

from bot.clock import MovableClock
from bot.inbox import InboxQueue, InboxRequest
from bot.telegram_request import TelegramRequest
from bot.watchdog import Watchdog
from simulator.server import running
from simulator.telegram import Telegram
from storage.engine import Database
from storage.tables import metadata

TOKEN = "123456:AAH-the-token-that-nobody-may-read"
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


class Polling:
    """Something that polls, or not, and can be started again."""

    def __init__(self) -> None:
        self.finished_at: float | None = None
        self.restarts = 0
        self.alarms: list[float] = []
        self.failing = False
        self.held_back = False

    async def restart(self) -> None:
        self.restarts += 1
        if self.failing:
            raise RuntimeError("the token, perhaps")

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[Watchdog]:
        watchdog = Watchdog(
            lambda: self.finished_at,
            0.05,
            self.restart,
            held_back=lambda: self.held_back,
            alarm=self.alarms.append,
        )
        async with asyncio.TaskGroup() as group:
            watch = group.create_task(watchdog.run())
            yield watchdog
            watch.cancel()


async def test_it_keeps_quiet_while_polling_lives() -> None:
    polling = Polling()
    async with polling.watched() as watchdog:
        for _ in range(10):
            await asyncio.sleep(0.04)
            polling.finished_at = asyncio.get_running_loop().time()
        assert watchdog.silent_for() < 0.05

    assert (polling.restarts, watchdog.barking) == (0, False)


async def test_it_barks_once_per_silence_of_three_timeouts_and_stops_when_polling_is_back() -> None:
    polling = Polling()
    polling.failing = True
    with structlog.testing.capture_logs() as logs:
        async with polling.watched() as watchdog:
            await asyncio.sleep(0.13)
            assert polling.restarts == 0
            await asyncio.sleep(0.1)
            assert (polling.restarts, watchdog.barking) == (1, True)
            await asyncio.sleep(0.15)
            assert polling.restarts == 2
            polling.finished_at = asyncio.get_running_loop().time()
            await asyncio.sleep(0.05)
            assert watchdog.barking is False

    assert [line["event"] for line in logs] == ["polling_silent", "polling_not_restarted"] * 2
    assert "token" not in str(logs)
    assert len(polling.alarms) == 2


async def test_polling_held_back_by_unfinished_turns_has_not_died() -> None:
    polling = Polling()
    polling.held_back = True
    async with polling.watched() as watchdog:
        await asyncio.sleep(0.4)
        assert (polling.restarts, watchdog.barking) == (0, False)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/jalon.db")
    await database.write(metadata.create_all)
    yield database
    await database.close()


async def test_polling_comes_back_after_telegrams_silence(database: Database) -> None:
    telegram = Telegram()
    telegram.new_bot(TOKEN, username="jalon_bot", first_name="Jalon")
    lea = telegram.new_person("Léa")
    heard: list[int] = []
    request = InboxRequest(database, MovableClock(NOW), InboxQueue(), read_timeout=10)

    async def hear(update: Update, _: object) -> None:
        heard.append(update.update_id)

    async with running(telegram) as address:
        application: Application[Any, Any, Any, Any, Any, Any] = (
            ApplicationBuilder()
            .token(TOKEN)
            .base_url(f"{address}/bot")
            .request(TelegramRequest(read_timeout=0.2))
            .get_updates_request(request)
            .update_queue(request.queue)
            .build()
        )
        application.add_handler(TypeHandler(Update, hear))
        updater = application.updater
        assert updater is not None

        async def poll() -> None:
            await updater.start_polling(timeout=timedelta(seconds=0), poll_interval=0.02, error_callback=lambda _: None)

        async def restart() -> None:
            telegram.faults.calm()
            request._timeouts = (1, 0.2, 1, 1)
            await updater.stop()
            await poll()

        watchdog = Watchdog(lambda: request.finished_at, 0.1, restart)
        async with application, asyncio.TaskGroup() as group:
            await application.start()
            await poll()
            watch = group.create_task(watchdog.run())
            lea.says("one")
            await telegram.until(lambda: len(heard) == 1)
            telegram.faults.silence()
            lea.says("two")
            await telegram.until(lambda: watchdog.barking)
            await telegram.until(lambda: len(heard) == 2)
            await telegram.until(lambda: not watchdog.barking)
            watch.cancel()
            await updater.stop()
            await application.stop()
