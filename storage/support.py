"""Support requests and what is said about them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, cast

from sqlalchemy import Connection, RowMapping, bindparam, insert, select, update

from programme.errors import NotFound
from programme.ids import CoalitionId, SupportMessageId, SupportRequestId
from programme.support import SupportMessage, SupportRequest, SupportState
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
        return _request(row)

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
        return [_request(row) for row in rows]

    def unclosed(self) -> Sequence[SupportRequest]:
        """Give every request that is not closed, oldest first."""
        return [_request(row) for row in self._connection.execute(UNCLOSED).mappings()]

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
        }
        (new_id,) = cast("tuple[int]", self._connection.execute(ADD_MESSAGE, values).inserted_primary_key)
        return replace(message, id=SupportMessageId(new_id))


def _request(row: RowMapping) -> SupportRequest:
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
    }


def _message(row: RowMapping) -> SupportMessage:
    return SupportMessage(
        id=row[support_messages.c.id],
        request_id=row[support_messages.c.request_id],
        by=row[support_messages.c.by_person],
        from_staff=row[support_messages.c.from_staff],
        text=row[support_messages.c.text],
        said_at=row[support_messages.c.said_at],
    )
