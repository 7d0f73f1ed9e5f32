"""The schedule: APScheduler only wakes; what is due stands in the database."""

import asyncio
from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy import Connection

from bot.alerts import raise_alerts
from bot.backups import NightlyBackup
from bot.clock import Clock, SystemClock
from bot.public_holidays import public_holidays
from programme.actions import UNDO_LASTS
from programme.ports import UnitOfWork
from programme.territory import Territory
from programme.usecases.ask_the_silent import ask_the_silent, erase_the_silent
from programme.usecases.ask_whether_to_go_on import ask_whether_to_go_on
from programme.usecases.close_date_polls import close_date_polls
from programme.usecases.extend_series import extend_every_series
from programme.usecases.pass_on_offers import pass_on_offers
from programme.usecases.pin_meetings import pin_meetings
from programme.usecases.recall_announcements import recall_announcements
from programme.usecases.recall_levels import recall_levels
from programme.usecases.recall_proposals import recall_proposals
from programme.usecases.recall_support import recall_support
from programme.usecases.remind import remind
from programme.usecases.send_announcement import send_due_announcements
from programme.usecases.send_digests import send_digests
from programme.usecases.steer_announcement import finish_announcements
from programme.usecases.vote import close_votes
from storage.engine import Database
from storage.erasures import Erasures
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

Batch = Callable[[UnitOfWork, datetime, ZoneInfo], bool]
"""Carries out some of what is due, in one transaction; false when nothing of it is left."""
DUE: Final[tuple[Batch, ...]] = (
    remind,
    pass_on_offers,
    close_votes,
    close_date_polls,
    send_digests,
    extend_every_series,
    pin_meetings,
    ask_the_silent,
    erase_the_silent,
    finish_announcements,
)

Recall = Callable[[UnitOfWork, datetime, ZoneInfo, Container[date]], bool]
"""Recalls what has waited for too many working days, all of it at once, given the public holidays."""
RECALLS: Final[tuple[Recall, ...]] = (recall_proposals, recall_levels, recall_announcements, recall_support)


@dataclass(frozen=True, slots=True)
class Night:
    """What is watched over and taken beside reminders: the backup, and where troubles are told in which language."""

    backup: NightlyBackup
    staff_chat: int | None
    language: str


class Schedule:
    """Wakes at the next reminder, each minute for safety, and each night for the tidying."""

    def __init__(
        self,
        database: Database,
        territory: Territory,
        staff_ids: frozenset[int],
        clock: Clock,
        told: Callable[[], None],
        night: Night | None = None,
    ) -> None:
        """Take what is needed; `told` is called when there are new notices to send.

        Without a `night` no backup is taken and nobody is alerted.
        """
        self._night = night
        self._holidays = public_holidays(territory)
        self._database = database
        self._territory = territory
        self._staff_ids = staff_ids
        self._clock = clock
        self._told = told
        self._machine = SystemClock()
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"coalesce": True, "misfire_grace_time": None})
        self._one_at_a_time = asyncio.Lock()

    def start(self, after: timedelta = timedelta(0)) -> None:
        """Begin to wake, the first time after so long."""
        every = IntervalTrigger(seconds=int(SAFETY.total_seconds()))
        self._scheduler.add_job(self.tick, every, next_run_time=self._machine.now() + after)
        self._scheduler.add_job(self.tidy, CronTrigger(hour=NIGHTLY_HOUR, timezone=self._territory.zone))
        self._scheduler.start()

    async def stop(self) -> None:
        """Wake no more, and let what is under way end; harmless when done already."""
        if self._scheduler.running:
            self._scheduler.pause()
            # The scheduler cancels what it has begun: all of that comes first, since each waits here for its turn.
            await asyncio.sleep(0)
            async with self._one_at_a_time:
                if self._scheduler.running:  # nobody else has stopped it meanwhile
                    self._scheduler.shutdown(wait=False)

    async def tick(self) -> None:
        """Carry out everything that is due, batch by batch, and wake again at the next due time."""
        async with self._one_at_a_time:
            try:
                for carry_out in (*DUE, self._announce, self._recall):
                    while await self._database.write(partial(self._batch, carry_out)):
                        self._told()
                await self._database.write(self._look_after_what_is_left)
                self._told()
                await self._leave_no_trace()
                if self._night is not None:
                    await self._look_after_the_bot(self._night)
                self._wake_at(await self._database.read(self._next_at))
            except Exception:
                # The minute's safety tries again; nothing is lost, since what is due stands in the database.
                log.exception("reminders failed")

    async def tidy(self) -> None:
        """Forget the record of what is long over, and leave nothing of it in the file."""
        now = self._clock.now()

        def purge(connection: Connection) -> None:
            Inbox(connection).purge(now - KEPT)
            Outbox(connection).purge(now - KEPT)
            self._uow(connection).drafts.drop_untouched_since(now - DRAFTS_KEPT)

        try:
            async with self._one_at_a_time:
                await self._database.write(purge)
                await self._database.scrub()
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

    def _batch(self, carry_out: Batch, connection: Connection) -> bool:
        return carry_out(self._uow(connection), self._clock.now(), self._territory.zone)

    def _recall(self, uow: UnitOfWork, now: datetime, zone: ZoneInfo) -> bool:
        return any(recall(uow, now, zone, self._holidays) for recall in RECALLS)

    def _announce(self, uow: UnitOfWork, now: datetime, zone: ZoneInfo) -> bool:
        return send_due_announcements(uow, now, zone, approval_above=self._territory.announcements.approval_above)

    def _look_after_what_is_left(self, connection: Connection) -> None:
        uow, now = self._uow(connection), self._clock.now()
        ask_whether_to_go_on(uow, now, self._territory.zone)
        uow.actions.drop_deleted(now - UNDO_LASTS)

    async def _look_after_the_bot(self, night: Night) -> None:
        """Take the backup of the night where it is due, and tell staff what stays wrong."""
        now = self._clock.now()
        await night.backup.take_if_due(now)
        await self._database.write(
            lambda connection: raise_alerts(connection, self._staff_ids, now, night.staff_chat, night.language)
        )
        self._told()

    async def _leave_no_trace(self) -> None:
        """Scrub the file once nothing is to be sent any more to who was erased; killed half way, it begins again."""
        erasure = await self._database.read(lambda connection: Erasures(connection).unscrubbed())
        if erasure is None:
            return
        swept = await self._database.write(lambda connection: Erasures(connection).sweep())
        if swept and await self._database.scrub():
            await self._database.write(lambda connection: Erasures(connection).scrubbed(erasure))

    def _next_at(self, connection: Connection) -> datetime | None:
        uow = self._uow(connection)
        ahead = (
            uow.reminders.next_at(),
            uow.registrations.next_lapse(),
            uow.votes.next_close(),
            uow.date_polls.next_close(),
            uow.announcements.next_due(),
        )
        return min((at for at in ahead if at is not None), default=None)

    def _uow(self, connection: Connection) -> SqlUnitOfWork:
        return SqlUnitOfWork(connection, self._staff_ids)
