"""A Bot API server light enough to stand beside what is measured: it answers few methods and judges nothing.

It runs in the process of the benchmark, the bot in another one. Times are the event loop's, in seconds.
"""

import asyncio
import json
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

from benchmarks.http_connection import Answer, Connection

BOT: Final = {"id": 123456, "is_bot": True, "first_name": "Jalon", "username": "jalon_benchmark_bot"}
BATCH: Final = 100
"""Updates that one getUpdates gives at most, as Telegram."""
DATE: Final = 1_795_000_000
NEW_MESSAGE: Final = "sendMessage"
CHANGED_MESSAGE: Final = "editMessageText"
MESSAGES: Final = frozenset({NEW_MESSAGE, CHANGED_MESSAGE})
POLL: Final = "getUpdates"


@dataclass(frozen=True, slots=True)
class Shown:
    """A message that arrived in a chat, new or changed; `buttons` are (label, data), row by row one after the other."""

    chat_id: int
    message_id: int
    new: bool
    text: str
    buttons: tuple[tuple[str, str], ...]
    at: float


@dataclass(slots=True)
class Window:
    """At most so many messages in any second; those refused do not count."""

    most: int
    times: deque[float] = field(default_factory=deque)

    def takes(self, now: float) -> bool:
        """Count a message, unless it is one too many."""
        while self.times and self.times[0] + 1 <= now:
            self.times.popleft()
        if len(self.times) >= self.most:
            return False
        self.times.append(now)
        return True


class LightServer:
    """Hands updates to one bot, and notes what it calls.

    `round_trip` delays each call by half on its way here and by half on its way back. With `most_in_a_second`, messages
    above it are refused with 429. `shown` is told each message that arrives.
    """

    def __init__(self, *, round_trip: float = 0.0, most_in_a_second: int | None = None) -> None:
        self.shown: Callable[[Shown], None] = lambda _: None
        self.calls: Counter[str] = Counter()
        self.refused = 0
        self.first_poll_at: float | None = None
        self.polled = asyncio.Event()
        self.given_at: dict[int, float] = {}
        """When each update came to the server, by its id."""
        self._half_trip = round_trip / 2
        self._window = None if most_in_a_second is None else Window(most_in_a_second)
        self._loop = asyncio.get_running_loop()
        self._pending: deque[tuple[int, bytes]] = deque()
        self._next_update_id = 1
        self._next_message_id = 1
        self._poll: tuple[Answer, Connection, asyncio.TimerHandle] | None = None
        self._connections: set[Connection] = set()

    @property
    def waiting(self) -> int:
        """How many updates are not confirmed yet."""
        return len(self._pending)

    def say(self, chat_id: int, text: str) -> int:
        """Have somebody write to the bot in private; gives the update's id."""
        message = self._message(chat_id, text) | {"from": _person(chat_id)}
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
        return self._give("message", message)

    def tap(self, shown: Shown, data: str) -> int:
        """Have somebody tap a button under a message; gives the update's id."""
        keyboard = {"inline_keyboard": [[{"text": label, "callback_data": given}] for label, given in shown.buttons]}
        message = self._message(shown.chat_id, shown.text, shown.message_id) | {"from": BOT, "reply_markup": keyboard}
        query = {
            "id": str(self._next_update_id),
            "from": _person(shown.chat_id),
            "chat_instance": str(shown.chat_id),
            "data": data,
            "message": message,
        }
        return self._give("callback_query", query)

    def connect(self) -> Connection:
        """Take a connection."""
        connection = Connection(self._served, self._left)
        self._connections.add(connection)
        return connection

    def hang_up(self) -> None:
        """Close every connection, and forget the poll that waits."""
        self._end_poll()
        for connection in list(self._connections):
            connection.close()

    def _served(self, method: str, fields: dict[str, Any], answer: Answer, connection: Connection) -> None:
        if self._half_trip:
            self._loop.call_later(self._half_trip, self._arrived, method, fields, self._later(answer), connection)
        else:
            self._arrived(method, fields, answer, connection)

    def _later(self, answer: Answer) -> Answer:
        def answer_later(status: HTTPStatus, body: bytes) -> None:
            self._loop.call_later(self._half_trip, answer, status, body)

        return answer_later

    def _arrived(self, method: str, fields: dict[str, Any], answer: Answer, connection: Connection) -> None:
        self.calls[method] += 1
        if method == POLL:
            self._take_poll(fields, answer, connection)
        elif method in MESSAGES:
            self._take_message(method, fields, answer)
        else:
            answer(HTTPStatus.OK, _ok(BOT if method == "getMe" else True))

    def _take_message(self, method: str, fields: dict[str, Any], answer: Answer) -> None:
        now = self._loop.time()
        if self._window is not None and not self._window.takes(now):
            self.refused += 1
            answer(HTTPStatus.TOO_MANY_REQUESTS, _FLOOD)
            return
        chat_id = int(fields["chat_id"])
        message = self._message(chat_id, fields["text"], int(fields.get("message_id", 0))) | {"from": BOT}
        markup = fields.get("reply_markup", {})
        if isinstance(markup, str):
            markup = json.loads(markup)  # a form has it as a text
        if rows := markup.get("inline_keyboard", []):
            message["reply_markup"] = markup
        answer(HTTPStatus.OK, _ok(message))
        buttons = tuple((one["text"], one.get("callback_data", "")) for row in rows for one in row)
        self.shown(Shown(chat_id, message["message_id"], method == NEW_MESSAGE, fields["text"], buttons, now))

    def _take_poll(self, fields: dict[str, Any], answer: Answer, connection: Connection) -> None:
        if self.first_poll_at is None:
            self.first_poll_at = self._loop.time()
            self.polled.set()
        self._end_poll()
        offset = int(fields.get("offset", 0))
        while self._pending and self._pending[0][0] < offset:
            self._pending.popleft()
        timer = self._loop.call_later(float(fields.get("timeout", 0)), self._hand_out)
        self._poll = (answer, connection, timer)
        if self._pending:
            self._hand_out()

    def _hand_out(self) -> None:
        """Answer the poll that waits, with nothing where its time is over."""
        if self._poll is None:
            return
        answer = self._poll[0]
        self._end_poll()
        batch = [self._pending[place][1] for place in range(min(BATCH, len(self._pending)))]
        answer(HTTPStatus.OK, b'{"ok":true,"result":[' + b",".join(batch) + b"]}")

    def _end_poll(self) -> None:
        if self._poll is not None:
            self._poll[2].cancel()
            self._poll = None

    def _left(self, connection: Connection) -> None:
        self._connections.discard(connection)
        if self._poll is not None and self._poll[1] is connection:
            self._end_poll()

    def _give(self, kind: str, content: dict[str, Any]) -> int:
        update_id = self._next_update_id
        self._next_update_id += 1
        self._pending.append((update_id, json.dumps({"update_id": update_id, kind: content}).encode()))
        self.given_at[update_id] = self._loop.time()
        if self._poll is not None:
            self._hand_out()
        return update_id

    def _message(self, chat_id: int, text: str, message_id: int = 0) -> dict[str, Any]:
        if not message_id:
            message_id = self._next_message_id
            self._next_message_id += 1
        chat = {"id": chat_id, "type": "private", "first_name": _name(chat_id)}
        return {"message_id": message_id, "date": DATE, "chat": chat, "text": text}


@asynccontextmanager
async def serving(server: LightServer) -> AsyncIterator[str]:
    """Listen on a free port of this machine while the block runs, and give the address."""
    listener = await asyncio.get_running_loop().create_server(server.connect, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
    finally:
        listener.close()
        server.hang_up()


def _person(chat_id: int) -> dict[str, Any]:
    return {"id": chat_id, "is_bot": False, "first_name": _name(chat_id), "language_code": "fr"}


def _name(chat_id: int) -> str:
    return f"Personne {chat_id}"


def _ok(result: Any) -> bytes:
    return json.dumps({"ok": True, "result": result}).encode()


_FLOOD: Final = json.dumps(
    {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
).encode()
