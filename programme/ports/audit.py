"""What was decided by whom."""

from collections.abc import Sequence
from typing import Protocol

from programme.audit import AuditLine


class Audit(Protocol):
    """The audit log."""

    def add(self, line: AuditLine) -> None:
        """Write a line; none is ever changed."""

    def page(self, offset: int, limit: int) -> Sequence[AuditLine]:
        """Give lines, the latest first."""

    def count(self) -> int:
        """Tell how many lines there are."""
