"""Notices about meetings, their series and dates, who chairs, and what comes after."""

from dataclasses import dataclass

from programme.ids import (
    DatePollId,
    MeetingId,
    MinutesId,
    SeriesId,
)
from programme.leads import Lead


@dataclass(frozen=True, slots=True)
class MeetingPlanned:
    """To the members: a new meeting, with the buttons that answer it."""

    meeting_id: MeetingId
    version: int


@dataclass(frozen=True, slots=True)
class MeetingMoved:
    """To the members: the meeting has another moment or place, and asks again."""

    meeting_id: MeetingId
    version: int


@dataclass(frozen=True, slots=True)
class MeetingCancelled:
    """To the members: the meeting does not take place."""

    meeting_id: MeetingId
    version: int


@dataclass(frozen=True, slots=True)
class MeetingReminder:
    """To members who did not decline: the meeting comes near."""

    meeting_id: MeetingId
    version: int
    lead: Lead


@dataclass(frozen=True, slots=True)
class MeetingNudge:
    """To members who have not answered: whether they come. Once a meeting, when its facilitator asks for it."""

    meeting_id: MeetingId
    version: int


@dataclass(frozen=True, slots=True)
class SeriesPlanned:
    """To the members: meetings that come again, in place of one notice for each."""

    series_id: SeriesId


@dataclass(frozen=True, slots=True)
class SeriesEnded:
    """To the members: those meetings do not go on."""

    series_id: SeriesId


@dataclass(frozen=True, slots=True)
class ChairTurn:
    """To who chairs a meeting: it is their turn, and how to prepare it."""

    meeting_id: MeetingId
    version: int
    lead: Lead


@dataclass(frozen=True, slots=True)
class TurnPassedOn:
    """To who was to chair a meeting: somebody else chairs it now."""

    meeting_id: MeetingId


@dataclass(frozen=True, slots=True)
class MinutesWanted:
    """To the facilitators and who chaired: who came and the minutes are still missing."""

    meeting_id: MeetingId
    version: int
    lead: Lead


@dataclass(frozen=True, slots=True)
class MinutesPublished:
    """To the members who want them: the minutes of a meeting."""

    minutes_id: MinutesId


@dataclass(frozen=True, slots=True)
class DatePollOpened:
    """To the members: proposed dates, and what suits them."""

    poll_id: DatePollId


@dataclass(frozen=True, slots=True)
class DatePollClosed:
    """To the facilitators: the answers are in, and the date is theirs to choose."""

    poll_id: DatePollId
