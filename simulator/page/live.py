"""What happens, as the browser receives it: a picture of everything, then each change (Server-Sent Events)."""

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

from starlette.types import Receive, Scope, Send

from simulator.network import Change, Network
from simulator.page.calls import call_line
from simulator.page.seats import Seat, all_rooms, chat_key
from simulator.page.views import head, message_view, places

WAITING_MAX = 500
CLOCK_SECONDS = 1.0
HEADERS = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"cache-control", b"no-store")]
MESSAGES = frozenset({"message", "edit", "poll", "reaction"})
PLACES = frozenset({"member", "profile", "account"})
# Service messages after which somebody sees other chats than before.
MOVES = frozenset({"group_chat_created", "supergroup_chat_created", "migrate_to_chat_id", "migrate_from_chat_id"})


class Watcher:
    """One browser: the changes that wait for it. A slow one loses them and gets a fresh picture instead."""

    def __init__(self, network: Network, seats: tuple[Seat, ...]) -> None:
        self.network = network
        self.seats = seats
        self.waiting: deque[tuple[Change, int]] = deque()
        self.stale = True
        self.woken = asyncio.Event()

    def heard(self, change: Change) -> None:
        """Keep a change until the browser takes it, with the number of the call that it may be."""
        self.woken.set()
        if self.stale:
            return
        if len(self.waiting) < WAITING_MAX:
            self.waiting.append((change, len(self.network.calls) - 1))
        else:
            self.waiting.clear()
            self.stale = True

    def events(self) -> Iterator[dict[str, Any]]:
        """What the browser has to be told of the changes so far, as things are now."""
        changes = list(self.waiting)
        self.waiting.clear()
        if any(_moves(change) for change, _ in changes):
            yield {"kind": "places", **places(self.network, self.seats)}
        shown = {chat_key(room.chat) for room in all_rooms(self.network, self.seats)}
        for change, number in changes:
            if change.kind == "call":
                yield {"kind": "call", "call": call_line(self.network, number)}
            elif change.kind == "answer":
                query = change.facts["query"]
                yield {"kind": "answer", "query": query.id, "answer": _answer(query.answered)}
            elif change.chat is not None and chat_key(change.chat) in shown:
                yield from self._in_chat(change)

    def _in_chat(self, change: Change) -> Iterator[dict[str, Any]]:
        assert change.chat is not None  # noqa: S101 - the caller has looked
        chat = chat_key(change.chat)
        if change.kind == "action":
            action = change.chat.actions[-1]
            yield {"kind": "typing", "chat": chat, "thread": action.thread, "action": action.name}
        elif change.kind == "pin":
            yield {"kind": "head", "chat": chat, "head": head(self.network, change.chat)}
        elif change.kind == "delete" or (change.kind in MESSAGES and change.facts["message"].deleted):
            yield {"kind": "gone", "chat": chat, "id": change.facts["message"].id}
        elif change.kind in MESSAGES:
            view = message_view(self.network, change.facts["message"], self.seats)
            new = change.kind == "message"
            yield {
                "kind": "message",
                "chat": chat,
                "new": new,
                "head": head(self.network, change.chat),
                "message": view,
            }


class Live:
    """The answer to a browser that watches, for as long as it does or until the page closes."""

    def __init__(self, watcher: Watcher, picture: Callable[[], dict[str, Any]], closing: asyncio.Event) -> None:
        self.watcher = watcher
        self.picture = picture
        self.closing = closing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's signature
        """Write until the browser has gone."""
        unheard = self.watcher.network.listen(self.watcher.heard)
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [
                    group.create_task(self._write(send)),
                    group.create_task(_gone(receive)),
                    group.create_task(self.closing.wait()),
                ]
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                for task in tasks:
                    task.cancel()
        finally:
            unheard()

    async def _write(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        told = 0
        while True:
            self.watcher.woken.clear()
            events: list[dict[str, Any]] = []
            if self.watcher.stale:
                self.watcher.stale = False
                events.append({"kind": "snapshot", **self.picture()})
            events += self.watcher.events()
            now = self.watcher.network.date()
            if now != told:
                told = now
                events.append({"kind": "clock", "now": now})
            if events:
                body = "".join(f"data: {json.dumps(event, ensure_ascii=False)}\n\n" for event in events)
                await send({"type": "http.response.body", "body": body.encode(errors="replace"), "more_body": True})
            # The clock may have moved though nothing else has happened.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(CLOCK_SECONDS):
                    await self.watcher.woken.wait()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _moves(change: Change) -> bool:
    if change.kind in PLACES:
        return True
    return change.kind == "message" and not MOVES.isdisjoint(change.facts["message"].fields)


def _answer(given: dict[str, Any] | None) -> dict[str, Any]:
    answered = given or {}
    return {
        "text": str(answered.get("text") or ""),
        "alert": str(answered.get("show_alert", "")).lower() in {"true", "1"},
        "url": str(answered.get("url") or ""),
    }
