"""The running bot: its parts put together, started in order, and stopped without losing anything."""

import asyncio
import gc
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlalchemy import Connection
from telegram.error import InvalidToken, NetworkError
from telegram.ext import ApplicationBuilder

from bot.backups import NightlyBackup
from bot.bridge import Bridge
from bot.calendar_feeds import CalendarFeeds
from bot.clock import Clock
from bot.command_menu import keep_registered
from bot.inbox import InboxQueue, InboxRequest, replay
from bot.outbox import Sender
from bot.public_holidays import public_holidays
from bot.rate_limits import PacedRateLimiter
from bot.receiving import USUAL_WAITS, AnyApplication, Parts, Waits, receiving
from bot.refused import Refused
from bot.schedule import Night, Schedule
from bot.settings import Settings
from bot.telegram_request import TelegramRequest
from bot.telling import Telling
from bot.turn_order import TurnOrder
from bot.turns import Turns
from locales import read_languages
from programme.territory import Territory
from programme.usecases.apply_territory import apply_territory
from storage.engine import Database
from storage.migrate import migrate
from storage.outbox import Outbox
from storage.process_lock import hold
from storage.unit_of_work import SqlUnitOfWork

log = structlog.get_logger("jalon.process")

SWITCH_SECONDS: Final = 0.0005
"""How long a thread may keep the interpreter from another. A unit of work gives it away at each statement and gets it
back after so long while the event loop is busy; with Python's own five milliseconds people waited twice as long."""
COLLECT_AFTER: Final = (50_000, 20, 100)
"""Objects after which Python looks for garbage: by its own 700 it looks through everything several times a second."""
DRAIN_SECONDS: Final = 5.0
"""How long after its beginning a graceful stop goes on sending."""
PATIENCE_MOST: Final = 60.0
"""The longest wait between two attempts to reach Telegram at the start, in seconds."""


@dataclass(frozen=True, slots=True)
class Jalon:
    """The parts of a running bot, for whoever watches over it."""

    application: AnyApplication
    database: Database
    sender: Sender
    schedule: Schedule
    queue: InboxQueue


@dataclass(frozen=True, slots=True)
class _Makings:
    """What a bot is put together from."""

    settings: Settings
    territory: Territory
    clock: Clock
    database: Database
    staff_ids: frozenset[int]
    limiter: PacedRateLimiter
    waits: Waits


class _Stop:
    """The stop of a bot: since when, in the time of the event loop, and how long it may still take."""

    def __init__(self) -> None:
        self._stopping_at: float | None = None

    def begins(self) -> None:
        """Note that the stop begins."""
        self._stopping_at = asyncio.get_running_loop().time()

    def seconds_left(self) -> float:
        """Give how long the stop may still go on sending."""
        if self._stopping_at is None:
            return DRAIN_SECONDS
        return max(0.0, DRAIN_SECONDS - (asyncio.get_running_loop().time() - self._stopping_at))


def tune_interpreter() -> None:
    """Set Python up for a process that does nothing but run the bot."""
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


async def run_until_stopped(settings: Settings, territory: Territory, clock: Clock) -> None:
    """Run until SIGINT or SIGTERM, then finish the turns in hand, send what can be sent, and leave the rest kept."""
    told_to_stop = asyncio.Event()
    started = asyncio.Event()
    run = asyncio.current_task()

    def stop() -> None:
        # A start may wait for Telegram for hours: it is broken off.
        if run is not None and not started.is_set() and not told_to_stop.is_set():
            run.cancel()
        told_to_stop.set()

    loop = asyncio.get_running_loop()
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(signal_number, stop)
    try:
        async with running(settings, territory, clock) as jalon:
            started.set()
            log.info("running", bot=jalon.application.bot.username, territory=territory.name)
            await told_to_stop.wait()
            log.info("stopping")
    except asyncio.CancelledError:
        if started.is_set() or not told_to_stop.is_set():
            raise
        log.info("stopped before it ran")


@asynccontextmanager
async def running(
    settings: Settings,
    territory: Territory,
    clock: Clock,
    limiter: PacedRateLimiter | None = None,
    waits: Waits = USUAL_WAITS,
) -> AsyncIterator[Jalon]:
    """Start the bot, and stop it gracefully at the end; raises Refused where Telegram does not know the token.

    Without a `limiter` the bot keeps Telegram's pace.
    """
    staff_ids = frozenset(settings.staff_ids)
    database = Database(settings.database_url)
    try:
        with hold(database.url) as lock:
            await migrate(database, clock.now())
            now = clock.now()
            await database.write(lambda found: _prepare(found, territory, staff_ids, now, alone=lock.alone))
            lock.share()
            makings = _Makings(settings, territory, clock, database, staff_ids, limiter or PacedRateLimiter(), waits)
            async with _assembled(makings) as jalon:
                yield jalon
            await database.scrub()
    finally:
        await database.close()
    log.info("stopped")


def _prepare(
    connection: Connection, territory: Territory, staff_ids: frozenset[int], now: datetime, *, alone: bool
) -> None:
    apply_territory(SqlUnitOfWork(connection, staff_ids), territory, now)
    # What a killed process had in the air is sent again at once, where no other process can be sending it.
    Outbox(connection).take_back(now, everything=alone)


@asynccontextmanager
async def _assembled(makings: _Makings) -> AsyncIterator[Jalon]:
    """Put the parts together, and have them work while the block runs."""
    queue = InboxQueue()
    updates = InboxRequest(makings.database, makings.clock, queue, read_timeout=makings.waits.answer)
    application = _application(makings, queue, updates)
    try:
        # The languages are read while Telegram says who the bot is.
        await asyncio.gather(_initialise(application), asyncio.to_thread(read_languages))
    except BaseException:
        await application.bot.shutdown()
        raise
    jalon = _jalon(makings, application, queue)
    # What goes wrong outside is raised when everything is stopped, not wrapped into a group by the TaskGroup.
    failure: BaseException | None = None
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(jalon.sender.run(), name="sender")
        await application.start()
        stop = _Stop()
        try:
            async with _working(makings, jalon, updates, tasks, stop):
                yield jalon
        except BaseException as error:  # noqa: BLE001 (raised again below)
            failure = error
        try:
            await application.stop()
        finally:
            await jalon.sender.drain(stop.seconds_left())
            await application.shutdown()
    if failure is not None:
        raise failure


@asynccontextmanager
async def _working(
    makings: _Makings, jalon: Jalon, updates: InboxRequest, tasks: asyncio.TaskGroup, stop: _Stop
) -> AsyncIterator[None]:
    """Answer what was left waiting, then receive and remind; the end of the block begins the stop."""
    application, database = jalon.application, makings.database
    await replay(database, makings.clock, jalon.queue)
    parts = Parts(
        application,
        database,
        jalon.queue,
        updates,
        makings.clock,
        makings.waits,
        _feeds(makings, application.bot.username) if makings.settings.public_url else None,
    )
    async with receiving(makings.settings, parts, tasks):
        registering = tasks.create_task(
            keep_registered(application.bot, database, makings.territory, makings.staff_ids), name="commands"
        )
        jalon.schedule.start(after=timedelta(seconds=makings.waits.people_first))
        try:
            yield
        finally:
            stop.begins()
            await jalon.schedule.stop()
            registering.cancel()


def _feeds(makings: _Makings, owner: str) -> CalendarFeeds:
    return CalendarFeeds(makings.database, makings.territory, makings.staff_ids, makings.clock, owner)


def _application(makings: _Makings, queue: InboxQueue, updates: InboxRequest) -> AnyApplication:
    settings = makings.settings
    application: AnyApplication = (
        ApplicationBuilder()
        .token(settings.token.get_secret_value())
        .base_url(f"{settings.api_url}/bot")
        .base_file_url(f"{settings.api_url}/file/bot")
        .request(TelegramRequest(read_timeout=makings.waits.answer))
        .get_updates_request(updates)
        .rate_limiter(makings.limiter)
        .update_queue(queue)
        .concurrent_updates(TurnOrder(queue))
        .job_queue(None)
        .build()
    )
    return application


def _jalon(makings: _Makings, application: AnyApplication, queue: InboxQueue) -> Jalon:
    database, territory, clock, staff_ids = makings.database, makings.territory, makings.clock, makings.staff_ids
    language = makings.settings.locale
    telling = Telling(territory, staff_ids, clock, language, application.bot.username)
    sender = Sender(
        database,
        application.bot,
        clock,
        telling.render,
        makings.limiter,
        worker=f"{socket.gethostname()}:{os.getpid()}",
        on_unreachable=telling.mark_unreachable,
        on_moved=_move_group,
        on_topic_lost=telling.lose_topic,
        on_announced=telling.follow_announcement,
        gathers=makings.waits.gathers,
    )
    backup = NightlyBackup(database, makings.settings, territory.zone)
    night = Night(backup, makings.settings.staff_chat, language)
    schedule = Schedule(database, territory, staff_ids, clock, told=sender.wake, night=night)
    turns = Turns(
        database,
        application.bot,
        territory,
        staff_ids,
        language,
        clock,
        sender,
        public_url=makings.settings.public_url or "",
        holidays=public_holidays(territory),
    )
    application.add_handler(Bridge(turns.run, application.bot.username))
    return Jalon(application, database, sender, schedule, queue)


def _move_group(connection: Connection, old: int, new: int) -> None:
    SqlUnitOfWork(connection, frozenset()).groups.move(old, new)
    log.info("group became a supergroup", old=old, new=new)


async def _initialise(application: AnyApplication) -> None:
    """Reach Telegram, however long it takes; a token that it does not know is said at once."""
    patience = 1.0
    while True:
        try:
            await application.initialize()
        except InvalidToken:
            raise Refused("Telegram does not know this token: set JALON_TOKEN to the one @BotFather gave.") from None
        except NetworkError as error:
            log.warning("Telegram is out of reach, trying again", seconds=patience, reason=type(error).__name__)
            await asyncio.sleep(patience)
            patience = min(patience * 2, PATIENCE_MOST)
        else:
            return
