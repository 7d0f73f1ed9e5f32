"""Buttons of questions answered before, of conversations that are over, of other people, and forged ones."""

import pytest

from handlers.chat import Chat
from handlers.said import Tap
from tests.handlers.forms.action_form import FORMS
from tests.handlers.forms.conversing import Seen, Talker

ALREADY = "This question has already been answered."
CLOSED = "This has already been answered or closed. Nothing has changed."
NO_LONGER = "This button is no longer in use: please answer the latest question."


@pytest.fixture
def lea() -> Talker:
    talker = Talker(FORMS)
    talker.opens("log_action")
    return talker


def as_it_was(message: Seen) -> Seen:
    """Keep a message as the person still sees it, where the change has not reached them."""
    return Seen(message.id, message.screen)


def test_two_taps_on_one_button_answer_once(lea: Talker) -> None:
    before = as_it_was(lea.last)
    lea.taps("Rade vive")
    lea.taps("Technopôle", on=before)

    assert lea.toast == ALREADY
    assert lea.texts == [
        "For which coalition?\n<b>Rade vive</b>",
        "<b>What is it?</b>\n2 of 4\n<i>For example: bikes</i>",
    ]
    lea.says("Bikes")
    assert lea.texts[1] == "What is it?\n<b>Bikes</b>"


def test_button_from_before_going_back_shows_what_is_open(lea: Talker) -> None:
    lea.taps("Rade vive")
    before = as_it_was(lea.last)
    lea.taps("‹ Back")
    lea.taps("‹ Back", on=before)

    assert lea.toast == NO_LONGER
    assert lea.last.text == ("<b>For which coalition?</b>\n1 of 4\nPresent answer: Rade vive")


def test_message_asked_again_after_a_wrong_answer_takes_no_old_tap(lea: Talker) -> None:
    before = as_it_was(lea.last)
    lea.says("🎉")
    lea.taps("Rade vive", on=before)

    assert (lea.toast, lea.texts[0]) == (NO_LONGER, "For which coalition?")
    lea.taps("Rade vive")
    assert lea.texts[1] == "For which coalition?\n<b>Rade vive</b>"


def test_second_confirmation_does_nothing(lea: Talker) -> None:
    lea.taps("Rade vive")
    lea.says("Bikes")
    lea.taps("Planned")
    lea.taps("Skip")
    before = as_it_was(lea.last)
    lea.taps("Confirm")
    seen = lea.texts
    lea.taps("Confirm", on=before)

    assert (lea.toast, lea.texts) == (CLOSED, seen)


def test_buttons_of_an_earlier_conversation_change_nothing(lea: Talker) -> None:
    before = as_it_was(lea.last)
    lea.taps("Cancel")
    lea.opens("log_action")
    seen = lea.texts
    lea.taps("Rade vive", on=before)

    assert (lea.toast, lea.texts) == (CLOSED, seen)


def test_somebody_else_s_buttons_are_refused() -> None:
    group = Chat(-100, private=False)
    ana = Talker(FORMS, chat=group)
    ana.opens("log_action")
    sam = Talker(FORMS, memory=ana.memory, chat=group, telegram_id=8, seen=ana.seen)
    sam.taps("Rade vive")

    assert (sam.toast, ana.texts[0].splitlines()[0]) == (
        "These buttons are for the person who began.",
        "<b>For which coalition?</b>",
    )
    sam.opens("log_action")
    sam.taps("Rade vive", on=ana.seen[0])
    assert sam.toast == "These buttons are for the person who began."


@pytest.mark.parametrize(
    "data",
    [
        "f",
        "f:1",
        "f:1:1",
        "f:1:1:",
        "f:1:1:a",
        "f:1:1:a:",
        "f:1:1:a:zzz",
        "f:1:1:a:o",
        "f:1:1:a:o:1:2",
        "f:1:1:back",
        "f:1:1:skip",
        "f:1:1:keep",
        "f:1:1:confirm",
        "f:1:1:stay",
        "f:1:1:leave",
        "f:1:1:line:title",
        "f:1:1:page:0",
        "f:1:2:a:o:0",
        "f:1:99999999999999999:cancel",
        "f:2:1:cancel",
        "f:-1:1:cancel",
        "f:²:1:cancel",
        "f:" + "9" * 60,
        "f:🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉",
    ],
)
def test_forged_button_is_answered_and_changes_nothing(lea: Talker, data: str) -> None:
    kept = dict(lea.memory.drafts.kept)
    lea.taps_data(data, lea.last)

    assert lea.toast in {NO_LONGER, CLOSED}
    assert (lea.memory.drafts.kept, len(lea.seen)) == (kept, 1)


@pytest.mark.parametrize("what", ["line:colour", "line", "skip", "back", "keep", "a:o:1", "stay", "zzz"])
def test_forged_button_at_the_review_changes_nothing(lea: Talker, what: str) -> None:
    lea.taps("Rade vive")
    lea.says("Bikes")
    lea.taps("Planned")
    lea.taps("Skip")
    kept = dict(lea.memory.drafts.kept)
    lea.taps_data(f"f:1:5:{what}", lea.last)

    assert (lea.toast, lea.memory.drafts.kept) == (NO_LONGER, kept)


def test_button_of_an_option_that_is_gone_shows_the_list_again(lea: Talker) -> None:
    lea.does(Tap("f", ("1", "1", "a", "o", "000000000000"), lea.last.id))

    assert lea.last.text.splitlines()[0] == "The list has changed in the meantime: please choose again."
    lea.taps("Rade vive")
    assert lea.texts[0] == "For which coalition?\n<b>Rade vive</b>"


def test_only_so_many_old_messages_are_remembered(lea: Talker) -> None:
    first = as_it_was(lea.last)
    for _ in range(60):
        lea.says("🎉")
    lea.taps("Rade vive", on=first)

    assert lea.toast == NO_LONGER
    assert len(next(iter(lea.memory.drafts.kept.values()))) < 4000
