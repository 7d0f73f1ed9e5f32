"""Killed thirty times in the middle of what people say, by polling and by webhook: nothing is lost or done twice."""

import asyncio
import random
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from tests.conftest import FIGURE
from tests.resilience.bot_process import reserved_port
from tests.resilience.evening import TURNS, an_evening
from tests.resilience.kept_once import assert_all_is_kept_once

Recording = Callable[[str, object], None]

KILLS: Final = 30
STOPS: Final = 4


@pytest.mark.timeout(600)
@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_killed_thirty_times_the_bot_loses_nothing_and_does_nothing_twice(
    way: str, tmp_path: Path, record_property: Recording
) -> None:
    chance = random.Random(f"{way} 2026")  # noqa: S311 - chance that can be repeated, no secret
    with reserved_port() as port:
        async with an_evening(tmp_path, webhook_port=port if way == "webhook" else None) as evening:
            async with asyncio.TaskGroup() as group:
                group.create_task(evening.happens())
                group.create_task(evening.is_killed(KILLS, chance))
            assert await evening.bot.stop() == 0

    assert_all_is_kept_once(evening)
    assert 0 <= evening.said_again <= evening.in_the_air
    assert evening.turns >= TURNS
    assert evening.found.drafts > 0, "no kill fell into a conversation"
    found = evening.found
    record_property(
        FIGURE,
        f"{way}: {evening.turns} turns ({evening.turns_at_last_kill} by the last of {len(evening.kills)} kills), "
        f"start {evening.start_seconds:.1f} s, {evening.telegram.now() - evening.began_at:.0f} s in all; "
        f"in hand at the kills: {found.updates} updates, {found.messages} messages, {found.drafts} open conversations; "
        f"messages said again: {evening.said_again}",
    )


@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_asked_to_stop_in_the_middle_the_bot_loses_nothing_and_repeats_nothing(
    way: str, tmp_path: Path, record_property: Recording
) -> None:
    chance = random.Random(f"{way} 2026")  # noqa: S311 - chance that can be repeated, no secret
    with reserved_port() as port:
        async with an_evening(tmp_path, webhook_port=port if way == "webhook" else None) as evening:
            async with asyncio.TaskGroup() as group:
                group.create_task(evening.happens_briefly())
                group.create_task(evening.is_stopped(STOPS, chance))
            assert await evening.bot.stop() == 0

    assert_all_is_kept_once(evening)
    assert evening.said_again == 0
    longest = max(evening.stops)
    record_property(
        FIGURE, f"{way}: {evening.turns} turns, {STOPS} stops, the longest in {longest:.1f} s, nothing said again"
    )
