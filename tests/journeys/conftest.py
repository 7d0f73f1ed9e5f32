"""One world for each journey, in which Telegram takes as many messages as come: pacing has its own tests."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from bot import chat_allowance, process
from bot.rate_limits import PacedRateLimiter
from tests.world import World, a_world

UNPACED = 1_000_000.0
"""Messages a second: as many as the machine makes."""


@pytest.fixture
async def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    monkeypatch.setattr(chat_allowance, "CHAT_BURST", int(UNPACED))
    monkeypatch.setattr(chat_allowance, "GROUP_MESSAGES", int(UNPACED))
    monkeypatch.setattr(process, "PacedRateLimiter", partial(PacedRateLimiter, UNPACED, UNPACED))
    async with a_world(tmp_path) as made:
        yield made
