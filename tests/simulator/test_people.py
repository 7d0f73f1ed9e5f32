"""People: what they can do, what bots learn of it, and what they are told where it is impossible."""

import asyncio
import re

import pytest

from simulator.accounts import Bot
from simulator.network import Change
from simulator.people import Person
from simulator.telegram import Telegram
from tests.simulator.conftest import PIXEL, Api

YES = {"inline_keyboard": [[{"text": "Oui", "callback_data": "y"}, {"text": "Non", "callback_data": "n"}]]}


async def test_a_link_starts_the_bot_with_its_payload(api: Api, sam: Person) -> None:
    sam.opens_link(payload="join_7")
    (update,) = await api.updates()
    message = update["message"]
    assert (message["text"], message["from"]) == ("/start join_7", sam.user)
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert (await api("sendMessage", chat_id=sam.id, text="Bienvenue"))["message_id"] == 2


def test_a_payload_telegram_does_not_open(sam: Person) -> None:
    for payload in ("é", "x" * 65, "a b"):
        with pytest.raises(AssertionError, match="Telegram opens no link"):
            sam.opens_link(payload=payload)


async def test_every_kind_of_message_reaches_the_bot(api: Api, lea: Person) -> None:
    said = lea.says("Bonjour")
    lea.edits(said, "Bonsoir")
    lea.sends_photo(PIXEL, "Vélo")
    lea.sends_document(b"%PDF", "fiche.pdf", "application/pdf")
    lea.sends_voice()
    lea.sends_sticker()
    lea.sends_location(48.39, -4.49)
    lea.sends_contact()
    lea.forwards(said)

    updates = await api.updates()
    messages = [one.get("message") or one["edited_message"] for one in updates]
    known = ("photo", "document", "voice", "sticker", "location", "contact", "forward_origin", "text")
    assert [next(kind for kind in known if kind in one) for one in messages] == ["text", "text", *known[:-1]]
    assert ("edited_message" in updates[1], messages[1]["text"], said.text) == (True, "Bonsoir", "Bonsoir")
    assert (messages[2]["caption"], messages[3]["document"]["file_name"]) == ("Vélo", "fiche.pdf")


async def test_a_tap_on_a_label_that_is_not_there_tells_what_is(api: Api, lea: Person) -> None:
    await api("sendMessage", chat_id=lea.id, text="Venez-vous ?", reply_markup=YES)
    visible = re.escape("No button “Peut-être” in this chat; visible: [['Oui', 'Non']].")
    with pytest.raises(AssertionError, match=visible):
        lea.taps("Peut-être")
    with pytest.raises(AssertionError, match="No button “Peut-être” under “Venez-vous"):
        lea.taps("Peut-être", on=lea.chat_with().last)


async def test_a_tap_meets_the_latest_message_that_has_the_button(api: Api, lea: Person) -> None:
    for text in ("Mardi ?", "Jeudi ?"):
        await api("sendMessage", chat_id=lea.id, text=text, reply_markup=YES)
    first = lea.chat_with().messages[1]
    lea.taps("Oui")
    lea.taps("Oui", on=first)
    assert [one["callback_query"]["message"]["text"] for one in await api.updates()] == ["Jeudi ?", "Mardi ?"]


async def test_forged_data_reaches_the_bot(api: Api, lea: Person) -> None:
    await api("sendMessage", chat_id=lea.id, text="Venez-vous ?", reply_markup=YES)
    lea.taps_data("role:staff", lea.chat_with().last)
    assert [one["callback_query"]["data"] for one in await api.updates()] == ["role:staff"]


async def test_a_button_with_a_link_to_the_bot_opens_it(api: Api, lea: Person, sam: Person, bot: Bot) -> None:
    group = lea.creates_group("Mobilité", [sam], bot=bot)
    url = "https://t.me/jalon_bot?start=join_7"
    markup = {"inline_keyboard": [[{"text": "Rejoindre", "url": url}]]}
    await api("sendMessage", chat_id=group.id, text="Bienvenue", reply_markup=markup)
    tap = sam.taps("Rejoindre", chat=group)
    assert (tap.button.url, sam.chat_with().last.text) == (url, "/start join_7")


async def test_a_block_and_its_end_are_told(api: Api, lea: Person) -> None:
    lea.blocks()
    with pytest.raises(AssertionError, match="has blocked this bot"):
        lea.says("Bonjour")
    lea.opens_link()
    updates = await api.updates()
    changes = [one["my_chat_member"]["new_chat_member"]["status"] for one in updates[:2]]
    assert (changes, updates[2]["message"]["text"]) == (["kicked", "member"], "/start")


def test_people_cannot_do_what_telegram_does_not_let_them(lea: Person, sam: Person) -> None:
    group = lea.creates_group("Mobilité")
    with pytest.raises(AssertionError, match="is not in “Mobilité”"):
        sam.says("Bonjour", group)
    with pytest.raises(AssertionError, match="can edit only own messages"):
        sam.edits(lea.says("a", group), "b")
    with pytest.raises(AssertionError, match="4097 characters"):
        lea.says("x" * 4097)
    sam.joins(group)
    with pytest.raises(AssertionError, match="is no administrator"):
        sam.says("a", group, anonymously=True)


async def test_waiting_ends_with_the_change_or_with_a_sentence(telegram: Telegram, lea: Person, api: Api) -> None:
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(telegram.until(lambda: lea.last_read == "Bienvenue"))
        await api("sendMessage", chat_id=lea.id, text="Bienvenue")
        await waiting
    sentence = "a farewell did not happen within 0.05 s; last calls: sendMessage 200; updates not confirmed: 0."
    with pytest.raises(TimeoutError, match=re.escape(sentence)):
        await telegram.until(lambda: lea.last_read == "Au revoir", within=0.05, what="a farewell")


async def test_who_listens_hears_each_change_until_they_stop(telegram: Telegram, lea: Person, api: Api) -> None:
    heard: list[Change] = []
    ends = telegram.listen(heard.append)
    await api("sendMessage", chat_id=lea.id, text="a")
    message = lea.chat_with().last
    await api("deleteMessage", chat_id=lea.id, message_id=message.id)
    ends()
    lea.says("b")
    assert [change.kind for change in heard] == ["message", "call", "delete", "call"]
    assert heard[0].facts == {"message": message}
