"""Questions at registration, written by the project team: up to five a forum, in words or with options."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from handlers.feature import Feature
from handlers.forms import Choice, Form, Lines, Option, Question, Text, YesNo, open_form
from handlers.forms.wording import shortened
from handlers.members.forum import forum_of
from handlers.navigation import way_out
from handlers.reply import Reply, say
from handlers.screen import Screen, button, lines, paragraphs
from handlers.staff.forums import begin_again
from handlers.turn import Turn
from locales import _
from programme.errors import NotFound
from programme.forum_questions import (
    QUESTION_MAX,
    QUESTION_OPTION_MAX,
    QUESTION_OPTIONS_MOST,
    QUESTIONS_MOST,
    AskedWhen,
    ForumQuestion,
)
from programme.forums import Forum
from programme.ids import ForumId, ForumQuestionId
from programme.usecases.ask_registrants import QuestionWritten, add_question, change_question, remove_question
from programme.usecases.change_forum import changeable_forum
from programme.usecases.rights import require_staff

IN_WORDS: Final = "words"
AMONG_OPTIONS: Final = "options"
LABEL_MAX: Final = 55


@dataclass(frozen=True, slots=True)
class Written:
    """A question as the conversation asks for it."""

    text: str
    kind: str
    required: bool
    options: tuple[str, ...] = ()
    forum: str = ""
    question: str = ""


def show_questions(turn: Turn) -> Reply:
    """Show what a forum asks when people register."""
    return turn.show(_questions_screen(turn, forum_of(turn)))


def start_adding(turn: Turn) -> Reply:
    """Open the conversation that adds a question."""
    forum = changeable_forum(turn.uow, turn.me.id, ForumId(turn.number(0)), turn.now)
    return open_form(turn, WRITE_QUESTION, context={"forum": str(forum.id)})


def show_question(turn: Turn) -> Reply:
    """Show one question, with how many have answered it."""
    return turn.show(_question_screen(turn, _question(turn)))


def start_changing(turn: Turn) -> Reply:
    """Show a question to be reviewed line by line."""
    question = _question(turn)
    changeable_forum(turn.uow, turn.me.id, question.forum_id, turn.now)
    known: dict[str, Any] = {
        "text": question.text,
        "kind": AMONG_OPTIONS if question.options else IN_WORDS,
        "required": question.required,
    }
    if question.options:
        known["options"] = list(question.options)
    return open_form(turn, WRITE_QUESTION, context={"question": str(question.id)}, known=known)


def ask_first(turn: Turn) -> Reply:
    """Ask before a question goes, with its answers."""
    language, question = turn.language, _question(turn)
    text = lines(
        language.say("<b>Remove this question?</b>"),
        language.say("{question}", question=question.text),
        _answered_line(turn, question),
        language.say("Its answers are deleted with it."),
    )
    sure = button(language.plain("Yes, remove it"), "question.off.sure", question.id)
    return turn.show(Screen(text, ((sure, button(language.plain("No, keep it"), "question", question.id)),)))


def remove(turn: Turn) -> Reply:
    """Remove a question with its answers."""
    question = _question(turn)
    remove_question(turn.uow, turn.me.id, question.id, turn.now)
    forum = turn.uow.forums.get(question.forum_id)
    return turn.show(_questions_screen(turn, forum), toast=turn.language.plain("The question is removed."))


def kinds(turn: Turn) -> Sequence[Option]:
    """Give how a question may be answered."""
    plain = turn.language.plain
    return [
        Option(IN_WORDS, plain("In their own words")),
        Option(AMONG_OPTIONS, plain("By choosing in a list")),
    ]


def has_options(answers: Mapping[str, Any]) -> bool:
    """Tell whether the list is still to be asked."""
    return bool(answers["kind"] == AMONG_OPTIONS)


def kind_words(turn: Turn, question: ForumQuestion) -> Markup:
    """Say how a question is answered."""
    if question.options:
        return turn.language.say("To choose: {options}", options=turn.language.listing(question.options))
    return turn.language.say("Answered in a few words")


def _question(turn: Turn) -> ForumQuestion:
    require_staff(turn.uow, turn.me.id)
    question = turn.uow.forum_questions.get(ForumQuestionId(turn.number(0)))
    if question.asked is not AskedWhen.REGISTERING:
        raise NotFound
    return question


def _questions_screen(turn: Turn, forum: Forum) -> Screen:
    require_staff(turn.uow, turn.me.id)
    language = turn.language
    questions = turn.uow.forum_questions.of_forum(forum.id, AskedWhen.REGISTERING)
    text = paragraphs(
        lines(
            language.say("<b>Questions at registration</b> · {title}", title=forum.title),
            language.say("Asked one after another, once somebody has a place or waits for one. Five at most."),
        ),
        *(
            lines(language.say("• {question}", question=one.text), kind_words(turn, one), _whether_required(turn, one))
            for one in questions
        ),
        None if questions else language.say("Nothing is asked yet."),
    )
    add = ((button(language.plain("Add a question"), "questions.add", forum.id),),)
    rows = (
        *((button(shortened(one.text, LABEL_MAX), "question", one.id),) for one in questions),
        *(add if len(questions) < QUESTIONS_MOST else ()),
        *way_out(language, "doors", forum.id),
    )
    return Screen(text, rows)


def _question_screen(turn: Turn, question: ForumQuestion) -> Screen:
    language = turn.language
    text = lines(
        language.say("<b>{question}</b>", question=question.text),
        kind_words(turn, question),
        _whether_required(turn, question),
        _answered_line(turn, question),
    )
    deeds = (
        button(language.plain("Change"), "question.change", question.id),
        button(language.plain("Remove"), "question.off", question.id),
    )
    return Screen(text, (deeds, *way_out(language, "questions", question.forum_id)))


def _whether_required(turn: Turn, question: ForumQuestion) -> Markup:
    return (
        turn.language.say("An answer is needed")
        if question.required
        else turn.language.say("Whoever likes may skip it")
    )


def _answered_line(turn: Turn, question: ForumQuestion) -> Markup:
    answered = len(turn.uow.forum_questions.answers_to(question.id))
    return turn.language.say_n("{n} answer so far.", "{n} answers so far.", answered)


def _keep(turn: Turn, written: Written) -> Reply:
    asked = QuestionWritten(written.text, written.options if written.kind == AMONG_OPTIONS else (), written.required)
    if written.question:
        kept = change_question(turn.uow, turn.me.id, ForumQuestionId(int(written.question)), asked, turn.now)
    else:
        kept = add_question(turn.uow, turn.me.id, ForumId(int(written.forum)), asked, turn.now)
    return say(_questions_screen(turn, turn.uow.forums.get(kept.forum_id)))


WRITE_QUESTION: Final = Form(
    name="write_question",
    version=1,
    into=Written,
    questions=(
        Question(
            "text",
            _("What would you like to ask?"),
            Text(longest=QUESTION_MAX),
            hint=_("For example: Will you have lunch with us?"),
            label=_("Question"),
        ),
        Question("kind", _("How do people answer?"), Choice(kinds), label=_("Answered")),
        Question(
            "options",
            _("What can be chosen?"),
            Lines(longest=QUESTION_OPTION_MAX, most=QUESTION_OPTIONS_MOST),
            label=_("To choose"),
            when=has_options,
        ),
        Question("required", _("Is an answer needed?"), YesNo(), label=_("Answer needed")),
    ),
    review=_("The question"),
    submit=_keep,
)

FEATURE = Feature(
    buttons={
        "questions": show_questions,
        "questions.add": start_adding,
        "question": show_question,
        "question.change": start_changing,
        "question.off": ask_first,
        "question.off.sure": remove,
    },
    forms=(WRITE_QUESTION,),
    again={WRITE_QUESTION.name: begin_again},
)
