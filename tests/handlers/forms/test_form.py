from dataclasses import dataclass
from typing import Any

import pytest

from handlers.forms import Form, Question, Text, YesNo
from handlers.reply import SILENCE, Reply
from handlers.turn import Turn
from locales import Msgid


@dataclass(frozen=True)
class Idea:
    title: str
    detail: str = ""
    author: str | None = None


def keep(_turn: Turn, _idea: Idea) -> Reply:
    return SILENCE


def asked(key: str, **more: Any) -> Question:
    return Question(key, Msgid(f"What {key}?"), Text(longest=20), **more)


def idea_form(*questions: Question, name: str = "idea") -> Form[Idea]:
    return Form(name=name, version=1, into=Idea, questions=questions, submit=keep)


def test_form_whose_questions_fill_the_record_is_made() -> None:
    form = idea_form(asked("title"), asked("detail", optional=True))

    assert form.question("title").prompt == "What title?"


@pytest.mark.parametrize(
    ("questions", "sentence"),
    [
        ((), "form idea: it asks nothing"),
        ((asked("title"), asked("title")), "form idea: asked twice: title"),
        ((asked("title"), asked("review")), "a key is up to 30 small letters and underscores, and not review: review"),
        ((asked("Title"),), "a key is up to 30 small letters and underscores, and not review: Title"),
        ((asked("title"), asked("colour")), "form idea: Idea has no field for the questions: colour"),
        ((asked("detail"),), "form idea: no question fills these fields of Idea: title"),
        ((asked("title", optional=True),), "form idea: title may be left out, but Idea wants it"),
        ((asked("title", when=lambda _: True),), "form idea: title may be left out, but Idea wants it"),
        (
            (asked("title"), asked("detail", when=lambda answers: answers["title"].startswith("A"))),
            "form idea: when of detail fails where an answer is None",
        ),
    ],
)
def test_form_that_does_not_fit_its_record_fails_at_import(questions: tuple[Question, ...], sentence: str) -> None:
    with pytest.raises((TypeError, ValueError), match=sentence):
        idea_form(*questions)


def test_optional_question_may_fill_a_field_that_takes_none() -> None:
    @dataclass(frozen=True)
    class Answer:
        agrees: bool | None

    questions = (Question("agrees", Msgid("Do you agree?"), YesNo(), optional=True),)

    assert Form(name="agreement", version=1, into=Answer, questions=questions, submit=lambda *_: SILENCE).version == 1


def test_form_name_that_no_button_could_carry_is_refused() -> None:
    with pytest.raises(ValueError, match="a name is up to 40 small letters and underscores"):
        idea_form(asked("title"), name="Log an action")


def test_record_that_is_no_dataclass_is_refused() -> None:
    with pytest.raises(TypeError, match="is not a dataclass"):
        Form(name="idea", version=1, into=dict, questions=(asked("title"),), submit=lambda *_: SILENCE)


def test_question_that_is_not_there_is_told() -> None:
    with pytest.raises(KeyError):
        idea_form(asked("title")).question("colour")
