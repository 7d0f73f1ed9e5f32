"""Flood limits, where they are on."""

import pytest

from simulator.accounts import Bot
from simulator.limits import Limits
from simulator.people import Person
from simulator.refusals import Refused
from simulator.telegram import Telegram
from tests.simulator.conftest import Api


class Watch:
    """Seconds that a test lets pass."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def passed(limits: Limits, chat: int, times: int) -> int:
    for count in range(times):
        try:
            limits.count(1, chat)
        except Refused:
            return count
    return times


def test_thirty_messages_pass_in_a_second() -> None:
    watch = Watch()
    limits = Limits(on=True, time=watch)
    assert sum(passed(limits, chat, 1) for chat in range(1, 40)) == 30
    watch.seconds += 1
    assert sum(passed(limits, chat, 1) for chat in range(1, 40)) == 30


def test_a_chat_takes_a_short_burst_and_then_one_a_second() -> None:
    watch = Watch()
    limits = Limits(on=True, time=watch)
    counts = [passed(limits, 7, 10)]
    for _ in range(3):
        watch.seconds += 6
        counts.append(passed(limits, 7, 10))
    assert counts == [6, 6, 6, 6]


def test_a_group_takes_twenty_a_minute() -> None:
    watch = Watch()
    limits = Limits(on=True, time=watch)
    taken = 0
    for _ in range(60):
        taken += passed(limits, -100, 1)
        watch.seconds += 1
    assert taken == 20
    assert passed(limits, -100, 1) == 1


def test_limits_are_off_unless_asked_for() -> None:
    assert passed(Limits(), 7, 1000) == 1000


async def test_who_sends_too_fast_is_told_how_long_to_wait(api: Api, lea: Person, telegram: Telegram, bot: Bot) -> None:
    telegram.limits.on, telegram.limits.time = True, Watch()
    for number in range(6):
        await api("sendMessage", chat_id=lea.id, text=str(number))
    assert await api.answer("sendMessage", chat_id=lea.id, text="6") == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 6",
        "parameters": {"retry_after": 6},
    }
    assert (await api("getMe"))["id"] == bot.id


def test_an_album_counts_as_its_messages() -> None:
    limits = Limits(on=True, time=Watch())
    limits.count(1, 7, 7)
    with pytest.raises(Refused) as refused:
        limits.count(1, 7, 1)
    assert refused.value.parameters == {"retry_after": 6}
