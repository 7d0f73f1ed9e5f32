"""The web side: Telegram's webhook, kept before it is answered, calendars, and a page that tells how the bot is."""

import asyncio
import hmac
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import structlog
import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.calendar_feeds import CalendarFeeds
from bot.clock import Clock
from bot.inbox import InboxQueue, give_up, keep
from bot.received import bodies_of, by_number, read_updates
from storage.engine import Database

BODY_MAX: Final = 1024 * 1024
SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
STOP_SECONDS: Final = 5

log = structlog.get_logger("jalon.web")


@dataclass(frozen=True, slots=True)
class Health:
    """How the bot is; `facts` are what the page shows."""

    well: bool
    facts: dict[str, Any]


@dataclass(slots=True, eq=False)
class _Batch:
    """Updates that share a commit."""

    bodies: dict[int, str] = field(default_factory=dict)
    waiting: set[int] | None = None


class Webhook:
    """Takes updates from Telegram's webhook: kept first, then queued, then answered.

    Telegram sends the next update of a chat after the answer to the one before: so queueing comes before the answer,
    and a full queue slows Telegram down.
    """

    def __init__(self, database: Database, clock: Clock, queue: InboxQueue, secret: str) -> None:
        self._database = database
        self._clock = clock
        self._queue = queue
        self._secret = secret.encode()
        self._batch = _Batch()
        self._writing = asyncio.Lock()

    async def take(self, request: Request) -> Response:
        """Answer one call: 200 once kept, 401 for a wrong secret, 413, 400, or 503 where nothing can be kept."""
        given = request.headers.get(SECRET_HEADER, "").encode()
        if not hmac.compare_digest(given, self._secret):
            log.warning("webhook_secret_wrong")
            return Response(status_code=401)
        try:
            body = await _body(request)
        except ClientDisconnect:
            return Response(status_code=400)
        if body is None:
            return Response(status_code=413)
        raws = by_number([_parsed(body)])
        if not raws:
            return Response(status_code=400)
        received = read_updates(raws)
        try:
            waiting = await self._keep(bodies_of(raws))
            await give_up(self._database, self._clock, received.unread)
        except Exception as error:  # noqa: BLE001 - whatever the database meets, Telegram sends it again
            log.error("update_not_kept", reason=type(error).__name__)  # noqa: TRY400 - a traceback may hold text
            return Response(status_code=503)
        for update_id, update in received.updates.items():
            if update_id in waiting:
                await self._queue.put(update)
        return Response()

    async def _keep(self, bodies: dict[int, str]) -> set[int]:
        """Keep an update in one commit with those that come at the same time."""
        batch = self._batch
        batch.bodies |= bodies
        async with self._writing:
            if batch.waiting is None:
                # From here on others gather in the next batch.
                if self._batch is batch:
                    self._batch = _Batch()
                batch.waiting = await keep(self._database, self._clock, batch.bodies)
            return batch.waiting


def web_app(
    health: Callable[[], Awaitable[Health]], webhook: Webhook | None = None, feeds: CalendarFeeds | None = None
) -> Starlette:
    """Give the application: GET /health, and where they are there POST /telegram and GET /agenda/…."""

    async def show_health(_: Request) -> Response:
        state = await health()
        return JSONResponse(state.facts, status_code=200 if state.well else 503)

    routes = [Route("/health", show_health, methods=["GET"])]
    if webhook is not None:
        routes.append(Route("/telegram", webhook.take, methods=["POST"]))
    if feeds is not None:
        routes.append(Route("/agenda/{name:path}", feeds.give, methods=["GET"]))
    return Starlette(routes=routes)


@asynccontextmanager
async def serving(app: ASGIApp, host: str, port: int) -> AsyncIterator[str]:
    """Serve the application in this loop while the block runs; gives its root address. Raises OSError."""
    listener = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    # asyncio sets it only on sockets that name their protocol, and without it each answer waits for 40 ms.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    config = uvicorn.Config(
        app,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    # Server.serve() would take over the process's signals.
    await server.startup(sockets=[listener])
    try:
        shown = f"[{host}]" if ":" in host else host
        yield f"http://{shown}:{listener.getsockname()[1]}"
    finally:
        await server.shutdown(sockets=[listener])


async def _body(request: Request) -> bytes | None:
    """The body, None where it is too long."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_MAX:
            return None
    return bytes(body)


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None
