"""Sending: what is due goes out, replies first and in order within a chat, and what became of it is written down."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlalchemy import Connection
from telegram.ext import ExtBot

from bot.attempt import Attempt, Render
from bot.chat_lines import UNSENT, ChatLines, standing
from bot.clock import Clock
from bot.delivery_policy import Outcome, note
from bot.messages import VANISHES, deletion
from bot.rate_limits import Lane, PacedRateLimiter
from bot.silence import Silence
from storage.engine import Database
from storage.outbox import NewOutgoing, Outbox, Outgoing

AT_ONCE: Final = 64
"""Messages in the air or waiting for their turn; a part of them is left to replies."""
NOTICES_AT_ONCE: Final = 48
LEASE: Final = timedelta(minutes=5)
"""Longer than any message may take from its claim to its outcome."""
TAKE_BACK_EVERY: Final = timedelta(seconds=10)
"""How often what another process left claimed is looked for; its lease is much longer."""
LOOK_AGAIN: Final = 10.0
"""Seconds after which what another process put in is seen."""
IN_THE_AIR: Final = 2.0
"""Seconds that a stop leaves to calls on their way."""
AFTER_DATABASE_TROUBLE: Final = 1.0
REPLIES_AT_ONCE: Final = 192
"""Messages in hand up to which a turn's replies are taken at once, most of them behind others of their chat."""
VANISHES_AFTER: Final = timedelta(minutes=1)

log = structlog.get_logger("jalon.outbox")


class Sender:
    """Sends what the outbox holds. Its loop ends with `drain` or by being cancelled, and with nothing else.

    `on_unreachable` gets the chat that nothing reaches any more, `on_moved` the old and the new number of a group,
    `on_topic_lost` a group and its topic that is gone, each in the transaction that notes the outcome; all may be told
    twice. `on_announced` gets the number of an announcement after some of its deliveries had an outcome. What is sent
    within `gathers` seconds is written down in one transaction.
    """

    def __init__(
        self,
        database: Database,
        bot: ExtBot[Lane],
        clock: Clock,
        render: Render,
        limiter: PacedRateLimiter,
        *,
        worker: str,
        on_unreachable: Callable[[Connection, int], None],
        on_moved: Callable[[Connection, int, int], None],
        on_topic_lost: Callable[[Connection, int, int], None],
        on_announced: Callable[[Connection, int], None] | None = None,
        gathers: float = 0.0,
    ) -> None:
        self._database = database
        self._clock = clock
        self._limiter = limiter
        self._worker = worker
        self.gathers = gathers
        self._on_unreachable = on_unreachable
        self._on_moved = on_moved
        self._on_topic_lost = on_topic_lost
        self._on_announced = on_announced
        self._awake = asyncio.Event()
        self._ended = asyncio.Event()
        self._ended.set()
        self._in_hand: dict[int, Outgoing] = {}
        self._lines = ChatLines()
        self._group: asyncio.TaskGroup | None = None
        self._sending: dict[int, asyncio.Task[None]] = {}
        self._outcomes: list[tuple[Outgoing, Outcome]] = []
        self._silence = Silence(bot)
        self._attempt = Attempt(database, bot, clock, render, self._silence)
        self._probe: asyncio.Task[None] | None = None
        self._draining = self._closed = self._looking = self._nothing_due = False
        self._took_back_at: datetime | None = None

    def wake(self) -> None:
        """Look at once: something was put into the outbox, or the clock has moved."""
        self._awake.set()

    def taker(self) -> tuple[str, datetime] | None:
        """Give under which name a turn may claim its replies, and until when; None where they are to wait."""
        busy = self._draining or self._silence.lasts or len(self._in_hand) >= REPLIES_AT_ONCE
        if self._group is None or busy or self._limiter.held_for():
            return None
        return self._worker, self._clock.now() + LEASE

    def take(self, replies: list[Outgoing]) -> None:
        """Send replies that are claimed already, each after those before it in its chat."""
        for outgoing in replies:
            self._in_hand[outgoing.id] = outgoing
            if self._group is None or self._closed or self._failed_in(outgoing.chat_id):
                self._end_unsent(outgoing)
            else:
                self._line_up(self._group, self._where_it_stands(outgoing))

    def idle(self) -> bool:
        """Tell whether nothing is in hand and nothing is due."""
        busy = self._looking or self._in_hand or self._awake.is_set()
        return self._nothing_due and not busy

    async def run(self) -> None:
        """Send until `drain` has ended it."""
        self._ended.clear()
        try:
            async with asyncio.TaskGroup() as group:
                self._group = group
                while not self._over():
                    self._awake.clear()
                    seconds = await self._round(group)
                    if seconds:
                        with suppress(TimeoutError):
                            await asyncio.wait_for(self._awake.wait(), seconds)
                        if self._sending and not self._draining:
                            await asyncio.sleep(self.gathers)
                if self._probe is not None:
                    self._probe.cancel()
        finally:
            self._group = None
            self._ended.set()

    async def drain(self, within: float) -> None:
        """Send for at most so many seconds what is due, leave the rest in the outbox, and end the loop."""
        self._draining = True
        self.wake()
        if await self._ends_within(within):
            return
        self._closed = True
        self._limiter.turn_away()
        self.wake()
        if await self._ends_within(IN_THE_AIR):
            return
        for task in list(self._sending.values()):
            task.cancel()
        await self._ended.wait()

    async def _ends_within(self, seconds: float) -> bool:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._ended.wait(), seconds)
        return self._ended.is_set()

    def _over(self) -> bool:
        return self._draining and not self._in_hand and (self._closed or self._nothing_due)

    async def _round(self, group: asyncio.TaskGroup) -> float:
        """Write down what became of the last ones, take the next ones, and give the seconds to rest."""
        self._looking = True
        try:
            taken, rest = await self._exchange()
        except Exception as error:  # noqa: BLE001 - whatever the database meets, sending goes on when it is well again
            log.error("outbox_not_read", reason=type(error).__name__)  # noqa: TRY400 - once a second: no traceback
            if self._closed:
                self._forget()
            return AFTER_DATABASE_TROUBLE
        finally:
            self._looking = False
        for outgoing in taken:
            self._in_hand[outgoing.id] = outgoing
            self._line_up(group, outgoing)
        if self._silence.lasts and not self._draining and (self._probe is None or self._probe.done()):
            self._probe = group.create_task(self._silence.until_over(self.wake))
        return rest

    async def _exchange(self) -> tuple[list[Outgoing], float]:
        """Do in one transaction all that the outbox is asked for in a round."""
        now = self._clock.now()
        outcomes = list(self._outcomes)
        noted = {outgoing.id for outgoing, _ in outcomes}
        in_hand = [outgoing for outgoing in self._in_hand.values() if outgoing.id not in noted]
        held = self._limiter.held_for()
        may_claim = not (self._closed or self._silence.lasts or held)
        takes_back = self._took_back_at is None or not timedelta(0) <= now - self._took_back_at < TAKE_BACK_EVERY

        def work(connection: Connection) -> tuple[list[Outgoing], datetime | None, bool]:
            outbox = Outbox(connection)
            note(outbox, outcomes, now)
            for outgoing, outcome in outcomes:
                self._follow_up(connection, outgoing, outcome, now)
            self._note_announced(connection, outcomes)
            if takes_back:
                outbox.take_back(now)
            taken = self._claim(outbox, now, in_hand) if may_claim else []
            return taken, outbox.next_due_at(now), outbox.saw_all_due

        taken, next_due_at, saw_all = await self._database.write(work)
        if takes_back:
            self._took_back_at = now
        del self._outcomes[: len(outcomes)]
        for outgoing_id in noted:
            self._in_hand.pop(outgoing_id, None)
        self._nothing_due = not taken
        if (taken and not saw_all) or self._over():
            return taken, 0.0
        if held:
            return taken, min(held, LOOK_AGAIN)
        due_in = LOOK_AGAIN if next_due_at is None else (next_due_at - now).total_seconds()
        return taken, max(0.01, min(due_in, LOOK_AGAIN))

    def _claim(self, outbox: Outbox, now: datetime, in_hand: list[Outgoing]) -> list[Outgoing]:
        """Take replies, then others: a notice never keeps its chat's next reply waiting."""
        replying = {outgoing.chat_id for outgoing in in_hand if outgoing.lane == Lane.REPLY}
        telling = {outgoing.chat_id for outgoing in in_hand if outgoing.lane != Lane.REPLY}
        lease_until = now + LEASE
        taken: list[Outgoing] = []
        if (places := AT_ONCE - len(in_hand)) > 0:
            taken = outbox.claim_due(now, self._worker, lease_until, places, lanes={Lane.REPLY})
        others = sum(outgoing.lane != Lane.REPLY for outgoing in in_hand)
        places = min(AT_ONCE - len(in_hand) - len(taken), NOTICES_AT_ONCE - others)
        if places > 0:
            busy = replying | telling | {outgoing.chat_id for outgoing in taken}
            lanes = {Lane.NOTICE, Lane.ANNOUNCEMENT}
            taken += outbox.claim_due(now, self._worker, lease_until, places, busy, lanes)
        return taken

    def _follow_up(self, connection: Connection, outgoing: Outgoing, outcome: Outcome, now: datetime) -> None:
        """Put in, and tell, what follows from what became of a message."""
        if outgoing.content.get(VANISHES) and outcome.message_id is not None:
            # Among the notices, since a reply that is not due yet would hold up the later ones of its chat.
            gone = deletion(outcome.message_id)
            Outbox(connection).add(NewOutgoing(outgoing.chat_id, gone, Lane.NOTICE, due_at=now + VANISHES_AFTER), now)
        if outcome.new_chat_id is not None:
            self._on_moved(connection, outgoing.chat_id, outcome.new_chat_id)
        if outcome.kind == "topic_lost" and outgoing.thread_id is not None:
            self._on_topic_lost(connection, outgoing.chat_id, outgoing.thread_id)
        if outcome.unreachable:
            self._on_unreachable(connection, outgoing.chat_id)

    def _note_announced(self, connection: Connection, outcomes: list[tuple[Outgoing, Outcome]]) -> None:
        told = {one.content.get("announcement") for one, _ in outcomes if one.lane == Lane.ANNOUNCEMENT and one.key}
        if self._on_announced is not None:
            for announcement in sorted(number for number in told if number is not None):
                self._on_announced(connection, announcement)

    async def _send(self, outgoing: Outgoing) -> None:
        try:
            outcome = await self._attempt.send(outgoing)
        except asyncio.CancelledError:
            self._end(outgoing, self._attempt.cut_off(outgoing))
            raise
        self._end(outgoing, outcome)

    def _line_up(self, group: asyncio.TaskGroup, outgoing: Outgoing) -> None:
        """Send a message now, or a reply once those before it in its chat are sent."""
        if outgoing.lane != Lane.REPLY or self._lines.join(outgoing):
            self._sending[outgoing.id] = group.create_task(self._send(outgoing))

    def _move_up(self, outgoing: Outgoing, outcome: Outcome) -> None:
        """Send the next reply of a chat; where this one has to be sent again, those behind it wait with it."""
        following = self._lines.leave(outgoing, outcome)
        if following is None:
            return
        if self._group is None or self._closed or outcome.kind in UNSENT:
            for behind in self._lines.give_up(outgoing.chat_id):
                self._end_unsent(behind)
        else:
            self._sending[following.id] = self._group.create_task(self._send(following))

    def _where_it_stands(self, outgoing: Outgoing) -> Outgoing:
        """Give a message with the place of its anchor as it is by now, though that may not be noted yet."""
        for sent, outcome in self._outcomes:
            outgoing = standing(outgoing, sent, outcome)
        return outgoing

    def _failed_in(self, chat_id: int) -> bool:
        return any(one.chat_id == chat_id and outcome.kind in UNSENT for one, outcome in self._outcomes)

    def _end_unsent(self, outgoing: Outgoing) -> None:
        """Put a reply back behind the one that has to be sent again."""
        again = Outcome("retry", "after another", due_at=self._clock.now(), attempted=False)
        self._outcomes.append((outgoing, again))
        self._awake.set()

    def _end(self, outgoing: Outgoing, outcome: Outcome) -> None:
        self._sending.pop(outgoing.id, None)
        self._outcomes.append((outgoing, outcome))
        if outgoing.lane == Lane.REPLY:
            self._move_up(outgoing, outcome)
        self._awake.set()
        if outcome.kind == "dead" and not outcome.unreachable:
            log.error("message_dead", outbox_id=outgoing.id, lane=outgoing.lane, reason=outcome.reason)
        elif outcome.kind != "sent" or outcome.reason:
            log.info(
                "message_not_sent",
                outbox_id=outgoing.id,
                lane=outgoing.lane,
                outcome=outcome.kind,
                reason=outcome.reason,
            )

    def _forget(self) -> None:
        """Leave to the next start what the database can't be told: it is still claimed there."""
        for outgoing, _ in self._outcomes:
            self._in_hand.pop(outgoing.id, None)
        self._outcomes.clear()
