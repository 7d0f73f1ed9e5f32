"""A conversation as data: its questions, and the use case's own input that they fill."""

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import NoneType
from typing import Any, Final, Generic, TypeVar, get_args, get_type_hints

from handlers.forms.field import Field
from handlers.reply import Reply
from handlers.turn import Turn
from locales import Msgid

T = TypeVar("T")

REVIEW: Final = "review"
"""What is asked once every question has its answer; no question may have this key."""
NAME: Final = re.compile(r"[a-z][a-z_]{0,39}")
KEY: Final = re.compile(r"[a-z][a-z_]{0,29}")


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form.

    The words of `prompt`, `hint` and `label` may name what the conversation was opened with: of the context
    {"question": "Do you come by bus?"} a prompt “{question}” asks just that, and nothing in it is taken for markup.
    `when` gets the answers so far as their fields' Python values, None where there is none, and tells whether to ask.
    `label` names the line in the review, the prompt where it is left out. `into` makes of the field's value what the
    record wants: a number, an enum.
    """

    key: str
    prompt: Msgid
    field: Field
    hint: Msgid | None = None
    optional: bool = False
    when: Callable[[Mapping[str, Any]], bool] | None = None
    label: Msgid | None = None
    into: Callable[[Any], object] | None = None


@dataclass(frozen=True)
class Form(Generic[T]):
    """A conversation: its questions fill `into`, and `submit` does the deed once the review is confirmed.

    Without a review the last answer submits. A question skipped or not asked leaves its field's default, or None. What
    the conversation was opened with (`context`) fills the fields of its names that no question asks for.
    Raises TypeError or ValueError where questions and fields do not fit.
    """

    name: str
    version: int
    into: type[T]
    questions: tuple[Question, ...]
    submit: Callable[[Turn, T], Reply]
    review: Msgid | None = None

    def __post_init__(self) -> None:
        """Check that the questions fill the record, at import rather than in front of somebody."""
        if not NAME.fullmatch(self.name):
            raise ValueError(f"form {self.name!r}: a name is up to 40 small letters and underscores")
        if not dataclasses.is_dataclass(self.into):
            raise TypeError(f"form {self.name}: {self.into!r} is not a dataclass")
        _check_keys(self.name, self.into, self.questions)
        _check_conditions(self.name, self.questions)
        _check_what_may_be_left_out(self.name, self.into, self.questions)

    def question(self, key: str) -> Question:
        """Give the question of that key; raises KeyError."""
        for question in self.questions:
            if question.key == key:
                return question
        raise KeyError(key)


def has_default(field: dataclasses.Field[Any]) -> bool:
    """Tell whether a dataclass field may be left out."""
    return field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING


def _check_keys(name: str, into: type, questions: tuple[Question, ...]) -> None:
    keys = [question.key for question in questions]
    if not keys:
        raise ValueError(f"form {name}: it asks nothing")
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        raise ValueError(f"form {name}: asked twice: {', '.join(twice)}")
    if odd := [key for key in keys if key == REVIEW or not KEY.fullmatch(key)]:
        raise ValueError(
            f"form {name}: a key is up to 30 small letters and underscores, and not review: {', '.join(odd)}"
        )
    fields = {field.name: field for field in dataclasses.fields(into) if field.init}
    if unknown := [key for key in keys if key not in fields]:
        raise TypeError(f"form {name}: {into.__name__} has no field for the questions: {', '.join(unknown)}")
    if missing := [key for key, field in fields.items() if key not in keys and not has_default(field)]:
        raise TypeError(f"form {name}: no question fills these fields of {into.__name__}: {', '.join(missing)}")


def _check_conditions(name: str, questions: tuple[Question, ...]) -> None:
    nothing: dict[str, Any] = dict.fromkeys(question.key for question in questions)
    for question in questions:
        if question.when is None:
            continue
        try:
            question.when(nothing)
        except Exception as error:
            raise ValueError(f"form {name}: when of {question.key} fails where an answer is None") from error


def _check_what_may_be_left_out(name: str, into: type, questions: tuple[Question, ...]) -> None:
    fields = {field.name: field for field in dataclasses.fields(into)}
    hints = get_type_hints(into)
    for question in questions:
        may_be_left_out = question.optional or question.when is not None
        if may_be_left_out and not has_default(fields[question.key]) and not _accepts_none(hints[question.key]):
            raise TypeError(f"form {name}: {question.key} may be left out, but {into.__name__} wants it")


def _accepts_none(hint: object) -> bool:
    return hint in {Any, object, NoneType} or NoneType in get_args(hint)
