"""Answer a meeting: yes, maybe or no, and as often as one's plans change."""

from datetime import datetime
from typing import Final

from programme.errors import NotAllowed, Outdated, TooLate
from programme.ids import MeetingId, PersonId
from programme.meetings import Answer, Meeting, MeetingState
from programme.memberships import MembershipState
from programme.ports import UnitOfWork
from programme.usecases.meeting_cards import card_of

ANSWERING: Final = frozenset({MembershipState.ACCEPTED, MembershipState.ASKED})
"""Whose answers are kept; only those of accepted members count, so who asks to join counts once they are accepted."""


def answer_meeting(
    uow: UnitOfWork, person_id: PersonId, meeting_id: MeetingId, version: int, answer: Answer, now: datetime
) -> Meeting:
    """Keep the answer, to this version of the meeting, of a member or of who asks to be one.

    Raises NotAllowed for others, TooLate once it has begun or is cancelled, Outdated where it has moved since it was
    seen.
    """
    meeting = uow.meetings.get(meeting_id)
    membership = uow.memberships.of(person_id, meeting.coalition_id)
    if membership is None or membership.state not in ANSWERING:
        raise NotAllowed
    if meeting.state is not MeetingState.PLANNED or meeting.starts_at <= now:
        raise TooLate
    if meeting.version != version:
        raise Outdated
    before = uow.meetings.answer_of(meeting_id, person_id)
    if before is answer:
        return meeting
    uow.meetings.put_answer(meeting_id, person_id, answer, now)
    if membership.state is MembershipState.ACCEPTED:
        uow.group_cards.refresh(card_of(meeting_id), now)
    if before is Answer.NO:
        # Who had declined was left out of the reminders that are going out just now.
        uow.reminders.look_again(now)
    return meeting
