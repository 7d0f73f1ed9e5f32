"""The page and its addresses: what the browser reads, watches and asks for."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from simulator.network import Network
from simulator.page.acts import ACTS, Asked, Impossible, done, room_named
from simulator.page.calls import call_in_full, latest_calls
from simulator.page.guard import Guard
from simulator.page.live import Live, Watcher
from simulator.page.seats import Leap, Seat
from simulator.page.views import messages_before, snapshot
from simulator.parameters import Upload

STATIC = Path(__file__).parent / "static"
UPLOAD_BYTES_MAX = 20 * 1024 * 1024
PARIS = ZoneInfo("Europe/Paris")
# By their first bytes, since whoever sends a file may call it anything.
PICTURES = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif", b"RIFF": "image/webp"}
DOCUMENTS = frozenset({"application/pdf", "application/json", "text/calendar", "text/csv", "text/plain"})

LeapTo = Callable[[str], Awaitable[str]]


class Page:
    """The chats of some people in a browser. `leap` moves the clock and says in a sentence what came of it.

    Times are shown in `zone`. Whoever serves the page calls `close` before stopping, so that nothing waits for it.
    """

    def __init__(
        self,
        network: Network,
        title: str,
        people: Sequence[Seat],
        leaps: Sequence[Leap] = (),
        leap: LeapTo | None = None,
        zone: ZoneInfo = PARIS,
    ) -> None:
        self.network = network
        self.title = title
        self.people = tuple(people)
        self.leaps = tuple(leaps)
        self.leap = leap
        self.zone = zone
        self._leaping = asyncio.Lock()
        self._closing = asyncio.Event()

    @property
    def routes(self) -> list[BaseRoute]:
        """The routes to mount at the root: / and what stands under /page."""
        inside: list[BaseRoute] = [
            Mount("/static", StaticFiles(directory=STATIC)),
            Route("/live", self.live, methods=["GET"]),
            Route("/files/{file_id}", self.file, methods=["GET"]),
            Route("/calls/{number:int}", self.call, methods=["GET"]),
            Route("/earlier", self.earlier, methods=["GET"]),
            Route("/acts/{act}", self.act, methods=["POST"]),
            Route("/leap", self.leaps_to, methods=["POST"]),
        ]
        guarded = [Middleware(Guard)]
        answers = {Impossible: _impossible}
        return [
            Route("/", index, methods=["GET"], middleware=guarded),
            Mount("/page", Starlette(routes=inside, middleware=guarded, exception_handlers=answers)),
        ]

    def open(self) -> None:
        """Be ready to be watched."""
        self._closing.clear()

    def close(self) -> None:
        """End every watching and every leap under way."""
        self._closing.set()

    def picture(self) -> dict[str, Any]:
        """Everything that the page shows, as the browser gets it first."""
        return {
            "title": self.title,
            "zone": self.zone.key,
            "now": self.network.date(),
            "leaps": [{"key": leap.key, "label": leap.label} for leap in self.leaps] if self.leap else [],
            "calls": latest_calls(self.network),
            **snapshot(self.network, self.people),
        }

    async def live(self, request: Request) -> Live:  # noqa: ARG002 - Starlette's signature
        """What happens, as it happens."""
        return Live(Watcher(self.network, self.people), self.picture, self._closing)

    async def act(self, request: Request) -> Response:
        """Do what a person at the page asks for; 409 with a sentence where it is impossible."""
        act = request.path_params["act"]
        if act not in ACTS:
            raise Impossible("Cette page est d’une autre version : rechargez-la.")
        given, upload = await _read(request)
        asked = Asked(self.network, room_named(self.network, self.people, given), given, upload)
        return JSONResponse(done(asked, act))

    async def leaps_to(self, request: Request) -> Response:
        """Move the clock; the answer is the sentence that tells what came of it."""
        given, _ = await _read(request)
        key = given.get("key")
        if self.leap is None or key not in {leap.key for leap in self.leaps}:
            raise Impossible("Cette avance n’existe pas.")
        if self._leaping.locked():
            raise Impossible("L’horloge avance déjà.")
        async with self._leaping:
            return JSONResponse({"sentence": await self._until_closed(self.leap, str(key))})

    async def file(self, request: Request) -> Response:
        """A photo to be shown, or any other file to be saved under its name."""
        stored = self.network.files.by_id.get(request.path_params["file_id"])
        if stored is None:
            return Response(status_code=HTTPStatus.NOT_FOUND)
        picture = next((kind for first, kind in PICTURES.items() if stored.content.startswith(first)), None)
        headers = {"Cache-Control": "private, max-age=3600"}
        if stored.kind == "photo" and picture is not None:
            return Response(stored.content, media_type=picture, headers=headers)
        kind = stored.mime_type if stored.mime_type in DOCUMENTS else "application/octet-stream"
        name = quote(stored.name or stored.path.rsplit("/", 1)[1], safe="")
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        return Response(stored.content, media_type=kind, headers=headers)

    async def call(self, request: Request) -> Response:
        """One call of the Bot API in full."""
        number = request.path_params["number"]
        if number >= len(self.network.calls):
            return Response(status_code=HTTPStatus.NOT_FOUND)
        return JSONResponse({"json": call_in_full(self.network, number)})

    async def earlier(self, request: Request) -> Response:
        """The messages of a chat before a number."""
        asked = request.query_params
        try:
            seat, before = int(asked["seat"]), int(asked["before"])
        except (KeyError, ValueError):
            return Response(status_code=HTTPStatus.BAD_REQUEST)
        room = room_named(self.network, self.people, {"seat": seat, "chat": asked.get("chat")})
        return JSONResponse({"messages": messages_before(self.network, room.chat, self.people, before)})

    async def _until_closed(self, leap: LeapTo, key: str) -> str:
        async with asyncio.TaskGroup() as group:
            closing = group.create_task(self._closing.wait())
            leaping = group.create_task(_sentence(leap, key))
            await asyncio.wait({closing, leaping}, return_when=asyncio.FIRST_COMPLETED)
            closing.cancel()
            leaping.cancel()
        return "" if leaping.cancelled() else leaping.result()


async def index(request: Request) -> Response:  # noqa: ARG001 - Starlette's signature
    """The page itself."""
    return FileResponse(STATIC / "index.html", media_type="text/html")


async def _sentence(leap: LeapTo, key: str) -> str:
    return await leap(key)


async def _read(request: Request) -> tuple[dict[str, Any], Upload | None]:
    """What a request gives as JSON, by itself or as the part `act` of a form, and the file of the form."""
    if int(request.headers.get("content-length", 0)) > UPLOAD_BYTES_MAX:
        raise Impossible("Ce fichier est trop grand : 20 Mo au plus.")
    kind = request.headers.get("content-type", "").split(";", 1)[0]
    if kind == "multipart/form-data":
        async with request.form(max_files=1, max_fields=1) as form:
            words, file = form.get("act"), form.get("file")
            upload = None
            if isinstance(file, UploadFile):
                upload = Upload(file.filename or "document", await file.read(), file.content_type)
            return _object(words if isinstance(words, str) else ""), upload
    return _object((await request.body()).decode(errors="replace") if kind == "application/json" else ""), None


def _object(words: str) -> dict[str, Any]:
    try:
        given = json.loads(words)
    except ValueError:
        given = None
    if not isinstance(given, dict):
        raise Impossible("La page a envoyé une demande illisible : rechargez-la.")
    return given


async def _impossible(request: Request, why: Exception) -> Response:  # noqa: ARG001 - Starlette's signature
    facts = {"sentence": str(why)} | ({"detail": str(why.__cause__)} if why.__cause__ else {})
    return JSONResponse(facts, HTTPStatus.CONFLICT)
