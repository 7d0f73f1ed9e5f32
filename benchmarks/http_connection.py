"""HTTP/1.1 in as little as a bot's client needs, so that the server under a benchmark costs next to nothing."""

import asyncio
import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import parse_qsl

HEAD_END: Final = b"\r\n\r\n"
LENGTH: Final = b"content-length:"

Answer = Callable[[HTTPStatus, bytes], None]
"""Sends a status and a JSON body back; to be called once, at once or later."""
Served = Callable[[str, dict[str, Any], Answer, "Connection"], None]
"""Gets the last part of a request's path, the fields of its body, and the way to answer."""


class Connection(asyncio.Protocol):
    """One kept-alive connection, one request at a time; bodies are JSON, or forms as PTB sends them."""

    def __init__(self, served: Served, left: Callable[["Connection"], None]) -> None:
        self._served = served
        self._left = left
        self._received = bytearray()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 (a TCP server gives no other; it tells mypy)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 (asyncio's signature)
        """Tell the server that nobody waits here any more."""
        self._transport = None
        self._left(self)

    def data_received(self, data: bytes) -> None:
        """Serve each request that is complete."""
        self._received += data
        while (request := self._request()) is not None:
            target, body = request
            called = target.rpartition("/")[2].partition("?")[0]
            method = called[:1].lower() + called[1:]  # Telegram takes any case
            self._served(method, _fields(body), self._answer, self)

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()

    def _request(self) -> tuple[str, bytes] | None:
        """Take one whole request off what was received: its target and its body."""
        end = self._received.find(HEAD_END)
        if end < 0:
            return None
        head = bytes(self._received[:end])
        start = end + len(HEAD_END)
        length = _content_length(head)
        if len(self._received) < start + length:
            return None
        body = bytes(self._received[start : start + length])
        del self._received[: start + length]
        return head.split(b" ", 2)[1].decode(), body

    def _answer(self, status: HTTPStatus, body: bytes) -> None:
        if self._transport is not None:
            first = f"HTTP/1.1 {status.value} {status.phrase}"
            head = f"{first}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            self._transport.write(head.encode() + body)


def _fields(body: bytes) -> dict[str, Any]:
    if body.startswith(b"{"):
        fields: dict[str, Any] = json.loads(body)
        return fields
    return dict(parse_qsl(body.decode(), keep_blank_values=True))


def _content_length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(LENGTH):
            return int(line.removeprefix(LENGTH))
    return 0
