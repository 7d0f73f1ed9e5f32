"""The state of one Telegram: accounts, chats, files, polls, queries and the calls that bots have made."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from simulator.accounts import Account, Bot
from simulator.chats import Chat
from simulator.faults import Faults
from simulator.files import FileStore
from simulator.limits import Limits
from simulator.polls import Poll
from simulator.updates import UpdateQueue

LOOK_AGAIN_SECONDS = 0.05
CALLBACK_SECONDS = 900
TYPING_SECONDS = 5
WEBHOOK_DELAYS = (0.5, 1, 2, 4, 8, 16, 32, 60)


def real_time() -> datetime:
    """The time of the machine's clock."""
    return datetime.fromtimestamp(time.time(), UTC)


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Bot API: when, by which bot, what it asked and what it was answered."""

    at: datetime
    bot: Bot
    method: str
    parameters: dict[str, Any]
    status: int
    answer: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened: `kind` names it, `facts` hold what changed."""

    kind: str
    chat: Chat | None
    facts: dict[str, Any]


@dataclass(eq=False, slots=True)
class Query:
    """A callback or inline query that waits for the bot's answer (asked_at in Unix time)."""

    id: str
    bot: Bot
    asked_at: float
    answered: dict[str, Any] | None = None


@dataclass(eq=False)
class Network:
    """One Telegram. `clock` tells its time, so that a test or a demo can move it.

    `any_webhook` takes http addresses and any port for webhooks; `callback_seconds` is how long a tap can be
    answered; `webhook_delays` are the waits in seconds between tries, the last one repeated.
    """

    clock: Callable[[], datetime] = real_time
    any_webhook: bool = False
    callback_seconds: float = CALLBACK_SECONDS
    webhook_delays: tuple[float, ...] = WEBHOOK_DELAYS
    limits: Limits = field(default_factory=Limits)
    faults: Faults = field(default_factory=Faults)
    files: FileStore = field(default_factory=FileStore)
    bots: dict[str, Bot] = field(default_factory=dict)
    accounts: dict[int, Account] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    private: dict[tuple[int, int], Chat] = field(default_factory=dict)
    polls: dict[str, Poll] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Start with nobody who listens or waits."""
        self._listeners: list[Callable[[Change], None]] = []
        self._waiting: set[asyncio.Future[None]] = set()

    def now(self) -> float:
        """The time in Unix seconds."""
        return self.clock().timestamp()

    def date(self) -> int:
        """The time in whole Unix seconds, as messages carry it."""
        return int(self.now())

    def number(self, what: str, first: int) -> int:
        """The next number of a series."""
        self.numbers[what] = self.numbers.get(what, first - 1) + 1
        return self.numbers[what]

    def new_bot(
        self, token: str, *, username: str, first_name: str, sees_all: bool = False, inline: bool = False
    ) -> Bot:
        """A bot with this token; in groups it sees only commands and replies to it, unless it `sees_all`."""
        user = {"id": int(token.split(":", 1)[0]), "is_bot": True, "first_name": first_name, "username": username}
        bot = Bot(token, user, UpdateQueue(self.now), sees_all=sees_all, inline=inline)
        self.bots[token] = bot
        return bot

    def bot_named(self, username: str) -> Bot | None:
        """The bot with this username, in any case."""
        return next((bot for bot in self.bots.values() if bot.username.lower() == username.lower()), None)

    def only_bot(self) -> Bot:
        """The bot, where there is one only; raises AssertionError otherwise."""
        if len(self.bots) != 1:
            raise AssertionError(f"There are {len(self.bots)} bots: say which one is meant.")
        return next(iter(self.bots.values()))

    def unconfirmed(self, bot: Bot) -> int:
        """How many updates the bot has not confirmed yet."""
        return len(bot.updates.pending)

    def typing(self, chat: Chat) -> bool:
        """Tell whether a bot shows in this chat that it is doing something: for 5 seconds, or until it writes."""
        if not chat.actions or self.now() - chat.actions[-1].at >= TYPING_SECONDS:
            return False
        return chat.last_id == chat.actions[-1].after

    def listen(self, heard: Callable[[Change], None]) -> Callable[[], None]:
        """Call this for each change from now on; the answer ends it."""
        self._listeners.append(heard)
        return lambda: self._listeners.remove(heard)

    def changed(self, kind: str, chat: Chat | None = None, **facts: Any) -> None:
        """Tell everyone who listens or waits that something has changed."""
        if self._listeners:
            change = Change(kind, chat, facts)
            for heard in tuple(self._listeners):
                heard(change)
        for future in [future for future in self._waiting if not future.done()]:
            future.set_result(None)

    async def until(self, condition: Callable[[], Any], within: float = 5.0, what: str = "") -> None:
        """Wait until the condition holds, looking after each change; raises TimeoutError with a sentence."""
        loop = asyncio.get_running_loop()
        end = loop.time() + within
        while not condition():
            left = end - loop.time()
            if left <= 0:
                raise TimeoutError(
                    f"{what or 'What was waited for'} did not happen within {within:g} s; {self.told()}."
                )
            future: asyncio.Future[None] = loop.create_future()
            self._waiting.add(future)
            try:
                await asyncio.wait({future}, timeout=min(left, LOOK_AGAIN_SECONDS))
            finally:
                self._waiting.discard(future)

    def told(self) -> str:
        """What happened last, for the sentence of a time-out."""
        last = [f"{call.method} {call.status}" for call in self.calls[-5:] if call.method.lower() != "getupdates"]
        waiting = sum(map(self.unconfirmed, self.bots.values()))
        return f"last calls: {', '.join(last) or 'none'}; updates not confirmed: {waiting}"
