"""Faults on the way, as a bot meets them."""

import asyncio
import random
from typing import Any

import aiohttp
import pytest

from simulator.accounts import Bot
from simulator.faults import Fault, Faults
from simulator.people import Person
from simulator.telegram import Telegram
from tests.simulator.conftest import Api


def texts(person: Person) -> list[str]:
    return [message.text for message in person.chat_with().messages[1:]]


async def unanswered(api: Api, method: str, **parameters: Any) -> bool:
    try:
        await asyncio.wait_for(api.answer(method, **parameters), 0.1)
    except TimeoutError:
        return True
    return False


async def test_a_server_error_does_nothing_and_says_so_in_html(api: Api, lea: Person, telegram: Telegram) -> None:
    telegram.faults.next(Fault.SERVER_ERROR, 1, status=503)
    url = f"{api.address}/bot{api.token}/sendMessage"
    async with api.session.post(url, json={"chat_id": lea.id, "text": "a"}) as response:
        assert (response.status, await response.text()) == (503, "Service Unavailable")
    assert texts(lea) == []


async def test_a_dropped_connection_does_nothing(api: Api, lea: Person, telegram: Telegram) -> None:
    telegram.faults.next(Fault.DROPPED)
    with pytest.raises(aiohttp.ClientError):
        await api("sendMessage", chat_id=lea.id, text="a")
    assert (texts(lea), telegram.faults.happened) == ([], {Fault.DROPPED: 1})


async def test_a_cut_answer_is_done_all_the_same(api: Api, lea: Person, telegram: Telegram) -> None:
    telegram.faults.next(Fault.CUT_ANSWER)
    with pytest.raises(aiohttp.ClientError):
        await api("sendMessage", chat_id=lea.id, text="a")
    assert texts(lea) == ["a"]


async def test_a_lost_answer_is_done_and_keeps_the_bot_waiting(api: Api, lea: Person, telegram: Telegram) -> None:
    telegram.faults.next(Fault.LOST_ANSWER)
    assert await unanswered(api, "sendMessage", chat_id=lea.id, text="a")
    assert texts(lea) == ["a"]
    await api("sendMessage", chat_id=lea.id, text="b")
    assert texts(lea) == ["a", "b"]


async def test_a_slow_call_is_answered_in_the_end(api: Api, lea: Person, telegram: Telegram) -> None:
    telegram.faults.next(Fault.SLOW, 1, seconds=0.1)
    begun = asyncio.get_running_loop().time()
    await api("sendMessage", chat_id=lea.id, text="a")
    assert asyncio.get_running_loop().time() - begun >= 0.1


async def test_silence_answers_nothing_until_it_ends(api: Api, lea: Person, telegram: Telegram, bot: Bot) -> None:
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(unanswered(api, "getUpdates", timeout=50))
        await telegram.until(lambda: bot.updates.polled)
        telegram.faults.silence()
        lea.says("Bonjour")
        assert await unanswered(api, "sendMessage", chat_id=lea.id, text="a")
        assert await poll
    telegram.faults.calm()
    assert [one["message"]["text"] for one in await api("getUpdates")] == ["Bonjour"]
    assert texts(lea) == ["Bonjour"]


async def test_a_flood_refuses_every_call_for_its_time(api: Api, telegram: Telegram) -> None:
    telegram.faults.flood(20)
    assert await api.answer("getUpdates") == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 20",
        "parameters": {"retry_after": 20},
    }
    telegram.faults.calm()
    assert await api("getUpdates") == []


async def test_a_fault_befalls_only_the_methods_it_names(api: Api, lea: Person, telegram: Telegram) -> None:
    telegram.faults.next(Fault.DROPPED, 1, "sendMessage")
    assert (await api("getMe"))["is_bot"] is True
    with pytest.raises(aiohttp.ClientError):
        await api("sendMessage", chat_id=lea.id, text="a")


def test_the_same_seed_brings_the_same_faults() -> None:
    def struck(seed: int) -> list[int]:
        faults = Faults(chance=random.Random(seed))  # noqa: S311 - chance for tests, no secret
        faults.often(Fault.SERVER_ERROR, 0.1)
        return [number for number in range(1000) if faults.strikes("sendmessage") is not None]

    assert (struck(7) == struck(7), struck(7) == struck(8), 70 < len(struck(7)) < 130) == (True, False, True)
