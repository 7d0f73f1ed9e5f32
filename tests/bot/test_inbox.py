import asyncio
import json
import logging
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlalchemy import Connection, select
from telegram import Update
from telegram.error import NetworkError
from telegram.ext import Application, ApplicationBuilder, TypeHandler

from bot.clock import MovableClock
from bot.inbox import InboxQueue, InboxRequest, keep, replay
from bot.received import bodies_of, by_number, has_content
from bot.telegram_request import TelegramRequest
from bot.turn_order import TurnOrder
from simulator.faults import Fault
from simulator.server import running
from simulator.telegram import Telegram
from storage.engine import Database
from storage.inbox import Inbox
from storage.tables import metadata
from storage.tables.delivery import inbox

TOKEN = "123456:AAH-the-token-that-nobody-may-read"
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def said(update_id: int, text: str = "Bonjour", person: int = 7) -> dict[str, Any]:
    sender = {"id": person, "is_bot": False, "first_name": "Léa"}
    chat = {"id": person, "type": "private", "first_name": "Léa"}
    message = {"message_id": update_id, "date": 1_790_000_000, "chat": chat, "from": sender, "text": text}
    return {"update_id": update_id, "message": message}


def update(update_id: int) -> Update:
    return Update.de_json(said(update_id), None)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(NOW)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/jalon.db")
    await database.write(metadata.create_all)
    yield database
    await database.close()


@pytest.fixture
def telegram() -> Telegram:
    telegram = Telegram()
    telegram.new_bot(TOKEN, username="jalon_bot", first_name="Jalon")
    return telegram


def text_of(update: Update) -> str:
    return (update.message and update.message.text) or ""


async def states(database: Database) -> dict[int, str]:
    rows = await database.read(lambda c: c.execute(select(inbox.c.update_id, inbox.c.state)).all())
    return {row.update_id: row.state for row in rows}


@asynccontextmanager
async def polling(address: str, request: InboxRequest, hear: Callable[[Update], None]) -> AsyncIterator[InboxQueue]:
    queue = request.queue
    application: Application[Any, Any, Any, Any, Any, Any] = (
        ApplicationBuilder()
        .token(TOKEN)
        .base_url(f"{address}/bot")
        .request(TelegramRequest())
        .get_updates_request(request)
        .update_queue(queue)
        .concurrent_updates(TurnOrder(queue))
        .build()
    )

    async def heard(update: Update, _: object) -> None:
        hear(update)

    application.add_handler(TypeHandler(Update, heard))
    assert application.updater is not None
    async with application:
        await application.start()
        await application.updater.start_polling(timeout=timedelta(seconds=10), error_callback=lambda _: None)
        yield queue
        request.stopping = True
        await application.updater.stop()
        await application.stop()


async def test_what_is_kept_again_waits_only_if_its_turn_is_not_over(database: Database, clock: MovableClock) -> None:
    bodies = bodies_of(by_number([said(1), said(2)]))
    assert await keep(database, clock, bodies) == {1, 2}
    await database.write(lambda c: Inbox(c).claim(1, NOW))

    assert await keep(database, clock, bodies) == {2}


async def test_every_update_polled_is_kept_before_it_is_confirmed(
    database: Database, clock: MovableClock, telegram: Telegram
) -> None:
    lea = telegram.new_person("Léa")
    request = InboxRequest(database, clock, InboxQueue())
    heard: list[str] = []

    async with (
        running(telegram) as address,
        polling(address, request, lambda u: heard.append(text_of(u))),
    ):
        for number in range(250):
            lea.says(str(number))
        await telegram.until(lambda: len(heard) == 250)
        await telegram.until(lambda: telegram.unconfirmed(telegram.only_bot()) == 0)

    assert heard == [str(number) for number in range(250)]
    assert set((await states(database)).values()) == {"waiting"}
    assert len(await states(database)) == 250
    assert request.finished_at is not None


@pytest.mark.parametrize(("apart", "urgent"), [(0.0, [True, True]), (600.0, [True, False])])
async def test_a_batch_is_kept_before_the_turns_unless_another_came_just_before(
    clock: MovableClock,
    telegram: Telegram,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    apart: float,
    urgent: list[bool],
) -> None:
    asked: list[bool] = []

    class Listening(Database):
        """Notes what is asked of it."""

        async def write(self, work: Callable[[Connection], Any], *, urgent: bool = False) -> Any:
            asked.append(urgent)
            return await super().write(work, urgent=urgent)

    monkeypatch.setattr("bot.inbox.APART", apart)
    database, lea = Listening(f"sqlite+aiosqlite:///{tmp_path}/jalon.db"), telegram.new_person("Léa")
    await database.write(metadata.create_all)
    asked.clear()
    async with (
        running(telegram) as address,
        polling(address, InboxRequest(database, clock, InboxQueue()), lambda _: None),
    ):
        for words in ("Bonjour", "Encore"):
            lea.says(words)
            await telegram.until(lambda: telegram.unconfirmed(telegram.only_bot()) == 0)
    await database.close()

    assert asked == urgent


async def test_stopping_and_starting_at_any_instant_loses_nothing(
    database: Database, clock: MovableClock, telegram: Telegram
) -> None:
    lea = telegram.new_person("Léa")
    chance = random.Random(1)  # noqa: S311 - chance for a test
    async with running(telegram) as address:
        for _ in range(15):
            async with polling(address, InboxRequest(database, clock, InboxQueue()), lambda _: None):
                for _ in range(10):
                    lea.says("?")
                    await asyncio.sleep(chance.random() / 100)
        async with polling(address, InboxRequest(database, clock, InboxQueue()), lambda _: None):
            await telegram.until(lambda: telegram.unconfirmed(telegram.only_bot()) == 0)

    assert list((await states(database)).values()) == ["waiting"] * 150


async def test_what_comes_while_polling_ends_is_kept_and_given_to_the_next_start(
    database: Database, clock: MovableClock, telegram: Telegram
) -> None:
    lea = telegram.new_person("Léa")
    heard: list[str] = []
    ending = InboxRequest(database, clock, InboxQueue())
    ending.stopping = True

    async with running(telegram) as address:
        async with polling(address, ending, lambda u: heard.append(text_of(u))):
            lea.says("I vote yes")
            await telegram.until(lambda: ending.finished_at is not None)
        assert list((await states(database)).values()) == ["waiting"]
        assert heard == []
        assert telegram.unconfirmed(telegram.only_bot()) == 1
        async with polling(address, InboxRequest(database, clock, InboxQueue()), lambda u: heard.append(text_of(u))):
            await telegram.until(lambda: telegram.unconfirmed(telegram.only_bot()) == 0)

    assert heard == ["I vote yes"]


async def test_an_update_that_nobody_can_read_stops_nothing_and_leaves_no_text(
    database: Database, clock: MovableClock, telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    lea = telegram.new_person("Léa")
    heard: list[int] = []
    caplog.set_level(logging.INFO)

    async with (
        running(telegram) as address,
        polling(address, InboxRequest(database, clock, InboxQueue()), lambda u: heard.append(u.update_id)),
    ):
        first = lea.says("before")
        await telegram.until(lambda: len(heard) == 1)
        broken = dict(first.fields) | {"entities": [{"type": "bold", "offset": "secret"}], "chat": {}}
        telegram.only_bot().updates.push("message", broken)
        lea.says("after")
        await telegram.until(lambda: len(heard) == 2)

    assert list((await states(database)).values()) == ["waiting", "failed", "waiting"]
    row = await database.read(lambda c: c.execute(select(inbox).where(inbox.c.state == "failed")).one())
    assert row.body == ""
    assert "secret" not in caplog.text


async def test_polling_goes_on_once_the_database_can_keep_again(
    database: Database, clock: MovableClock, telegram: Telegram
) -> None:
    lea = telegram.new_person("Léa")
    heard: list[int] = []
    await database.write(inbox.drop)

    async with (
        running(telegram) as address,
        polling(address, InboxRequest(database, clock, InboxQueue()), lambda u: heard.append(u.update_id)),
    ):
        with structlog.testing.capture_logs() as logs:
            lea.says("secret")
            await telegram.until(lambda: logs)
        assert telegram.unconfirmed(telegram.only_bot()) == 1
        assert heard == []
        await database.write(inbox.create)
        await telegram.until(lambda: len(heard) == 1)

    assert [(line["event"], line["reason"]) for line in logs] == [("updates_not_kept", "OperationalError")]


async def test_polling_goes_on_after_an_error_and_even_after_a_refused_token(
    database: Database, clock: MovableClock, telegram: Telegram
) -> None:
    lea = telegram.new_person("Léa")
    heard: list[int] = []

    async with (
        running(telegram) as address,
        polling(address, InboxRequest(database, clock, InboxQueue()), lambda u: heard.append(u.update_id)),
    ):
        telegram.faults.next(Fault.SERVER_ERROR, 1, "getUpdates")
        lea.says("one")
        await telegram.until(lambda: len(heard) == 1)
        bot = telegram.bots.pop(TOKEN)
        lea.says("two", lea.chat_with(bot))
        await asyncio.sleep(0.2)
        telegram.bots[TOKEN] = bot
        lea.says("three")
        await telegram.until(lambda: len(heard) == 3)


async def test_nonsense_in_place_of_updates_is_a_network_error(database: Database, clock: MovableClock) -> None:
    request = InboxRequest(database, clock, InboxQueue())

    with pytest.raises(NetworkError, match="not open"):
        await request.post("http://127.0.0.1:1/bot/getUpdates")
    with pytest.raises(TypeError):
        await request._kept(b"[]")
    assert await request._kept(b'{"ok": true, "result": [1, {"update_id": "x"}]}') == b'{"ok": true, "result": []}'


async def test_the_queue_holds_back_until_turns_are_done() -> None:
    queue = InboxQueue(most=2)
    await queue.put(update(1))
    await queue.put(update(2))

    async with asyncio.TaskGroup() as group:
        held = group.create_task(queue.put(update(3)))
        await asyncio.sleep(0.01)
        assert (held.done(), queue.qsize(), queue.unfinished) == (False, 2, 2)
        queue.get_nowait()
        await asyncio.sleep(0.01)
        assert held.done() is False
        queue.done(1)
    assert (queue.qsize(), queue.unfinished) == (2, 2)


async def test_a_full_queue_lets_the_signal_to_stop_pass() -> None:
    queue = InboxQueue(most=1)
    await queue.put(update(1))
    stop = object()

    await asyncio.wait_for(queue.put(stop), timeout=1)

    queue.get_nowait()
    assert queue.get_nowait() is stop


async def test_an_update_in_hand_is_not_queued_twice() -> None:
    queue = InboxQueue(most=1)
    for _ in range(2):
        await asyncio.wait_for(queue.put(update(1)), timeout=1)
    assert queue.qsize() == 1

    queue.done(1)
    await queue.put(update(1))
    assert queue.qsize() == 2


async def test_an_update_without_content_is_over_at_once() -> None:
    queue = InboxQueue()
    bare = Update.de_json({"update_id": 5}, None)

    await queue.put(bare)

    assert (has_content(bare), queue.qsize(), queue.unfinished) == (False, 0, 0)


async def test_what_was_left_is_replayed_oldest_first(database: Database, clock: MovableClock) -> None:
    await database.write(lambda c: Inbox(c).store([(n, json.dumps(said(n))) for n in range(1, 451)], NOW))
    await database.write(lambda c: [Inbox(c).claim(n, NOW) for n in range(1, 11)])
    await database.write(lambda c: Inbox(c).store([(451, '{"update_id": 451, "message": {}}')], NOW))
    queue = InboxQueue()

    count = await replay(database, clock, queue)

    replayed = [queue.get_nowait() for _ in range(queue.qsize())]
    assert count == 440
    assert [one.update_id for one in replayed if isinstance(one, Update)] == list(range(11, 451))
    assert (await states(database))[451] == "failed"
