"""The steps of a conversation: from a form and a draft to the next draft. Pure: nothing is read, kept or sent here."""

import dataclasses
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from handlers.forms.draft import PAST_MAX, Draft, Past, Waiting, Written
from handlers.forms.field import State
from handlers.forms.form import REVIEW, Form, Question, T, has_default

AnyForm = Form[Any]


def begun(form: AnyForm, *, context: Mapping[str, str], known: Mapping[str, Any]) -> Draft:
    """Open a form with what is known already; raises ValueError where it has no question of a known key."""
    if strange := sorted(set(known) - {question.key for question in form.questions}):
        raise ValueError(f"form {form.name}: known answers without a question: {', '.join(strange)}")
    draft = Draft(
        asking=REVIEW,
        heading="",
        serial=0,
        said_as=0,
        answers=dict(known),
        known=tuple(known),
        context=dict(context),
    )
    return said_anew(form, draft, next_open(form, draft))


def applying(form: AnyForm, answers: Mapping[str, Any]) -> tuple[Question, ...]:
    """Give the questions that apply to these answers, in order; answers to those that do not are not looked at."""
    so_far: dict[str, Any] = dict.fromkeys(question.key for question in form.questions)
    found = []
    for question in form.questions:
        if question.when is not None and not question.when(so_far):
            continue
        found.append(question)
        value = answers.get(question.key)
        so_far[question.key] = None if value is None else question.field.into(value)
    return tuple(found)


def next_open(form: AnyForm, draft: Draft) -> str:
    """Give the key of the first question that waits for an answer, the review where none does."""
    waiting = (question.key for question in applying(form, draft.answers) if question.key not in draft.answers)
    return next(waiting, REVIEW)


def previous(form: AnyForm, draft: Draft) -> str | None:
    """Give the key of the question asked before the open one, None on the first."""
    asked = _asked(form, draft)
    place = asked.index(draft.asking) if draft.asking in asked else 0
    return asked[place - 1] if place > 0 else None


def progress(form: AnyForm, draft: Draft) -> tuple[int, int] | None:
    """Tell how far the conversation is, as number and total; None where it would say nothing."""
    asked = _asked(form, draft)
    if draft.correcting or draft.asking not in asked or len(asked) < 2:  # noqa: PLR2004 (« 1 of 1 » says nothing)
        return None
    return asked.index(draft.asking) + 1, len(asked)


def answered(draft: Draft, value: Any, written: Written) -> Draft:
    """Keep the answer to the open question, None where it was skipped."""
    return replace(
        draft,
        answers={**draft.answers, draft.asking: value},
        known=tuple(key for key in draft.known if key != draft.asking),
        written={**draft.written, draft.asking: written},
    )


def said_anew(form: AnyForm, draft: Draft, key: str, *, state: State | None = None) -> Draft:
    """Ask something in a new message; the open one becomes past, and the review ends a correction."""
    serial = draft.serial + 1
    past = (*draft.past, Past(draft.said_as, draft.serial, draft.asking))[-PAST_MAX:] if draft.serial else ()
    return replace(_asking(form, draft, key, state), serial=serial, said_as=serial, past=past)


def asked_again(form: AnyForm, draft: Draft, state: State) -> Draft:
    """Ask what is open once more, in a new message."""
    again = said_anew(form, draft, draft.asking, state=state)
    return replace(again, correcting=draft.correcting, waiting=draft.waiting)


def changed_in_place(form: AnyForm, draft: Draft, key: str) -> Draft:
    """Ask something in the message that is open, whose earlier buttons lose their meaning."""
    return replace(_asking(form, draft, key, None), serial=draft.serial + 1)


def correcting(form: AnyForm, draft: Draft, key: str) -> Draft:
    """Ask one line of the review again, in the message that is open."""
    return replace(changed_in_place(form, draft, key), correcting=True)


def turned(draft: Draft, state: State) -> Draft:
    """Show the open question in another state, under the same buttons."""
    return replace(draft, state=state)


def held_up(draft: Draft, waiting: Waiting) -> Draft:
    """Ask, in a new message, what becomes of this conversation before another one is opened."""
    serial = draft.serial + 1
    past = (*draft.past, Past(draft.said_as, draft.serial, draft.asking))[-PAST_MAX:]
    return replace(draft, serial=serial, said_as=serial, past=past, waiting=waiting)


def past_key(draft: Draft, serial: int) -> str | None:
    """Give what the message with these buttons asked, None where it is forgotten or still open."""
    return next((past.key for past in draft.past if past.first <= serial <= past.last), None)


def own_answers(draft: Draft) -> int:
    """Count what the person has answered, beyond what was known."""
    return len(set(draft.answers) - set(draft.known))


def filled(form: Form[T], draft: Draft) -> T:
    """Make the record that the use case wants; answers that do not apply are left out."""
    values: dict[str, Any] = {}
    for question in applying(form, draft.answers):
        value = draft.answers[question.key]
        if value is not None:
            plain = question.field.into(value)
            values[question.key] = plain if question.into is None else question.into(plain)
    asked_for = {question.key for question in form.questions}
    for field in dataclasses.fields(form.into):  # type: ignore[arg-type]  # Form checks that it is a dataclass
        if field.name in asked_for and field.name not in values and not has_default(field):
            values[field.name] = None
        if field.init and field.name not in asked_for and field.name in draft.context:
            values[field.name] = draft.context[field.name]
    return form.into(**values)


def _asked(form: AnyForm, draft: Draft) -> list[str]:
    return [question.key for question in applying(form, draft.answers) if question.key not in draft.known]


def _asking(form: AnyForm, draft: Draft, key: str, state: State | None) -> Draft:
    """Open a question with the answer it had before, or the review."""
    if key == REVIEW:
        heading = form.review or ""
        return replace(draft, asking=key, heading=heading, state=state or {}, correcting=False, waiting=None)
    before = draft.answers.get(key)
    fresh: State = {} if before is None else {"before": before}
    heading = form.question(key).prompt
    return replace(draft, asking=key, heading=heading, state=fresh if state is None else state, waiting=None)
