"""Conversations that can't go on: left for a week, or begun with a form that has changed since."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.forms import DRAFT_LASTS, go_on
from handlers.said import Command, Words
from programme.ids import TelegramId
from tests.handlers.forms.action_form import FORMS, LOG_ACTION
from tests.handlers.forms.conversing import NOON, Talker, turn_of

OVER = "You had left this for more than a week, so it is over. You can begin again whenever you like."
CHANGED = "These questions have changed since you began, so please begin again. We are sorry for the trouble."
COPY = (
    "What you had answered, so that you can copy it:\n\n"
    "<b>Coalition</b>\nRade vive\n\n"
    "<b>What is it</b>\nBikes &amp; trains"
)


@pytest.fixture
def lea() -> Talker:
    talker = Talker(FORMS)
    talker.opens("log_action")
    talker.taps("Rade vive")
    talker.says("Bikes & trains")
    return talker


def test_conversation_is_over_after_a_week_and_its_answers_are_given_back(lea: Talker) -> None:
    lea.now = NOON + DRAFT_LASTS + timedelta(seconds=1)
    lea.says("planned")

    assert lea.texts[2:] == ["Where does it stand?", f"{OVER}\n\n{COPY}", "(the router answers)"]
    assert (lea.seen[3].labels, lea.memory.drafts.kept) == (["Start again"], {})
    assert lea.seen[3].button("Start again").data == "again:log_action"


def test_conversation_goes_on_within_the_week(lea: Talker) -> None:
    lea.now = NOON + DRAFT_LASTS
    lea.says("planned")

    assert lea.last.text == "<b>Anything else?</b>\n4 of 4"


def test_each_answer_gives_another_week(lea: Talker) -> None:
    lea.now = NOON + DRAFT_LASTS
    lea.says("planned")
    lea.now += DRAFT_LASTS
    lea.taps("Skip")

    assert lea.last.labels == ["Confirm", "Correct", "Cancel"]


def test_other_command_after_a_week_gets_the_note_and_its_answer(lea: Talker) -> None:
    lea.now += timedelta(days=8)
    lea.does(Command("aide"))

    assert lea.texts[3:] == [f"{OVER}\n\n{COPY}", "(the router answers)"]


def test_opening_another_after_a_week_gives_the_answers_back_first(lea: Talker) -> None:
    lea.now += timedelta(days=8)
    lea.opens("log_action")

    assert lea.texts[2:] == [
        "Where does it stand?",
        f"{OVER}\n\n{COPY}",
        "<b>For which coalition?</b>\n1 of 4",
    ]


def test_coming_back_after_a_week_tells_that_it_is_over(lea: Talker) -> None:
    lea.now += timedelta(days=8)
    lea.comes_back()

    assert (lea.last.text, lea.memory.drafts.kept) == (f"{OVER}\n\n{COPY}", {})


def test_form_that_has_changed_gives_the_answers_back(lea: Talker) -> None:
    lea.forms = {"log_action": replace(LOG_ACTION, version=2)}
    lea.says("planned")

    assert (lea.seen[3].text, lea.seen[3].labels) == (f"{CHANGED}\n\n{COPY}", ["Start again"])


def test_form_that_is_gone_gives_the_answers_back(lea: Talker) -> None:
    lea.forms = {}
    lea.taps("Planned")

    assert (lea.seen[3].text, lea.seen[3].labels) == (f"{CHANGED}\n\n{COPY}", [])
    assert lea.toast == "This has already been answered or closed. Nothing has changed."


def test_draft_kept_by_an_earlier_engine_gives_the_answers_back(lea: Talker) -> None:
    drafts = lea.memory.drafts
    row = json.loads(drafts.kept[1])
    row[5] = {"layout": 0, "written": row[5]["written"], "something": "else"}
    drafts.kept[1] = json.dumps(row)
    lea.says("planned")

    assert lea.texts[-2:] == [f"{CHANGED}\n\n{COPY}", "(the router answers)"]


def test_conversation_without_answers_ends_in_one_sentence() -> None:
    lea = Talker(FORMS)
    lea.opens("log_action")
    lea.now += timedelta(days=8)
    lea.says("rade")

    assert lea.texts == ["For which coalition?", OVER, "(the router answers)"]


def test_very_long_answers_are_given_back_whole_in_several_messages(lea: Talker) -> None:
    lea.taps("Planned")
    lea.says("é" * 4000)
    lea.now += timedelta(days=8)
    lea.says("yes")

    given_back = "".join(message.text for message in lea.seen[5:])
    assert given_back.count("é") == 4000
    assert [message.labels for message in lea.seen[5:]] == [[], ["Start again"], []]


def test_cancelled_conversation_after_a_week_is_only_cancelled(lea: Talker) -> None:
    lea.now += timedelta(days=8)
    lea.does(Command("annuler"))

    assert lea.memory.drafts.kept == {}


def test_router_that_asks_only_the_conversation_gets_the_note(lea: Talker) -> None:
    turn = turn_of(Words("planned"), now=NOON + timedelta(days=8), memory=lea.memory)
    kept = turn.uow.drafts.get(7, TelegramId(7))
    assert kept is not None
    reply = go_on(turn, kept, FORMS)

    assert reply is not None
    assert [str(message.screen.text) for message in reply.messages] == ["Where does it stand?", f"{OVER}\n\n{COPY}"]
