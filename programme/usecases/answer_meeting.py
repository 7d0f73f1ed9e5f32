"""Answer a meeting: yes, maybe or no, and as often as one's plans change."""

from datetime import datetime

from programme.errors import Outdated, TooLate
from programme.ids import MeetingId, PersonId
from programme.meetings import Answer, Meeting, MeetingState
from programme.ports import UnitOfWork
from programme.usecases.rights import require_member


def answer_meeting(
    uow: UnitOfWork, person_id: PersonId, meeting_id: MeetingId, version: int, answer: Answer, now: datetime
) -> Meeting:
    """Keep a member's answer to this version of the meeting, which they saw.

    Raises NotAllowed for others, TooLate once it has begun or is cancelled, Outdated where it has moved since.
    """
    meeting = uow.meetings.get(meeting_id)
    require_member(uow, person_id, meeting.coalition_id)
    if meeting.state is not MeetingState.PLANNED or meeting.starts_at <= now:
        raise TooLate
    if meeting.version != version:
        raise Outdated
    before = uow.meetings.answer_of(meeting_id, person_id)
    if before is not answer:
        uow.meetings.put_answer(meeting_id, person_id, answer, now)
    if before is Answer.NO and answer is not Answer.NO:
        # Who had declined was left out of the reminders that are going out just now.
        uow.reminders.look_again(now)
    return meeting
