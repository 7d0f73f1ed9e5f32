import asyncio
import json
import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import structlog
from sqlalchemy import Connection, Engine, event, select
from telegram import Bot, Update

from bot.clock import MovableClock
from bot.inbox import InboxQueue
from bot.telegram_request import TelegramRequest
from bot.web import Health, Webhook, serving, web_app
from simulator.server import running
from simulator.telegram import Telegram
from storage.engine import Database
from storage.tables import metadata
from storage.tables.delivery import inbox

TOKEN = "123456:AAH-the-token-that-nobody-may-read"
SECRET = "jalon-webhook-secret"
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
HEADER = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


def said(update_id: int, text: str = "Bonjour") -> dict[str, Any]:
    sender = {"id": 7, "is_bot": False, "first_name": "Léa"}
    chat = {"id": 7, "type": "private", "first_name": "Léa"}
    message = {"message_id": update_id, "date": 1_790_000_000, "chat": chat, "from": sender, "text": text}
    return {"update_id": update_id, "message": message}


class Site:
    """The bot's web side, and somebody who calls it."""

    def __init__(self, database: Database, address: str, queue: InboxQueue, client: aiohttp.ClientSession) -> None:
        self.database = database
        self.address = address
        self.queue = queue
        self.client = client
        self.health = Health(well=True, facts={})

    async def posts(self, body: bytes, headers: dict[str, str] | None = None) -> int:
        where = f"{self.address}/telegram"
        async with self.client.post(
            where, data=BytesIO(body), headers=HEADER if headers is None else headers
        ) as answer:
            return answer.status

    async def hears(self, *updates: dict[str, Any]) -> list[int]:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self.posts(json.dumps(update).encode())) for update in updates]
        return [task.result() for task in tasks]

    def queued(self) -> list[int]:
        items = [self.queue.get_nowait() for _ in range(self.queue.qsize())]
        return [item.update_id for item in items if isinstance(item, Update)]

    async def states(self) -> dict[int, str]:
        rows = await self.database.read(lambda c: c.execute(select(inbox.c.update_id, inbox.c.state)).all())
        return {row.update_id: row.state for row in rows}


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/jalon.db")
    await database.write(metadata.create_all)
    queue = InboxQueue(most=100)
    webhook = Webhook(database, MovableClock(NOW), queue, SECRET)

    async def health() -> Health:
        return found.health

    async with serving(web_app(health, webhook), "127.0.0.1", 0) as address, aiohttp.ClientSession() as client:
        found = Site(database, address, queue, client)
        yield found
    await database.close()


async def test_an_update_is_kept_and_queued_before_it_is_confirmed(site: Site) -> None:
    assert await site.hears(said(1)) == [200]

    assert (await site.states(), site.queued()) == ({1: "waiting"}, [1])


@pytest.mark.parametrize("headers", [{}, {"X-Telegram-Bot-Api-Secret-Token": "wrong"}])
async def test_a_call_without_the_secret_is_refused(site: Site, headers: dict[str, str]) -> None:
    assert await site.posts(json.dumps(said(1)).encode(), headers) == 401
    assert await site.states() == {}


async def test_nonsense_and_floods_of_bytes_are_refused(site: Site) -> None:
    assert await site.posts(b"{") == 400
    assert await site.posts(b"[1]") == 400
    assert await site.posts(b'{"message": {}}') == 400
    assert await site.posts(json.dumps(said(1, "x" * 1_100_000)).encode()) == 413
    assert await site.states() == {}


async def test_what_nobody_can_read_is_confirmed_and_kept_as_failed(site: Site) -> None:
    assert await site.hears({"update_id": 5, "message": {"text": "secret"}}, {"update_id": 6, "holiday": {}}) == [
        200,
        200,
    ]

    assert (await site.states(), site.queued()) == ({5: "failed", 6: "failed"}, [])


async def test_a_repeated_update_is_queued_once(site: Site) -> None:
    await site.hears(said(1))
    assert await site.hears(said(1)) == [200]

    assert site.queued() == [1]


async def test_updates_that_come_together_share_their_commits(site: Site) -> None:
    commits: list[Connection] = []

    def note(connection: Connection) -> None:
        commits.append(connection)

    event.listen(Engine, "commit", note)
    try:
        assert await site.hears(*(said(number) for number in range(100))) == [200] * 100
    finally:
        event.remove(Engine, "commit", note)

    made = len(commits)

    assert sorted(site.queued()) == list(range(100))
    assert len(await site.states()) == 100
    assert made < 40


async def test_telegram_sends_again_what_could_not_be_kept(site: Site) -> None:
    await site.database.write(inbox.drop)
    with structlog.testing.capture_logs() as logs:
        assert await site.hears(said(1, "secret"), said(2, "secret")) == [503, 503]
    await site.database.write(inbox.create)
    assert await site.hears(said(1), said(2)) == [200, 200]

    assert sorted(site.queued()) == [1, 2]
    assert [(line["event"], line["reason"]) for line in logs] == [("update_not_kept", "OperationalError")] * 2


async def test_a_full_queue_holds_telegram_back(site: Site) -> None:
    await site.hears(*(said(number) for number in range(100)))

    async with asyncio.TaskGroup() as group:
        held = group.create_task(site.hears(said(200)))
        await asyncio.sleep(0.1)
        assert (held.done(), (await site.states())[200]) == (False, "waiting")
        site.queue.done(0)
    assert held.result() == [200]


async def test_health_is_a_page_for_machines(site: Site) -> None:
    site.health = Health(well=True, facts={"waiting_inbox": 3})
    async with site.client.get(f"{site.address}/health") as answer:
        assert (answer.status, await answer.json()) == (200, {"waiting_inbox": 3})

    site.health = Health(well=False, facts={"last_poll_seconds": 400})
    async with site.client.get(f"{site.address}/health") as answer:
        assert (answer.status, await answer.json()) == (503, {"last_poll_seconds": 400})


async def test_other_pages_do_not_exist(site: Site) -> None:
    async with site.client.get(f"{site.address}/telegram") as answer:
        assert answer.status == 405
    async with site.client.get(f"{site.address}/") as answer:
        assert answer.status == 404


async def test_serving_leaves_the_signals_alone_and_frees_its_port() -> None:
    async def health() -> Health:
        return Health(well=True, facts={})

    before = [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)]
    async with serving(web_app(health), "127.0.0.1", 0) as address:
        assert [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)] == before
        port = int(address.rsplit(":", 1)[1])
        with pytest.raises(OSError, match="in use"):
            async with serving(web_app(health), "127.0.0.1", port):
                pass
    async with serving(web_app(health), "127.0.0.1", port) as again:
        assert again == address


async def test_telegram_reaches_the_webhook_with_its_secret(site: Site) -> None:
    telegram = Telegram(any_webhook=True)
    telegram.new_bot(TOKEN, username="jalon_bot", first_name="Jalon")
    lea = telegram.new_person("Léa")
    async with running(telegram) as address:
        async with Bot(TOKEN, base_url=f"{address}/bot", request=TelegramRequest()) as bot:
            await bot.set_webhook(f"{site.address}/telegram", secret_token=SECRET)
        for number in range(20):
            lea.says(str(number))
        await telegram.until(lambda: site.queue.unfinished == 20)

    assert len(await site.states()) == 20
    assert site.queued() == sorted(await site.states())
