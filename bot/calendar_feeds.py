"""Private calendars on the web: what stands behind a secret address, for the calendar program that asks for it."""

import re
from dataclasses import dataclass
from typing import Final

import structlog
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from bot.clock import Clock
from handlers.members.calendar_feed import feed_file
from programme.territory import Territory
from programme.usecases.calendar_feed import agenda_behind
from storage.engine import Database
from storage.unit_of_work import SqlUnitOfWork

ADDRESS: Final = re.compile(r"([A-Za-z0-9_-]{20,64})\.ics")
HEADERS: Final = {"Cache-Control": "private, no-cache", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}

log = structlog.get_logger("jalon.feeds")


@dataclass(frozen=True, slots=True)
class CalendarFeeds:
    """Gives calendars to who knows their secret, which no log holds; `owner` is the bot's user name."""

    database: Database
    territory: Territory
    staff_ids: frozenset[int]
    clock: Clock
    owner: str

    async def give(self, request: Request) -> Response:
        """Answer one call: the calendar, 404 for every address that opens nothing, or 503."""
        address = ADDRESS.fullmatch(request.path_params["name"])
        # What is no secret is looked up too, so that it takes as long as a wrong one.
        secret = address.group(1) if address is not None else ""
        try:
            calendar = await self.database.read(lambda connection: self._calendar(connection, secret))
        except Exception as error:  # noqa: BLE001 - whatever the database meets, the calendar asks again
            log.error("feed_not_given", reason=type(error).__name__)  # noqa: TRY400 - a traceback may hold the secret
            return Response(status_code=503)
        if calendar is None:
            return Response("Not found\n", status_code=404, headers=HEADERS, media_type="text/plain")
        return Response(calendar, headers=HEADERS, media_type="text/calendar")

    def _calendar(self, connection: Connection, secret: str) -> bytes | None:
        now = self.clock.now()
        agenda = agenda_behind(SqlUnitOfWork(connection, self.staff_ids), secret, now)
        return None if agenda is None else feed_file(agenda, self.territory, self.owner, now)
