"""Answer what the project team asks about a forum, question after question: when one registers, and afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from handlers.feature import Feature
from handlers.forms import Choice, Form, Option, Question, Text, context_of, open_form
from handlers.forms.wording import bold, shortened
from handlers.members.forum import forum_of, show_forums
from handlers.navigation import way_out
from handlers.reply import Reply, say
from handlers.screen import Screen, button, lines, paragraphs
from handlers.turn import Turn
from locales import _
from programme.errors import NotAllowed, NotFound
from programme.forum_questions import FORUM_ANSWER_MAX, AskedWhen, ForumQuestion
from programme.forums import Forum, Registration
from programme.ids import ForumQuestionId
from programme.usecases.answer_question import answer_question, question_afterwards, questioning, was_there

ALONE: Final = "alone"
"""Said of a question that is asked by itself: the one after it is not."""
LABEL_MAX: Final = 60


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody answers: in their own words, or one of the options."""

    written: str | None = None
    chosen: str | None = None
    number: str = ""
    alone: str = ""


def ask_what_is_open(turn: Turn, forum: Forum) -> Reply | None:
    """Ask the first question that has no answer; None where there is none."""
    return _ask_after(turn, _registered(turn, forum), ForumQuestionId(0))


def start(turn: Turn) -> Reply:
    """Ask one question, or, for the number 0, all that have no answer, one after another."""
    forum = forum_of(turn)
    registration, wanted = _registered(turn, forum), turn.number(1)
    if not wanted:
        return _ask_after(turn, registration, ForumQuestionId(0)) or turn.show(_answers_screen(turn, forum))
    questions = questioning(turn.uow, registration).questions
    found = next((one for one in questions if one.id == wanted), None)
    if found is None:
        raise NotFound
    return _ask(turn, found, questions, alone=True)


def start_afterwards(turn: Turn) -> Reply:
    """Ask what the project team wants to know after a forum."""
    forum = forum_of(turn)
    question = question_afterwards(turn.uow, forum.id)
    if question is None:
        raise NotFound
    if not was_there(turn.uow, _registered(turn, forum)):
        raise NotAllowed
    return _ask(turn, question, (question,), alone=True)


def show_answers(turn: Turn) -> Reply:
    """Show what one has answered, each line to be changed by a tap."""
    return turn.show(_answers_screen(turn, forum_of(turn)))


def options_of(turn: Turn) -> Sequence[Option]:
    """Give the options of the question that the conversation is about, none where it is gone."""
    number = context_of(turn).get("number", "")
    try:
        question = turn.uow.forum_questions.get(ForumQuestionId(int(number))) if number else None
    except NotFound:
        question = None
    return [] if question is None else [Option(option, option) for option in question.options]


def _registered(turn: Turn, forum: Forum) -> Registration:
    registration = turn.uow.registrations.of(turn.me.id, forum.id)
    if registration is None:
        raise NotFound
    return registration


def _ask_after(turn: Turn, registration: Registration, after: ForumQuestionId) -> Reply | None:
    asked = questioning(turn.uow, registration)
    following = asked.following(after)
    return None if following is None else _ask(turn, following, asked.questions)


def _ask(turn: Turn, question: ForumQuestion, among: Sequence[ForumQuestion], *, alone: bool = False) -> Reply:
    place, total = [one.id for one in among].index(question.id) + 1, len(among)
    how_far = "" if alone or total == 1 else turn.language.plain("{number} of {total}", number=place, total=total)
    context = {
        "question": question.text,
        "how_far": how_far,
        "number": str(question.id),
        "alone": ALONE if alone else "",
    }
    form = REQUIRED_ANSWER if question.required else ANSWER
    return open_form(turn, form, context=context, known={"written" if question.options else "chosen": None})


def _keep(turn: Turn, told: Told) -> Reply:
    answer = told.written if told.chosen is None else told.chosen
    question = answer_question(turn.uow, turn.me.id, ForumQuestionId(int(told.number)), answer, turn.now)
    forum = turn.uow.forums.get(question.forum_id)
    if question.asked is AskedWhen.AFTERWARDS:
        text = turn.language.say("Thank you! Your answer is read without your name.")
        return say(Screen(text, way_out(turn.language, "forum", forum.id)))
    if told.alone:
        return say(_answers_screen(turn, forum))
    following = _ask_after(turn, _registered(turn, forum), question.id)
    return say(_thanks(turn, forum)) if following is None else following


def _thanks(turn: Turn, forum: Forum) -> Screen:
    language = turn.language
    text = language.say("Thank you, that is all. You can change your answers on the forum’s card.")
    return Screen(text, ((button(language.plain("See the forum"), "forum", forum.id),), *way_out(language)))


def _answers_screen(turn: Turn, forum: Forum) -> Screen:
    language, asked = turn.language, questioning(turn.uow, _registered(turn, forum))
    if not asked.questions:
        raise NotFound
    text = paragraphs(
        language.say("<b>My answers</b> · {title}", title=forum.title),
        *(
            lines(
                language.say("{question}", question=one.text),
                bold(asked.answers[one.id]) if one.id in asked.answers else language.say("No answer yet."),
            )
            for one in asked.questions
        ),
        language.say("Tap a question to change your answer."),
    )
    rows = tuple((button(shortened(one.text, LABEL_MAX), "forum.answer", forum.id, one.id),) for one in asked.questions)
    return Screen(text, (*rows, *way_out(language, "forum", forum.id)))


def _form(name: str, *, optional: bool) -> Form[Told]:
    return Form(
        name=name,
        version=1,
        into=Told,
        questions=(
            Question(
                "written",
                _("{question}"),
                Text(longest=FORUM_ANSWER_MAX, multiline=True),
                hint=_("{how_far}"),
                optional=optional,
            ),
            Question("chosen", _("{question}"), Choice(options_of), hint=_("{how_far}"), optional=optional),
        ),
        submit=_keep,
    )


ANSWER: Final = _form("forum_answer", optional=True)
REQUIRED_ANSWER: Final = _form("forum_answer_required", optional=False)

FEATURE = Feature(
    buttons={
        "forum.answer": start,
        "forum.answers": show_answers,
        "forum.after": start_afterwards,
    },
    forms=(ANSWER, REQUIRED_ANSWER),
    again={ANSWER.name: show_forums, REQUIRED_ANSWER.name: show_forums},
)
