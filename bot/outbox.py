"""Sending: what is due goes out, replies first and in order within a chat, and what became of it is written down."""

import asyncio
import random
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from traceback import extract_tb
from typing import Final

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.clock import Clock
from bot.delivery_policy import Outcome, after_error, after_failed_rendering, again, note
from bot.messages import VANISHES, deletion, pack, perform
from bot.rate_limits import Lane, PacedRateLimiter
from bot.silence import Silence
from bot.telegram_calls import Place
from bot.telegram_request import MaybeDelivered
from handlers.reply import Say
from handlers.screen import Screen
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
GATHERS: Final = 0.025
"""Seconds in which what is sent is gathered, to be written down in one transaction."""
UNSENT: Final = frozenset({"retry", "moved"})
"""What becomes of a message that is to be sent again, and keeps its place in its chat's line."""
VANISHES_AFTER: Final = timedelta(minutes=1)

RenderNotice = Callable[[Connection, Outgoing, datetime], Screen | str]
"""Makes a notice's text from what is true now, in a transaction that reads; a str says why it is true no more."""

log = structlog.get_logger("jalon.outbox")


class Sender:
    """Sends what the outbox holds. Its loop ends with `drain` or by being cancelled, and with nothing else.

    `on_unreachable` gets the chat that nothing reaches any more, `on_moved` the old and the new number of a group, each
    in the transaction that notes the outcome; both may be told twice.
    """

    def __init__(
        self,
        database: Database,
        bot: ExtBot[Lane],
        clock: Clock,
        render_notice: RenderNotice,
        limiter: PacedRateLimiter,
        *,
        worker: str,
        on_unreachable: Callable[[Connection, int], None],
        on_moved: Callable[[Connection, int, int], None],
    ) -> None:
        self._database = database
        self._bot = bot
        self._clock = clock
        self._render_notice = render_notice
        self._limiter = limiter
        self._worker = worker
        self._on_unreachable = on_unreachable
        self._on_moved = on_moved
        self._chance = random.Random()  # noqa: S311 - spreads retries, guards nothing
        self._awake = asyncio.Event()
        self._ended = asyncio.Event()
        self._ended.set()
        self._in_hand: dict[int, Outgoing] = {}
        self._lines: dict[int, deque[Outgoing]] = {}
        self._group: asyncio.TaskGroup | None = None
        self._sending: dict[int, asyncio.Task[None]] = {}
        self._outcomes: list[tuple[Outgoing, Outcome]] = []
        self._silence = Silence(bot)
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
                            await asyncio.sleep(GATHERS)
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
            for outgoing, outcome in outcomes:
                self._note(connection, outgoing, outcome, now)
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

    def _note(self, connection: Connection, outgoing: Outgoing, outcome: Outcome, now: datetime) -> None:
        outbox = Outbox(connection)
        note(outbox, outgoing, outcome, now)
        if outgoing.content.get(VANISHES) and outcome.message_id is not None:
            # Among the notices, since a reply that is not due yet would hold up the later ones of its chat.
            gone = deletion(outcome.message_id)
            outbox.add(NewOutgoing(outgoing.chat_id, gone, Lane.NOTICE, due_at=now + VANISHES_AFTER), now)
        if outcome.new_chat_id is not None:
            self._on_moved(connection, outgoing.chat_id, outcome.new_chat_id)
        if outcome.unreachable:
            self._on_unreachable(connection, outgoing.chat_id)

    async def _send(self, outgoing: Outgoing) -> None:
        try:
            outcome = await self._attempt(outgoing)
        except asyncio.CancelledError:
            cut_off = MaybeDelivered("cut off by the stop")
            self._end(outgoing, after_error(cut_off, outgoing, self._clock.now(), self._chance))
            raise
        self._end(outgoing, outcome)

    def _line_up(self, group: asyncio.TaskGroup, outgoing: Outgoing) -> None:
        """Send a message now, or a reply once those before it in its chat are sent."""
        if outgoing.lane == Lane.REPLY:
            line = self._lines.setdefault(outgoing.chat_id, deque())
            line.append(outgoing)
            if len(line) > 1:
                return
        self._sending[outgoing.id] = group.create_task(self._send(outgoing))

    def _move_up(self, outgoing: Outgoing, outcome: Outcome) -> None:
        """Send the next reply of a chat; where this one has to be sent again, those behind it wait with it."""
        line = self._lines[outgoing.chat_id]
        line.popleft()
        if outcome.message_id is not None and outgoing.anchor:
            for place, one in enumerate(line):
                if one.anchor == outgoing.anchor:
                    line[place] = replace(one, anchor_message_id=outcome.message_id)
        if line and (self._group is None or self._closed or outcome.kind in UNSENT):
            behind = list(line)
            line.clear()
            for one in behind:
                self._end_unsent(one)
        if not line:
            del self._lines[outgoing.chat_id]
        elif self._group is not None:
            self._sending[line[0].id] = self._group.create_task(self._send(line[0]))

    def _where_it_stands(self, outgoing: Outgoing) -> Outgoing:
        """Give a message with the place of its anchor as it is by now, though that may not be noted yet."""
        for sent, outcome in reversed(self._outcomes):
            same = outgoing.anchor and sent.anchor == outgoing.anchor and sent.chat_id == outgoing.chat_id
            if same and outcome.message_id is not None:
                return replace(outgoing, anchor_message_id=outcome.message_id)
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

    async def _attempt(self, outgoing: Outgoing) -> Outcome:
        """Try once to send one message, and say what became of it."""
        try:
            content = await self._content(outgoing)
            if isinstance(content, str):
                return Outcome("skipped", content)
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

    async def _content(self, outgoing: Outgoing) -> "dict[str, object] | str":
        """Give a finished message, or why it is no longer to be sent."""
        if "notice" not in outgoing.content:
            return outgoing.content
        now = self._clock.now()
        shown = await self._database.read(lambda connection: self._render_notice(connection, outgoing, now))
        return shown if isinstance(shown, str) else pack(Say(shown))

    def _forget(self) -> None:
        """Leave to the next start what the database can't be told: it is still claimed there."""
        for outgoing, _ in self._outcomes:
            self._in_hand.pop(outgoing.id, None)
        self._outcomes.clear()
