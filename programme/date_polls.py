"""Date polls: proposed moments, to each of which members say yes, if need be, or no."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from programme.ids import CoalitionId, DateOptionId, DatePollId, MeetingId, PersonId
from programme.meetings import MeetingKind

DATES_LEAST: Final = 2
DATES_MOST: Final = 10


class DateAnswer(StrEnum):
    """What a member says to one proposed moment."""

    YES = "yes"
    IF_NEED_BE = "if_need_be"
    NO = "no"


class DatePollState(StrEnum):
    """Where a date poll stands: open, closed and waiting for a choice, made a meeting, or called off."""

    OPEN = "open"
    CLOSED = "closed"
    DECIDED = "decided"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class DatePoll:
    """A poll on the moment of a meeting to come; `meeting_id` is the meeting that was made of it."""

    id: DatePollId
    coalition_id: CoalitionId
    title: str
    kind: MeetingKind
    place: str
    agenda: str
    closes_at: datetime
    state: DatePollState
    asked_by: PersonId | None
    meeting_id: MeetingId | None = None


@dataclass(frozen=True, slots=True)
class DateOption:
    """A proposed moment."""

    id: DateOptionId
    poll_id: DatePollId
    starts_at: datetime
