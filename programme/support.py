"""Support requests: help that a coalition asks of the authority, what is said about it, and what was found."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from programme.ids import CoalitionId, FindingId, PersonId, SupportMessageId, SupportRequestId

SUPPORT_TEXT_MAX: Final = 1500
FINDING_MAX: Final = 200
"""Characters that name what was found."""
COST_MOST: Final = 100_000_000
"""Cents above which a cost is surely mistyped."""
UNTAKEN_PATIENCE: Final = 3
"""Working days that a request may wait for somebody to take it."""
UNANSWERED_PATIENCE: Final = 5
"""Working days that a request which somebody took may wait for an answer."""


class SupportState(StrEnum):
    """Where a request stands."""

    RECEIVED = "received"
    TAKEN = "taken"
    ANSWERED = "answered"
    CLOSED = "closed"


class FindingKind(StrEnum):
    """What the project team found for a coalition."""

    ROOM = "room"
    SPEAKER = "speaker"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class SupportRequest:
    """A request for help; `kind` is a key of the territory's kinds of help.

    It was asked in `chat_id` (and topic), a group, or in private where that is None. `version` grows with its state.
    It has waited for the project team since `waits_since`, None while it does not; the team was last reminded of it on
    `recalled_on`.
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
    waits_since: datetime | None = None
    recalled_on: date | None = None


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file by Telegram's id; a photo has no name, a document has one."""

    file_id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class SupportMessage:
    """Something said about a request, by the project team or by the coalition: a text, a file, or both."""

    id: SupportMessageId
    request_id: SupportRequestId
    by: PersonId | None
    from_staff: bool
    text: str
    said_at: datetime
    file: SentFile | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found for a request: a room, a speaker or something else, by name or place.

    `cents` is what it costs, 0 where it is free, None where that is not known.
    """

    id: FindingId
    request_id: SupportRequestId
    kind: FindingKind
    name: str
    happens_on: date | None
    cents: int | None
    noted_by: PersonId | None
    noted_at: datetime


@dataclass(frozen=True, slots=True)
class FoundTotal:
    """How much of one kind was found, and what those whose cost is known cost together, in cents."""

    kind: FindingKind
    count: int
    cents: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How many requests stand where: with nobody, with somebody of the project team, and closed."""

    untaken: int
    taken: int
    closed: int


def anchor_of(request_id: SupportRequestId, message_id: SupportMessageId | None = None) -> str:
    """Give the name under which a message about a request is said, so that a reply to it finds the request."""
    return f"support:{request_id}:{message_id or 0}"
