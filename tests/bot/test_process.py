from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.process import running
from bot.rate_limits import PacedRateLimiter
from bot.refused import Refused
from bot.settings import Settings
from bot.territory_file import load_territory
from simulator.server import running as simulating
from simulator.telegram import Telegram
from tests.world import BREST, MONDAY_NOON, TOKEN, settings_for, unpaced

TERRITORY = load_territory(BREST)


@pytest.fixture
def telegram() -> Telegram:
    return Telegram()


@pytest.fixture
async def settings(telegram: Telegram, tmp_path: Path) -> AsyncIterator[Settings]:
    async with simulating(telegram) as address:
        yield settings_for(tmp_path, address)


async def test_the_bot_keeps_telegrams_pace_unless_it_is_given_another(telegram: Telegram, settings: Settings) -> None:
    telegram.new_bot(TOKEN, username="jalon_bot", first_name="Jalon")
    clock = MovableClock(MONDAY_NOON)
    own = unpaced()
    async with running(settings, TERRITORY, clock, own) as jalon:
        assert jalon.application.bot.rate_limiter is own
    async with running(settings, TERRITORY, clock) as jalon:
        assert isinstance(jalon.application.bot.rate_limiter, PacedRateLimiter)
        assert jalon.application.bot.rate_limiter is not own


async def test_the_running_bot_registers_its_commands_and_only_once(telegram: Telegram, settings: Settings) -> None:
    bot = telegram.new_bot(TOKEN, username="jalon_bot", first_name="Jalon")
    for _ in range(2):
        async with running(settings, TERRITORY, MovableClock(MONDAY_NOON), unpaced()):
            await telegram.until(lambda: len(bot.profile.short_descriptions) == 3)
            sam = telegram.new_person("Sam")
            sam.says("/aide")
            await telegram.until(lambda sam=sam: sam.last_read.startswith("Aide"))  # type: ignore[misc]  # bound at once

    scopes = ("all_private_chats", "all_group_chats")
    assert set(bot.profile.commands) == {(scope, language) for scope in scopes for language in ("", "en", "fr")}
    assert sum(call.method == "setMyCommands" for call in telegram.calls) == 6


async def test_a_token_that_telegram_does_not_know_is_refused_in_a_sentence(settings: Settings) -> None:
    with pytest.raises(Refused, match="Telegram does not know this token: set JALON_TOKEN"):
        async with running(settings, TERRITORY, MovableClock(MONDAY_NOON), unpaced()):
            raise AssertionError
