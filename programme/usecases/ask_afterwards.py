"""Thank those who came to a forum, ask them one question of one's own, and read the answers without names."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from programme.audit import AuditLine
from programme.errors import TooEarly, TooLate
from programme.forum_questions import THANKS_MAX, AskedWhen, ForumQuestion
from programme.forums import Feedback, Forum, ForumState
from programme.ids import ForumId, PersonId
from programme.ports import UnitOfWork
from programme.statistics import SMALLEST_GROUP
from programme.texts import checked_text
from programme.usecases.answer_question import question_afterwards
from programme.usecases.ask_registrants import QuestionWritten, checked_question
from programme.usecases.rights import require_staff


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What comes after a forum: words of thanks, empty for none, and a question, None for none."""

    thanks: str
    question: ForumQuestion | None


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of a forum afterwards, by nobody in particular.

    Under three answers only how many there are is told: `feedback` and `answers` are None then. The answers of a
    question with options are counted in `by_option`.
    """

    feedback_given: int
    feedback: Mapping[Feedback, int] | None
    question: ForumQuestion | None
    answered: int
    by_option: Mapping[str, int] | None
    answers: Sequence[str] | None


def afterwards_of(uow: UnitOfWork, by: PersonId, forum_id: ForumId) -> Afterwards:
    """Give what comes after a forum to the project team; raises NotAllowed or NotFound."""
    require_staff(uow, by)
    uow.forums.get(forum_id)
    return Afterwards(uow.forum_questions.thanks(forum_id), question_afterwards(uow, forum_id))


def write_afterwards(
    uow: UnitOfWork, by: PersonId, forum_id: ForumId, thanks: str, question: QuestionWritten | None, now: datetime
) -> Afterwards:
    """Keep what comes after a forum, in place of what was written before.

    Raises NotAllowed, NotFound, NotWellFormed, OutOfRange, or TooLate once it is over: it may have been sent.
    """
    require_staff(uow, by)
    forum = uow.forums.get_to_change(forum_id)
    if forum.state is not ForumState.PLANNED or forum.ends_at <= now:
        raise TooLate
    words = checked_text(thanks, "thanks", THANKS_MAX, may_be_empty=True)
    asked = None if question is None else _asked(uow, forum, question)
    uow.forum_questions.put_thanks(forum_id, words)
    if asked is None and (before := question_afterwards(uow, forum_id)) is not None:
        uow.forum_questions.remove(before.id)
    uow.audit.add(AuditLine(now, by, "write_afterwards", f"forum:{forum_id}"))
    return Afterwards(words, asked)


def what_was_said(uow: UnitOfWork, by: PersonId, forum_id: ForumId, now: datetime) -> Said:
    """Give the project team what was said of a forum; raises NotAllowed, NotFound, or TooEarly before its end."""
    require_staff(uow, by)
    if uow.forums.get(forum_id).ends_at > now:
        raise TooEarly
    given = Counter(
        one.registration.feedback
        for one in uow.registrations.registrants(forum_id)
        if one.registration.feedback is not None
    )
    question = question_afterwards(uow, forum_id)
    answers = () if question is None else uow.forum_questions.answers_to(question.id)
    enough, options = len(answers) >= SMALLEST_GROUP, () if question is None else question.options
    return Said(
        feedback_given=given.total(),
        feedback={one: given[one] for one in Feedback} if given.total() >= SMALLEST_GROUP else None,
        question=question,
        answered=len(answers),
        by_option={option: answers.count(option) for option in options} if enough and options else None,
        answers=answers if enough and not options else None,
    )


def _asked(uow: UnitOfWork, forum: Forum, written: QuestionWritten) -> ForumQuestion:
    question, before = checked_question(forum, AskedWhen.AFTERWARDS, written), question_afterwards(uow, forum.id)
    if before is None:
        return uow.forum_questions.add(question)
    uow.forum_questions.save(replace(question, id=before.id))
    return replace(question, id=before.id)
