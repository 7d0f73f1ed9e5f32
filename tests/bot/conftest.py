"""What tests of the running bot share: the logs as they were before, and a post office."""

import logging
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog

from bot.clock import MovableClock
from simulator.telegram import Telegram
from storage.engine import Database
from storage.tables import metadata
from tests.bot.post_office import NOW, TOKEN, Post


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
