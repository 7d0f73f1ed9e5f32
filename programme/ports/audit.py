"""What was decided by whom."""

from typing import Protocol

from programme.audit import AuditLine


class Audit(Protocol):
    """The audit log."""

    def add(self, line: AuditLine) -> None:
        """Write a line; none is ever changed."""
