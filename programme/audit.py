"""The audit log: every change of role, announcement and deletion, and every decision on somebody."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from programme.ids import PersonId


@dataclass(frozen=True, slots=True)
class AuditLine:
    """Who did what to what, when; `details` hold identifiers and states, never messages."""

    at: datetime
    by: PersonId | None
    deed: str
    subject: str
    details: Mapping[str, str | int] = field(default_factory=dict)
