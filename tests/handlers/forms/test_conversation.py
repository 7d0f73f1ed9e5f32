import pytest

from handlers.chat import Chat
from handlers.said import Command, Contact, Edited, Reachable, Tap, Unread, Upload, Words
from programme.errors import NameTaken
from tests.handlers.forms.action_form import FORMS
from tests.handlers.forms.conversing import Talker
from tests.handlers.forms.every_kind import FORMS as EVERY_FORM
from tests.handlers.forms.every_kind import KEYS, RIGHT

REVIEW = (
    "<b>Is this right?</b>\n\n"
    "<b>Coalition</b>: Rade vive\n"
    "<b>What is it</b>: Bikes &amp; &lt;b&gt;\n"
    "<b>Stage</b>: Planned\n"
    "<b>Anything else</b>: —"
)


@pytest.fixture
def lea() -> Talker:
    talker = Talker(FORMS)
    talker.opens("log_action")
    return talker


def fill(talker: Talker) -> None:
    """Answer every question of a planned action, up to the review."""
    talker.taps("Rade vive")
    talker.says("Bikes & <b>")
    talker.taps("Planned")
    talker.taps("Skip")


def test_question_is_one_message_with_its_way_out(lea: Talker) -> None:
    lea.taps("Rade vive")

    assert lea.texts == [
        "For which coalition?\n<b>Rade vive</b>",
        "<b>What is it?</b>\n2 of 4\n<i>For example: bikes</i>",
    ]
    assert lea.last.labels == ["‹ Back", "Cancel"]


def test_first_question_has_no_way_back(lea: Talker) -> None:
    assert lea.last.labels == ["Brest’aim", "Rade vive", "Technopôle", "Cancel"]


def test_answers_make_the_chat_a_filled_form(lea: Talker) -> None:
    fill(lea)

    assert lea.texts == [
        "For which coalition?\n<b>Rade vive</b>",
        "What is it?\n<b>Bikes &amp; &lt;b&gt;</b>",
        "Where does it stand?\n<b>Planned</b>",
        "Anything else?\n<b>—</b>",
        REVIEW,
    ]
    assert lea.last.labels == ["Confirm", "Correct", "Cancel"]
    assert lea.with_buttons == [lea.last]


def test_confirmed_review_does_the_deed_and_ends(lea: Talker) -> None:
    fill(lea)
    lea.taps("Confirm")

    assert lea.texts[-2:] == [
        REVIEW.replace("<b>Is this right?</b>", "Is this right?"),
        "Logged: 1 / Bikes &amp; &lt;b&gt; / planned / None / (none) / ",
    ]
    assert (lea.with_buttons, lea.memory.drafts.kept) == ([], {})


def test_form_without_review_does_the_deed_after_the_last_answer() -> None:
    lea = Talker(FORMS)
    lea.opens("log_quickly", context={"link": "ab12", "colour": "red"})
    fill(lea)

    assert lea.texts[-2:] == [
        "Anything else?\n<b>—</b>",
        "Logged: 1 / Bikes &amp; &lt;b&gt; / planned / None / (none) / ab12",
    ]
    assert lea.memory.drafts.kept == {}


def test_question_that_an_answer_makes_apply_is_asked_and_counted(lea: Talker) -> None:
    lea.taps("Rade vive")
    lea.says("Bikes")
    lea.taps("Done")

    assert lea.last.text == "<b>How much was saved?</b>\n4 of 5\n<i>For example: 1200.5</i>"
    lea.says("1 200,5 kWh")
    lea.says("Two\nlines")
    lea.taps("Confirm")
    assert lea.last.text == "Logged: 1 / Bikes / done / 1200.5 / Two\nlines / "


def test_known_answers_are_not_asked_but_can_be_corrected() -> None:
    lea = Talker(FORMS)
    lea.opens("log_action", known={"coalition": "2"})

    assert lea.last.text == "<b>What is it?</b>\n1 of 3\n<i>For example: bikes</i>"
    assert lea.last.labels == ["Cancel"]
    lea.says("Bikes")
    lea.taps("Planned")
    lea.taps("Skip")
    lea.taps("Correct")
    assert lea.last.labels[0] == "Coalition: Technopôle"


def test_unknown_known_answer_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="form log_action: known answers without a question: colour"):
        Talker(FORMS).opens("log_action", known={"colour": "red"})


def test_everything_known_opens_the_review() -> None:
    lea = Talker(FORMS)
    lea.opens("log_action", known={"coalition": "2", "title": "Bikes", "stage": "planned", "detail": None})

    assert lea.last.labels == ["Confirm", "Correct", "Cancel"]


def test_everything_known_and_no_review_does_the_deed_at_once() -> None:
    lea = Talker(FORMS)
    lea.opens("log_quickly", known={"coalition": "2", "title": "Bikes", "stage": "planned", "detail": None})

    assert lea.last.text == "Logged: 2 / Bikes / planned / None / (none) / "
    assert lea.memory.drafts.kept == {}


def test_wrong_answer_is_told_with_the_question_again(lea: Talker) -> None:
    lea.taps("Rade vive")
    lea.says("x" * 201)

    assert lea.texts[-2:] == [
        "What is it?",
        (
            "This text has 201 characters, and 200 at most fit: please shorten it.\n\n"
            "<b>What is it?</b>\n2 of 4\n<i>For example: bikes</i>"
        ),
    ]
    assert lea.with_buttons == [lea.last]


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (Unread("voice"), "Voice messages can’t be read here: please write, or use the buttons."),
        (Unread("sticker"), "A sticker can’t be read as an answer: please write, or use the buttons."),
        (Unread("location"), "This kind of message can’t be read here: please write, or use the buttons."),
        (Upload("photo", "AgAC"), "A photo is no answer to this question: please write, or use the buttons."),
        (Upload("document", "BQAC"), "A file is no answer to this question: please write, or use the buttons."),
        (Contact("Anne", "+33"), "A contact is no answer to this question: please write, or use the buttons."),
    ],
)
def test_what_can_not_be_an_answer_is_told(lea: Talker, said: Unread | Upload | Contact, problem: str) -> None:
    lea.does(said)

    assert lea.last.text.startswith(f"{problem}\n\n<b>For which coalition?</b>")
    assert lea.with_buttons == [lea.last]


def test_forwarded_text_is_an_answer(lea: Talker) -> None:
    lea.taps("Rade vive")
    lea.does(Words("Bikes", forwarded=True))

    assert lea.texts[1] == "What is it?\n<b>Bikes</b>"


def test_edited_message_says_how_to_change_an_answer(lea: Talker) -> None:
    lea.taps("Rade vive")
    lea.does(Edited("Rade"))

    assert lea.last.text == ("Editing a message does not change an answer: use “‹ Back”, or “Correct” at the end.")
    lea.says("Bikes")
    assert lea.texts[1] == "What is it?\n<b>Bikes</b>"


def test_search_shows_what_was_found_below_the_words(lea: Talker) -> None:
    lea.says("rad")

    assert lea.texts == ["For which coalition?", "<b>For which coalition?</b>\n1 of 4\n1 result for “rad”."]
    assert lea.last.labels == ["Rade vive", "Show all", "Cancel"]
    lea.taps("Show all")
    assert lea.last.labels == ["Brest’aim", "Rade vive", "Technopôle", "Cancel"]
    assert len(lea.seen) == 2


def test_back_asks_the_question_before_in_place_and_keeps_its_answer(lea: Talker) -> None:
    lea.taps("Rade vive")
    lea.says("Bikes")
    lea.taps("‹ Back")

    assert lea.texts[1:] == [
        "What is it?\n<b>Bikes</b>",
        "<b>What is it?</b>\n2 of 4\n<i>For example: bikes</i>\nPresent answer: Bikes",
    ]
    assert lea.last.labels == ["Keep the present answer", "‹ Back", "Cancel"]
    lea.taps("Keep the present answer")
    assert lea.last.text == "<b>Where does it stand?</b>\n3 of 4"
    assert len(lea.seen) == 3


def test_answer_given_after_back_takes_the_place_of_the_other(lea: Talker) -> None:
    lea.taps("Rade vive")
    lea.says("Bikes")
    lea.taps("‹ Back")
    lea.says("Trains")
    lea.taps("Planned")
    lea.taps("Skip")

    assert "<b>What is it</b>: Trains" in lea.last.text.splitlines()


def test_answer_after_which_nothing_else_applies_does_the_deed() -> None:
    lea = Talker(FORMS)
    lea.opens("log_quickly", known={"coalition": "2", "title": "Bikes", "detail": "x"})
    lea.taps("Done")
    lea.taps("‹ Back")
    lea.taps("Planned")

    assert lea.last.text == "Logged: 2 / Bikes / planned / None / x / "


def test_one_line_is_corrected_and_the_review_comes_back(lea: Talker) -> None:
    fill(lea)
    lea.taps("Correct")

    assert lea.last.text == "<b>Which line should be corrected?</b>"
    assert lea.last.labels == [
        "Coalition: Rade vive",
        "What is it: Bikes & <b>",
        "Stage: Planned",
        "Anything else: —",
        "‹ Back",
        "Cancel",
    ]
    lea.taps("What is it: Bikes & <b>")
    assert lea.last.labels == ["Keep the present answer", "Cancel"]
    lea.says("Trains")
    assert lea.texts[-2:] == ["What is it?\n<b>Trains</b>", REVIEW.replace("Bikes &amp; &lt;b&gt;", "Trains")]


def test_correction_can_be_given_up_twice(lea: Talker) -> None:
    fill(lea)
    lea.taps("Correct")
    lea.taps("‹ Back")
    assert lea.last.text == REVIEW

    lea.taps("Correct")
    lea.taps("Stage: Planned")
    lea.taps("Keep the present answer")
    assert (lea.last.text, len(lea.seen)) == (REVIEW, 5)


def test_correction_that_makes_another_question_apply_asks_it(lea: Talker) -> None:
    fill(lea)
    lea.taps("Correct")
    lea.taps("Stage: Planned")
    lea.taps("Done")

    assert lea.last.text == "<b>How much was saved?</b>\n<i>For example: 1200.5</i>"
    lea.says("12")
    assert lea.last.text == (
        "<b>Is this right?</b>\n\n"
        "<b>Coalition</b>: Rade vive\n"
        "<b>What is it</b>: Bikes &amp; &lt;b&gt;\n"
        "<b>Stage</b>: Done\n"
        "<b>How much was saved</b>: 12\u00a0kWh\n"
        "<b>Anything else</b>: —"
    )


def test_answer_that_no_longer_applies_is_left_out_but_not_forgotten(lea: Talker) -> None:
    lea.taps("Rade vive")
    lea.says("Bikes")
    lea.taps("Done")
    lea.says("12")
    lea.taps("Skip")
    for stage in ("Planned", "Done"):
        lea.taps("Correct")
        lea.taps("Stage: Done" if stage == "Planned" else "Stage: Planned")
        lea.taps(stage)
    assert "<b>How much was saved</b>: 12\u00a0kWh" in lea.last.text.splitlines()

    lea.taps("Correct")
    lea.taps("Stage: Done")
    lea.taps("Planned")
    lea.taps("Confirm")
    assert lea.last.text == "Logged: 1 / Bikes / planned / None / (none) / "


def test_words_at_the_review_are_answered(lea: Talker) -> None:
    fill(lea)
    lea.says("yes")

    assert lea.last.text == (
        f"Nothing is recorded yet: please use the buttons to confirm, correct or cancel.\n\n{REVIEW}"
    )
    assert lea.with_buttons == [lea.last]


def test_refusal_leaves_the_conversation_at_its_review() -> None:
    lea = Talker(FORMS)
    lea.opens("log_action")
    lea.taps("Rade vive")
    lea.says("Taken")
    lea.taps("Planned")
    lea.taps("Skip")
    with pytest.raises(NameTaken):
        lea.taps("Confirm")

    lea.taps("Correct")
    lea.taps("What is it: Taken")
    lea.says("Free")
    lea.taps("Confirm")
    assert lea.last.text == "Logged: 1 / Free / planned / None / (none) / "


def test_cancel_drops_everything_and_says_so(lea: Talker) -> None:
    lea.taps("Rade vive")
    lea.taps("Cancel")

    assert lea.texts == ["For which coalition?\n<b>Rade vive</b>", "Cancelled. Nothing was kept."]
    assert (lea.last.labels, lea.memory.drafts.kept) == (["Menu"], {})


def test_annuler_drops_everything_and_says_so_below(lea: Talker) -> None:
    lea.taps("Rade vive")
    lea.does(Command("annuler"))

    assert lea.texts == [
        "For which coalition?\n<b>Rade vive</b>",
        "What is it?",
        "Cancelled. Nothing was kept.",
    ]
    assert (lea.with_buttons, lea.memory.drafts.kept) == ([], {})


def test_other_commands_and_buttons_leave_the_conversation_open(lea: Talker) -> None:
    lea.does(Command("aide"))
    lea.does(Tap("menu", (), 55))
    lea.does(Reachable(now=True))

    assert lea.texts[1:] == ["(the router answers)"] * 3
    lea.taps("Rade vive")
    assert lea.texts[0] == "For which coalition?\n<b>Rade vive</b>"


def test_who_comes_back_finds_the_question_again(lea: Talker) -> None:
    lea.taps("Rade vive")
    lea.does(Command("aide"))
    lea.comes_back()

    assert lea.texts[1:] == [
        "What is it?",
        "(the router answers)",
        "<b>What is it?</b>\n2 of 4\n<i>For example: bikes</i>",
    ]
    lea.says("Bikes")
    assert lea.texts[3] == "What is it?\n<b>Bikes</b>"


def test_stickers_and_edits_in_a_group_are_not_for_the_bot() -> None:
    lea = Talker(FORMS, chat=Chat(-100, private=False))
    lea.opens("log_action")
    lea.does(Unread("sticker"))
    lea.does(Edited("Rade"))

    assert lea.texts[1:] == ["(the router answers)"] * 2


def test_long_answers_fit_every_message(lea: Talker) -> None:
    lea.taps("Rade vive")
    lea.says("Bikes")
    lea.taps("Planned")
    lea.says("&<" * 2000)

    assert lea.texts[3] == "Anything else?\n<b>" + "&amp;&lt;" * 1842 + "&amp;…</b>"
    lea.taps("Confirm")


def test_first_kept_draft_is_not_shared_between_chats(lea: Talker) -> None:
    sam = Talker(FORMS, memory=lea.memory, telegram_id=8, chat=Chat(8, private=True))
    sam.opens("log_action")
    sam.taps("Technopôle")
    lea.taps("Rade vive")

    assert (sam.texts[0], lea.texts[0]) == (
        "For which coalition?\n<b>Technopôle</b>",
        "For which coalition?\n<b>Rade vive</b>",
    )


def everything_answered() -> Talker:
    """Somebody at the review of a form with a question of every kind."""
    talker = Talker(EVERY_FORM)
    talker.opens("everything")
    for key in KEYS:
        talker.does(RIGHT[key][0])
    return talker


def test_every_kind_of_answer_is_shown_in_the_review() -> None:
    assert everything_answered().last.text == (
        "<b>Is this right?</b>\n\n"
        "<b>Which organisation</b>: Club A\n"
        "<b>What is it</b>: Bikes &lt;b&gt;&amp;\n"
        "<b>How much was saved</b>: 1,200.5\n"
        "<b>Where does it stand</b>: Planned\n"
        "<b>Which stakes</b>: Stake 2, Stake 11\n"
        "<b>Since when</b>: Tuesday 17 November 2026\n"
        "<b>At what hour</b>: 18:30\n"
        "<b>When do you meet</b>: Tuesday 24 November 2026 at 18:30\n"
        "<b>Is it public</b>: Yes\n"
        "<b>Whom to call</b>: Anne, anne@example.org\n"
        "<b>A photo</b>: Photo received\n"
        "<b>Anything else</b>: Two\n\nlines"
    )


def test_long_list_of_lines_has_pages() -> None:
    lea = everything_answered()
    lea.taps("Correct")
    lea.taps("›")

    assert lea.last.labels == [
        "Is it public: Yes",
        "Whom to call: Anne, anne@example.org",
        "A photo: Photo received",
        "Anything else: Two lines",
        "‹",
        "2/2",
        "›",
        "‹ Back",
        "Cancel",
    ]


def test_words_are_no_photo() -> None:
    lea = everything_answered()
    lea.taps("Correct")
    lea.taps("›")
    lea.taps("A photo: Photo received")
    lea.says("here it is")

    assert lea.last.text == (
        "A text is no answer to this question: please send what it asks for, or use the buttons.\n\n"
        "<b>A photo?</b>\nPresent answer: Photo received"
    )
    lea.taps("Skip")
    assert lea.last.labels == ["Confirm", "Correct", "Cancel"]


def test_ticks_change_one_message_until_they_are_done() -> None:
    lea = Talker(EVERY_FORM)
    known = {"organisation": "Club A", "title": "Bikes", "saved": "3", "stage": "done"}
    lea.opens("everything", known=known)
    lea.taps("Done (0)")
    assert lea.last.text.splitlines()[0] == "Please choose at least 1, then “Done”."
    for label in ("Stake 3", "Stake 1", "Stake 2", "Stake 0"):
        lea.taps(label)

    assert (lea.toast, len(lea.seen)) == ("You can choose 3 at most.", 1)
    lea.taps("Done (3)")
    assert lea.texts[0] == "Which stakes?\n<b>Stake 1, Stake 2, Stake 3</b>"


def test_conversation_is_led_in_the_person_s_language() -> None:
    lea = Talker(EVERY_FORM, language="fr")
    lea.opens("everything")
    lea.says("Club A")
    lea.says("Vélos")

    assert lea.last.text == "<b>How much was saved?</b>\n3 sur 10\n<i>Par exemple\u00a0: 1\u202f200,5</i>"
    assert lea.last.labels == ["‹\u00a0Retour", "Annuler"]
    lea.says("1 200,5")
    assert lea.texts[2] == "How much was saved?\n<b>1\u202f200,5</b>"
