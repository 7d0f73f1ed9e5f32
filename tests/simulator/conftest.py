"""A Telegram for each test, one bot on it, and the Bot API as that bot calls it over HTTP."""

import struct
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from simulator.accounts import Bot
from simulator.people import Person
from simulator.server import running
from simulator.telegram import Telegram

TOKEN = "123456:a-token-of-the-simulator"
PIXEL = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480)


class Hands:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **units: float) -> None:
        self.now += timedelta(**units)


class Api:
    """The Bot API as one bot sees it."""

    def __init__(self, session: aiohttp.ClientSession, address: str, token: str) -> None:
        self.session = session
        self.address = address
        self.token = token

    async def answer(self, method: str, **parameters: Any) -> dict[str, Any]:
        """The whole answer to a call."""
        url = f"{self.address}/bot{self.token}/{method}"
        async with self.session.post(url, json=parameters) as response:
            answer: dict[str, Any] = await response.json()
        if not answer["ok"]:
            assert response.status == answer["error_code"]
        return answer

    async def __call__(self, method: str, **parameters: Any) -> Any:
        """The result of a call that is not refused."""
        answer = await self.answer(method, **parameters)
        assert answer["ok"], answer
        return answer["result"]

    async def refusal(self, method: str, **parameters: Any) -> str:
        """The sentence of a call that is refused."""
        answer = await self.answer(method, **parameters)
        assert not answer["ok"], answer
        return str(answer["description"])

    async def updates(self, **parameters: Any) -> list[dict[str, Any]]:
        """The updates that wait, which are confirmed at once."""
        found: list[dict[str, Any]] = await self("getUpdates", **parameters)
        if found:
            await self("getUpdates", offset=found[-1]["update_id"] + 1)
        return found


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def telegram(clock: Hands) -> Telegram:
    return Telegram(clock=clock)


@pytest.fixture
def bot(telegram: Telegram) -> Bot:
    return telegram.new_bot(TOKEN, username="jalon_bot", first_name="Jalon")


@pytest.fixture
async def address(telegram: Telegram) -> AsyncIterator[str]:
    async with running(telegram) as address:
        yield address


@pytest.fixture
async def api(address: str, bot: Bot) -> AsyncIterator[Api]:
    async with aiohttp.ClientSession() as session:
        yield Api(session, address, bot.token)


@pytest.fixture
def lea(telegram: Telegram, bot: Bot) -> Person:
    """Somebody who has started the bot."""
    person = telegram.new_person("Léa", username="lea")
    person.opens_link(bot)
    bot.updates.drop()
    return person


@pytest.fixture
def sam(telegram: Telegram, bot: Bot) -> Person:
    """Somebody who has never heard of the bot."""
    assert bot.token in telegram.bots
    return telegram.new_person("Sam")
