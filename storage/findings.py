"""What the project team found for support requests."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final, cast

from sqlalchemy import Connection, RowMapping, and_, bindparam, delete, func, insert, or_, select, update

from programme.errors import NotFound
from programme.ids import FindingId, SupportRequestId
from programme.support import Finding, FindingKind, FoundTotal
from storage.tables.support import findings

BY_ID: Final = select(findings).where(findings.c.id == bindparam("finding"))
OF_REQUEST: Final = select(findings).where(findings.c.request_id == bindparam("request")).order_by(findings.c.id)
ADD: Final = insert(findings)
SAVE: Final = update(findings).where(findings.c.id == bindparam("finding"))
DROP: Final = delete(findings).where(findings.c.id == bindparam("finding"))
TOTALS: Final = (
    select(findings.c.kind, func.count().label("n"), func.coalesce(func.sum(findings.c.cents), 0).label("cents"))
    .where(
        or_(
            findings.c.happens_on.between(bindparam("first"), bindparam("last")),
            and_(
                findings.c.happens_on.is_(None),
                findings.c.noted_at >= bindparam("since"),
                findings.c.noted_at < bindparam("until"),
            ),
        )
    )
    .group_by(findings.c.kind)
)


class SqlFindings:
    """What was found, in the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, finding_id: FindingId) -> Finding:
        """Give something that was found; raises NotFound."""
        row = self._connection.execute(BY_ID, {"finding": finding_id}).mappings().one_or_none()
        if row is None:
            raise NotFound
        return finding_in(row)

    def of_request(self, request_id: SupportRequestId) -> Sequence[Finding]:
        """Give what was found for a request, in the order in which it was noted."""
        return [finding_in(row) for row in self._connection.execute(OF_REQUEST, {"request": request_id}).mappings()]

    def add(self, finding: Finding) -> Finding:
        """Keep something that was found, under an id given here."""
        noted = {"request_id": finding.request_id, "noted_by": finding.noted_by, "noted_at": finding.noted_at}
        values = {**noted, **_columns(finding)}
        (new_id,) = cast("tuple[int]", self._connection.execute(ADD, values).inserted_primary_key)
        return replace(finding, id=FindingId(new_id))

    def save(self, finding: Finding) -> None:
        """Keep what changed of it."""
        self._connection.execute(SAVE, {"finding": finding.id, **_columns(finding)})

    def drop(self, finding_id: FindingId) -> None:
        """Forget something that was noted by mistake."""
        self._connection.execute(DROP, {"finding": finding_id})

    def totals(self, first: date, last: date, since: datetime, until: datetime) -> Sequence[FoundTotal]:
        """Count by kind what takes place on these days, and what has no day and was noted from `since` to `until`."""
        within = {"first": first, "last": last, "since": since, "until": until}
        rows = {row.kind: row for row in self._connection.execute(TOTALS, within)}
        return [FoundTotal(kind, int(rows[kind].n), int(rows[kind].cents)) for kind in FindingKind if kind in rows]


def finding_in(row: RowMapping) -> Finding:
    """Read what was found from a row that has its columns."""
    return Finding(
        id=row[findings.c.id],
        request_id=row[findings.c.request_id],
        kind=FindingKind(row[findings.c.kind]),
        name=row[findings.c.name],
        happens_on=row[findings.c.happens_on],
        cents=row[findings.c.cents],
        noted_by=row[findings.c.noted_by],
        noted_at=row[findings.c.noted_at],
    )


def _columns(finding: Finding) -> dict[str, Any]:
    return {"kind": finding.kind, "name": finding.name, "happens_on": finding.happens_on, "cents": finding.cents}
