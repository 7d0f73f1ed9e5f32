"""What tests of the running bot share: the logs as they were before, a post office, and a stage for turns."""

import logging
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog
from telegram.ext import ExtBot

from bot.clock import MovableClock
from bot.telegram_request import TelegramRequest
from programme.ids import TelegramId
from simulator.server import running
from simulator.telegram import Telegram
from storage.engine import Database
from storage.tables import metadata
from storage.unit_of_work import SqlUnitOfWork
from tests.bot.post_office import NOW, TOKEN, Post
from tests.bot.stage import Stage
from tests.storage.brest import person


@pytest.fixture
def _former_logs() -> Iterator[None]:
    """Set the logs back after a test that sets them up."""
    root, ours = logging.getLogger(), logging.getLogger("jalon")
    before = (list(root.handlers), root.level, ours.level, sys.excepthook, threading.excepthook)
    yield
    root.handlers[:], level, our_level, sys.excepthook, threading.excepthook = before
    root.setLevel(level)
    ours.setLevel(our_level)
    structlog.reset_defaults()


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    telegram = Telegram()
    telegram.new_bot(TOKEN, username="jalon_bot", first_name="Jalon")
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/jalon.db")
    await database.write(metadata.create_all)
    yield Post(telegram, database, MovableClock(NOW))
    await database.close()


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    telegram = Telegram()
    telegram.new_bot(TOKEN, username="jalon_bot", first_name="Jalon")
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/jalon.db")
    await database.write(metadata.create_all)
    request = TelegramRequest(read_timeout=2.0)
    async with running(telegram) as address, ExtBot(TOKEN, base_url=f"{address}/bot", request=request) as bot:
        made = Stage(telegram, database, bot)
        await database.write(
            lambda c: person(SqlUnitOfWork(c, frozenset()), "Léa", telegram_id=TelegramId(made.lea.id))
        )
        yield made
    await database.close()
