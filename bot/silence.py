"""Telegram's silence: noticed, and then asked about with small questions, so that no message is spent on it."""

import asyncio
from collections.abc import Callable
from typing import Final

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.telegram_request import NoAnswer

DELAYS: Final = (0.0, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds before each question; the last one again and again."""

log = structlog.get_logger("jalon.silence")


class Silence:
    """Whether Telegram answers nobody; `lasts` from a call without an answer, while no other got one, to an answer."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self.lasts = False

    def heard(self, error: TelegramError | None) -> None:
        """Take a call's end into account; None where it went well."""
        if error is None:
            self.lasts = False
        elif isinstance(error, NoAnswer) and not error.others_answered and not self.lasts:
            self.lasts = True
            log.warning("telegram_silent", reason=type(error).__name__)

    async def until_over(self, tell: Callable[[], None]) -> None:
        """Ask until there is an answer, then `tell`."""
        delays = iter(DELAYS)
        delay = 0.0
        while self.lasts:
            delay = next(delays, delay)
            await asyncio.sleep(delay)
            try:
                await self._bot.get_me()
            except NoAnswer:
                continue
            except TelegramError as answer:
                log.info("telegram_answers", reason=type(answer).__name__)
            self.lasts = False
        tell()
