"""Announcements: what staff tell an audience, as they wrote it, and what became of each delivery."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from programme.ids import AnnouncementId, PersonId

ANNOUNCEMENT_TEXT_MAX: Final = 4096
"""Characters of a message (Bot API, sendMessage)."""
ANNOUNCEMENT_CAPTION_MAX: Final = 1024
"""Characters under a photo or a document (Bot API, sendPhoto)."""
DELETABLE: Final = timedelta(hours=48)
"""How long a bot may delete what it sent (Bot API, deleteMessage)."""
PROGRESS_SPACING: Final = timedelta(seconds=4)
"""The least time between two changes of the message that shows how far a sending is."""

Entity = Mapping[str, Any]
"""A part of a text that Telegram marks up, in Telegram's own words: type, offset and length in UTF-16 units."""


class AnnouncementState(StrEnum):
    """Where an announcement stands."""

    DRAFT = "draft"
    TO_APPROVE = "to_approve"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    STOPPED = "stopped"
    SENT = "sent"
    WITHDRAWN = "withdrawn"


class AudienceKind(StrEnum):
    """Whom a part of an audience names; all but the first three name a subject."""

    EVERYBODY = "everybody"
    FACILITATORS = "facilitators"
    STAFF = "staff"
    COALITION = "coalition"
    GROUP = "group"
    SCOPE = "scope"
    ORGANISATION_KIND = "organisation_kind"
    REGISTRANTS = "registrants"
    WAITING_LIST = "waiting_list"


BY_NUMBER: Final = frozenset(
    {AudienceKind.COALITION, AudienceKind.GROUP, AudienceKind.REGISTRANTS, AudienceKind.WAITING_LIST}
)
"""The kinds whose subject is the number of a record."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an audience: its kind, and the number or key of what it is about."""

    kind: AudienceKind
    subject: str = ""

    @property
    def number(self) -> int:
        """The number of the record that it is about."""
        return int(self.subject)


@dataclass(frozen=True, slots=True)
class Content:
    """What is said: a text, or a file by Telegram's id with a caption; `kind` is then photo or document."""

    text: str
    entities: tuple[Entity, ...] = ()
    kind: str = ""
    file_id: str = ""
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class Announcement:
    """An announcement to the union of its audience's parts; `version` grows with each change of it.

    An `urgent` one is sent in quiet hours too. `due_at` is the moment chosen for it, None for as soon as it may be.
    `corrections` counts how often what was sent was changed afterwards; how far it is, is shown to `by`. It was put
    forward for approval at `submitted_at`.
    """

    id: AnnouncementId
    content: Content
    audience: tuple[Part, ...]
    urgent: bool
    state: AnnouncementState
    by: PersonId | None
    made_at: datetime
    version: int = 0
    approved_by: PersonId | None = None
    due_at: datetime | None = None
    began_at: datetime | None = None
    ended_at: datetime | None = None
    corrections: int = 0
    progress_at: datetime | None = None
    submitted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """How many would get an announcement now, and how many of its audience would not."""

    people: int
    groups: int
    paused: int
    unreachable: int

    @property
    def recipients(self) -> int:
        """The exact number of chats that it would be sent to."""
        return self.people + self.groups


class DeliveryState(StrEnum):
    """What became of one delivery; `UNCONFIRMED` was sent, and Telegram's answer never came."""

    SENT = "sent"
    UNCONFIRMED = "unconfirmed"
    BLOCKED = "blocked"
    FAILED = "failed"
    SKIPPED = "skipped"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many deliveries ended in one way, and the reason where there is one."""

    state: DeliveryState
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery: to a person or a group by name, with the organisation that the person speaks for."""

    name: str
    organisation: str
    group: bool
    state: DeliveryState
    reason: str
    at: datetime | None


UNREACHED: Final = ("blocked", "deactivated", "can't initiate", "kicked", "not a member", "chat not found")
"""What Telegram says where somebody has closed the door (Bot API, 403, and 400 for a chat that is gone)."""


QUIET: Final = "quiet hours"
"""Why a delivery waits that comes at an hour when its reader wants none."""
OUT_OF_REACH: Final = "unreachable"
"""Why nothing is sent to who had closed the door before."""


def delivery_state(state: str, reason: str | None) -> DeliveryState:
    """Give what became of a delivery from what the outbox keeps of it."""
    match state:
        case "sent":
            return DeliveryState.UNCONFIRMED if reason else DeliveryState.SENT
        case "skipped" if reason == OUT_OF_REACH:
            return DeliveryState.BLOCKED
        case "dead":
            closed = any(words in (reason or "").lower() for words in UNREACHED)
            return DeliveryState.BLOCKED if closed else DeliveryState.FAILED
        case "skipped":
            return DeliveryState.SKIPPED
        case _:
            return DeliveryState.WAITING


def totals(tallies: Sequence[Tally]) -> dict[DeliveryState, int]:
    """Count the deliveries by what became of them."""
    return {state: sum(one.count for one in tallies if one.state is state) for state in DeliveryState}


def progress_anchor(announcement_id: AnnouncementId) -> str:
    """Name the message that shows how far the sending of an announcement is."""
    return f"announcement:{announcement_id}"
