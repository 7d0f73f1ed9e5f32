"""Sending updates to the bots that have a webhook, in order per chat, again and again until they are taken."""

import asyncio
import contextlib
import json
import ssl
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

from simulator.accounts import Bot, Webhook
from simulator.network import Change, Network
from simulator.updates import Pending

ANSWER_SECONDS = 60
SUCCESS = range(200, 300)


async def send_webhooks(network: Network) -> None:
    """Run one sender for each bot that has a webhook, for as long as it has it."""
    changed = asyncio.Event()
    changed.set()

    def heard(change: Change) -> None:
        if change.kind == "webhook":
            changed.set()

    ends = network.listen(heard)
    running: dict[str, tuple[Webhook, asyncio.Task[None]]] = {}
    try:
        async with asyncio.TaskGroup() as group:
            while True:
                await changed.wait()
                changed.clear()
                for bot in network.bots.values():
                    webhook, task = running.pop(bot.token, (None, None))
                    if task is not None and webhook is not bot.webhook:
                        task.cancel()
                        task = None
                    if bot.webhook is not None:
                        task = task or group.create_task(_send_all(network, bot, bot.webhook))
                        running[bot.token] = bot.webhook, task
    finally:
        ends()


async def _send_all(network: Network, bot: Bot, webhook: Webhook) -> None:
    """Send a bot's updates as they come: those of one chat one after the other, those of several at once."""
    busy: dict[str, asyncio.Task[None]] = {}
    async with asyncio.TaskGroup() as group, _connections(webhook) as connections:
        while True:
            arrival = bot.updates.arrival()
            waiting: dict[str, Pending] = {}
            for update in bot.updates.pending:
                waiting.setdefault(_order(update), update)
                if len(waiting) >= webhook.connections:
                    break
            for key, update in waiting.items():
                if key not in busy and len(busy) < webhook.connections:
                    busy[key] = group.create_task(_send(network, bot, webhook, update, connections))
            await asyncio.wait({arrival, *busy.values()}, return_when=asyncio.FIRST_COMPLETED)
            arrival.cancel()
            busy = {key: task for key, task in busy.items() if not task.done()}


async def _send(network: Network, bot: Bot, webhook: Webhook, update: Pending, connections: "Connections") -> None:
    """Send one update until it is taken, after growing delays; taken, it is forgotten."""
    delays = [*network.webhook_delays]
    while update in bot.updates.pending:
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                status = await connections.post(update.json)
            failure = "" if status in SUCCESS else f"Wrong response from the webhook: {status}"
        except (OSError, EOFError, ValueError, TimeoutError) as error:
            failure = f"Connection failed: {error or type(error).__name__}"
        if not failure:
            with contextlib.suppress(ValueError):
                bot.updates.pending.remove(update)
            network.changed("update", None, update=update)
            return
        webhook.last_error_at, webhook.last_error = network.date(), failure
        network.changed("webhook_error", None, bot=bot, failure=failure)
        await asyncio.sleep(delays.pop(0) if len(delays) > 1 else delays[0])


def _order(update: Pending) -> str:
    """What keeps updates in order: their chat, or else the person they come from."""
    content = update.content
    chat = content.get("chat") or content.get("message", {}).get("chat") or content.get("from") or content.get("user")
    return str((chat or {}).get("id", content.get("id", "")))


class Connections:
    """Open connections to one webhook, used again for the next update."""

    def __init__(self, webhook: Webhook) -> None:
        parts = urlsplit(webhook.url)
        self.host = parts.hostname or ""
        self.tls = ssl.create_default_context() if parts.scheme == "https" else None
        self.port = parts.port or (443 if self.tls else 80)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        head = [f"POST {target} HTTP/1.1", f"Host: {parts.netloc}", "Content-Type: application/json"]
        if webhook.secret:
            head.append(f"X-Telegram-Bot-Api-Secret-Token: {webhook.secret}")
        self.head = "\r\n".join(head)
        self.free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def post(self, update: dict[str, Any]) -> int:
        """The status with which the webhook answers; raises OSError, EOFError or ValueError where it doesn't."""
        body = json.dumps(update, separators=(",", ":"))
        request = f"{self.head}\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()
        reader, writer = await self._connected()
        try:
            writer.write(request)
            await writer.drain()
            status, reusable = await _answer(reader)
        except BaseException:
            writer.close()
            raise
        if reusable:
            self.free.append((reader, writer))
        else:
            writer.close()
        return status

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        while self.free:
            reader, writer = self.free.pop()
            if not reader.at_eof() and not writer.is_closing():
                return reader, writer
            writer.close()
        return await asyncio.open_connection(self.host, self.port, ssl=self.tls)

    async def close(self) -> None:
        """Close what is open."""
        for _, writer in self.free:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()


@contextlib.asynccontextmanager
async def _connections(webhook: Webhook) -> AsyncIterator[Connections]:
    connections = Connections(webhook)
    try:
        yield connections
    finally:
        await connections.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bool]:
    """Read one HTTP answer: its status, and whether the connection can be used again."""
    version, status, *_ = (await reader.readuntil(b"\r\n")).split(None, 2)
    headers: dict[str, str] = {}
    while (line := await reader.readuntil(b"\r\n")) != b"\r\n":
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.strip().lower()] = value.strip()
    reusable = version == b"HTTP/1.1" and headers.get("connection", "").lower() != "close"
    if headers.get("transfer-encoding", "").lower() == "chunked":
        while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
            await reader.readexactly(size + 2)
        await reader.readuntil(b"\r\n")
    elif "content-length" in headers:
        await reader.readexactly(int(headers["content-length"]))
    elif int(status) != 204:  # noqa: PLR2004 - the one success without a body
        reusable = False
    return int(status), reusable
