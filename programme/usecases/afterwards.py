"""What follows a meeting: whose business it is, and what is still missing."""

from datetime import datetime

from programme.errors import NotAllowed, TooEarly, TooLate
from programme.ids import MeetingId, PersonId
from programme.meetings import Meeting, MeetingState
from programme.ports import UnitOfWork
from programme.usecases.rights import facilitates, is_member


def keeps(uow: UnitOfWork, person_id: PersonId, meeting: Meeting) -> bool:
    """Tell whether a person notes who came to a meeting and keeps its minutes: who facilitates, or chairs it."""
    chairs = meeting.chair_id == person_id and is_member(uow, person_id, meeting.coalition_id)
    return chairs or facilitates(uow, person_id, meeting.coalition_id)


def kept_meeting(uow: UnitOfWork, by: PersonId, meeting_id: MeetingId, now: datetime) -> Meeting:
    """Give a meeting that has begun to who keeps it.

    Raises NotFound, NotAllowed, TooLate where it was cancelled, or TooEarly.
    """
    meeting = uow.meetings.get(meeting_id)
    if not keeps(uow, by, meeting):
        raise NotAllowed
    if meeting.state is not MeetingState.PLANNED:
        raise TooLate
    if now < meeting.starts_at:
        raise TooEarly
    return meeting


def attendance_missing(uow: UnitOfWork, meeting_id: MeetingId) -> bool:
    """Tell whether nobody has noted yet who came."""
    return not uow.afterwards.attendance(meeting_id)


def minutes_missing(uow: UnitOfWork, meeting_id: MeetingId) -> bool:
    """Tell whether a meeting has no minutes yet."""
    return uow.afterwards.minutes(meeting_id) is None
