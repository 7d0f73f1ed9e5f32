"""Support requests: help that a coalition asks of the authority, and what is said about it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from programme.ids import CoalitionId, PersonId, SupportMessageId, SupportRequestId

SUPPORT_TEXT_MAX: Final = 1500


class SupportState(StrEnum):
    """Where a request stands."""

    RECEIVED = "received"
    TAKEN = "taken"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class SupportRequest:
    """A request for help; `kind` is a key of the territory's kinds of help.

    It was asked in `chat_id` (and topic), a group, or in private where that is None. `version` grows with its state.
    """

    id: SupportRequestId
    coalition_id: CoalitionId
    kind: str
    text: str
    wanted_on: date | None
    state: SupportState
    asked_by: PersonId | None
    asked_at: datetime
    chat_id: int | None = None
    thread_id: int | None = None
    taken_by: PersonId | None = None
    closed_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class SupportMessage:
    """Something said about a request, by the project team or by the coalition."""

    id: SupportMessageId
    request_id: SupportRequestId
    by: PersonId | None
    from_staff: bool
    text: str
    said_at: datetime


def anchor_of(request_id: SupportRequestId, message_id: SupportMessageId | None = None) -> str:
    """Give the name under which a message about a request is said, so that a reply to it finds the request."""
    return f"support:{request_id}:{message_id or 0}"
