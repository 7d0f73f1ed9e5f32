"""Questions of the project team's own about a forum: some when people register, one afterwards."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from programme.ids import ForumId, ForumQuestionId

QUESTION_MAX: Final = 200
QUESTION_OPTION_MAX: Final = 60
QUESTION_OPTIONS_MOST: Final = 8
QUESTION_OPTIONS_LEAST: Final = 2
QUESTIONS_MOST: Final = 5
"""How many questions one forum asks when people register."""
FORUM_ANSWER_MAX: Final = 500
THANKS_MAX: Final = 1000


class AskedWhen(StrEnum):
    """When a question is asked."""

    REGISTERING = "registering"
    AFTERWARDS = "afterwards"


@dataclass(frozen=True, slots=True)
class ForumQuestion:
    """A question about a forum; with `options` one of them is the answer, without any a few words are.

    One that is not `required` may be skipped. Ids grow in the order in which questions are asked.
    """

    id: ForumQuestionId
    forum_id: ForumId
    asked: AskedWhen
    text: str
    options: tuple[str, ...]
    required: bool
