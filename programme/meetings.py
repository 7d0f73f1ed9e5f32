"""Meetings of a coalition, and what people answer to them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from programme.ids import CoalitionId, MeetingId, MinutesId, PersonId, SeriesId

MEETING_TITLE_MAX: Final = 100
PLACE_MAX: Final = 200
AGENDA_MAX: Final = 1000
MINUTES_TEXT_MAX: Final = 3000
LINK_MAX: Final = 500
NAMES_SHOWN: Final = 20
"""How many names a card in a group shows for one answer; the others are counted."""
MEETING_LASTS: Final = timedelta(hours=2)
"""How long a meeting holds a place in calendars; a session of Conversations Carbone lasts as long."""


class Answer(StrEnum):
    """What a person says to a meeting."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


class MeetingKind(StrEnum):
    """What a meeting is for."""

    LAUNCH = "launch"
    WORKING = "working"
    WORKSHOP = "workshop"
    VISIT = "visit"
    OTHER = "other"


class MeetingState(StrEnum):
    """Whether a meeting takes place."""

    PLANNED = "planned"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting; `version` grows by one with every move or cancellation, and is the SEQUENCE of its .ics.

    `slot_on` is the day on which the rule of its series puts it, wherever it was moved to; `nudged_at` tells that those
    who had not answered were asked once more.
    """

    id: MeetingId
    coalition_id: CoalitionId
    title: str
    starts_at: datetime
    place: str
    state: MeetingState
    version: int
    planned_by: PersonId | None
    kind: MeetingKind = MeetingKind.WORKING
    agenda: str = ""
    chair_id: PersonId | None = None
    series_id: SeriesId | None = None
    slot_on: date | None = None
    nudged_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Minutes:
    """What was kept of a meeting: a text, a file by Telegram's file id, or a link; the latest one counts."""

    id: MinutesId
    meeting_id: MeetingId
    text: str
    file_id: str
    file_name: str
    link: str
    added_by: PersonId | None
    added_at: datetime


@dataclass(frozen=True, slots=True)
class AnswerCounts:
    """How many answered what."""

    yes: int = 0
    maybe: int = 0
    no: int = 0
