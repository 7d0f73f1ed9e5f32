"""After a forum: the words of thanks and the question that go with « comment était-ce ? », and what people said."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from handlers.feature import Feature
from handlers.forms import Choice, Form, Lines, Question, Text, open_form
from handlers.forms.wording import shortened
from handlers.members.forum import forum_of
from handlers.names import FEEDBACK
from handlers.navigation import page_of, way_out
from handlers.reply import Reply, say
from handlers.screen import Screen, button, lines, paragraphs
from handlers.staff.forum_questions import AMONG_OPTIONS, IN_WORDS, kind_words, kinds
from handlers.staff.forums import begin_again
from handlers.turn import Turn
from locales import _
from programme.errors import TooLate
from programme.forum_questions import QUESTION_MAX, QUESTION_OPTION_MAX, QUESTION_OPTIONS_MOST, THANKS_MAX
from programme.forums import Forum, ForumState
from programme.ids import ForumId
from programme.statistics import SMALLEST_GROUP
from programme.usecases.ask_afterwards import Said, afterwards_of, what_was_said, write_afterwards
from programme.usecases.ask_registrants import QuestionWritten

ANSWER_SHOWN: Final = 350


@dataclass(frozen=True, slots=True)
class Written:
    """What comes after a forum, as the conversation asks for it."""

    thanks: str | None = None
    question: str | None = None
    kind: str | None = None
    options: tuple[str, ...] | None = None
    forum: str = ""


def show_message(turn: Turn) -> Reply:
    """Show what will come after a forum."""
    return turn.show(_message_screen(turn, forum_of(turn)))


def start_writing(turn: Turn) -> Reply:
    """Open the conversation that writes it, or show what there is to be reviewed line by line."""
    forum = forum_of(turn)
    present = afterwards_of(turn.uow, turn.me.id, forum.id)
    if forum.state is not ForumState.PLANNED or forum.ends_at <= turn.now:
        raise TooLate
    known: dict[str, Any] = {}
    if present.thanks or present.question is not None:
        known = {"thanks": present.thanks or None, "question": None}
    if present.question is not None:
        options = list(present.question.options)
        known |= {"question": present.question.text, "kind": AMONG_OPTIONS if options else IN_WORDS}
        known |= {"options": options} if options else {}
    return open_form(turn, WRITE_AFTERWARDS, context={"forum": str(forum.id)}, known=known)


def show_said(turn: Turn) -> Reply:
    """Show what people said, without names."""
    forum = forum_of(turn)
    said = what_was_said(turn.uow, turn.me.id, forum.id, turn.now)
    language = turn.language
    page = page_of(said.answers or (), turn.number(1) if turn.word(1) else 0)
    text = paragraphs(
        language.say("<b>What people said</b> · {title}", title=forum.title),
        _feedback_lines(turn, said),
        *_answer_lines(turn, said),
        lines(*(language.say("• {answer}", answer=shortened(one, ANSWER_SHOWN)) for one in page.things)) or None,
    )
    rows = (*page.turner(language, "after.said", forum.id), *way_out(language, "doors", forum.id))
    return turn.show(Screen(text, rows))


def asks_something(answers: Mapping[str, Any]) -> bool:
    """Tell whether it is still to be asked how the question is answered."""
    return bool(answers["question"])


def has_options(answers: Mapping[str, Any]) -> bool:
    """Tell whether the list is still to be asked."""
    return bool(answers["question"] and answers["kind"] == AMONG_OPTIONS)


def _message_screen(turn: Turn, forum: Forum) -> Screen:
    language, present = turn.language, afterwards_of(turn.uow, turn.me.id, forum.id)
    question = present.question
    text = paragraphs(
        lines(
            language.say("<b>Message afterwards</b> · {title}", title=forum.title),
            language.say(
                "It goes with the question “How was it?” to those who came, or, where nobody was checked in, to those "
                "who had a place."
            ),
        ),
        language.say("Thanks: {words}", words=present.thanks) if present.thanks else None,
        None
        if question is None
        else lines(language.say("Question: {question}", question=question.text), kind_words(turn, question)),
        None if present.thanks or question is not None else language.say("Nothing is written yet."),
    )
    words = language.plain("Change") if present.thanks or question is not None else language.plain("Write it")
    return Screen(text, ((button(words, "after.write", forum.id),), *way_out(language, "doors", forum.id)))


def _feedback_lines(turn: Turn, said: Said) -> Markup:
    language = turn.language
    if said.feedback is None:
        return lines(
            language.say_n("{n} answer to “How was it?”.", "{n} answers to “How was it?”.", said.feedback_given),
            _too_few(turn) if said.feedback_given else None,
        )
    return lines(
        *(
            language.say("{answer}: {count}", answer=language.plain(words), count=language.number(said.feedback[one]))
            for one, words in FEEDBACK.items()
        )
    )


def _answer_lines(turn: Turn, said: Said) -> tuple[Markup, ...]:
    language = turn.language
    if said.question is None:
        return ()
    counted = language.say_n("{n} answer", "{n} answers", said.answered)
    hidden = said.answered and said.by_option is None and said.answers is None
    options = said.by_option or {}
    return (
        lines(
            language.say("<b>{question}</b>", question=said.question.text),
            counted,
            _too_few(turn) if hidden else None,
            *(
                language.say("{answer}: {count}", answer=option, count=language.number(count))
                for option, count in options.items()
            ),
        ),
    )


def _too_few(turn: Turn) -> Markup:
    return turn.language.say_n(
        "Below {n} answer, none is shown: who said what could be guessed.",
        "Below {n} answers, none is shown: who said what could be guessed.",
        SMALLEST_GROUP,
    )


def _keep(turn: Turn, written: Written) -> Reply:
    forum = turn.uow.forums.get(ForumId(int(written.forum)))
    question = None
    if written.question:
        options = written.options if written.kind == AMONG_OPTIONS else None
        question = QuestionWritten(written.question, options or ())
    write_afterwards(turn.uow, turn.me.id, forum.id, written.thanks or "", question, turn.now)
    return say(_message_screen(turn, forum))


WRITE_AFTERWARDS: Final = Form(
    name="write_afterwards",
    version=1,
    into=Written,
    questions=(
        Question(
            "thanks",
            _("What would you like to say to those who came?"),
            Text(longest=THANKS_MAX, multiline=True),
            hint=_("A word of thanks, where to find the photos, what comes next…"),
            label=_("Thanks"),
            optional=True,
        ),
        Question(
            "question",
            _("What would you like to ask them?"),
            Text(longest=QUESTION_MAX),
            hint=_("For example: What will you begin with tomorrow?"),
            label=_("Question"),
            optional=True,
        ),
        Question("kind", _("How do people answer?"), Choice(kinds), label=_("Answered"), when=asks_something),
        Question(
            "options",
            _("What can be chosen?"),
            Lines(longest=QUESTION_OPTION_MAX, most=QUESTION_OPTIONS_MOST),
            label=_("To choose"),
            when=has_options,
        ),
    ),
    review=_("The message afterwards"),
    submit=_keep,
)

FEATURE = Feature(
    buttons={
        "after": show_message,
        "after.write": start_writing,
        "after.said": show_said,
    },
    forms=(WRITE_AFTERWARDS,),
    again={WRITE_AFTERWARDS.name: begin_again},
)
