"""Answer how a forum was, once it has begun, and as often as one's mind changes."""

from dataclasses import replace
from datetime import datetime

from programme.errors import NotAllowed, TooEarly, TooLate
from programme.forums import Feedback, ForumState, Registration, RegistrationState
from programme.ids import ForumId, PersonId
from programme.ports import UnitOfWork


def answer_forum(
    uow: UnitOfWork, person_id: PersonId, forum_id: ForumId, feedback: Feedback, now: datetime
) -> Registration:
    """Keep what somebody with a confirmed place says of the forum.

    Raises NotFound, NotAllowed for others, TooLate where it was cancelled, TooEarly before its start.
    """
    forum = uow.forums.get(forum_id)
    present = uow.registrations.of(person_id, forum_id)
    if present is None or present.state is not RegistrationState.CONFIRMED:
        raise NotAllowed
    if forum.state is not ForumState.PLANNED:
        raise TooLate
    if now < forum.starts_at:
        raise TooEarly
    answered = replace(present, feedback=feedback)
    uow.registrations.save(answered)
    return answered
