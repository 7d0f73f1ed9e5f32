"""What is asked about forums beyond places, and what was answered."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, cast

from sqlalchemy import Connection, RowMapping, bindparam, delete, insert, select, update

from programme.errors import NotFound
from programme.forum_questions import AskedWhen, ForumQuestion
from programme.ids import ForumId, ForumQuestionId, RegistrationId
from storage.tables.doors import forum_answers, forum_questions, forum_thanks

BY_ID: Final = select(forum_questions).where(forum_questions.c.id == bindparam("question"))
OF_FORUM: Final = (
    select(forum_questions)
    .where(forum_questions.c.forum_id == bindparam("forum"), forum_questions.c.asked == bindparam("when"))
    .order_by(forum_questions.c.id)
)
ADD: Final = insert(forum_questions)
SAVE: Final = update(forum_questions).where(forum_questions.c.id == bindparam("question"))
REMOVE: Final = delete(forum_questions).where(forum_questions.c.id == bindparam("question"))
ADD_ANSWER: Final = insert(forum_answers)
DROP_ANSWER: Final = delete(forum_answers).where(
    forum_answers.c.question_id == bindparam("question"),
    forum_answers.c.registration_id == bindparam("registration"),
)
ANSWERS_OF: Final = select(forum_answers.c.question_id, forum_answers.c.text).where(
    forum_answers.c.registration_id == bindparam("registration")
)
ANSWERS_TO: Final = (
    select(forum_answers.c.text)
    .where(forum_answers.c.question_id == bindparam("question"))
    .order_by(forum_answers.c.text)
)
THANKS: Final = select(forum_thanks.c.text).where(forum_thanks.c.forum_id == bindparam("forum"))
ADD_THANKS: Final = insert(forum_thanks)
DROP_THANKS: Final = delete(forum_thanks).where(forum_thanks.c.forum_id == bindparam("forum"))


class SqlForumQuestions:
    """The questions about forums in the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, question_id: ForumQuestionId) -> ForumQuestion:
        """Give a question; raises NotFound."""
        row = self._connection.execute(BY_ID, {"question": question_id}).mappings().one_or_none()
        if row is None:
            raise NotFound
        return _question(row)

    def of_forum(self, forum_id: ForumId, asked: AskedWhen) -> Sequence[ForumQuestion]:
        """Give a forum's questions in the order in which they are asked."""
        rows = self._connection.execute(OF_FORUM, {"forum": forum_id, "when": asked}).mappings()
        return [_question(row) for row in rows]

    def add(self, question: ForumQuestion) -> ForumQuestion:
        """Keep a new question under an id given here."""
        values = {
            "forum_id": question.forum_id,
            "asked": question.asked,
            "text": question.text,
            "options": list(question.options),
            "required": question.required,
        }
        (new_id,) = cast("tuple[int]", self._connection.execute(ADD, values).inserted_primary_key)
        return replace(question, id=ForumQuestionId(new_id))

    def save(self, question: ForumQuestion) -> None:
        """Keep what changed of a question; its forum and when it is asked stay."""
        values = {"text": question.text, "options": list(question.options), "required": question.required}
        self._connection.execute(SAVE, {"question": question.id, **values})

    def remove(self, question_id: ForumQuestionId) -> None:
        """Forget a question; its answers go with it."""
        self._connection.execute(REMOVE, {"question": question_id})

    def put_answer(self, question_id: ForumQuestionId, registration_id: RegistrationId, text: str) -> None:
        """Keep what somebody answers, in place of what they answered before."""
        self.drop_answer(question_id, registration_id)
        values = {"question_id": question_id, "registration_id": registration_id, "text": text}
        self._connection.execute(ADD_ANSWER, values)

    def drop_answer(self, question_id: ForumQuestionId, registration_id: RegistrationId) -> None:
        """Forget what somebody answered."""
        self._connection.execute(DROP_ANSWER, {"question": question_id, "registration": registration_id})

    def answers_of(self, registration_id: RegistrationId) -> Mapping[ForumQuestionId, str]:
        """Give what somebody answered, afterwards too."""
        rows = self._connection.execute(ANSWERS_OF, {"registration": registration_id})
        return {ForumQuestionId(row.question_id): row.text for row in rows}

    def answers_to(self, question_id: ForumQuestionId) -> Sequence[str]:
        """Give what everybody answered, by the alphabet, so that nothing tells who said what."""
        return list(self._connection.scalars(ANSWERS_TO, {"question": question_id}))

    def thanks(self, forum_id: ForumId) -> str:
        """Give the words of thanks for who came, empty where there are none."""
        return cast("str", self._connection.scalar(THANKS, {"forum": forum_id}) or "")

    def put_thanks(self, forum_id: ForumId, text: str) -> None:
        """Keep the words of thanks, in place of any other; empty ones are none."""
        self._connection.execute(DROP_THANKS, {"forum": forum_id})
        if text:
            self._connection.execute(ADD_THANKS, {"forum_id": forum_id, "text": text})


def _question(row: RowMapping) -> ForumQuestion:
    return ForumQuestion(
        id=row[forum_questions.c.id],
        forum_id=row[forum_questions.c.forum_id],
        asked=AskedWhen(row[forum_questions.c.asked]),
        text=row[forum_questions.c.text],
        options=tuple(row[forum_questions.c.options]),
        required=row[forum_questions.c.required],
    )
