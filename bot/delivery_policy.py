"""What becomes of a message after an attempt to send it: the stated policy, without any sending."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.rate_limits import Lane, TurnedAway
from bot.telegram_request import Dropped, MaybeDelivered
from storage.outbox import Outbox, Outgoing, Sent

FIRST_DELAY: Final = timedelta(seconds=1)
LONGEST_DELAY: Final = timedelta(minutes=5)
GIVEN_UP_AFTER: Final = timedelta(hours=24)
RENDERINGS: Final = 5
REPEATS_AFTER_TIMEOUT: Final = 1
REPEATS_AFTER_BREAK: Final = 5
REASON_MAX: Final = 200

_NO_TOPIC: Final = ("message thread not found", "topic_deleted")
_NO_WAY_IN: Final = (
    "chat not found",
    "not enough rights to send",
    "have no rights to send",
    "chat_write_forbidden",
    "chat_restricted",
)
# Telegram quotes what it refuses, and that may be somebody's words.
_QUOTED: Final = re.compile(r"\"[^\"]*\"|“[^”]*”|\burl '.*'", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the outbox notes of an attempt."""

    kind: Literal["sent", "retry", "dead", "skipped", "moved", "topic_lost"]
    reason: str | None = None
    message_id: int | None = None
    due_at: datetime | None = None
    attempted: bool = True
    uncertain: bool = False
    unreachable: bool = False
    new_chat_id: int | None = None


@dataclass(frozen=True, slots=True)
class NotNow:
    """A message that is not to be sent before `due_at`, and why; waiting counts as no attempt."""

    reason: str
    due_at: datetime


def after_error(error: TelegramError, outgoing: Outgoing, now: datetime, chance: random.Random) -> Outcome:
    """Decide on a send that failed.

    Surely not delivered: again after a growing delay, for 24 hours. Perhaps delivered, as the answer timed out: a reply
    or a notice once more, an announcement never. A break of the connection, or silence towards everybody, is no sign
    of delivery: up to five times more. Its topic is gone: at once without it. Refused for good: dead, with Telegram's
    words.
    """
    match error:
        case TurnedAway():
            outcome = Outcome("retry", "stopped", due_at=now + FIRST_DELAY, attempted=False)
        case RetryAfter():
            after = error.retry_after
            wait = after if isinstance(after, timedelta) else timedelta(seconds=after)
            outcome = Outcome("retry", "flood", due_at=now + wait, attempted=False)
        case ChatMigrated():
            outcome = Outcome("moved", new_chat_id=error.new_chat_id)
        case Forbidden():
            outcome = Outcome("dead", without_texts(error.message), unreachable=True)
        case BadRequest() if outgoing.thread_id is not None and _says(error, _NO_TOPIC):
            outcome = Outcome("topic_lost", "the topic is gone")
        case BadRequest():
            outcome = Outcome("dead", without_texts(error.message), unreachable=_says(error, _NO_WAY_IN))
        case MaybeDelivered():
            outcome = _after_doubt(error, outgoing, now, chance)
        case _:
            outcome = again(type(error).__name__, outgoing, now, chance)
    return outcome


def after_failed_rendering(error: Exception, outgoing: Outgoing, now: datetime, chance: random.Random) -> Outcome:
    """Decide on a notice whose text could not be made: a few times more, then dead."""
    reason = f"rendering: {type(error).__name__}"
    if outgoing.attempts + 1 >= RENDERINGS:
        return Outcome("dead", reason)
    return again(reason, outgoing, now, chance)


def again(reason: str, outgoing: Outgoing, now: datetime, chance: random.Random) -> Outcome:
    """Decide on what can be tried again: after a growing delay, for 24 hours from the first attempt."""
    if outgoing.first_tried_at is not None and now - outgoing.first_tried_at >= GIVEN_UP_AFTER:
        return Outcome("dead", reason)
    return Outcome("retry", reason, due_at=now + growing_delay(outgoing.attempts, chance))


def note(outbox: Outbox, outcomes: Sequence[tuple[Outgoing, Outcome]], now: datetime) -> None:
    """Write down in the outbox what became of messages."""
    sent = [Sent(one, outcome.message_id, outcome.reason) for one, outcome in outcomes if outcome.kind == "sent"]
    outbox.sent(sent, now)
    for outgoing, outcome in outcomes:
        if outcome.kind != "sent":
            _note_unsent(outbox, outgoing, outcome, now)


def _note_unsent(outbox: Outbox, outgoing: Outgoing, outcome: Outcome, now: datetime) -> None:
    reason = outcome.reason or ""
    match outcome.kind:
        case "skipped":
            outbox.skipped(outgoing.id, reason, now)
        case "dead":
            outbox.dead(outgoing.id, reason, now)
        case "moved" if outcome.new_chat_id is not None:
            outbox.move_chat(outgoing.chat_id, outcome.new_chat_id)
            outbox.retry(outgoing.id, now, "the group became a supergroup", attempted=False)
        case "topic_lost" if outgoing.thread_id is not None:
            outbox.leave_topic(outgoing.chat_id, outgoing.thread_id)
            outbox.retry(outgoing.id, now, reason, attempted=False)
        case _:
            due_at, attempted, uncertain = outcome.due_at or now, outcome.attempted, outcome.uncertain
            outbox.retry(outgoing.id, due_at, reason, attempted=attempted, uncertain=uncertain)


def growing_delay(attempts: int, chance: random.Random) -> timedelta:
    """Give 1, 2, 4… seconds, at most 5 minutes, a quarter more or less so that all do not come back together."""
    delay = min(LONGEST_DELAY, FIRST_DELAY * 2 ** min(attempts, 16))
    spread: timedelta = delay * chance.uniform(0.75, 1.25)
    return spread


def without_texts(words: str) -> str:
    """Give Telegram's words without what it quotes."""
    return _QUOTED.sub("…", words)[:REASON_MAX]


def _says(error: TelegramError, words: tuple[str, ...]) -> bool:
    said = error.message.lower()
    return any(one in said for one in words)


def _after_doubt(error: MaybeDelivered, outgoing: Outgoing, now: datetime, chance: random.Random) -> Outcome:
    broken = isinstance(error, Dropped) or not error.others_answered
    repeats = REPEATS_AFTER_BREAK if broken else REPEATS_AFTER_TIMEOUT
    if outgoing.lane == Lane.ANNOUNCEMENT and not isinstance(error, Dropped):
        repeats = 0
    if outgoing.uncertain >= repeats:
        return Outcome("sent", f"unknown outcome: {type(error).__name__}")
    delay = growing_delay(outgoing.attempts, chance)
    return Outcome("retry", type(error).__name__, due_at=now + delay, uncertain=True)
