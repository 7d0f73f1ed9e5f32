"""A question may ask, in other people's words, what the conversation was opened with."""

from dataclasses import dataclass
from typing import Final

import pytest

from handlers.forms import Form, Question, Text
from handlers.reply import Reply, say
from handlers.screen import Screen
from handlers.turn import Turn
from locales import Msgid
from tests.handlers.forms.conversing import Talker

OWN_WORDS: Final = "Avez-vous <b>faim</b> {à} midi & le soir ?"
ASKED: Final = "<b>Avez-vous &lt;b&gt;faim&lt;/b&gt; {à} midi &amp; le soir ?</b>"


@dataclass(frozen=True)
class Answer:
    meal: str
    name: str = ""


def _kept(turn: Turn, answer: Answer) -> Reply:
    return say(Screen(turn.language.say("{meal}", meal=answer.meal)))


def _form(name: str, *, review: Msgid | None = None) -> Form[Answer]:
    return Form(
        name=name,
        version=1,
        into=Answer,
        questions=(
            Question("meal", Msgid("{question}"), Text(longest=40), hint=Msgid("{how_far}")),
            Question("name", Msgid("Your name?"), Text(longest=40), optional=True),
        ),
        review=review,
        submit=_kept,
    )


FORMS: Final = {"meal": _form("meal"), "reviewed": _form("reviewed", review=Msgid("The meal"))}


@pytest.fixture
def talker() -> Talker:
    return Talker(FORMS)


def test_the_words_of_the_context_are_asked_as_they_are_written(talker: Talker) -> None:
    talker.opens("meal", context={"question": OWN_WORDS, "how_far": "2 of 5"})
    assert talker.last.text == f"{ASKED}\n1 of 2\n<i>2 of 5</i>"

    talker.says("Yes")

    assert talker.texts[0] == f"{ASKED[3:-4]}\n<b>Yes</b>"


def test_a_hint_that_says_nothing_takes_no_line(talker: Talker) -> None:
    talker.opens("meal", context={"question": "Hungry?", "how_far": ""}, known={"name": None})

    assert talker.last.text == "<b>Hungry?</b>"


def test_the_review_and_what_is_left_open_speak_the_same_words(talker: Talker) -> None:
    talker.opens("reviewed", context={"question": OWN_WORDS, "how_far": ""}, known={"name": None})
    talker.says("Yes")
    assert talker.last.text == "<b>The meal</b>\n\n" + ASKED.replace(" ?</b>", "</b>") + ": Yes\n<b>Your name</b>: —"

    talker.taps("Correct")
    assert talker.last.labels[0] == "Avez-vous <b>faim</b> {à} midi & le soir: Yes"
    talker.opens("meal", context={"question": "Hungry?", "how_far": ""})
    talker.taps("Leave it and begin this")

    assert talker.last.text == "<b>Hungry?</b>\n1 of 2"
