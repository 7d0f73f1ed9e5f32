"""A post office for tests: an outbox with its sender, a Telegram, and a clock that the test moves."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from markupsafe import Markup
from sqlalchemy import Connection, select
from telegram.ext import ExtBot

from bot.chat_allowance import CHAT_BURST, CHAT_SECONDS, ChatAllowance, Window
from bot.clock import MovableClock
from bot.messages import pack
from bot.outbox import Sender
from bot.rate_limits import Lane, PacedRateLimiter
from bot.telegram_request import TelegramRequest
from handlers.reply import Say
from handlers.screen import Screen
from simulator.people import Person
from simulator.server import running
from simulator.telegram import Telegram
from storage.engine import Database
from storage.outbox import NewOutgoing, Outbox, Outgoing
from storage.tables.delivery import outbox
from storage.unit_of_work import SqlUnitOfWork

Found = TypeVar("Found")

TOKEN = "123456:AAH-the-token-that-nobody-may-read"
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def ten_times_as_fast(_: int) -> ChatAllowance:
    return ChatAllowance((Window(CHAT_BURST, CHAT_SECONDS / 10),))


class Post:
    """An outbox with its sender, a Telegram, and a clock that the test moves."""

    def __init__(self, telegram: Telegram, database: Database, clock: MovableClock) -> None:
        self.telegram = telegram
        self.database = database
        self.clock = clock
        self.limiter = PacedRateLimiter(500, 400, patience=0.5, allowance=ten_times_as_fast)
        self.unreachable: list[int] = []
        self.moved: list[tuple[int, int]] = []
        self.topics_lost: list[tuple[int, int]] = []
        self.rendered: list[int] = []
        self.shown: dict[str, Screen | str | Exception] = {}
        self.sender: Sender
        self.bot: ExtBot[Lane]

    def render(self, _: Connection, outgoing: Outgoing, now: datetime) -> Screen | str:
        assert now == self.clock.now()
        self.rendered.append(outgoing.id)
        shown = self.shown[outgoing.content.get("notice") or outgoing.content["card"]]
        if isinstance(shown, Exception):
            raise shown
        return shown

    async def puts(self, *messages: NewOutgoing) -> None:
        await self.database.write(lambda c: Outbox(c).add_many(messages, self.clock.now()))
        self.sender.wake()

    async def takes(self, *messages: NewOutgoing) -> list[int]:
        """Put replies in as a turn does that hands them to the sender at once; gives the numbers of those it took."""
        taker = self.sender.taker()
        assert taker is not None
        return await self.hands_over(taker, *messages)

    async def hands_over(self, taker: tuple[str, datetime], *messages: NewOutgoing) -> list[int]:
        """Put replies in for who takes them, and hand them over."""
        taken = await self.database.write(lambda c: Outbox(c).add_taken(messages, self.clock.now(), *taker))
        self.sender.take(taken)
        self.sender.wake()
        return [outgoing.id for outgoing in taken]

    async def starts_anew(self) -> None:
        """Take back what a process that is gone had claimed, as a start does that finds itself alone."""
        await self.database.write(lambda c: Outbox(c).take_back(self.clock.now(), everything=True))

    async def does(self, work: Callable[[SqlUnitOfWork], Found]) -> Found:
        """Do a deed whose messages are put into the outbox."""
        done = await self.database.write(lambda c: work(SqlUnitOfWork(c, frozenset())))
        self.sender.wake()
        return done

    async def rests(self) -> None:
        await self.telegram.until(self.sender.idle, what="The sender's rest")

    async def goes_on(self, step: timedelta) -> None:
        """Let everything happen that is due within this time."""
        end = self.clock.now() + step
        while self.clock.now() < end:
            await self.rests()
            due_at = await self.database.read(lambda c: Outbox(c).next_due_at(self.clock.now()))
            self.clock.move_to(min(due_at or end, end))
            self.sender.wake()
        await self.rests()

    async def states(self) -> list[tuple[str, str | None]]:
        statement = select(outbox.c.state, outbox.c.reason).order_by(outbox.c.id)
        return [(row.state, row.reason) for row in await self.database.read(lambda c: c.execute(statement).all())]

    def new_sender(self, worker: str) -> Sender:
        return Sender(
            self.database,
            self.bot,
            self.clock,
            self.render,
            self.limiter,
            worker=worker,
            on_unreachable=lambda _, chat: self.unreachable.append(chat),
            on_moved=lambda _, old, new: self.moved.append((old, new)),
            on_topic_lost=lambda _, chat, thread: self.topics_lost.append((chat, thread)),
        )


@asynccontextmanager
async def sending(post: Post) -> AsyncIterator[None]:
    request = TelegramRequest(read_timeout=0.3)
    async with (
        running(post.telegram) as address,
        ExtBot(TOKEN, base_url=f"{address}/bot", request=request, rate_limiter=post.limiter) as bot,
    ):
        post.bot = bot
        post.sender = post.new_sender("a")
        async with asyncio.TaskGroup() as group:
            group.create_task(post.sender.run())
            await post.telegram.until(lambda: post.sender.taker() is not None, what="The sender's start")
            yield
            await post.sender.drain(5)


def people(post: Post, count: int) -> list[Person]:
    found = [post.telegram.new_person(f"P{number}") for number in range(count)]
    for person in found:
        person.says("/start")
    return found


def reply(person: Person | int, text: str, **more: Any) -> NewOutgoing:
    chat = person if isinstance(person, int) else person.id
    return NewOutgoing(chat, pack(Say(Screen(Markup(text)))), **more)  # noqa: S704 - the test's own


def passing(person: Person | int, text: str) -> NewOutgoing:
    chat = person if isinstance(person, int) else person.id
    return NewOutgoing(chat, pack(Say(Screen(Markup(text)), vanishes=True)))  # noqa: S704 - the test's own


def notice(person: Person, name: str) -> NewOutgoing:
    return NewOutgoing(person.id, {"notice": name}, Lane.NOTICE, key=f"{name}:{person.id}")


def read(person: Person) -> list[str]:
    return [message.text for message in person.chat_with().messages if message.text != "/start"]
