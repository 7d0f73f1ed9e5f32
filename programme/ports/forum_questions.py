"""What is asked about forums beyond places, and what was answered."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from programme.forum_questions import AskedWhen, ForumQuestion
from programme.ids import ForumId, ForumQuestionId, RegistrationId


class ForumQuestions(Protocol):
    """Questions of the project team's own, their answers, and the words of thanks that come before the last one."""

    def get(self, question_id: ForumQuestionId) -> ForumQuestion:
        """Give a question; raises NotFound."""

    def of_forum(self, forum_id: ForumId, asked: AskedWhen) -> Sequence[ForumQuestion]:
        """Give a forum's questions in the order in which they are asked."""

    def add(self, question: ForumQuestion) -> ForumQuestion:
        """Keep a new question; its id is given here, whatever it was."""

    def save(self, question: ForumQuestion) -> None:
        """Keep what changed of a question: its words, its options, and whether it may be skipped."""

    def remove(self, question_id: ForumQuestionId) -> None:
        """Forget a question with all its answers."""

    def put_answer(self, question_id: ForumQuestionId, registration_id: RegistrationId, text: str) -> None:
        """Keep what somebody answers, in place of what they answered before."""

    def drop_answer(self, question_id: ForumQuestionId, registration_id: RegistrationId) -> None:
        """Forget what somebody answered."""

    def answers_of(self, registration_id: RegistrationId) -> Mapping[ForumQuestionId, str]:
        """Give what somebody answered, afterwards too."""

    def answers_to(self, question_id: ForumQuestionId) -> Sequence[str]:
        """Give what everybody answered, by the alphabet, so that nothing tells who said what."""

    def thanks(self, forum_id: ForumId) -> str:
        """Give the words of thanks for who came, empty where there are none."""

    def put_thanks(self, forum_id: ForumId, text: str) -> None:
        """Keep the words of thanks, in place of any other."""
