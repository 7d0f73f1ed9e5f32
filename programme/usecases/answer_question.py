"""Answer what the project team asks about a forum: when one registers, and afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from programme.errors import NotAllowed, NotFound, TooEarly, TooLate
from programme.forum_questions import FORUM_ANSWER_MAX, AskedWhen, ForumQuestion
from programme.forums import Forum, ForumState, Registration, RegistrationState
from programme.ids import ForumId, ForumQuestionId, PersonId
from programme.ports import UnitOfWork
from programme.texts import checked_text


@dataclass(frozen=True, slots=True)
class Questioning:
    """What a registration is asked, and what it has answered."""

    questions: Sequence[ForumQuestion]
    answers: Mapping[ForumQuestionId, str]

    @property
    def missing(self) -> tuple[ForumQuestion, ...]:
        """The questions that must be answered and are not."""
        return tuple(one for one in self.questions if one.required and one.id not in self.answers)

    def following(self, after: ForumQuestionId) -> ForumQuestion | None:
        """Give the next question without an answer, None where there is none."""
        return next((one for one in self.questions if one.id > after and one.id not in self.answers), None)


def questioning(uow: UnitOfWork, registration: Registration) -> Questioning:
    """Give what somebody is asked who registered."""
    questions = uow.forum_questions.of_forum(registration.forum_id, AskedWhen.REGISTERING)
    return Questioning(questions, uow.forum_questions.answers_of(registration.id) if questions else {})


def answer_question(
    uow: UnitOfWork, person_id: PersonId, question_id: ForumQuestionId, text: str | None, now: datetime
) -> ForumQuestion:
    """Keep what somebody registered answers, in place of what they answered before; None for what they skip.

    The place is theirs whatever they answer. Raises NotFound, NotAllowed for who is not registered (or may not say how
    it was), TooEarly or TooLate, and NotWellFormed for what is no answer.
    """
    question = uow.forum_questions.get(question_id)
    registration = _registered(uow, person_id, question, now)
    if text is None:
        if question.required:
            raise NotFound
        uow.forum_questions.drop_answer(question_id, registration.id)
        return question
    answer = checked_text(text, "answer", FORUM_ANSWER_MAX)
    if question.options and answer not in question.options:
        raise NotFound
    uow.forum_questions.put_answer(question_id, registration.id, answer)
    return question


def question_afterwards(uow: UnitOfWork, forum_id: ForumId) -> ForumQuestion | None:
    """Give the question that the project team asks after a forum, if it asks one."""
    return next(iter(uow.forum_questions.of_forum(forum_id, AskedWhen.AFTERWARDS)), None)


def was_there(uow: UnitOfWork, registration: Registration) -> bool:
    """Tell whether somebody counts as having been there: who was checked in, or had a place where nobody was."""
    if registration.state is not RegistrationState.CONFIRMED:
        return False
    return registration.checked_in_at is not None or not uow.doors.anybody_came(registration.forum_id)


def _registered(uow: UnitOfWork, person_id: PersonId, question: ForumQuestion, now: datetime) -> Registration:
    forum = uow.forums.get(question.forum_id)
    registration = uow.registrations.of(person_id, forum.id)
    if registration is None:
        raise NotAllowed
    if question.asked is AskedWhen.AFTERWARDS and not was_there(uow, registration):
        raise NotAllowed
    _check_moment(forum, question.asked, now)
    return registration


def _check_moment(forum: Forum, asked: AskedWhen, now: datetime) -> None:
    over = forum.ends_at <= now
    if forum.state is not ForumState.PLANNED or (asked is AskedWhen.REGISTERING and over):
        raise TooLate
    if asked is AskedWhen.AFTERWARDS and not over:
        raise TooEarly
