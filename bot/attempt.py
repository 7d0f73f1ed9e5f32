"""One attempt to send a message: its content as it is true now, the call, and what became of it."""

import asyncio
import random
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from traceback import extract_tb
from typing import Any, Final

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.clock import Clock
from bot.delivery_policy import NotNow, Outcome, after_error, after_failed_rendering, again
from bot.messages import pack, perform
from bot.rate_limits import Lane
from bot.silence import Silence
from bot.telegram_calls import Place
from bot.telegram_request import MaybeDelivered
from handlers.reply import Change, Say
from handlers.screen import Screen
from storage.engine import Database
from storage.outbox import Outgoing

RENDERED: Final = ("notice", "card", "announcement")
"""What the content of a message holds whose text is made at its sending."""
RENDERED_AT_ONCE: Final = 2
"""Messages made at one time: more than Telegram takes, few enough that who taps meanwhile is answered at once."""

Rendered = Screen | dict[str, Any] | NotNow | str
Render = Callable[[Connection, Outgoing, datetime], Rendered]
"""Makes a notice, a card or an announcement from what is true now, in a transaction that reads.

A str says why it is true no more; a finished message is given as `pack` makes it.
"""

log = structlog.get_logger("jalon.outbox")


class Attempt:
    """Tries to send messages, each once, and says what became of it."""

    def __init__(self, database: Database, bot: ExtBot[Lane], clock: Clock, render: Render, silence: Silence) -> None:
        self._database = database
        self._bot = bot
        self._clock = clock
        self._render = render
        self._silence = silence
        self._chance = random.Random()  # noqa: S311 - spreads retries, guards nothing
        self._places = asyncio.Semaphore(RENDERED_AT_ONCE)

    def cut_off(self, outgoing: Outgoing) -> Outcome:
        """Say what becomes of a message whose sending was cut off by the stop."""
        return after_error(MaybeDelivered("cut off by the stop"), outgoing, self._clock.now(), self._chance)

    async def send(self, outgoing: Outgoing) -> Outcome:
        """Try once to send one message, and say what became of it."""
        try:
            content = await self._content(outgoing)
            if isinstance(content, str):
                return Outcome("skipped", content)
            if isinstance(content, NotNow):
                return Outcome("retry", content.reason, due_at=content.due_at, attempted=False)
            place = Place(outgoing.chat_id, outgoing.thread_id, outgoing.anchor_message_id)
            message_id = await perform(self._bot, place, content, Lane(outgoing.lane))
        except TelegramError as error:
            self._silence.heard(error)
            return after_error(error, outgoing, self._clock.now(), self._chance)
        except OperationalError:
            return again("OperationalError", outgoing, self._clock.now(), self._chance)
        except Exception as error:  # noqa: BLE001 - a notice that can't be made must not stop the others
            # The error's own words may hold somebody's: the place where it came from says enough.
            frame = extract_tb(error.__traceback__)[-1]
            where = f"{Path(frame.filename).name}:{frame.lineno}"
            log.error("message_not_rendered", outbox_id=outgoing.id, reason=type(error).__name__, where=where)  # noqa: TRY400 - same
            return after_failed_rendering(error, outgoing, self._clock.now(), self._chance)
        self._silence.heard(None)
        return Outcome("sent", message_id=message_id)

    async def _content(self, outgoing: Outgoing) -> dict[str, Any] | NotNow | str:
        """Give a finished message, or why it is not to be sent; a card that stands is changed in place."""
        card = "card" in outgoing.content
        if not any(name in outgoing.content for name in RENDERED):
            return outgoing.content
        async with self._places:
            now = self._clock.now()
            shown = await self._database.read(lambda connection: self._render(connection, outgoing, now))
        if not isinstance(shown, Screen):
            return shown
        return pack(Change(shown) if card else Say(shown))
