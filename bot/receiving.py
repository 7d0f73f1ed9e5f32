"""Receiving from Telegram, by polling under a watchdog or by webhook, and the page that tells how the bot is."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

import structlog
from telegram.error import TelegramError
from telegram.ext import Application, Updater

from bot.bridge import WANTED_UPDATES
from bot.calendar_feeds import CalendarFeeds
from bot.clock import Clock
from bot.inbox import InboxQueue, InboxRequest
from bot.refused import Refused
from bot.settings import Settings
from bot.telegram_request import READ_TIMEOUT
from bot.watchdog import Watchdog
from bot.web import Health, Webhook, serving, web_app
from storage.engine import Database
from storage.inbox import Inbox
from storage.outbox import Outbox

log = structlog.get_logger("jalon.receiving")

AnyApplication = Application[Any, Any, Any, Any, Any, Any]

WEBHOOK_CONNECTIONS: Final = 40
STOP_SECONDS: Final = 2.0
"""How long Telegram gets to answer when polling ends."""


@dataclass(frozen=True, slots=True)
class Waits:
    """For how many seconds the bot waits.

    Telegram gets `poll` to hold a getUpdates open (50 at most), and `answer` to begin any answer. For `people_first`
    after the start only those are answered who waited for it; then it is looked for what else is due. What is sent
    within `gathers` is written down in one transaction.
    """

    poll: int = 10
    answer: float = READ_TIMEOUT
    people_first: float = 1.0
    gathers: float = 0.025


USUAL_WAITS: Final = Waits()


@dataclass(frozen=True, slots=True)
class Parts:
    """What receiving needs of the running bot."""

    application: AnyApplication
    database: Database
    queue: InboxQueue
    updates: InboxRequest
    clock: Clock
    waits: Waits
    feeds: CalendarFeeds | None = None


@asynccontextmanager
async def receiving(settings: Settings, parts: Parts, tasks: asyncio.TaskGroup) -> AsyncIterator[None]:
    """Receive while the block runs; raises Refused where the webhook's port is taken or Telegram wants none of it."""
    way = _polling(settings, parts, tasks) if settings.webhook_url is None else _webhook(settings, parts)
    async with way:
        yield


@asynccontextmanager
async def _polling(settings: Settings, parts: Parts, tasks: asyncio.TaskGroup) -> AsyncIterator[None]:
    updater = parts.application.updater
    if updater is None:
        raise Refused("The Telegram library was set up without polling; set JALON_WEBHOOK_URL.")
    watchdog = Watchdog(
        lambda: parts.updates.finished_at,
        parts.waits.poll,
        lambda: _restart(updater, parts.updates, parts.waits),
        held_back=lambda: parts.queue.holding_back,
    )

    async def health() -> Health:
        facts = {"polling_silent_for": round(watchdog.silent_for(), 1)}
        return await _health(parts, facts, well=not watchdog.barking)

    await _start(updater, parts.updates, parts.waits)
    watching = tasks.create_task(watchdog.run(), name="watchdog")
    try:
        async with _pages(settings, health, parts.feeds):
            yield
    finally:
        watching.cancel()
        await _stop(updater, parts.updates)


async def _start(updater: Updater, updates: InboxRequest, waits: Waits) -> None:
    updates.stopping = False
    await updater.start_polling(timeout=waits.poll, allowed_updates=WANTED_UPDATES, bootstrap_retries=-1)


async def _stop(updater: Updater, updates: InboxRequest) -> bool:
    """Stop polling, even where Telegram is silent; False where it had ended with an error, which comes out here."""
    if not updater.running:
        return True
    updates.stopping = True
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await updater.stop()
    except TimeoutError:
        # Only the call that confirms the last updates was cut off: they come again, and are known by then.
        return True
    except Exception as error:  # noqa: BLE001 - whatever polling died of
        log.error("polling_had_died", reason=type(error).__name__)  # noqa: TRY400 - a traceback may hold a token
        return False
    return True


async def _restart(updater: Updater, updates: InboxRequest, waits: Waits) -> None:
    stopped = await _stop(updater, updates)
    await _start(updater, updates, waits)
    if not stopped:
        # PTB has kept its signal to stop, on which a new polling only spins: a second stop takes it back.
        await _stop(updater, updates)
        await _start(updater, updates, waits)


@asynccontextmanager
async def _webhook(settings: Settings, parts: Parts) -> AsyncIterator[None]:
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret is not None else ""
    webhook = Webhook(parts.database, parts.clock, parts.queue, secret)

    async def health() -> Health:
        return await _health(parts, {"receiving": "webhook"}, well=True)

    host, port = settings.listen.host, settings.listen.port
    async with AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(serving(web_app(health, webhook, parts.feeds), host, port))
        except OSError as error:
            raise Refused(f"Nothing can listen on {host}:{port} ({error.strerror}): change JALON_LISTEN.") from None
        await _set_webhook(settings.webhook_url or "", secret, parts)
        yield


async def _set_webhook(url: str, secret: str, parts: Parts) -> None:
    try:
        await parts.application.bot.set_webhook(
            url, secret_token=secret, allowed_updates=WANTED_UPDATES, max_connections=WEBHOOK_CONNECTIONS
        )
    except TelegramError as error:
        raise Refused(f"Telegram refused the webhook ({error.message}): look at JALON_WEBHOOK_URL.") from None


@asynccontextmanager
async def _pages(
    settings: Settings, health: Callable[[], Awaitable[Health]], feeds: CalendarFeeds | None
) -> AsyncIterator[None]:
    """Show the pages beside polling; where their port is taken the bot does without."""
    host, port = settings.listen.host, settings.listen.port
    async with AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(serving(web_app(health, feeds=feeds), host, port))
        except OSError as error:
            what = "no health page: change JALON_LISTEN"
            if feeds is not None:
                what = "no health page and no calendar feeds: change JALON_LISTEN"
            log.warning(what, host=host, port=port, reason=error.strerror)
        yield


async def _health(parts: Parts, facts: dict[str, Any], *, well: bool) -> Health:
    waiting = await parts.database.read(lambda connection: Inbox(connection).count_waiting())
    counts = await parts.database.read(lambda connection: Outbox(connection).counts())
    unsent = sum(count for (state, _), count in counts.items() if state in {"waiting", "sending"})
    return Health(well, {**facts, "inbox_waiting": waiting, "outbox_waiting": unsent})
