"""The audit log: lines are written, never changed."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, bindparam, func, insert, select

from programme.audit import AuditLine
from storage.tables.programme import audit

ADD: Final = insert(audit)
PAGE: Final = select(audit).order_by(audit.c.id.desc()).limit(bindparam("most")).offset(bindparam("skipped"))
COUNT: Final = select(func.count()).select_from(audit)


class SqlAudit:
    """The audit log in the database; a line outlives its author, without their name."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, line: AuditLine) -> None:
        """Write a line."""
        row = {
            "at": line.at,
            "by_person": line.by,
            "deed": line.deed,
            "subject": line.subject,
            "details": line.details,
        }
        self._connection.execute(ADD, row)

    def page(self, offset: int, limit: int) -> Sequence[AuditLine]:
        """Give lines, the latest first."""
        rows = self._connection.execute(PAGE, {"most": limit, "skipped": offset})
        return [AuditLine(row.at, row.by_person, row.deed, row.subject, row.details) for row in rows]

    def count(self) -> int:
        """Tell how many lines there are."""
        return int(self._connection.scalar(COUNT) or 0)
