import asyncio
import traceback
from collections.abc import AsyncIterator, Awaitable
from datetime import timedelta

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.telegram_request import Dropped, MaybeDelivered, NotSent, TelegramRequest
from simulator.faults import Fault
from simulator.people import Person
from simulator.server import running
from simulator.telegram import Telegram

TOKEN = "123456:AAH-the-token-that-nobody-may-read"


@pytest.fixture
def telegram() -> Telegram:
    telegram = Telegram()
    telegram.new_bot(TOKEN, username="jalon_bot", first_name="Jalon")
    return telegram


@pytest.fixture
def lea(telegram: Telegram) -> Person:
    lea = telegram.new_person("Léa")
    lea.says("/start")
    return lea


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    async with running(telegram) as address, bot_at(address) as bot:
        yield bot


def bot_at(address: str) -> Bot:
    return Bot(
        TOKEN,
        base_url=f"{address}/bot",
        base_file_url=f"{address}/file/bot",
        request=TelegramRequest(read_timeout=0.3),
        get_updates_request=TelegramRequest(connections=1, read_timeout=0.3),
    )


async def failure_of(call: Awaitable[object]) -> MaybeDelivered:
    with pytest.raises(MaybeDelivered) as failure:
        await call
    return failure.value


async def test_a_message_with_buttons_arrives(bot: Bot, lea: Person) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Oui", callback_data="a:1")]])
    await bot.send_message(lea.id, "Été à <b>Brest</b>, n’est-ce pas ?", "HTML", reply_markup=keyboard)

    assert lea.last_read == "Été à Brest, n’est-ce pas ?"
    assert lea.last_message is not None
    assert lea.last_message.button("Oui").data == "a:1"


async def test_a_file_arrives_with_its_name(bot: Bot, lea: Person) -> None:
    await bot.send_document(lea.id, b"BEGIN:VCALENDAR", filename="rencontre à Brest.ics", caption="À noter")

    assert lea.last_message is not None
    assert lea.last_message.fields["document"]["file_name"] == "rencontre à Brest.ics"
    file = await bot.get_file(lea.last_message.fields["document"]["file_id"])
    assert await file.download_as_bytearray() == b"BEGIN:VCALENDAR"


async def test_a_large_file_arrives_whole(bot: Bot, lea: Person) -> None:
    content = bytes(range(256)) * 8192
    await bot.send_document(lea.id, content, filename="bilan.pdf")

    assert lea.last_message is not None
    file = await bot.get_file(lea.last_message.fields["document"]["file_id"])
    assert await file.download_as_bytearray() == content


async def test_many_calls_at_once_arrive(bot: Bot, lea: Person) -> None:
    async with asyncio.TaskGroup() as group:
        for number in range(200):
            group.create_task(bot.send_message(lea.id, str(number), read_timeout=20))

    read = {message.text for message in lea.chat_with().messages}
    assert {str(number) for number in range(200)} <= read


async def test_refusals_keep_telegrams_words(bot: Bot, telegram: Telegram, lea: Person) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(42, "?")
    telegram.faults.next(Fault.FLOOD, 1, seconds=20)
    with pytest.raises(RetryAfter) as flood:
        await bot.send_message(lea.id, "?")
    assert flood.value.retry_after == timedelta(seconds=20)


async def test_a_server_error_was_not_delivered(bot: Bot, telegram: Telegram, lea: Person) -> None:
    telegram.faults.next(Fault.SERVER_ERROR, 1, "sendMessage")

    with pytest.raises(NetworkError) as error:
        await bot.send_message(lea.id, "?")

    assert (type(error.value), error.value.message) == (NetworkError, "HTTP 502")


async def test_nobody_listening_means_not_delivered() -> None:
    with pytest.raises(NotSent) as refused:
        async with bot_at("http://127.0.0.1:1"):
            pass

    assert refused.value.others_answered is False


async def test_an_answer_that_does_not_come_may_have_been_delivered(bot: Bot, telegram: Telegram, lea: Person) -> None:
    telegram.faults.next(Fault.LOST_ANSWER, 1, "sendMessage")

    with pytest.raises(MaybeDelivered) as lost:
        await bot.send_message(lea.id, "arrived")

    assert type(lost.value) is MaybeDelivered
    assert lea.last_read == "arrived"


async def test_a_connection_that_breaks_before_the_answer_is_told_apart(
    bot: Bot, telegram: Telegram, lea: Person
) -> None:
    telegram.faults.next(Fault.DROPPED, 1, "sendMessage")

    with pytest.raises(Dropped):
        await bot.send_message(lea.id, "?")


async def test_silence_towards_everybody_is_told_from_one_answer_that_is_lost(
    bot: Bot, telegram: Telegram, lea: Person
) -> None:
    telegram.faults.next(Fault.LOST_ANSWER, 1, "sendMessage")
    async with asyncio.TaskGroup() as group:
        lost = group.create_task(failure_of(bot.send_message(lea.id, "?")))
        await asyncio.sleep(0.1)
        await bot.get_me()
    telegram.faults.silence()

    assert lost.result().others_answered is True
    assert (await failure_of(bot.send_message(lea.id, "?"))).others_answered is False


async def test_no_error_holds_the_token(telegram: Telegram, lea: Person) -> None:
    failures: list[TelegramError] = []

    async def fails(bot: Bot) -> None:
        with pytest.raises(TelegramError) as error:
            await bot.send_message(lea.id, "?")
        failures.append(error.value)

    async with running(telegram) as address, bot_at(address) as bot:
        for fault in (Fault.SERVER_ERROR, Fault.DROPPED, Fault.LOST_ANSWER, Fault.SILENCE):
            telegram.faults.next(fault, 1)
            await fails(bot)
    for unreachable in ("http://127.0.0.1:1", "http://nowhere.invalid", "nonsense"):
        request = TelegramRequest(connect_timeout=0.5)
        async with request:
            with pytest.raises(NetworkError) as error:
                await request.post(f"{unreachable}/bot{TOKEN}/sendMessage")
            failures.append(error.value)

    told = "".join("".join(traceback.format_exception(failure)) for failure in failures)
    assert len(failures) == 7
    assert TOKEN not in told


async def test_what_found_no_free_connection_was_not_delivered(telegram: Telegram) -> None:
    request = TelegramRequest(connections=1, pool_timeout=0.05, connect_timeout=0.05, read_timeout=5)
    telegram.faults.next(Fault.SILENCE, 1)

    async with running(telegram) as address, request, asyncio.TaskGroup() as group:
        holding = group.create_task(request.post(f"{address}/bot{TOKEN}/getMe"))
        await asyncio.sleep(0.05)
        with pytest.raises(NotSent):
            await request.post(f"{address}/bot{TOKEN}/getMe")
        holding.cancel()


async def test_a_wrong_token_is_told(telegram: Telegram) -> None:
    async with running(telegram) as address, TelegramRequest() as request:
        with pytest.raises(InvalidToken):
            await request.post(f"{address}/bot1:wrong/getMe")


async def test_it_opens_again_after_it_was_closed(telegram: Telegram) -> None:
    request = TelegramRequest()
    with pytest.raises(NetworkError, match="not open"):
        await request.post("http://127.0.0.1:1/bot/getMe")
    async with running(telegram) as address:
        for _ in range(2):
            async with request:
                answer = await request.post(f"{address}/bot{TOKEN}/getMe")
                assert isinstance(answer, dict)
                assert answer["username"] == "jalon_bot"
