"""What the project team asks besides places, as it stands on a forum's card: what waits for an answer, and the way."""

from markupsafe import Markup

from handlers.screen import Rows, button
from handlers.turn import Turn
from locales import Language
from programme.forums import Forum, Registration
from programme.ports import UnitOfWork
from programme.usecases.answer_question import question_afterwards, questioning, was_there


def missing_line(turn: Turn, registration: Registration) -> Markup | None:
    """Say how many questions wait for an answer; None where none does."""
    missing = len(questioning(turn.uow, registration).missing)
    if not missing:
        return None
    return turn.language.say_n(
        "{n} question waits for your answer. Your place is yours all the same.",
        "{n} questions wait for your answer. Your place is yours all the same.",
        missing,
    )


def question_rows(turn: Turn, forum: Forum, registration: Registration) -> Rows:
    """Give the button that answers what waits, or that shows one's answers; none where nothing is asked."""
    asked, plain = questioning(turn.uow, registration), turn.language.plain
    if not asked.questions:
        return ()
    if asked.missing:
        return ((button(plain("Answer the questions"), "forum.answer", forum.id, 0),),)
    return ((button(plain("My answers"), "forum.answers", forum.id),),)


def afterwards_rows(uow: UnitOfWork, language: Language, registration: Registration) -> Rows:
    """Give the button that answers what the project team asks after a forum, to who was there."""
    if question_afterwards(uow, registration.forum_id) is None or not was_there(uow, registration):
        return ()
    return ((button(language.plain("Answer the team’s question"), "forum.after", registration.forum_id),),)
