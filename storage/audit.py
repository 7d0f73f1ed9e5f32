"""The audit log: lines are written, never changed."""

from typing import Final

from sqlalchemy import Connection, insert

from programme.audit import AuditLine
from storage.tables.programme import audit

ADD: Final = insert(audit)


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
