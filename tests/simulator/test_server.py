"""How calls arrive and how they are answered, whatever the method."""

import asyncio
import json
import logging
import time

import aiohttp
import pytest

from simulator.accounts import Bot
from simulator.people import Person
from simulator.server import running
from simulator.telegram import Telegram
from tests.simulator.conftest import PIXEL, Api


async def test_get_me_tells_the_bot_itself(api: Api) -> None:
    assert await api("getMe") == {
        "id": 123456,
        "is_bot": True,
        "first_name": "Jalon",
        "username": "jalon_bot",
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def test_a_wrong_token_is_unauthorized(api: Api) -> None:
    api.token = "123456:another"
    assert await api.answer("getMe") == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_an_unknown_method_is_not_found_and_logged_loudly(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    answer = await api.answer("sendTelegram", chat_id=1)

    assert answer == {"ok": False, "error_code": 404, "description": "Not Found"}
    assert [(record.name, record.levelno, record.message) for record in caplog.records] == [
        (
            "simulator",
            logging.ERROR,
            "The method sendTelegram does not exist in this simulator; parameters: ['chat_id'].",
        )
    ]


async def test_a_page_outside_the_api_is_not_found(api: Api) -> None:
    async with api.session.get(f"{api.address}/") as response:
        assert (response.status, (await response.json())["description"]) == (404, "Not Found")


async def test_the_same_call_arrives_by_address_form_multipart_and_json(api: Api, lea: Person) -> None:
    url = f"{api.address}/bot{api.token}/sendMessage"
    markup = {"inline_keyboard": [[{"text": "Oui", "callback_data": "y"}]]}
    fields = {"chat_id": str(lea.id), "text": "Été", "reply_markup": json.dumps(markup)}
    parts = aiohttp.FormData(fields, default_to_multipart=True)

    async with api.session.get(url, params=fields) as response:
        assert response.status == 200
    for body in ({"data": fields}, {"data": parts}, {"json": fields | {"reply_markup": markup}}):
        async with api.session.post(url, **body) as response:
            assert response.status == 200

    sent = lea.chat_with().messages[1:]
    assert [(one.text, one.buttons) for one in sent] == [("Été", [["Oui"]])] * 4


async def test_a_method_is_known_in_any_case(api: Api) -> None:
    assert (await api("GETME"))["username"] == "jalon_bot"


async def test_a_body_that_is_no_json_is_refused(api: Api) -> None:
    url = f"{api.address}/bot{api.token}/getMe"
    async with api.session.post(url, data=b"{", headers={"Content-Type": "application/json"}) as response:
        assert (await response.json())["description"] == "Bad Request: can't parse JSON body"


async def test_calls_are_recorded_with_their_answers(api: Api, telegram: Telegram, lea: Person) -> None:
    await api("sendMessage", chat_id=lea.id, text="Bonjour")
    await api.refusal("sendMessage", chat_id=lea.id, text="")

    assert [(call.method, call.parameters["text"], call.status, call.answer["ok"]) for call in telegram.calls] == [
        ("sendMessage", "Bonjour", 200, True),
        ("sendMessage", "", 400, False),
    ]


async def test_a_file_is_downloaded_as_it_was_sent(api: Api, lea: Person) -> None:
    photo = lea.sends_photo(PIXEL).fields["photo"][-1]
    found = await api("getFile", file_id=photo["file_id"])
    async with api.session.get(f"{api.address}/file/bot{api.token}/{found['file_path']}") as response:
        assert (response.status, await response.read()) == (200, PIXEL)


async def test_a_file_that_is_not_there_is_not_found(api: Api) -> None:
    async with api.session.get(f"{api.address}/file/bot{api.token}/photos/none.jpg") as response:
        assert response.status == 404


async def test_the_server_starts_and_stops_at_once_even_with_an_open_poll(telegram: Telegram, bot: Bot) -> None:
    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
        begun = time.perf_counter()
        async with running(telegram) as address:
            started = time.perf_counter() - begun
            poll = group.create_task(_polls(session, f"{address}/bot{bot.token}/getUpdates?timeout=50"))
            await telegram.until(lambda: bot.updates.polled)
            begun = time.perf_counter()
        stopped = time.perf_counter() - begun
        assert await poll == "cut"
    assert (started < 0.2, stopped < 0.2) == (True, True)


async def test_what_fails_inside_comes_out_as_it_is(telegram: Telegram) -> None:
    with pytest.raises(ZeroDivisionError):
        async with running(telegram):
            raise ZeroDivisionError


async def _polls(session: aiohttp.ClientSession, url: str) -> str:
    try:
        async with session.get(url) as response:
            return await response.text()
    except aiohttp.ClientError:
        return "cut"
