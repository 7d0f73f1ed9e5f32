"""Ask people something of one's own when they register for a forum: up to five questions, and who answers what."""

from dataclasses import dataclass, replace
from datetime import datetime

from programme.audit import AuditLine
from programme.errors import NotFound, OutOfRange
from programme.forum_questions import (
    QUESTION_MAX,
    QUESTION_OPTION_MAX,
    QUESTION_OPTIONS_LEAST,
    QUESTION_OPTIONS_MOST,
    QUESTIONS_MOST,
    AskedWhen,
    ForumQuestion,
)
from programme.forums import Forum
from programme.ids import ForumId, ForumQuestionId, PersonId
from programme.ports import UnitOfWork
from programme.texts import checked_line
from programme.usecases.change_forum import changeable_forum
from programme.usecases.rights import require_staff


@dataclass(frozen=True, slots=True)
class QuestionWritten:
    """A question as the project team writes it: with options to choose from, or without any."""

    text: str
    options: tuple[str, ...] = ()
    required: bool = False


def add_question(
    uow: UnitOfWork, by: PersonId, forum_id: ForumId, written: QuestionWritten, now: datetime
) -> ForumQuestion:
    """Keep another question, asked last.

    Raises NotAllowed, NotFound, TooLate once the forum has begun, NotWellFormed, or OutOfRange for a sixth one or a
    number of options that is none.
    """
    forum = changeable_forum(uow, by, forum_id, now)
    if len(uow.forum_questions.of_forum(forum_id, AskedWhen.REGISTERING)) >= QUESTIONS_MOST:
        raise OutOfRange("questions", 1, QUESTIONS_MOST)
    added = uow.forum_questions.add(checked_question(forum, AskedWhen.REGISTERING, written))
    uow.audit.add(AuditLine(now, by, "ask_registrants", f"forum:{forum_id}"))
    return added


def change_question(
    uow: UnitOfWork, by: PersonId, question_id: ForumQuestionId, written: QuestionWritten, now: datetime
) -> ForumQuestion:
    """Keep other words for a question; what was answered stays. Raises what `add_question` does."""
    question = _own_question(uow, by, question_id)
    forum = changeable_forum(uow, by, question.forum_id, now)
    changed = replace(checked_question(forum, question.asked, written), id=question_id)
    uow.forum_questions.save(changed)
    uow.audit.add(AuditLine(now, by, "ask_registrants", f"forum:{forum.id}"))
    return changed


def remove_question(uow: UnitOfWork, by: PersonId, question_id: ForumQuestionId, now: datetime) -> None:
    """Ask a question no more: its answers go with it. Raises NotAllowed, NotFound or TooLate."""
    question = _own_question(uow, by, question_id)
    changeable_forum(uow, by, question.forum_id, now)
    uow.forum_questions.remove(question_id)
    uow.audit.add(AuditLine(now, by, "drop_question", f"forum:{question.forum_id}"))


def checked_question(forum: Forum, asked: AskedWhen, written: QuestionWritten) -> ForumQuestion:
    """Give a question that may be asked; raises NotWellFormed, or OutOfRange for a number of options that is none."""
    options = tuple(dict.fromkeys(checked_line(each, "option", QUESTION_OPTION_MAX) for each in written.options))
    if options and not QUESTION_OPTIONS_LEAST <= len(options) <= QUESTION_OPTIONS_MOST:
        raise OutOfRange("options", QUESTION_OPTIONS_LEAST, QUESTION_OPTIONS_MOST)
    return ForumQuestion(
        id=ForumQuestionId(0),
        forum_id=forum.id,
        asked=asked,
        text=checked_line(written.text, "question", QUESTION_MAX),
        options=options,
        required=written.required,
    )


def _own_question(uow: UnitOfWork, by: PersonId, question_id: ForumQuestionId) -> ForumQuestion:
    require_staff(uow, by)
    question = uow.forum_questions.get(question_id)
    if question.asked is not AskedWhen.REGISTERING:
        raise NotFound
    return question
