"""The Bot API over HTTP: calls come in, are judged and answered in Telegram's words; a page of chats beside it."""

import asyncio
import contextlib
import json
import logging
import math
import socket
from collections.abc import AsyncIterator
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from simulator.accounts import Bot
from simulator.faults import Fault, Rule
from simulator.methods import METHODS
from simulator.methods.receiving import get_updates
from simulator.network import Call, Network
from simulator.page import Page
from simulator.parameters import Parameters, Upload
from simulator.refusals import Refused, bad_request, not_found, too_many_requests, unauthorized
from simulator.webhooks import send_webhooks

log = logging.getLogger("simulator")

FORM = "application/x-www-form-urlencoded"
UPLOADED_FIELDS = 1000
Lines = dict[tuple[str, int], "Line"]


class Line(H11Protocol):
    """One connection of a bot: it can be cut, and tells when the bot has hung up."""

    def __init__(self, lines: Lines, **settings: Any) -> None:
        super().__init__(**settings)
        self.lines = lines
        self.gone: asyncio.Future[None] = self.loop.create_future()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own does
        """Enter the connection under the bot's address, by which a request finds it."""
        super().connection_made(transport)
        # asyncio does this by itself, but not for a socket made without naming TCP: each answer would wait 40 ms.
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.client is not None:
            self.lines[self.client] = self

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell who waits that the bot has hung up."""
        super().connection_lost(exc)
        if self.client is not None:
            self.lines.pop(self.client, None)
        if not self.gone.done():
            self.gone.set_result(None)

    def eof_received(self) -> None:
        """A bot that has closed its side is gone."""
        super().eof_received()
        if not self.gone.done():
            self.gone.set_result(None)

    async def cut(self) -> None:
        """Break the connection off, and wait until it is broken."""
        self.transport.abort()
        await self.gone


class Server:
    """The Bot API of one Telegram as an ASGI application, with its page; `lines` are its open connections."""

    def __init__(self, network: Network, page: Page | None = None) -> None:
        self.network = network
        self.lines: Lines = {}
        self.app: ASGIApp = Starlette(
            routes=[
                Route("/bot{token}/{method}", self.call, methods=["GET", "POST"]),
                Route("/file/bot{token}/{path:path}", self.download, methods=["GET"]),
                *(page.routes if page else ()),
            ],
            exception_handlers={HTTPStatus.NOT_FOUND: _no_page},
        )

    async def call(self, request: Request) -> Response:
        """Answer one call of a method."""
        called = request.path_params["method"]
        method = called[:1].lower() + called[1:]  # Telegram takes any case; this is how its documentation writes one
        line = self.lines.get((request.client.host, request.client.port)) if request.client else None
        if line is None:
            # The bot has hung up already: nobody would read the answer, and nothing is done.
            return Response()
        try:
            values, uploads = await _read(request)
        except Refused as refused:
            return _json(refused.code, _refusal(refused))
        fault = self.network.faults.strikes(method.lower())
        if fault is not None and (failure := await self._failed(fault, line)) is not None:
            return failure
        bot = self.network.bots.get(request.path_params["token"])
        try:
            if bot is None:
                raise unauthorized()
            result = await self._result(bot, method, Parameters(values, uploads), line)
            status, answer = 200, {"ok": True, "result": result}
        except Refused as refused:
            status, answer = refused.code, _refusal(refused)
        if bot is not None:
            self.network.calls.append(Call(self.network.clock(), bot, method, values, status, answer))
            self.network.changed("call", None, method=method, status=status)
        if fault is not None and fault.fault is Fault.CUT_ANSWER:
            await line.cut()
        elif self.network.faults.silent or (fault is not None and fault.fault is Fault.LOST_ANSWER):
            await line.gone
        return _json(status, answer)

    async def download(self, request: Request) -> Response:
        """Give the content of a file."""
        stored = self.network.files.by_path.get(request.path_params["path"])
        if request.path_params["token"] not in self.network.bots:
            return _json(HTTPStatus.UNAUTHORIZED, _refusal(unauthorized()))
        if stored is None:
            return _json(HTTPStatus.NOT_FOUND, _refusal(not_found()))
        return Response(stored.content, media_type="application/octet-stream")

    async def _result(self, bot: Bot, method: str, call: Parameters, line: Line) -> Any:
        name = method.lower()
        if name == "getupdates":
            return await get_updates(self.network, bot, call, line.gone)
        known = METHODS.get(name)
        if known is None:
            log.error("The method %s does not exist in this simulator; parameters: %s.", method, sorted(call.values))
            raise not_found()
        return known(self.network, bot, call)

    async def _failed(self, fault: Rule, line: Line) -> Response | None:
        """The answer of a call that goes wrong before anything is done, None where something is done."""
        match fault.fault:
            case Fault.SERVER_ERROR:
                return Response(HTTPStatus(fault.status).phrase, fault.status, media_type="text/html")
            case Fault.FLOOD:
                return _json(HTTPStatus.TOO_MANY_REQUESTS, _refusal(too_many_requests(math.ceil(fault.seconds))))
            case Fault.DROPPED:
                await line.cut()
                return Response()
            case Fault.SILENCE:
                await line.gone
                return Response()
            case Fault.SLOW:
                await asyncio.wait({line.gone}, timeout=fault.seconds)
        return None


@contextlib.asynccontextmanager
async def running(
    network: Network, host: str = "127.0.0.1", port: int = 0, page: Page | None = None
) -> AsyncIterator[str]:
    """Serve a Telegram, and its page at /, while the block runs; gives the root address: http://127.0.0.1:43121."""
    server = Server(network, page)
    config = uvicorn.Config(
        server.app,
        http=partial(Line, server.lines),  # type: ignore[arg-type]  # uvicorn only calls it
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="warning",
        access_log=False,
        date_header=False,
        server_header=False,
        timeout_keep_alive=75,
    )
    config.load()
    listener = socket.create_server((host, port))
    uvicorn_server = uvicorn.Server(config)
    uvicorn_server.lifespan = config.lifespan_class(config)
    failure: Exception | None = None
    if page is not None:
        page.open()
    async with asyncio.TaskGroup() as group:
        webhooks = group.create_task(send_webhooks(network))
        await uvicorn_server.startup(sockets=[listener])
        try:
            yield f"http://{host}:{listener.getsockname()[1]}"
        except Exception as error:  # noqa: BLE001 - raised again below, where the task group can't wrap it
            failure = error
        finally:
            # uvicorn's own shutdown waits for what is open: a long poll would hold it for up to 50 seconds.
            for listening in uvicorn_server.servers:
                listening.close()
            listener.close()
            if page is not None:
                page.close()
            for line in list(server.lines.values()):
                line.transport.abort()
            webhooks.cancel()
            while uvicorn_server.server_state.tasks:
                await asyncio.wait(uvicorn_server.server_state.tasks)
    if failure is not None:
        raise failure


async def _read(request: Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    """The parameters of a call from its address and its body, and the files that came with it."""
    values: dict[str, Any] = dict(request.query_params)
    kind = request.headers.get("content-type", "").split(";", 1)[0].strip().lower()
    if kind == "multipart/form-data":
        uploads = {}
        async with request.form(max_files=UPLOADED_FIELDS, max_fields=UPLOADED_FIELDS) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    uploads[name] = Upload(value.filename or name, await value.read(), value.content_type)
                else:
                    values[name] = value
        return values, uploads
    body = await request.body()
    if kind == FORM:
        values.update(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))
    elif kind == "application/json" and body:
        try:
            given = json.loads(body)
        except ValueError:
            given = None
        if not isinstance(given, dict):
            raise bad_request("can't parse JSON body")
        values.update(given)
    return values, {}


def _refusal(refused: Refused) -> dict[str, Any]:
    answer = {"ok": False, "error_code": int(refused.code), "description": refused.description}
    return answer | ({"parameters": refused.parameters} if refused.parameters else {})


def _json(status: int, answer: dict[str, Any]) -> Response:
    return Response(json.dumps(answer, separators=(",", ":")), status, media_type="application/json")


async def _no_page(request: Request, error: Exception) -> Response:  # noqa: ARG001 - Starlette's signature
    return _json(HTTPStatus.NOT_FOUND, _refusal(not_found()))
