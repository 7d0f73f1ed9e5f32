import asyncio
import random
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from telegram import Update

from bot.inbox import InboxQueue
from bot.turn_order import TurnOrder


def said(update_id: int, chat: int, person: int) -> Update:
    sender = {"id": person, "is_bot": False, "first_name": "Léa"}
    place = {"id": chat, "type": "private" if chat == person else "group", "title": "Mobilité"}
    message = {"message_id": update_id, "date": 1_790_000_000, "chat": place, "from": sender, "text": "?"}
    return Update.de_json({"update_id": update_id, "message": message}, None)


def voted(update_id: int, person: int) -> Update:
    voter = {"id": person, "is_bot": False, "first_name": "Léa"}
    answer = {"poll_id": "1", "user": voter, "option_ids": [0], "option_persistent_ids": ["a"]}
    return Update.de_json({"update_id": update_id, "poll_answer": answer}, None)


class Turns:
    def __init__(self, at_once: int = 64) -> None:
        self.queue = InboxQueue()
        self.order = TurnOrder(self.queue, at_once)
        self.started: list[int] = []
        self.ended: list[int] = []
        self.running = 0
        self.most_running = 0

    async def turn(self, update: Update, seconds: float) -> None:
        self.started.append(update.update_id)
        self.running += 1
        self.most_running = max(self.most_running, self.running)
        await asyncio.sleep(seconds)
        self.running -= 1
        self.ended.append(update.update_id)

    def run(self, update: Update, seconds: float = 0.0) -> Coroutine[Any, Any, None]:
        return self.order.process_update(update, self.turn(update, seconds))


async def test_a_chat_is_heard_in_order_and_others_do_not_wait() -> None:
    turns = Turns()
    async with asyncio.TaskGroup() as group:
        group.create_task(turns.run(said(1, chat=-1, person=1), 0.05))
        group.create_task(turns.run(said(2, chat=-1, person=2)))
        group.create_task(turns.run(said(3, chat=9, person=9)))

    assert turns.started == [1, 3, 2]


async def test_a_person_is_heard_in_order_from_chat_to_chat() -> None:
    turns = Turns()
    async with asyncio.TaskGroup() as group:
        group.create_task(turns.run(said(1, chat=-1, person=1), 0.05))
        group.create_task(turns.run(said(2, chat=1, person=1)))
        group.create_task(turns.run(voted(3, person=1)))
        group.create_task(turns.run(said(4, chat=-2, person=2)))

    assert turns.started == [1, 4, 2, 3]


async def test_hundreds_of_messages_keep_their_order_in_every_chat() -> None:
    turns = Turns()
    chance = random.Random(1)  # noqa: S311 - chance for a test
    updates = [said(n, chat=-chance.randrange(1, 20), person=chance.randrange(1, 20)) for n in range(400)]
    async with asyncio.TaskGroup() as group:
        for update in updates:
            group.create_task(turns.run(update, chance.random() / 500))

    def of(place: str, number: int) -> list[int]:
        return [u.update_id for u in updates if getattr(u, place).id == number]

    for number in range(1, 20):
        for place, key in (("effective_chat", -number), ("effective_user", number)):
            mine = of(place, key)
            assert [one for one in turns.started if one in mine] == mine
    assert turns.most_running > 3
    assert turns.order._last == {}


async def test_a_chat_with_hundreds_waiting_leaves_places_for_the_others() -> None:
    turns = Turns(at_once=4)
    async with asyncio.TaskGroup() as group:
        for number in range(300):
            group.create_task(turns.run(said(number, chat=-1, person=1), 0.001))
        group.create_task(turns.run(said(1000, chat=7, person=7)))
        await asyncio.sleep(0.02)
        assert 1000 in turns.ended
    assert turns.most_running == 2


async def test_no_more_run_at_once_than_there_are_places() -> None:
    turns = Turns(at_once=3)
    async with asyncio.TaskGroup() as group:
        for number in range(1, 31):
            group.create_task(turns.run(said(number, chat=number, person=number), 0.002))

    assert turns.most_running == 3
    assert turns.ended == list(range(1, 31))


async def test_a_turn_that_fails_or_is_given_up_lets_the_next_one_in() -> None:
    turns = Turns()

    async def fails() -> None:
        raise RuntimeError

    first, second, third = (said(number, chat=-1, person=1) for number in (1, 2, 3))
    for update in (first, second, third):
        await turns.queue.put(update)
    async with asyncio.TaskGroup() as group:
        slow = group.create_task(turns.run(first, 10))
        given_up = group.create_task(turns.run(second))
        last = group.create_task(turns.run(third))
        await asyncio.sleep(0.01)
        given_up.cancel()
        slow.cancel()
        await last
    with suppress(RuntimeError):
        await turns.order.process_update(said(4, chat=-1, person=1), fails())

    assert turns.ended == [3]
    assert turns.queue.unfinished == 0


async def test_admins_who_speak_as_their_group_do_not_wait_for_other_groups() -> None:
    turns = Turns()
    anonymous = 1087968824
    async with asyncio.TaskGroup() as group:
        group.create_task(turns.run(said(1, chat=-1, person=anonymous), 0.05))
        group.create_task(turns.run(said(2, chat=-2, person=anonymous)))

    assert turns.ended == [2, 1]
