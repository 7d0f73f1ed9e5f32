"""Support requests and what is said about them."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final, cast

from sqlalchemy import Connection, RowMapping, bindparam, func, insert, select, update

from programme.errors import NotFound
from programme.ids import CoalitionId, SupportMessageId, SupportRequestId
from programme.support import SentFile, SupportMessage, SupportRequest, SupportState, Tally
from storage.tables.support import support_messages, support_requests

BY_ID: Final = select(support_requests).where(support_requests.c.id == bindparam("request"))
ADD: Final = insert(support_requests)
SAVE: Final = update(support_requests).where(support_requests.c.id == bindparam("request"))
OF_COALITION: Final = (
    select(support_requests)
    .where(support_requests.c.coalition_id == bindparam("coalition"))
    .order_by(support_requests.c.id.desc())
)
UNCLOSED: Final = (
    select(support_requests)
    .where(support_requests.c.state != SupportState.CLOSED)
    .order_by(support_requests.c.asked_at, support_requests.c.id)
)
COUNT_UNCLOSED: Final = (
    select(func.count()).select_from(support_requests).where(support_requests.c.state != SupportState.CLOSED)
)
RECALLED: Final = (
    select(support_requests)
    .where(support_requests.c.recalled_on == bindparam("day"), support_requests.c.waits_since.is_not(None))
    .order_by(support_requests.c.asked_at, support_requests.c.id)
)
BY_STATE: Final = select(support_requests.c.state, func.count().label("n")).group_by(support_requests.c.state)
MESSAGES: Final = (
    select(support_messages)
    .where(support_messages.c.request_id == bindparam("request"))
    .order_by(support_messages.c.id)
)
MESSAGE: Final = select(support_messages).where(support_messages.c.id == bindparam("message"))
ADD_MESSAGE: Final = insert(support_messages)


class SqlSupportRequests:
    """The support requests in the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, request_id: SupportRequestId) -> SupportRequest:
        """Give a request; raises NotFound."""
        row = self._connection.execute(BY_ID, {"request": request_id}).mappings().one_or_none()
        if row is None:
            raise NotFound
        return request_in(row)

    def add(self, request: SupportRequest) -> SupportRequest:
        """Keep a new request under an id given here."""
        values = {
            "coalition_id": request.coalition_id,
            "kind": request.kind,
            "text": request.text,
            "asked_by": request.asked_by,
            "asked_at": request.asked_at,
            **_columns(request),
        }
        (new_id,) = cast("tuple[int]", self._connection.execute(ADD, values).inserted_primary_key)
        return replace(request, id=SupportRequestId(new_id))

    def save(self, request: SupportRequest) -> None:
        """Keep what changed of a request: its state, who has it, and where it was asked."""
        self._connection.execute(SAVE, {"request": request.id, **_columns(request)})

    def of_coalition(self, coalition_id: CoalitionId) -> Sequence[SupportRequest]:
        """Give a coalition's requests, the latest first."""
        rows = self._connection.execute(OF_COALITION, {"coalition": coalition_id}).mappings()
        return [request_in(row) for row in rows]

    def unclosed(self) -> Sequence[SupportRequest]:
        """Give every request that is not closed, oldest first."""
        return [request_in(row) for row in self._connection.execute(UNCLOSED).mappings()]

    def count_unclosed(self) -> int:
        """Count the requests that are not closed."""
        return int(self._connection.scalar(COUNT_UNCLOSED) or 0)

    def queue(self, states: Collection[SupportState], kind: str, offset: int, limit: int) -> Sequence[SupportRequest]:
        """Give some of the requests in these states, oldest first, the closed ones latest first; of any kind if ""."""
        chosen = select(support_requests).where(support_requests.c.state.in_(states))
        if kind:
            chosen = chosen.where(support_requests.c.kind == kind)
        oldest = (support_requests.c.asked_at, support_requests.c.id)
        latest = (support_requests.c.closed_at.desc(), support_requests.c.id.desc())
        ordered = chosen.order_by(*(latest if set(states) == {SupportState.CLOSED} else oldest))
        rows = self._connection.execute(ordered.offset(offset).limit(limit)).mappings()
        return [request_in(row) for row in rows]

    def tally(self, kind: str) -> Tally:
        """Count the requests of a kind, or of all where it is "", by where they stand."""
        chosen = BY_STATE.where(support_requests.c.kind == kind) if kind else BY_STATE
        counts = {SupportState(row.state): int(row.n) for row in self._connection.execute(chosen)}
        taken = counts.get(SupportState.TAKEN, 0) + counts.get(SupportState.ANSWERED, 0)
        return Tally(counts.get(SupportState.RECEIVED, 0), taken, counts.get(SupportState.CLOSED, 0))

    def recalled_on(self, day: date) -> Sequence[SupportRequest]:
        """Give the requests of which the project team was last reminded on a day and that still wait, oldest first."""
        return [request_in(row) for row in self._connection.execute(RECALLED, {"day": day}).mappings()]

    def note_recalled(self, request_ids: Collection[SupportRequestId], day: date) -> None:
        """Note that the project team is reminded of these requests on a day."""
        recalled = update(support_requests).where(support_requests.c.id.in_(request_ids)).values(recalled_on=day)
        self._connection.execute(recalled)

    def messages(self, request_id: SupportRequestId) -> Sequence[SupportMessage]:
        """Give what was said about a request, in order."""
        return [_message(row) for row in self._connection.execute(MESSAGES, {"request": request_id}).mappings()]

    def message(self, message_id: SupportMessageId) -> SupportMessage:
        """Give something that was said; raises NotFound."""
        row = self._connection.execute(MESSAGE, {"message": message_id}).mappings().one_or_none()
        if row is None:
            raise NotFound
        return _message(row)

    def add_message(self, message: SupportMessage) -> SupportMessage:
        """Keep something new that was said, under an id given here."""
        values = {
            "request_id": message.request_id,
            "by_person": message.by,
            "from_staff": message.from_staff,
            "text": message.text,
            "said_at": message.said_at,
            "file_id": "" if message.file is None else message.file.file_id,
            "file_name": "" if message.file is None else message.file.name,
        }
        (new_id,) = cast("tuple[int]", self._connection.execute(ADD_MESSAGE, values).inserted_primary_key)
        return replace(message, id=SupportMessageId(new_id))


def request_in(row: RowMapping) -> SupportRequest:
    """Read a request from a row that has its columns."""
    return SupportRequest(
        id=row[support_requests.c.id],
        coalition_id=row[support_requests.c.coalition_id],
        kind=row[support_requests.c.kind],
        text=row[support_requests.c.text],
        wanted_on=row[support_requests.c.wanted_on],
        state=SupportState(row[support_requests.c.state]),
        asked_by=row[support_requests.c.asked_by],
        asked_at=row[support_requests.c.asked_at],
        chat_id=row[support_requests.c.chat_id],
        thread_id=row[support_requests.c.thread_id],
        taken_by=row[support_requests.c.taken_by],
        closed_at=row[support_requests.c.closed_at],
        version=row[support_requests.c.version],
        waits_since=row[support_requests.c.waits_since],
        recalled_on=row[support_requests.c.recalled_on],
    )


def _columns(request: SupportRequest) -> dict[str, Any]:
    return {
        "wanted_on": request.wanted_on,
        "state": request.state,
        "chat_id": request.chat_id,
        "thread_id": request.thread_id,
        "taken_by": request.taken_by,
        "closed_at": request.closed_at,
        "version": request.version,
        "waits_since": request.waits_since,
        "recalled_on": request.recalled_on,
    }


def _message(row: RowMapping) -> SupportMessage:
    file_id = row[support_messages.c.file_id]
    return SupportMessage(
        id=row[support_messages.c.id],
        request_id=row[support_messages.c.request_id],
        by=row[support_messages.c.by_person],
        from_staff=row[support_messages.c.from_staff],
        text=row[support_messages.c.text],
        said_at=row[support_messages.c.said_at],
        file=SentFile(file_id, row[support_messages.c.file_name]) if file_id else None,
    )
