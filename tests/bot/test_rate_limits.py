import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest
from telegram.error import RetryAfter
from telegram.ext import ExtBot

from bot.chat_allowance import ChatAllowance, Window
from bot.rate_limits import ANNOUNCEMENTS_PER_SECOND, MESSAGES_PER_SECOND, Lane, PacedRateLimiter, TurnedAway
from bot.telegram_request import TelegramRequest
from simulator.faults import Fault
from simulator.people import Person
from simulator.server import running
from simulator.telegram import Telegram

TOKEN = "123456:AAH-the-token-that-nobody-may-read"


@pytest.fixture
def telegram() -> Telegram:
    telegram = Telegram()
    telegram.new_bot(TOKEN, username="jalon_bot", first_name="Jalon")
    telegram.limits.on = True
    return telegram


@asynccontextmanager
async def limited(telegram: Telegram, limiter: PacedRateLimiter) -> AsyncIterator[ExtBot[Lane]]:
    async with running(telegram) as address:
        bot = ExtBot(TOKEN, base_url=f"{address}/bot", request=TelegramRequest(), rate_limiter=limiter)
        async with bot:
            yield bot


def people(telegram: Telegram, count: int) -> list[Person]:
    found = [telegram.new_person(f"P{number}") for number in range(count)]
    for person in found:
        person.says("/start")
    return found


def floods(telegram: Telegram) -> int:
    return sum(call.status == 429 for call in telegram.calls)


def sent(telegram: Telegram) -> int:
    return sum(call.method == "sendMessage" for call in telegram.calls)


class Line:
    """A Telegram of one function, to see who passes when."""

    def __init__(self, limiter: PacedRateLimiter) -> None:
        self.limiter = limiter
        self.passed: list[str] = []
        self.refusals: list[float] = []

    async def answer(self, name: str) -> bool:
        if self.refusals:
            raise RetryAfter(timedelta(seconds=self.refusals.pop(0)))
        self.passed.append(name)
        return True

    def send(self, chat: int | None, name: str, lane: Lane = Lane.REPLY) -> Coroutine[Any, Any, Any]:
        endpoint, data = ("getMe", {}) if chat is None else ("sendMessage", {"chat_id": chat})
        return self.limiter.process_request(self.answer, (name,), {}, endpoint, data, lane)


@pytest.fixture
def line() -> Line:
    TelegramRequest()  # has PTB tell retry_after as a timedelta
    return Line(PacedRateLimiter(per_second=200, announcements_per_second=150))


async def test_a_reply_overtakes_300_notices_and_telegram_never_says_429(telegram: Telegram) -> None:
    readers = people(telegram, 300)
    talkers = people(telegram, 12)
    overtaken: list[int] = []
    # At a quarter of the pace, as two messages of room in a second are used up wherever a busy machine halts for 70 ms.
    telegram.limits.time = lambda: time.monotonic() / 4
    limiter = PacedRateLimiter(MESSAGES_PER_SECOND / 4, ANNOUNCEMENTS_PER_SECOND / 4)

    async def tell(bot: ExtBot[Lane], reader: Person) -> None:
        try:
            await bot.send_message(reader.id, "notice", rate_limit_args=Lane.NOTICE)
        except TurnedAway:
            return

    async with limited(telegram, limiter) as bot, asyncio.TaskGroup() as group:
        for reader in readers:
            group.create_task(tell(bot, reader))
        for talker in talkers:
            await asyncio.sleep(0.2)
            before = sent(telegram)
            await bot.send_message(talker.id, "reply")
            overtaken.append(sent(telegram) - before - 1)
        limiter.turn_away()

    assert floods(telegram) == 0
    # Of the hundreds of notices that were there before it, only those on their way pass before a reply.
    assert max(overtaken) <= 3


async def test_somebody_who_taps_and_a_busy_group_stay_within_the_limits(telegram: Telegram) -> None:
    telegram.limits.group_seconds = 60
    lea = people(telegram, 1)[0]
    group_chat = lea.creates_group("Mobilité", bot=telegram.only_bot())
    limiter = PacedRateLimiter()

    async def tell(bot: ExtBot[Lane], chat: int) -> None:
        try:
            await bot.send_message(chat, "?")
        except TurnedAway:
            return

    async with limited(telegram, limiter) as bot, asyncio.TaskGroup() as group:
        for _ in range(20):
            group.create_task(tell(bot, lea.id))
            group.create_task(tell(bot, group_chat.id))
        await asyncio.sleep(2)
        at_once = sent(telegram)
        await asyncio.sleep(5)
        limiter.turn_away()

    assert floods(telegram) == 0
    assert (at_once, sent(telegram)) == (12, 24)


async def test_an_allowance_of_ones_own_takes_the_place_of_telegrams(telegram: Telegram) -> None:
    lea, sam = people(telegram, 2)
    limiter = PacedRateLimiter(
        per_second=500, allowance=lambda chat: ChatAllowance((Window(2 if chat == lea.id else 5, 60.0),))
    )

    async def tell(bot: ExtBot[Lane], chat: int) -> None:
        with suppress(TurnedAway):
            await bot.send_message(chat, "?")

    async with limited(telegram, limiter) as bot, asyncio.TaskGroup() as group:
        for reader in (lea, sam):
            for _ in range(10):
                group.create_task(tell(bot, reader.id))
        await telegram.until(lambda: sent(telegram) == 7)
        await asyncio.sleep(0.2)
        limiter.turn_away()

    assert [len(person.chat_with().messages) - 1 for person in (lea, sam)] == [2, 5]


async def test_a_flood_in_one_chat_holds_that_chat_only(telegram: Telegram) -> None:
    lea, sam = people(telegram, 2)
    async with limited(telegram, PacedRateLimiter()) as bot, asyncio.TaskGroup() as group:
        telegram.faults.next(Fault.FLOOD, 1, "sendMessage", seconds=1)
        held = group.create_task(bot.send_message(lea.id, "late"))
        await telegram.until(lambda: telegram.faults.happened.get(Fault.FLOOD) == 1)
        await bot.send_message(sam.id, "at once")
        assert (held.done(), sam.last_read, lea.last_read) == (False, "at once", "")

    assert lea.last_read == "late"


async def test_replies_pass_before_notices_and_notices_before_announcements(line: Line) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(line.send(9, "first"))
        await asyncio.sleep(0)
        for lane in (Lane.ANNOUNCEMENT, Lane.NOTICE, Lane.REPLY):
            for number in (1, 2):
                group.create_task(line.send(10 * number + lane, f"{lane.name} {number}", lane))

    assert line.passed == [
        "first", "REPLY 1", "REPLY 2", "NOTICE 1", "NOTICE 2", "ANNOUNCEMENT 1", "ANNOUNCEMENT 2",
    ]  # fmt: skip


async def test_messages_are_paced_without_bursts(line: Line) -> None:
    loop = asyncio.get_running_loop()
    await asyncio.sleep(0.1)
    start = loop.time()
    async with asyncio.TaskGroup() as group:
        for chat in range(1, 41):
            group.create_task(line.send(chat, "?"))
        await asyncio.sleep(0.1)
        assert len(line.passed) <= 21
    assert loop.time() - start > 39 / 200


async def test_what_is_no_message_passes_at_once(line: Line) -> None:
    async with asyncio.TaskGroup() as group:
        for number in range(50):
            group.create_task(line.send(1, str(number)))
        await asyncio.sleep(0)
        await line.send(None, "getMe")
        assert line.passed[-1] == "getMe"
        assert len(line.passed) < 6
        line.limiter.turn_away()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()


async def test_a_second_flooded_chat_holds_everything(line: Line) -> None:
    line.refusals = [0.2, 0.2]
    async with asyncio.TaskGroup() as group:
        group.create_task(line.send(1, "one"))
        group.create_task(line.send(2, "two"))
        await asyncio.sleep(0.05)
        assert 0.3 < line.limiter.held_for() < 0.4
        group.create_task(line.send(3, "three"))
        group.create_task(line.send(None, "getMe"))
        await asyncio.sleep(0.05)
        assert line.passed == []

    assert sorted(line.passed) == ["getMe", "one", "three", "two"]
    assert line.limiter.held_for() == 0


async def test_a_flood_slows_the_pace_for_a_while(line: Line) -> None:
    line.refusals = [0.0]
    await line.send(1, "?")

    now = asyncio.get_running_loop().time()
    assert line.limiter._pace_at(now) == pytest.approx(0.7, abs=0.01)
    assert line.limiter._pace_at(now + 30) == pytest.approx(0.85, abs=0.01)
    assert line.limiter._pace_at(now + 61) == 1


async def test_a_wait_of_hours_is_told_to_the_caller(line: Line) -> None:
    line.refusals = [10_072]

    with pytest.raises(RetryAfter) as flood:
        await line.send(1, "?")
    with pytest.raises(RetryAfter):
        await line.send(1, "?")
    await line.send(2, "elsewhere")

    assert isinstance(flood.value.retry_after, timedelta)
    assert 10_071 < flood.value.retry_after.total_seconds() < 10_073
    assert line.passed == ["elsewhere"]


async def test_who_gives_up_waiting_takes_nobodys_turn(line: Line) -> None:
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(line.send(number + 1, str(number))) for number in range(5)]
        await asyncio.sleep(0)
        for task in tasks[1:4]:
            task.cancel()

    assert line.passed == ["0", "4"]


@pytest.mark.parametrize("chat", [1, None])
async def test_nothing_passes_after_the_limiter_is_closed_until_it_opens_again(line: Line, chat: int | None) -> None:
    await line.limiter.shutdown()
    with pytest.raises(TurnedAway):
        await line.send(chat, "?")

    await line.limiter.initialize()
    await line.send(chat, "again")
    assert line.passed == ["again"]


async def test_old_chats_are_forgotten(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.rate_limits.REMEMBERED_CHATS", 10)
    now = asyncio.get_running_loop().time()
    count: Callable[[int], None] = lambda chat: line.limiter._chat(chat).count(now - 100)  # noqa: E731 - one line
    for chat in range(1, 40):
        count(chat)

    assert len(line.limiter._chats) <= 10
