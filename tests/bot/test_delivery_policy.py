import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.delivery_policy import Outcome, after_error, after_failed_rendering, growing_delay, without_texts
from bot.rate_limits import Lane, TurnedAway
from bot.telegram_request import Dropped, MaybeDelivered, NotSent, TelegramRequest
from storage.outbox import Outgoing

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
REPLY = Outgoing(1, 7, None, None, Lane.REPLY, {"text": "?"}, None, None, 0, 0, NOW, NOW, None)
NOTICE = replace(REPLY, lane=Lane.NOTICE)
ANNOUNCEMENT = replace(REPLY, lane=Lane.ANNOUNCEMENT)


def after(error: TelegramError, outgoing: Outgoing = REPLY, now: datetime = NOW) -> Outcome:
    return after_error(error, outgoing, now, random.Random(1))  # noqa: S311 - chance for a test


def kinds(error: MaybeDelivered, outgoing: Outgoing) -> list[str]:
    """What becomes of a message whose every attempt ends like this."""
    found: list[str] = []
    while not found or found[-1] == "retry":
        outcome = after(error, replace(outgoing, uncertain=len(found)))
        assert outcome.uncertain == (outcome.kind == "retry")
        found.append(outcome.kind)
    return found


@pytest.mark.parametrize("outgoing", [REPLY, NOTICE])
def test_a_reply_or_notice_whose_answer_timed_out_is_sent_once_more(outgoing: Outgoing) -> None:
    assert kinds(MaybeDelivered("SocketTimeoutError"), outgoing) == ["retry", "sent"]


def test_an_announcement_whose_answer_timed_out_is_never_sent_again() -> None:
    outcome = after(MaybeDelivered("SocketTimeoutError"), ANNOUNCEMENT)

    assert (outcome.kind, outcome.reason) == ("sent", "unknown outcome: MaybeDelivered")


@pytest.mark.parametrize("outgoing", [REPLY, NOTICE, ANNOUNCEMENT])
def test_a_connection_that_broke_is_tried_five_times_more(outgoing: Outgoing) -> None:
    assert kinds(Dropped("ServerDisconnectedError"), outgoing) == ["retry"] * 5 + ["sent"]


def test_silence_towards_everybody_is_no_sign_of_delivery() -> None:
    silence = MaybeDelivered("SocketTimeoutError", others_answered=False)

    assert kinds(silence, REPLY) == ["retry"] * 5 + ["sent"]


@pytest.mark.parametrize("error", [NetworkError("HTTP 502"), NotSent("ClientConnectorError"), InvalidToken()])
def test_what_was_surely_not_delivered_is_tried_for_a_day(error: TelegramError) -> None:
    tried = replace(NOTICE, attempts=200, first_tried_at=NOW)

    assert after(error, tried, NOW + timedelta(hours=23)).kind == "retry"
    assert after(error, tried, NOW + timedelta(hours=24)).kind == "dead"


def test_delays_grow_to_five_minutes_and_are_spread() -> None:
    chance = random.Random(1)  # noqa: S311 - chance for a test
    delays = [growing_delay(attempts, chance).total_seconds() for attempts in (0, 1, 2, 3, 8, 9, 300)]

    for delay, middle in zip(delays, (1, 2, 4, 8, 256, 300, 300), strict=True):
        assert 0.75 * middle <= delay <= 1.25 * middle
    assert len({growing_delay(3, chance) for _ in range(20)}) == 20


def test_a_blocked_bot_is_told_and_the_message_is_dead() -> None:
    assert after(Forbidden("Forbidden: bot was blocked by the user")) == Outcome(
        "dead", "Forbidden: bot was blocked by the user", unreachable=True
    )
    assert after(BadRequest("Chat not found")).unreachable is True


@pytest.mark.parametrize(
    "words",
    [
        "not enough rights to send text messages to the chat",
        "Have no rights to send a message",
        "CHAT_WRITE_FORBIDDEN",
    ],
)
def test_a_group_that_lets_nobody_write_is_out_of_reach(words: str) -> None:
    assert after(BadRequest(words)) == Outcome("dead", words, unreachable=True)


@pytest.mark.parametrize("words", ["Message thread not found", "TOPIC_DELETED"])
def test_a_topic_that_is_gone_is_told_and_the_message_is_not_given_up(words: str) -> None:
    assert after(BadRequest(words), replace(NOTICE, thread_id=7)) == Outcome("topic_lost", "the topic is gone")
    assert after(BadRequest(words), NOTICE).kind == "dead"


def test_a_refused_text_is_dead_and_its_words_are_left_out() -> None:
    outcome = after(BadRequest('Can\'t parse entities: unsupported start tag "secret" at byte offset 5'))

    assert outcome == Outcome("dead", "Can't parse entities: unsupported start tag … at byte offset 5")
    assert without_texts("Inline keyboard button URL 'http://secret' is invalid") == (
        "Inline keyboard button … is invalid"
    )


def test_a_long_flood_waits_and_counts_as_no_attempt() -> None:
    TelegramRequest()  # has PTB tell retry_after as a timedelta
    outcome = after(RetryAfter(timedelta(seconds=10_072)))

    assert outcome == Outcome("retry", "flood", due_at=NOW + timedelta(seconds=10_072), attempted=False)


def test_a_moved_group_and_a_stop_leave_the_message_as_it_was() -> None:
    assert after(ChatMigrated(-1001)) == Outcome("moved", new_chat_id=-1001)
    stopped = after(TurnedAway("stopping"))
    assert stopped == Outcome("retry", "stopped", due_at=NOW + timedelta(seconds=1), attempted=False)


def test_a_notice_that_cannot_be_rendered_is_given_up_after_five_times() -> None:
    chance = random.Random(1)  # noqa: S311 - chance for a test
    found = [after_failed_rendering(KeyError("secret"), replace(NOTICE, attempts=n), NOW, chance) for n in range(5)]

    assert [outcome.kind for outcome in found] == ["retry"] * 4 + ["dead"]
    assert {outcome.reason for outcome in found} == {"rendering: KeyError"}
