"""What a conversation shows: the open question, the one answered, the review, and the list of what to correct."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from handlers.forms.buttons import ROUTE
from handlers.forms.draft import Draft, Written
from handlers.forms.engine import AnyForm, applying, own_answers, previous, progress
from handlers.forms.form import REVIEW, Question
from handlers.forms.option import LABEL_MAX, PAGE, last_page
from handlers.forms.wording import bold, italic, length, shortened
from handlers.screen import Button, Rows, Screen, button, lines, paragraphs
from handlers.turn import Turn

FITS: Final = 3800
"""Characters of a review or a copy, which leaves room for a sentence above; Telegram takes 4096 after parsing."""
ANSWER_LENGTHS: Final = (3000, 1000, 300, 100, 40)
"""How much of each answer the review shows, the longest that fits."""
NOTHING: Final = "—"
"""Stands for a question that was skipped."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A draft with its form, in a turn."""

    turn: Turn
    form: AnyForm
    id: int
    draft: Draft

    @property
    def anchor(self) -> str:
        """The name of the open message."""
        return anchor(self.id, self.draft)


def anchor(draft_id: int, draft: Draft) -> str:
    """Name the open message of a conversation."""
    return f"f{draft_id}.{draft.said_as}"


def open_screen(talk: Conversation, problem: Markup | None = None) -> Screen:
    """Show what the conversation waits for, under a word on what was wrong."""
    if talk.draft.waiting is not None:
        return _leaving_screen(talk, problem)
    if talk.draft.asking != REVIEW:
        return _question_screen(talk, problem)
    return _correction_screen(talk, problem) if "page" in talk.draft.state else _review_screen(talk, problem)


def past_screen(talk: Conversation, key: str, *, answered: bool = True) -> Screen:
    """Show a message that is no longer open: the question with its answer, or what was reviewed."""
    say = talk.turn.language.say
    if key == REVIEW:
        return Screen(_review_text(talk, say(talk.form.review or "")))
    question = talk.form.question(key)
    asked = say(question.prompt, **talk.draft.context)
    if not answered or key not in talk.draft.answers:
        return Screen(asked)
    answer = shortened(written(talk, question, talk.draft.answers[key]).answer, FITS - len(asked) - 100)
    return Screen(lines(asked, bold(answer)))


def written(talk: Conversation, question: Question, value: Any) -> Written:
    """Write an answer with its label, as the review shows it."""
    label = talk.turn.language.plain(question.label or question.prompt, **talk.draft.context)
    answer = NOTHING if value is None else question.field.show(talk.turn, value)
    return Written(label.rstrip(" ?:\u00a0\u202f"), answer)


def listed(turn: Turn, answers: Iterable[Written], longest: int) -> Markup:
    """Write answers one under the other, each with at most `longest` characters."""
    return lines(
        *(
            turn.language.say("{label}: {answer}", label=bold(line.label), answer=shortened(line.answer, longest))
            for line in answers
        )
    )


def _question_screen(talk: Conversation, problem: Markup | None) -> Screen:
    turn, draft, question = talk.turn, talk.draft, talk.form.question(talk.draft.asking)
    say = turn.language.say
    body = question.field.ask(turn, draft.state)
    how_far = progress(talk.form, draft)
    hint = say(question.hint or body.example or "", **draft.context)
    text = lines(
        bold(say(question.prompt, **draft.context)),
        None if how_far is None else say("{number} of {total}", number=how_far[0], total=how_far[1]),
        italic(hint) if hint else None,
        *body.lines,
        _present_answer(talk, question),
    )
    rows = tuple(tuple(_addressed(talk, item) for item in row) for row in body.rows)
    return Screen(paragraphs(problem, text), (*rows, *_ways_out(talk, question)))


def _present_answer(talk: Conversation, question: Question) -> Markup | None:
    value = talk.draft.answers.get(question.key)
    if value is None:
        return None
    shown = shortened(written(talk, question, value).answer, ANSWER_LENGTHS[2])
    return talk.turn.language.say("Present answer: {answer}", answer=shown)


def _ways_out(talk: Conversation, question: Question) -> Rows:
    plain, draft = talk.turn.language.plain, talk.draft
    keep: Rows = ()
    if question.key in draft.answers:
        keep = ((_control(talk, plain("Keep the present answer"), "keep"),),)
    row = []
    if previous(talk.form, draft) is not None and not draft.correcting:
        row.append(_control(talk, plain("‹ Back"), "back"))
    if question.optional:
        row.append(_control(talk, plain("Skip"), "skip"))
    row.append(_control(talk, plain("Cancel"), "cancel"))
    return (*keep, tuple(row))


def _review_screen(talk: Conversation, problem: Markup | None) -> Screen:
    plain = talk.turn.language.plain
    rows = (
        (_control(talk, plain("Confirm"), "confirm"),),
        (_control(talk, plain("Correct"), "page", 0), _control(talk, plain("Cancel"), "cancel")),
    )
    title = bold(talk.turn.language.say(talk.form.review or ""))
    return Screen(paragraphs(problem, _review_text(talk, title)), rows)


def _review_text(talk: Conversation, title: Markup) -> Markup:
    """Write the review as one message can hold it, long answers cut where they must be."""
    text = title
    for longest in ANSWER_LENGTHS:
        text = paragraphs(title, listed(talk.turn, _answers(talk), longest))
        if length(text) <= FITS:
            break
    return text


def _correction_screen(talk: Conversation, problem: Markup | None) -> Screen:
    turn, plain = talk.turn, talk.turn.language.plain
    questions = applying(talk.form, talk.draft.answers)
    last = last_page(len(questions))
    page = min(talk.draft.state["page"], last)
    rows: list[tuple[Button, ...]] = []
    for question in questions[page * PAGE : (page + 1) * PAGE]:
        line = written(talk, question, talk.draft.answers[question.key])
        label = plain("{label}: {answer}", label=line.label, answer=" ".join(line.answer.split()))
        rows.append((_control(talk, shortened(label, LABEL_MAX), "line", question.key),))
    if last > 0:
        back = _control(talk, "‹", "page", (page - 1) % (last + 1))
        onward = _control(talk, "›", "page", (page + 1) % (last + 1))
        rows.append((back, _control(talk, f"{page + 1}/{last + 1}", "page", page), onward))
    rows.append((_control(talk, plain("‹ Back"), "review"), _control(talk, plain("Cancel"), "cancel")))
    asked = bold(turn.language.say("Which line should be corrected?"))
    return Screen(paragraphs(problem, asked), tuple(rows))


def _leaving_screen(talk: Conversation, problem: Markup | None) -> Screen:
    return leaving_screen(talk.turn, talk.id, talk.draft, problem)


def leaving_screen(turn: Turn, draft_id: int, draft: Draft, problem: Markup | None = None) -> Screen:
    """Ask whether to go on with a conversation or to leave it for another one."""
    say_n, plain = turn.language.say_n, turn.language.plain
    text = say_n(
        "You have begun something else: {n} answer is kept. Go on with it, or leave it and begin this?",
        "You have begun something else: {n} answers are kept. Go on with it, or leave it and begin this?",
        own_answers(draft),
    )
    rows = (
        (button(plain("Go on with it"), ROUTE, draft_id, draft.serial, "stay"),),
        (button(plain("Leave it and begin this"), ROUTE, draft_id, draft.serial, "leave"),),
    )
    return Screen(paragraphs(problem, text), rows)


def _answers(talk: Conversation) -> list[Written]:
    return [
        written(talk, question, talk.draft.answers.get(question.key))
        for question in applying(talk.form, talk.draft.answers)
    ]


def _control(talk: Conversation, label: str, what: str, *args: object) -> Button:
    return button(label, ROUTE, talk.id, talk.draft.serial, what, *args)


def _addressed(talk: Conversation, field_button: Button) -> Button:
    """Put the conversation's address before what the field reads."""
    return button(field_button.label, ROUTE, talk.id, talk.draft.serial, "a", field_button.data)
