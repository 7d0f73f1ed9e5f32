"""What a bot changes and takes away, and what Telegram refuses."""

import pytest

from simulator.accounts import Bot
from simulator.people import Person
from simulator.telegram import Telegram
from tests.simulator.conftest import PIXEL, Api, Hands

YES = {"inline_keyboard": [[{"text": "Oui", "callback_data": "y"}]]}
NO = {"inline_keyboard": [[{"text": "Non", "callback_data": "n"}]]}
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


async def test_an_edit_shows_in_place_without_its_old_buttons(api: Api, lea: Person, clock: Hands) -> None:
    sent = await api("sendMessage", chat_id=lea.id, text="Venez-vous ?", reply_markup=YES)
    message = lea.chat_with().last
    clock.pass_by(minutes=1)
    edited = await api("editMessageText", chat_id=lea.id, message_id=sent["message_id"], text="Noté")
    assert (edited["text"], edited["edit_date"] - edited["date"], "reply_markup" in edited) == ("Noté", 60, False)
    assert (message.text, message.buttons, message.edits, message.deleted) == ("Noté", [], 1, False)


async def test_an_edit_that_changes_nothing_is_refused(api: Api, lea: Person) -> None:
    number = (await api("sendMessage", chat_id=lea.id, text="<b>a</b>", parse_mode="HTML", reply_markup=YES))[
        "message_id"
    ]
    same = {"chat_id": lea.id, "message_id": number, "text": "<b>a</b> ", "parse_mode": "HTML"}
    assert await api.refusal("editMessageText", **same, reply_markup=YES) == NOT_MODIFIED
    assert (await api("editMessageText", **same, reply_markup=NO))["reply_markup"] == NO
    refusal = await api.refusal("editMessageReplyMarkup", chat_id=lea.id, message_id=number, reply_markup=NO)
    assert refusal == NOT_MODIFIED


async def test_empty_buttons_take_the_buttons_away(api: Api, lea: Person) -> None:
    number = (await api("sendMessage", chat_id=lea.id, text="a", reply_markup=YES))["message_id"]
    place = {"chat_id": lea.id, "message_id": number}
    edited = await api("editMessageReplyMarkup", **place, reply_markup={"inline_keyboard": []})
    assert ("reply_markup" in edited, edited["text"]) == (False, "a")


async def test_an_edit_that_is_too_long_is_refused_in_other_words_than_a_message(api: Api, lea: Person) -> None:
    number = (await api("sendMessage", chat_id=lea.id, text="a"))["message_id"]
    refusal = await api.refusal("editMessageText", chat_id=lea.id, message_id=number, text="x" * 4097)
    assert refusal == "Bad Request: MESSAGE_TOO_LONG"


async def test_only_own_messages_that_are_there_can_be_edited(api: Api, lea: Person) -> None:
    theirs = lea.says("Bonjour")
    place = {"chat_id": lea.id, "text": "b"}
    assert await api.refusal("editMessageText", **place, message_id=theirs.id) == "Bad Request: message can't be edited"
    assert await api.refusal("editMessageText", **place, message_id=99) == "Bad Request: message to edit not found"
    refusal = await api.refusal("editMessageText", **place)
    assert refusal == "Bad Request: message identifier is not specified"


async def test_a_caption_and_a_file_are_edited_by_their_own_methods(api: Api, lea: Person) -> None:
    photo = lea.sends_photo(PIXEL).fields["photo"][-1]["file_id"]
    document = lea.sends_document(b"%PDF", "fiche.pdf").fields["document"]["file_id"]
    number = (await api("sendPhoto", chat_id=lea.id, photo=photo, caption="Avant"))["message_id"]
    place = {"chat_id": lea.id, "message_id": number}

    refusal = await api.refusal("editMessageText", **place, text="a")
    captioned = await api("editMessageCaption", **place, caption="Après")
    media = {"type": "document", "media": document, "caption": "Fiche"}
    replaced = await api("editMessageMedia", **place, media=media)

    assert refusal == "Bad Request: there is no text in the message to edit"
    assert (captioned["caption"], "photo" in captioned) == ("Après", True)
    assert (replaced["document"]["file_name"], replaced["caption"], "photo" in replaced) == (
        "fiche.pdf",
        "Fiche",
        False,
    )
    assert await api.refusal("editMessageMedia", **place, media=media) == NOT_MODIFIED


async def test_a_text_has_no_caption_to_edit(api: Api, lea: Person) -> None:
    number = (await api("sendMessage", chat_id=lea.id, text="a"))["message_id"]
    refusal = await api.refusal("editMessageCaption", chat_id=lea.id, message_id=number, caption="b")
    assert refusal == "Bad Request: there is no caption in the message to edit"


async def test_a_deleted_message_is_gone(api: Api, lea: Person) -> None:
    number = (await api("sendMessage", chat_id=lea.id, text="a"))["message_id"]
    theirs = lea.says("b")
    assert await api("deleteMessage", chat_id=lea.id, message_id=number) is True
    assert await api("deleteMessages", chat_id=lea.id, message_ids=[theirs.id, 999]) is True
    assert [one.text for one in lea.chat_with().messages] == ["/start"]
    refusal = await api.refusal("deleteMessage", chat_id=lea.id, message_id=number)
    assert refusal == "Bad Request: message to delete not found"


async def test_a_message_of_two_days_ago_stays(api: Api, lea: Person, clock: Hands) -> None:
    number = (await api("sendMessage", chat_id=lea.id, text="a"))["message_id"]
    clock.pass_by(hours=48, seconds=1)
    refusal = await api.refusal("deleteMessage", chat_id=lea.id, message_id=number)
    assert refusal == "Bad Request: message can't be deleted for everyone"


async def test_in_a_group_only_an_administrator_deletes_what_others_said(api: Api, lea: Person, bot: Bot) -> None:
    group = lea.creates_group("Mobilité", bot=bot)
    said = lea.says("a", group)
    place = {"chat_id": group.id, "message_id": said.id}
    assert await api.refusal("deleteMessage", **place) == "Bad Request: message can't be deleted"
    lea.promotes(bot, group, "can_delete_messages")
    assert await api("deleteMessage", **place) is True


async def test_a_tap_is_answered_once(api: Api, lea: Person) -> None:
    await api("sendMessage", chat_id=lea.id, text="Venez-vous ?", reply_markup=YES)
    tap = lea.taps("Oui")
    assert (tap.answered, tap.toast) == (None, "")
    (update,) = await api.updates()
    query = update["callback_query"]
    assert (query["data"], query["from"], query["message"]["text"]) == ("y", lea.user, "Venez-vous ?")

    answer = {"callback_query_id": query["id"], "text": "Noté", "show_alert": True}
    assert await api("answerCallbackQuery", **answer) is True

    assert (tap.toast, tap.alert) == ("Noté", True)
    assert await api.refusal("answerCallbackQuery", **answer) == (
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    )


@pytest.mark.parametrize("waited", [{"minutes": 16}, {"days": 2}])
async def test_a_tap_answered_too_late_is_refused(
    api: Api, lea: Person, clock: Hands, waited: dict[str, float]
) -> None:
    await api("sendMessage", chat_id=lea.id, text="Venez-vous ?", reply_markup=YES)
    query = lea.taps("Oui").query
    clock.pass_by(**waited)
    assert query is not None
    refusal = await api.refusal("answerCallbackQuery", callback_query_id=query.id)
    assert refusal == "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def test_a_tap_of_another_bot_cannot_be_answered(api: Api, lea: Person, telegram: Telegram) -> None:
    await api("sendMessage", chat_id=lea.id, text="Venez-vous ?", reply_markup=YES)
    query = lea.taps("Oui").query
    api.token = telegram.new_bot("654321:other", username="other_bot", first_name="Other").token
    assert query is not None
    refusal = await api.refusal("answerCallbackQuery", callback_query_id=query.id)
    assert refusal == "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def test_a_message_is_pinned_by_who_may(api: Api, lea: Person, bot: Bot) -> None:
    group = lea.creates_group("Mobilité", bot=bot)
    place = {"chat_id": group.id, "message_id": lea.says("Mardi", group).id}
    refusal = await api.refusal("pinChatMessage", **place)
    assert refusal == "Bad Request: not enough rights to manage pinned messages in the chat"

    lea.promotes(bot, group)
    await api("pinChatMessage", **place)
    assert (await api("getChat", chat_id=group.id))["pinned_message"]["text"] == "Mardi"
    assert group.last.fields["pinned_message"]["text"] == "Mardi"

    await api("unpinChatMessage", chat_id=group.id)
    assert "pinned_message" not in await api("getChat", chat_id=group.id)
    refusal = await api.refusal("unpinChatMessage", chat_id=group.id)
    assert refusal == "Bad Request: message to unpin not found"


async def test_a_bot_has_one_reaction(api: Api, lea: Person, bot: Bot) -> None:
    said = lea.says("Fait !")
    place = {"chat_id": lea.id, "message_id": said.id}
    party = {"type": "emoji", "emoji": "🎉"}
    assert await api("setMessageReaction", **place, reaction=[party]) is True
    assert said.reactions == {bot.id: [party]}
    assert (
        await api.refusal("setMessageReaction", **place, reaction=[party, party]) == "Bad Request: REACTIONS_TOO_MANY"
    )
    refusal = await api.refusal("setMessageReaction", chat_id=lea.id, message_id=99, reaction=[party])
    assert refusal == "Bad Request: message to react not found"
