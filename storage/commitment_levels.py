"""Requests of organisations for a level of commitment."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, bindparam, select, update

from programme.commitment_levels import LevelRequest, LevelRequestState
from programme.errors import NotFound, Outdated
from programme.ids import LevelRequestId, OrganisationId
from storage.engine import insert_new
from storage.tables.campaigns import level_requests

BY_ID: Final = select(level_requests).where(level_requests.c.id == bindparam("request"))
WAITING: Final = (
    select(level_requests)
    .where(level_requests.c.state == LevelRequestState.ASKED)
    .order_by(level_requests.c.asked_at, level_requests.c.id)
)
WAITING_OF: Final = WAITING.where(level_requests.c.organisation_id == bindparam("organisation"))
LATEST_OF: Final = (
    select(level_requests)
    .where(level_requests.c.organisation_id == bindparam("organisation"))
    .order_by(level_requests.c.id.desc())
    .limit(1)
)
SAVE: Final = update(level_requests).where(level_requests.c.id == bindparam("request"))


class SqlLevelRequests:
    """The requests in the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, request_id: LevelRequestId) -> LevelRequest:
        """Give a request; raises NotFound."""
        row = self._connection.execute(BY_ID, {"request": request_id}).mappings().one_or_none()
        if row is None:
            raise NotFound
        return _request(row)

    def waiting(self) -> Sequence[LevelRequest]:
        """Give those that wait for staff, oldest first."""
        return [_request(row) for row in self._connection.execute(WAITING).mappings()]

    def waiting_of(self, organisation_id: OrganisationId) -> LevelRequest | None:
        """Give the one of an organisation that waits for staff, if there is one."""
        row = self._connection.execute(WAITING_OF, {"organisation": organisation_id}).mappings().one_or_none()
        return None if row is None else _request(row)

    def add(self, request: LevelRequest) -> LevelRequest:
        """Keep a new request under an id given here; raises Outdated where another one of the organisation waits."""
        values = {
            "organisation_id": request.organisation_id,
            "level": request.level,
            "objectives": request.objectives,
            "asked_by": request.asked_by,
            "asked_at": request.asked_at,
            **_columns(request),
        }
        if not insert_new(self._connection, level_requests, [values]):
            raise Outdated
        kept = self._connection.execute(LATEST_OF, {"organisation": request.organisation_id}).mappings().one()
        return _request(kept)

    def save(self, request: LevelRequest) -> None:
        """Keep what was decided about a request; what was asked stays."""
        self._connection.execute(SAVE, {"request": request.id, **_columns(request)})


def _request(row: RowMapping) -> LevelRequest:
    return LevelRequest(
        id=row[level_requests.c.id],
        organisation_id=row[level_requests.c.organisation_id],
        level=row[level_requests.c.level],
        objectives=row[level_requests.c.objectives],
        asked_by=row[level_requests.c.asked_by],
        asked_at=row[level_requests.c.asked_at],
        state=LevelRequestState(row[level_requests.c.state]),
        decided_by=row[level_requests.c.decided_by],
        decided_at=row[level_requests.c.decided_at],
        word=row[level_requests.c.word],
    )


def _columns(request: LevelRequest) -> dict[str, Any]:
    return {
        "state": request.state,
        "decided_by": request.decided_by,
        "decided_at": request.decided_at,
        "word": request.word,
    }
