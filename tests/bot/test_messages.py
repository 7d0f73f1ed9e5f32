import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from markupsafe import Markup
from telegram.error import BadRequest
from telegram.ext import ExtBot

from bot.messages import deletion, pack, perform
from bot.rate_limits import Lane, PacedRateLimiter
from bot.telegram_calls import Place, fits_a_caption
from bot.telegram_request import MaybeDelivered, NotSent, TelegramRequest
from handlers.reply import Change, Say
from handlers.screen import File, Screen, button, link
from simulator.chats import Message
from simulator.faults import Fault
from simulator.people import Person
from simulator.server import running
from simulator.telegram import Telegram

TOKEN = "123456:AAH-the-token-that-nobody-may-read"
ROWS = ((button("Oui", "yes", 1), link("Le site", "https://brest.fr/")),)
ICS = File("rencontre.ics", b"BEGIN:VCALENDAR", "text/calendar")


@pytest.fixture
def telegram() -> Telegram:
    telegram = Telegram()
    telegram.new_bot(TOKEN, username="jalon_bot", first_name="Jalon")
    return telegram


@pytest.fixture
def lea(telegram: Telegram) -> Person:
    lea = telegram.new_person("Léa")
    lea.says("/start")
    return lea


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[ExtBot[Lane]]:
    async with running(telegram) as address:
        limiter = PacedRateLimiter(per_second=1000)
        request = TelegramRequest(read_timeout=0.3)
        async with ExtBot(TOKEN, base_url=f"{address}/bot", request=request, rate_limiter=limiter) as bot:
            yield bot


def screen(text: str = "<b>Bonjour</b>", **more: Any) -> Screen:
    return Screen(Markup(text), **more)  # noqa: S704 - the test's own


def last(lea: Person) -> Message:
    assert lea.last_message is not None
    return lea.last_message


async def do(bot: ExtBot[Lane], lea: Person, message: Say | Change, anchored: int | None = None) -> int | None:
    content = json.loads(json.dumps(pack(message)))
    return await perform(bot, Place(lea.id, anchor_message_id=anchored), content, Lane.REPLY)


async def test_a_message_is_said_with_its_buttons(bot: ExtBot[Lane], lea: Person) -> None:
    number = await do(bot, lea, Say(screen(rows=ROWS)))

    message = last(lea)
    assert (message.text, message.html, number) == ("Bonjour", "<b>Bonjour</b>", message.id)
    assert message.buttons == [["Oui", "Le site"]]
    assert message.button("Oui").data == "yes:1"
    assert message.button("Le site").url == "https://brest.fr/"


async def test_a_file_comes_with_its_message_as_caption(bot: ExtBot[Lane], lea: Person) -> None:
    number = await do(bot, lea, Say(screen(rows=ROWS, file=ICS)))

    message = last(lea)
    assert (message.id, message.fields["caption"], message.buttons) == (number, "Bonjour", [["Oui", "Le site"]])
    assert message.fields["document"]["file_name"] == "rencontre.ics"


async def test_a_text_too_long_for_a_caption_comes_before_its_file(bot: ExtBot[Lane], lea: Person) -> None:
    number = await do(bot, lea, Say(screen("é" * 1025, rows=ROWS, file=ICS)))

    said, file = lea.chat_with().messages[-2:]
    assert (said.id, len(said.text), said.buttons) == (number, 1025, [["Oui", "Le site"]])
    assert file.fields["document"]["file_name"] == "rencontre.ics"


def test_a_caption_is_measured_as_people_read_it() -> None:
    assert fits_a_caption("<b>" + "&amp;" * 1024 + "</b>")
    assert not fits_a_caption("é" * 1025)


async def test_a_message_is_changed_in_place(bot: ExtBot[Lane], lea: Person) -> None:
    number = await do(bot, lea, Say(screen(rows=ROWS)))

    assert await do(bot, lea, Change(screen("Fini"), message_id=number)) == number
    assert (last(lea).text, last(lea).buttons) == ("Fini", [])
    assert await do(bot, lea, Change(screen("Encore"), anchor="menu"), anchored=number) == number
    assert last(lea).text == "Encore"


async def test_a_change_that_changes_nothing_is_done(bot: ExtBot[Lane], lea: Person) -> None:
    number = await do(bot, lea, Say(screen()))

    assert await do(bot, lea, Change(screen(), message_id=number)) == number
    assert len(lea.chat_with().messages) == 2


@pytest.mark.parametrize("gone", [99_999, None])
async def test_what_cannot_be_changed_is_said_anew_or_left_alone(
    bot: ExtBot[Lane], lea: Person, gone: int | None
) -> None:
    assert await do(bot, lea, Change(screen(), message_id=gone, or_say=False)) is None
    assert lea.last_message is None

    number = await do(bot, lea, Change(screen(), message_id=gone))
    assert (last(lea).text, last(lea).id) == ("Bonjour", number)


async def test_the_caption_of_a_file_is_changed(bot: ExtBot[Lane], lea: Person) -> None:
    number = await do(bot, lea, Say(screen(file=ICS)))

    assert await do(bot, lea, Change(screen("Déplacée"), message_id=number)) == number
    assert (last(lea).id, last(lea).fields["caption"]) == (number, "Déplacée")
    again = await do(bot, lea, Change(screen("é" * 2000), message_id=number))
    assert again != number
    assert len(last(lea).text) == 2000


async def test_a_change_that_brings_a_file_is_said_anew(bot: ExtBot[Lane], lea: Person) -> None:
    number = await do(bot, lea, Say(screen()))

    assert await do(bot, lea, Change(screen(file=ICS), message_id=number)) != number
    assert last(lea).fields["document"]["file_name"] == "rencontre.ics"


async def test_a_topic_is_written_in_and_the_general_one_too(
    bot: ExtBot[Lane], lea: Person, telegram: Telegram
) -> None:
    forum = lea.creates_group("Mobilité", bot=telegram.only_bot(), supergroup=True, forum=True)
    topic = lea.creates_topic(forum, "Vélo")
    for thread in (1, topic.id):
        await perform(bot, Place(forum.id, thread), pack(Say(screen())), Lane.NOTICE)

    assert [one.fields.get("message_thread_id") for one in forum.messages[-2:]] == [None, topic.id]


async def test_a_lost_answer_to_a_change_is_no_doubt(bot: ExtBot[Lane], lea: Person, telegram: Telegram) -> None:
    number = await do(bot, lea, Say(screen()))

    telegram.faults.next(Fault.LOST_ANSWER, 1, "editMessageText")
    with pytest.raises(NotSent):
        await do(bot, lea, Change(screen("Fini"), message_id=number))
    telegram.faults.next(Fault.LOST_ANSWER, 1, "sendMessage")
    with pytest.raises(MaybeDelivered):
        await do(bot, lea, Say(screen()))


async def test_a_message_is_deleted_and_what_can_not_be_is_left_alone(
    bot: ExtBot[Lane], lea: Person, telegram: Telegram
) -> None:
    sam = telegram.new_person("Sam")
    sam.says("/start")
    group = lea.creates_group("Mobilité", [sam], bot=telegram.only_bot())
    theirs = lea.says("Bonjour", group)
    own = await perform(bot, Place(group.id), pack(Say(screen())), Lane.REPLY)
    assert own is not None
    said = len(group.messages)

    for number in (own, own, theirs.id, 999):
        assert await perform(bot, Place(group.id), deletion(number), Lane.NOTICE) is None
    assert await perform(bot, Place(group.id), {"delete": True}, Lane.NOTICE) is None
    sam.blocks()
    assert await perform(bot, Place(sam.id), deletion(2), Lane.NOTICE) is None

    assert (len(group.messages), theirs in group.messages) == (said - 1, True)


async def test_a_lost_answer_to_a_deletion_is_no_doubt(bot: ExtBot[Lane], lea: Person, telegram: Telegram) -> None:
    number = await do(bot, lea, Say(screen()))
    assert number is not None

    telegram.faults.next(Fault.LOST_ANSWER, 1, "deleteMessage")
    with pytest.raises(NotSent):
        await perform(bot, Place(lea.id), deletion(number), Lane.NOTICE)


async def test_a_refused_text_is_told(bot: ExtBot[Lane], lea: Person) -> None:
    with pytest.raises(BadRequest, match="Can't parse entities"):
        await do(bot, lea, Say(screen("<br>")))
