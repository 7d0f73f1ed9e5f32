"""« ⏩ »: the clock leaps an hour, a day, or to the next reminder, and what is due then really happens."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, func, select

from bot.process import Jalon
from demo.clock import LeapingClock
from locales import Language, Msgid, _
from programme.territory import Territory
from simulator.page import Leap
from simulator.telegram import Telegram
from storage.reminders import SqlReminders
from storage.tables.delivery import outbox

STEPS: Final = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
NEXT: Final = "next"
LABELS: Final[dict[str, Msgid]] = {
    "hour": _("An hour"),
    "day": _("A day"),
    NEXT: _("To the next reminder"),
}
STRIDE: Final = timedelta(hours=6)
"""How far the clock leaps at once where nothing says when the next thing is due."""
FARTHEST: Final = timedelta(days=550)
"""Beyond this, nothing is looked for: the next forum and its question afterwards lie within."""
SETTLED_WITHIN: Final = 10.0
NOTICES: Final = 1


@dataclass(frozen=True, slots=True)
class Leaps:
    """Moves the demo's time on, and says in a sentence what came of it."""

    telegram: Telegram
    jalon: Jalon
    clock: LeapingClock
    territory: Territory
    language: Language

    def offered(self) -> tuple[Leap, ...]:
        """The buttons of the page."""
        return tuple(Leap(key, self.language.plain(words)) for key, words in LABELS.items())

    async def leap(self, key: str) -> str:
        """Leap, let everything due happen, and say what time it is now and how many messages came."""
        await self._settled()  # what was said just now is answered in its own time
        before = await self._told()
        if key == NEXT:
            await self._to_the_next_reminder(before)
        else:
            await self._leap_by(STEPS[key])
        came = await self._told() - before
        moment = self.language.moment(self.clock.now(), self.territory.zone)
        if came == 0:
            return self.language.plain("{moment}: no message.", moment=capitalised(moment))
        return self.language.plain_n(
            "{moment}: {n} message.", "{moment}: {n} messages.", came, moment=capitalised(moment)
        )

    async def _to_the_next_reminder(self, before: int) -> None:
        """Leap from one time at which something may be due to the next, until somebody is told something."""
        last = self.clock.now() + FARTHEST
        while await self._told() == before and (now := self.clock.now()) < last:
            due_at = await self.jalon.database.read(_next_look)
            step = min(due_at - now, STRIDE) if due_at is not None and due_at > now else STRIDE
            await self._leap_by(max(step, timedelta(seconds=1)))

    async def _leap_by(self, step: timedelta) -> None:
        self.clock.leap_by(step)
        await self.jalon.schedule.tick()
        self.jalon.sender.wake()
        await self._settled()

    async def _settled(self) -> None:
        """Wait until what is due now is sent; Telegram's pace may take its time, so not for ever."""
        loop = asyncio.get_running_loop()
        end = loop.time() + SETTLED_WITHIN
        while loop.time() < end:
            if self.jalon.sender.idle() and not await self.jalon.database.read(self._due):
                return
            await asyncio.sleep(0.02)

    def _due(self, connection: Connection) -> int:
        """Count what is to be sent by now."""
        due = outbox.c.state.in_(["waiting", "sending"]) & (outbox.c.due_at <= self.clock.now())
        return connection.scalar(select(func.count()).select_from(outbox).where(due)) or 0

    async def _told(self) -> int:
        return await self.jalon.database.read(_sent)


def capitalised(words: str) -> str:
    """Give words that begin a sentence."""
    return words[:1].upper() + words[1:]


def _next_look(connection: Connection) -> datetime | None:
    return SqlReminders(connection).next_at()


def _sent(connection: Connection) -> int:
    """Count the notices that were sent."""
    sent = (outbox.c.state == "sent") & (outbox.c.lane == NOTICES)
    return connection.scalar(select(func.count()).select_from(outbox).where(sent)) or 0
