"""The schedule: APScheduler only wakes; what is due stands in the database."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy import Connection

from bot.clock import Clock, SystemClock
from programme.territory import Territory
from programme.usecases.ask_whether_to_go_on import ask_whether_to_go_on
from programme.usecases.remind import remind
from storage.engine import Database
from storage.inbox import Inbox
from storage.outbox import Outbox
from storage.unit_of_work import SqlUnitOfWork

log = structlog.get_logger("jalon.schedule")

KEPT: Final = timedelta(days=7)
"""How long the record of what came in and of replies that went out is kept."""
DRAFTS_KEPT: Final = timedelta(days=30)
"""How long the answers of a conversation that was left are kept, to be given back; after 7 days it is over."""
SAFETY: Final = timedelta(minutes=1)
"""The longest that anything due may be overlooked."""
NIGHTLY_HOUR: Final = 3


class Schedule:
    """Wakes at the next reminder, each minute for safety, and each night for the tidying."""

    def __init__(
        self,
        database: Database,
        territory: Territory,
        staff_ids: frozenset[int],
        clock: Clock,
        told: Callable[[], None],
    ) -> None:
        """Take what is needed; `told` is called when there are new notices to send."""
        self._database = database
        self._territory = territory
        self._staff_ids = staff_ids
        self._clock = clock
        self._told = told
        self._machine = SystemClock()
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"coalesce": True, "misfire_grace_time": None})
        self._one_at_a_time = asyncio.Lock()

    def start(self) -> None:
        """Begin to wake."""
        every = IntervalTrigger(seconds=int(SAFETY.total_seconds()))
        self._scheduler.add_job(self.tick, every, next_run_time=self._machine.now())
        self._scheduler.add_job(self.tidy, CronTrigger(hour=NIGHTLY_HOUR, timezone=self._territory.zone))
        self._scheduler.start()

    async def stop(self) -> None:
        """Wake no more, and let what is under way end; harmless when done already."""
        if self._scheduler.running:
            self._scheduler.pause()
            async with self._one_at_a_time:
                self._scheduler.shutdown(wait=False)

    async def tick(self) -> None:
        """Carry out everything that is due, batch by batch, and wake again at the next due time."""
        async with self._one_at_a_time:
            try:
                while await self._database.write(self._remind):
                    self._told()
                await self._database.write(self._ask_whether_to_go_on)
                self._told()
                self._wake_at(await self._database.read(lambda connection: self._uow(connection).reminders.next_at()))
            except Exception:
                # The minute's safety tries again; nothing is lost, since what is due stands in the database.
                log.exception("reminders failed")

    async def tidy(self) -> None:
        """Forget the record of what is long over."""
        now = self._clock.now()

        def purge(connection: Connection) -> None:
            Inbox(connection).purge(now - KEPT)
            Outbox(connection).purge(now - KEPT)
            self._uow(connection).drafts.drop_untouched_since(now - DRAFTS_KEPT)

        try:
            async with self._one_at_a_time:
                await self._database.write(purge)
        except Exception:
            log.exception("tidying failed")

    def _wake_at(self, due_at: datetime | None) -> None:
        if due_at is None or not self._scheduler.running:
            return
        wait = due_at - self._clock.now()
        if wait <= SAFETY:
            # The scheduler counts on the machine's own clock, which need not be the one that people go by.
            trigger = DateTrigger(self._machine.now() + wait)
            self._scheduler.add_job(self.tick, trigger, id="next reminder", replace_existing=True)

    def _remind(self, connection: Connection) -> bool:
        return remind(self._uow(connection), self._clock.now(), self._territory.zone)

    def _ask_whether_to_go_on(self, connection: Connection) -> None:
        ask_whether_to_go_on(self._uow(connection), self._clock.now(), self._territory.zone)

    def _uow(self, connection: Connection) -> SqlUnitOfWork:
        return SqlUnitOfWork(connection, self._staff_ids)
