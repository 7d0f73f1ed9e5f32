import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import RetryAfter

from benchmarks.light_server import LightServer, Shown, serving
from benchmarks.processes import TOKEN
from bot.telegram_request import TelegramRequest

LEA = 7


@pytest.fixture
async def server() -> LightServer:
    return LightServer(most_in_a_second=3)


@pytest.fixture
async def bot(server: LightServer) -> AsyncIterator[Bot]:
    async with serving(server) as address:
        calls, polls = TelegramRequest(), TelegramRequest()
        async with Bot(TOKEN, base_url=f"{address}/bot", request=calls, get_updates_request=polls) as bot:
            yield bot


async def test_what_somebody_says_and_taps_is_handed_out_until_it_is_confirmed(server: LightServer, bot: Bot) -> None:
    server.say(LEA, "/action")
    server.tap(
        Shown(LEA, 12, new=True, text="Confirmer ?", buttons=(("Oui", "f:1:2:confirm"),), at=0.0), "f:1:2:confirm"
    )

    said, tapped = await bot.get_updates()
    again = await bot.get_updates(offset=said.update_id + 1)
    waiting = server.waiting

    assert said.message is not None
    assert (said.message.text, said.message.chat.id) == ("/action", LEA)
    assert tapped.callback_query is not None
    assert (tapped.callback_query.data, tapped.callback_query.from_user.id) == ("f:1:2:confirm", LEA)
    assert [update.update_id for update in again] == [tapped.update_id]
    assert waiting == 1


async def test_a_poll_waits_for_the_next_update(server: LightServer, bot: Bot) -> None:
    async with asyncio.TaskGroup() as tasks:
        poll = tasks.create_task(bot.get_updates(timeout=5))
        await server.polled.wait()
        server.say(LEA, "Bonjour")

    assert [update.message and update.message.text for update in poll.result()] == ["Bonjour"]


async def test_a_poll_ends_with_nothing_when_its_time_is_over(bot: Bot) -> None:
    assert await bot.get_updates(timeout=0) == ()


async def test_messages_and_changes_are_told_with_their_buttons(server: LightServer, bot: Bot) -> None:
    shown: list[Shown] = []
    server.shown = shown.append

    sent = await bot.send_message(
        LEA, "Où ?", reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("Ici", callback_data="x")]])
    )
    await bot.edit_message_text("Où ? <b>Ici</b>", LEA, sent.message_id)

    assert [(one.chat_id, one.message_id, one.new, one.text, one.buttons) for one in shown] == [
        (LEA, sent.message_id, True, "Où ?", (("Ici", "x"),)),
        (LEA, sent.message_id, False, "Où ? <b>Ici</b>", ()),
    ]


async def test_a_message_too_many_in_a_second_is_refused(server: LightServer, bot: Bot) -> None:
    for number in range(3):
        await bot.send_message(LEA, f"Message {number}")

    with pytest.raises(RetryAfter):
        await bot.send_message(LEA, "Un de trop")

    assert (server.calls["sendMessage"], server.refused) == (4, 1)


async def test_a_call_takes_the_round_trip() -> None:
    server = LightServer(round_trip=0.06)
    loop = asyncio.get_running_loop()
    async with serving(server) as address, Bot(TOKEN, base_url=f"{address}/bot", request=TelegramRequest()) as bot:
        began_at = loop.time()
        await bot.send_message(LEA, "Bonjour")

        assert loop.time() - began_at >= 0.06


async def test_other_calls_are_only_answered(server: LightServer, bot: Bot) -> None:
    assert await bot.set_my_commands([("menu", "Menu")])
    assert await bot.answer_callback_query("1")
    assert (server.calls["setMyCommands"], server.calls["answerCallbackQuery"]) == (1, 1)


def test_nothing_of_a_benchmark_needs_a_token_that_opens_anything() -> None:
    assert TOKEN not in Path(".env.example").read_text("utf-8")
