"""One conversation at a time: what becomes of the one under way when another is opened."""

import pytest

from handlers.said import Words
from tests.handlers.forms.action_form import FORMS
from tests.handlers.forms.conversing import Seen, Talker

ASKED = "You have begun something else: {} kept. Go on with it, or leave it and begin this?"


@pytest.fixture
def lea() -> Talker:
    """Somebody in the middle of a conversation, who opens another one."""
    talker = Talker(FORMS)
    talker.opens("log_action")
    talker.taps("Rade vive")
    talker.opens("log_quickly", context={"link": "ab12"}, known={"stage": "planned"})
    return talker


def test_conversation_with_answers_is_not_left_without_asking(lea: Talker) -> None:
    assert lea.texts == [
        "For which coalition?\n<b>Rade vive</b>",
        "What is it?",
        ASKED.format("1 answer is"),
    ]
    assert lea.last.labels == ["Go on with it", "Leave it and begin this"]


def test_going_on_asks_the_open_question_again(lea: Talker) -> None:
    lea.taps("Go on with it")

    assert lea.last.text == "<b>What is it?</b>\n2 of 4\n<i>For example: bikes</i>"
    lea.says("Bikes")
    lea.taps("Planned")
    lea.taps("Skip")
    lea.taps("Confirm")
    assert lea.last.text == "Logged: 1 / Bikes / planned / None / (none) / "


def test_leaving_opens_the_other_with_all_it_was_opened_with(lea: Talker) -> None:
    lea.taps("Leave it and begin this")

    assert lea.texts[2:] == [
        "You left what you had begun.",
        "<b>For which coalition?</b>\n1 of 3",
    ]
    lea.taps("Technopôle")
    lea.says("Bikes")
    lea.taps("Skip")
    assert lea.last.text == "Logged: 2 / Bikes / planned / None / (none) / ab12"


def test_words_meanwhile_answer_neither(lea: Talker) -> None:
    lea.does(Words("Bikes"))

    assert lea.last.text == f"Please choose with the buttons first.\n\n{ASKED.format('1 answer is')}"
    assert lea.with_buttons == [lea.last]


def test_who_comes_back_finds_the_question_and_not_the_choice(lea: Talker) -> None:
    lea.comes_back()

    assert lea.last.text == "<b>What is it?</b>\n2 of 4\n<i>For example: bikes</i>"


def test_choice_made_can_not_be_made_again(lea: Talker) -> None:
    before = Seen(lea.last.id, lea.last.screen)
    lea.taps("Go on with it")
    lea.taps("Leave it and begin this", on=before)

    assert lea.toast == "This button is no longer in use: please answer the latest question."
    lea.says("Bikes")
    assert lea.last.text == "<b>Where does it stand?</b>\n3 of 4"


def test_several_answers_are_counted() -> None:
    lea = Talker(FORMS)
    lea.opens("log_action", known={"stage": "planned"})
    lea.taps("Rade vive")
    lea.says("Bikes")
    lea.opens("log_action")

    assert lea.last.text == ASKED.format("2 answers are")


def test_conversation_without_an_answer_gives_way_at_once() -> None:
    lea = Talker(FORMS)
    lea.opens("log_action", known={"stage": "planned"})
    lea.opens("log_quickly")

    assert lea.texts == ["For which coalition?", "<b>For which coalition?</b>\n1 of 4"]
    assert lea.with_buttons == [lea.last]
