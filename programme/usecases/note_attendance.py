"""Note who came to a meeting: everybody who had said yes at once, or one by one."""

from dataclasses import dataclass
from datetime import datetime

from programme.errors import NotFound
from programme.ids import MeetingId, PersonId
from programme.meetings import Answer
from programme.ports import UnitOfWork
from programme.usecases.afterwards import kept_meeting
from programme.usecases.rights import is_member


@dataclass(frozen=True, slots=True)
class Attendee:
    """A member as the list of a meeting shows them: what they had said, and whether they came, as far as noted."""

    person_id: PersonId
    name: str
    answer: Answer | None
    came: bool | None


def note_attendance(
    uow: UnitOfWork, by: PersonId, meeting_id: MeetingId, person_id: PersonId, came: bool | None, now: datetime
) -> None:
    """Note that a member came or did not; None takes back what was noted.

    Raises NotAllowed, TooEarly before the meeting, TooLate where it was cancelled, NotFound for who is no member.
    """
    meeting = kept_meeting(uow, by, meeting_id, now)
    if not is_member(uow, person_id, meeting.coalition_id):
        raise NotFound
    if came is None:
        uow.afterwards.forget_attendance(meeting_id, person_id)
    else:
        uow.afterwards.note_attendance(meeting_id, {person_id: came}, now)


def note_all_who_said_yes(uow: UnitOfWork, by: PersonId, meeting_id: MeetingId, now: datetime) -> int:
    """Note that every member who had said yes came; what was noted of the others stays. Gives how many said yes."""
    kept_meeting(uow, by, meeting_id, now)
    coming = [person for person, answer in uow.meetings.answers(meeting_id).items() if answer is Answer.YES]
    uow.afterwards.note_attendance(meeting_id, dict.fromkeys(coming, True), now)
    return len(coming)


def attendees(uow: UnitOfWork, by: PersonId, meeting_id: MeetingId, now: datetime) -> list[Attendee]:
    """Give every member, those who had said yes first, then maybe, nothing, no, each by name.

    Raises what `note_attendance` does.
    """
    meeting = kept_meeting(uow, by, meeting_id, now)
    answers, noted = uow.meetings.answers(meeting_id), uow.afterwards.attendance(meeting_id)
    names = uow.people.names(uow.memberships.members(meeting.coalition_id))
    everybody = [Attendee(person, name, answers.get(person), noted.get(person)) for person, name in names.items()]
    order = (Answer.YES, Answer.MAYBE, None, Answer.NO)
    return sorted(everybody, key=lambda each: (order.index(each.answer), each.name.casefold(), each.person_id))
