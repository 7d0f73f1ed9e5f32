"""Receiving: each update is kept before it is confirmed, queued once, and replayed where its turn did not end."""

import asyncio
import json
from collections.abc import Iterable, Mapping
from functools import partial
from http import HTTPStatus
from typing import Any, Final

import structlog
from sqlalchemy import Connection
from telegram import Update
from telegram._utils.types import ODVInput
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

from bot.clock import Clock
from bot.received import Received, bodies_of, by_number, has_content, read_updates
from bot.telegram_request import TelegramRequest
from storage.engine import Database
from storage.inbox import Inbox

UNFINISHED_MOST: Final = 500
"""Updates in hand at once: enough to keep every chat busy, few enough that a backlog starves nobody."""

PAGE: Final = 200
POLL_CONNECTIONS: Final = 2
APART: Final = 0.025
"""Seconds between two batches from which one is kept before the turns that wait: close together, many small ones would
take the turns' time."""

log = structlog.get_logger("jalon.inbox")


async def keep(database: Database, clock: Clock, bodies: Mapping[int, str], *, urgent: bool = False) -> set[int]:
    """Keep updates in one transaction, and give those that wait for their turn; the database's errors come out.

    What is `urgent` is kept before the turns that wait are written.
    """
    now = clock.now()
    return await database.write(lambda connection: Inbox(connection).store(list(bodies.items()), now), urgent=urgent)


async def give_up(database: Database, clock: Clock, unread: Mapping[int, str]) -> None:
    """Have updates that can't be read wait no more, and tell why in the log; the database's errors come out."""
    if not unread:
        return
    now = clock.now()

    def fail(connection: Connection) -> list[int]:
        inbox = Inbox(connection)
        return [update_id for update_id, reason in unread.items() if inbox.fail(update_id, reason, now)]

    for update_id in await database.write(fail):
        log.error("update_unread", update_id=update_id, reason=unread[update_id])


class InboxQueue(asyncio.Queue[object]):
    """The Application's queue: holds back while too many turns are unfinished, and takes no update twice."""

    def __init__(self, most: int = UNFINISHED_MOST) -> None:
        super().__init__()
        self._most = most
        self._in_hand: set[int] = set()
        self._room = asyncio.Event()

    @property
    def unfinished(self) -> int:
        """How many updates were put here and have not had their turn yet."""
        return len(self._in_hand)

    @property
    def holding_back(self) -> bool:
        """Tell whether updates are held back until others have had their turn."""
        return len(self._in_hand) >= self._most

    async def put(self, item: object) -> None:
        """Put an update when there is room; anything else, such as PTB's signal to stop, passes at once."""
        if not isinstance(item, Update):
            super().put_nowait(item)
            return
        if not has_content(item):
            return
        while len(self._in_hand) >= self._most and item.update_id not in self._in_hand:
            self._room.clear()
            await self._room.wait()
        if item.update_id not in self._in_hand:
            self._in_hand.add(item.update_id)
            super().put_nowait(item)

    def done(self, update_id: int) -> None:
        """Tell that an update's turn has ended, well or not."""
        self._in_hand.discard(update_id)
        self._room.set()


class InboxRequest(TelegramRequest):
    """PTB's getUpdates, whose batches are kept before PTB sees them, so before the next call confirms them.

    What waits for its turn is queued from here, so that it is read once: PTB gets the last number, and confirms all.
    """

    def __init__(self, database: Database, clock: Clock, queue: InboxQueue, **timeouts: float) -> None:
        super().__init__(connections=POLL_CONNECTIONS, **timeouts)
        self.finished_at: float | None = None
        """Loop time of the last getUpdates that was answered and kept."""
        self.stopping = False
        """True while polling ends: what comes then is kept for the next start, and PTB is given nothing."""
        self._database = database
        self._clock = clock
        self.queue = queue

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
        """Fetch a batch and keep it; raises NetworkError whatever goes wrong, as polling survives nothing else."""
        status, body = await super().do_request(
            url, method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
        )
        if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND}:
            # As an InvalidToken it would end polling for ever, be it a proxy's mistake of a minute.
            raise NetworkError(f"getUpdates was refused with {status.real}")
        if status != HTTPStatus.OK:
            return status, body
        try:
            kept = await self._kept(body)
        except Exception as error:  # noqa: BLE001 - anything else than a NetworkError ends polling silently
            failure = type(error).__name__
        else:
            self.finished_at = asyncio.get_running_loop().time()
            return status, kept
        log.error("updates_not_kept", reason=failure)
        raise NetworkError(f"the updates could not be kept: {failure}")

    async def _kept(self, body: bytes) -> bytes:
        raws = by_number(json.loads(body)["result"])
        if raws:
            # The next getUpdates waits for this, and with it all that people have said meanwhile.
            urgent = self.finished_at is None or asyncio.get_running_loop().time() - self.finished_at >= APART
            keeping = keep(self._database, self._clock, bodies_of(raws), urgent=urgent)
            waiting, received = await asyncio.gather(keeping, _read(raws))
            if self.stopping:
                # Never confirmed, they also come again, and are known by then.
                return _as_answer([])
            await give_up(self._database, self._clock, received.unread)
            for update_id, update in received.updates.items():
                if update_id in waiting:
                    await self.queue.put(update)
        return _as_answer(list(raws)[-1:])


async def _read(raws: Mapping[int, dict[str, Any]]) -> Received:
    """Read updates as a task of its own, begun after another."""
    return read_updates(raws)


async def replay(database: Database, clock: Clock, queue: InboxQueue) -> int:
    """Queue what was left waiting, oldest first, and give how many; the Application must be running.

    It comes before anything new is received, so that what was said first is heard first.
    """
    last = 0
    count = 0
    while page := await database.read(partial(_page, last)):
        for update_id, body in page:
            received = read_updates({update_id: json.loads(body)})
            await give_up(database, clock, received.unread)
            for update in received.updates.values():
                await queue.put(update)
                count += 1
        last = page[-1][0]
    return count


def _page(after: int, connection: Connection) -> list[tuple[int, str]]:
    return Inbox(connection).waiting(after, PAGE)


def _as_answer(update_ids: Iterable[int]) -> bytes:
    return json.dumps({"ok": True, "result": [{"update_id": update_id} for update_id in update_ids]}).encode()
