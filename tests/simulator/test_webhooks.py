"""Updates sent to a bot's webhook."""

import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web

from simulator.accounts import Bot
from simulator.people import Person
from simulator.telegram import Telegram
from tests.simulator.conftest import Api

Answer = Callable[[web.Request, dict[str, Any]], Awaitable[web.StreamResponse]]


@contextlib.asynccontextmanager
async def listening(answer: Answer) -> AsyncIterator[str]:
    """A web server of a bot, and the address of its webhook."""

    async def hook(request: web.Request) -> web.StreamResponse:
        return await answer(request, await request.json())

    application = web.Application()
    application.router.add_post("/hook", hook)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    finally:
        await runner.cleanup()


@pytest.fixture
def telegram(telegram: Telegram) -> Telegram:
    telegram.any_webhook = True
    telegram.webhook_delays = (0.01, 0.02)
    return telegram


async def test_updates_go_to_the_webhook_in_order_with_its_secret(
    api: Api, lea: Person, telegram: Telegram, bot: Bot
) -> None:
    received: list[tuple[str, str | None]] = []

    async def taken(request: web.Request, update: dict[str, Any]) -> web.StreamResponse:
        received.append((update["message"]["text"], request.headers.get("X-Telegram-Bot-Api-Secret-Token")))
        return web.Response(text="ok")

    lea.says("avant")
    async with listening(taken) as url:
        assert await api("setWebhook", url=url, secret_token="tournesol_7") is True
        for number in range(20):
            lea.says(str(number))
        await telegram.until(lambda: telegram.unconfirmed(bot) == 0)

        info = await api("getWebhookInfo")
        assert (info["url"], info["pending_update_count"]) == (url, 0)
    assert received == [(text, "tournesol_7") for text in ("avant", *map(str, range(20)))]


async def test_an_update_that_is_not_taken_comes_again_and_holds_its_chat_only(
    api: Api, lea: Person, sam: Person, telegram: Telegram, bot: Bot
) -> None:
    received: list[str] = []

    async def busy(_: web.Request, update: dict[str, Any]) -> web.StreamResponse:
        text = update["message"]["text"]
        received.append(text)
        return web.Response(status=500 if text == "Léa 1" and received.count(text) < 3 else 204)

    async with listening(busy) as url:
        lea.says("Léa 1")
        lea.says("Léa 2")
        sam.says("Sam 1")
        await api("setWebhook", url=url)
        await telegram.until(lambda: telegram.unconfirmed(bot) == 0)
        info = await api("getWebhookInfo")
    assert [text for text in received if text.startswith("Léa")] == ["Léa 1"] * 3 + ["Léa 2"]
    assert received.index("Sam 1") < received.index("Léa 2")
    assert info["last_error_message"] == "Wrong response from the webhook: 500"


async def test_a_webhook_that_comes_up_later_gets_what_waited(
    api: Api, lea: Person, telegram: Telegram, bot: Bot
) -> None:
    received: list[str] = []

    async def taken(_: web.Request, update: dict[str, Any]) -> web.StreamResponse:
        received.append(update["message"]["text"])
        return web.Response(text="ok")

    async with listening(taken) as url:
        pass
    await api("setWebhook", url=url)
    lea.says("Bonjour")
    webhook = bot.webhook
    assert webhook is not None
    await telegram.until(lambda: webhook.last_error != "")
    assert webhook.last_error.startswith("Connection failed")

    async with listening(taken) as url:
        await api("setWebhook", url=url)
        await telegram.until(lambda: telegram.unconfirmed(bot) == 0)
    assert received == ["Bonjour"]


async def test_a_webhook_that_is_taken_away_gives_the_updates_back_to_polling(api: Api, lea: Person) -> None:
    await api("setWebhook", url="http://127.0.0.1:1/hook")
    lea.says("Bonjour")
    await api("deleteWebhook")
    assert [one["message"]["text"] for one in await api("getUpdates")] == ["Bonjour"]
    await api("deleteWebhook", drop_pending_updates=True)
    assert await api("getUpdates") == []
    assert (await api("getWebhookInfo"))["url"] == ""


async def test_answers_of_every_shape_are_taken(api: Api, lea: Person, telegram: Telegram, bot: Bot) -> None:
    received: list[str] = []

    async def shaped(request: web.Request, update: dict[str, Any]) -> web.StreamResponse:
        shape = update["message"]["text"]
        received.append(shape)
        response = web.StreamResponse()
        if shape == "chunked":
            response.enable_chunked_encoding()
        elif shape == "closing":
            response.force_close()
        else:
            return web.Response(status=204)
        await response.prepare(request)
        await response.write(b"ok")
        await response.write_eof()
        return response

    async with listening(shaped) as url:
        await api("setWebhook", url=url)
        shapes = ["chunked", "chunked", "closing", "empty", "chunked"]
        for shape in shapes:
            lea.says(shape)
        await telegram.until(lambda: telegram.unconfirmed(bot) == 0)
    assert received == shapes


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://jalon.example/hook", "bad webhook: An HTTPS URL must be provided for webhook"),
        ("https://jalon.example:8000/", "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"),
        ("https://jalon.example:x/", "bad webhook: invalid webhook URL specified"),
    ],
)
async def test_an_address_telegram_refuses(api: Api, telegram: Telegram, url: str, reason: str) -> None:
    telegram.any_webhook = False
    assert await api.refusal("setWebhook", url=url) == f"Bad Request: {reason}"


async def test_a_secret_telegram_refuses(api: Api) -> None:
    refusal = await api.refusal("setWebhook", url="https://jalon.example/", secret_token="é")
    assert refusal == "Bad Request: secret token contains unallowed characters"


async def test_a_thousand_updates_pass_quickly(api: Api, telegram: Telegram, bot: Bot) -> None:
    async def taken(_: web.Request, update: dict[str, Any]) -> web.StreamResponse:
        return web.Response(text=str(update["update_id"]))

    for number in range(1000):
        telegram.new_person(str(number)).says("Bonjour")
    begun = time.perf_counter()
    async with listening(taken) as url:
        await api("setWebhook", url=url)
        await telegram.until(lambda: telegram.unconfirmed(bot) == 0, within=20)
    assert time.perf_counter() - begun < 20
