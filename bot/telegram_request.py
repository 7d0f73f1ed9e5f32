"""Calls to Telegram over aiohttp, in place of PTB's own httpx, which is its bottleneck.

Nothing but a TelegramError comes out, and none holds an address: the address holds the token.
"""

import asyncio
import json
import os
from http import HTTPStatus
from io import BytesIO
from math import inf
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

CONNECTIONS: Final = 128
CONNECT_TIMEOUT: Final = 5.0
POOL_TIMEOUT: Final = 10.0
READ_TIMEOUT: Final = 15.0
WRITE_TIMEOUT: Final = 20.0

_JSON: Final = {"Content-Type": "application/json"}
_NOT_SENT: Final = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)


class NoAnswer(NetworkError):  # noqa: N818 - what the caller has to think of
    """Telegram did not answer; `others_answered` tells whether it answered another request meanwhile."""

    def __init__(self, message: str, *, others_answered: bool = True) -> None:
        super().__init__(message)
        self.others_answered = others_answered


class NotSent(NoAnswer):
    """There was no connection to Telegram: nothing was delivered."""


class MaybeDelivered(NoAnswer):
    """The request went out and its answer did not come in time: it may well have been obeyed."""


class Dropped(MaybeDelivered):
    """The request went out and the connection broke before an answer: most likely it was not obeyed."""


class TelegramRequest(BaseRequest):
    """PTB's way to Telegram, through one pool of connections.

    A NetworkError means that nothing was delivered, unless it is a MaybeDelivered. Timeouts are in seconds; one that
    PTB gives with a call comes before those given here.
    """

    def __init__(
        self,
        *,
        connections: int = CONNECTIONS,
        connect_timeout: float = CONNECT_TIMEOUT,
        read_timeout: float = READ_TIMEOUT,
        write_timeout: float = WRITE_TIMEOUT,
        pool_timeout: float = POOL_TIMEOUT,
    ) -> None:
        # Without this, PTB warns of its own reading of retry_after at each 429.
        os.environ.setdefault("PTB_TIMEDELTA", "true")
        self._connections = connections
        self._timeouts = (connect_timeout, read_timeout, write_timeout, pool_timeout)
        self._session: aiohttp.ClientSession | None = None
        self._proxies: dict[str, str] = {}
        self._answered_at = -inf

    @property
    def read_timeout(self) -> float | None:
        """Seconds without a byte of an answer after which it is given up."""
        return self._timeouts[1]

    async def initialize(self) -> None:
        """Open the pool; harmless when it is open."""
        if self._session is None:
            self._proxies = getproxies()
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close every connection; harmless when they are closed."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer; raises MaybeDelivered for one that makes no sense, without a word of it."""
        try:
            answer = json.loads(payload.decode(errors="replace"))
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise MaybeDelivered("the answer is not from the Bot API")
        return answer

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one request and give its status and body; raises NotSent, MaybeDelivered or NetworkError."""
        if self._session is None:
            raise NetworkError("the connection to Telegram is not open")
        given = (connect_timeout, read_timeout, write_timeout, pool_timeout)
        uploads = request_data is not None and request_data.contains_files
        now = asyncio.get_running_loop().time
        started_at = now()
        try:
            async with self._session.request(
                method,
                url,
                **({} if request_data is None else _body(request_data)),
                timeout=self._timeout(given, uploads=uploads),
                proxy=self._proxy(url),
                allow_redirects=False,
            ) as response:
                status, body = response.status, await response.read()
            self._answered_at = now()
        except Exception as error:  # noqa: BLE001 - whatever aiohttp raises, PTB's polling survives its own errors only
            failure: NetworkError | None = _failure(error, others_answered=self._answered_at > started_at)
        else:
            failure = _misdirected(status, body)
        if failure is None:
            return status, body
        # Raised out here, so that it carries no trace of the first error, whose words hold the address.
        raise failure

    def _timeout(self, given: tuple[ODVInput[float], ...], *, uploads: bool) -> aiohttp.ClientTimeout:
        connect, read, write, pool = (
            own if isinstance(asked, DefaultValue) else asked for asked, own in zip(given, self._timeouts, strict=True)
        )
        # aiohttp counts the time to write a body as time without an answer.
        silence = None if read is None else read + ((write or 0) if uploads else 0)
        waiting = None if pool is None or connect is None else pool + connect
        return aiohttp.ClientTimeout(total=None, connect=waiting, sock_connect=connect, sock_read=silence)

    def _proxy(self, url: str) -> str | None:
        # aiohttp's own trust_env reads files and starts a thread at each request.
        proxy = self._proxies.get("https") if url.startswith("https:") else None
        return None if proxy is None or proxy_bypass(urlsplit(url).hostname or "") else proxy


def _body(request_data: RequestData) -> dict[str, Any]:
    if not request_data.contains_files:
        # Telegram takes forms too (Bot API, « Making requests »), but every accent of a text makes those dearer.
        return {"data": json.dumps(request_data.parameters).encode(), "headers": _JSON}
    # Quoted, « rencontre à Brest.ics » would arrive as « rencontre%20%C3%A0%20Brest.ics ».
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, media_type) in request_data.multipart_data.items():
        # A buffer goes out piece by piece, where bytes would hold up the loop.
        piecewise = BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, piecewise, filename=filename, content_type=media_type)
    return {"data": form}


def _failure(error: Exception, *, others_answered: bool) -> NoAnswer:
    kind = NotSent if isinstance(error, _NOT_SENT) else MaybeDelivered if isinstance(error, TimeoutError) else Dropped
    return kind(type(error).__name__, others_answered=others_answered)


def _misdirected(status: int, body: bytes) -> NetworkError | None:
    """The error behind a status that has no answer of the Bot API with it, such as a gateway's page."""
    if status == HTTPStatus.GATEWAY_TIMEOUT:
        return MaybeDelivered(f"HTTP {status}")
    if status >= HTTPStatus.MULTIPLE_CHOICES and not body.lstrip().startswith(b"{"):
        return NetworkError(f"HTTP {status}")
    return None
