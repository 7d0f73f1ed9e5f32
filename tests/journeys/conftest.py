"""One world for each journey, in which Telegram takes as many messages as come: pacing has its own tests."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from tests.world import World, a_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with a_world(tmp_path) as made:
        yield made


@pytest.fixture
async def no_warnings(world: World, caplog: pytest.LogCaptureFixture) -> AsyncIterator[None]:
    """Whatever people do, nothing that somebody should look at is in the logs."""
    with capture_logs() as ours:
        yield
        await world.settle()
    assert [entry for entry in ours if entry["log_level"] not in {"debug", "info"}] == []
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []


@pytest.fixture
async def untroubled(world: World, no_warnings: None) -> AsyncIterator[None]:  # noqa: ARG001 (looks at the logs)
    """Whatever people do, nothing fails: no warning in the logs, and no message that Telegram refuses."""
    yield
    await world.settle()
    assert await world.given_up() == []
