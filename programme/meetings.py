"""Meetings of a coalition, and what people answer to them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from programme.ids import CoalitionId, MeetingId, PersonId

MEETING_TITLE_MAX: Final = 100
PLACE_MAX: Final = 200
MEETING_LASTS: Final = timedelta(hours=2)
"""How long a meeting holds a place in calendars; a session of Conversations Carbone lasts as long."""


class Answer(StrEnum):
    """What a person says to a meeting."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


class MeetingState(StrEnum):
    """Whether a meeting takes place."""

    PLANNED = "planned"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting; `version` grows by one with every move or cancellation, and is the SEQUENCE of its .ics."""

    id: MeetingId
    coalition_id: CoalitionId
    title: str
    starts_at: datetime
    place: str
    state: MeetingState
    version: int
    planned_by: PersonId | None


@dataclass(frozen=True, slots=True)
class AnswerCounts:
    """How many answered what."""

    yes: int = 0
    maybe: int = 0
    no: int = 0
