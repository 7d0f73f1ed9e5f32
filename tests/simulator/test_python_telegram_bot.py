"""python-telegram-bot as it is, with this Telegram in place of the real one."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from telegram import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    Update,
)
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, RetryAfter
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ContextTypes,
    MessageHandler,
    PollAnswerHandler,
    filters,
)

from simulator.accounts import Bot
from simulator.limits import Limits
from simulator.people import Person
from simulator.telegram import Telegram
from tests.simulator.conftest import PIXEL
from tests.simulator.test_webhooks import listening

Context = ContextTypes.DEFAULT_TYPE
Echo = Application[Any, Any, Any, Any, Any, Any]
BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("Oui", callback_data="y")]])


async def echo(update: Update, context: Context) -> None:
    message = update.effective_message
    assert message is not None
    assert context.bot is not None
    await message.reply_html(f"<b>Vous</b> : {message.text}", reply_markup=BUTTONS)


async def noted(update: Update, context: Context) -> None:
    assert update.callback_query is not None
    assert context.bot is not None
    await update.callback_query.answer("Noté")
    await update.callback_query.edit_message_text("Fait")


async def counted(update: Update, context: Context) -> None:
    assert update.poll_answer is not None
    assert update.poll_answer.user is not None
    await context.bot.send_message(update.poll_answer.user.id, f"Choix : {update.poll_answer.option_ids[0]}")


@pytest.fixture
async def application(address: str, bot: Bot) -> AsyncIterator[Echo]:
    builder = Application.builder().token(bot.token)
    application = builder.base_url(f"{address}/bot").base_file_url(f"{address}/file/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.add_handler(CallbackQueryHandler(noted))
    application.add_handler(PollAnswerHandler(counted))
    async with application:
        await application.start()
        yield application
        await application.stop()


async def test_an_application_that_polls_echoes_and_answers_taps(
    application: Echo, telegram: Telegram, lea: Person, bot: Bot
) -> None:
    assert application.updater is not None
    await application.updater.start_polling()

    lea.says("Été 🌱")
    await telegram.until(lambda: lea.last_read == "Vous : Été 🌱")
    tap = lea.taps("Oui")
    await telegram.until(lambda: lea.last_read == "Fait" and telegram.unconfirmed(bot) == 0)

    await application.updater.stop()
    assert (tap.toast, lea.last_message and lea.last_message.buttons) == ("Noté", [])


async def test_an_application_behind_a_webhook_echoes(
    application: Echo, telegram: Telegram, lea: Person, bot: Bot
) -> None:
    telegram.any_webhook = True

    async def taken(_: web.Request, update: dict[str, Any]) -> web.StreamResponse:
        await application.update_queue.put(Update.de_json(update, application.bot))
        return web.Response()

    async with listening(taken) as url:
        await application.bot.set_webhook(url, secret_token="tournesol")
        lea.says("Bonjour")
        await telegram.until(lambda: lea.last_read == "Vous : Bonjour" and telegram.unconfirmed(bot) == 0)
        assert (await application.bot.get_webhook_info()).url == url


async def test_every_update_is_read_by_the_library(application: Echo, telegram: Telegram, lea: Person) -> None:
    everything = Update.ALL_TYPES
    await application.bot.get_updates(allowed_updates=everything)
    bot = telegram.only_bot()
    sam = telegram.new_person("Sam")
    group = lea.creates_group("Mobilité", [sam], bot=bot)
    lea.promotes(bot, group)
    after = lea.migrates(group, forum=True)
    topic = lea.creates_topic(after, "Vélo")
    said = lea.says("Bonjour", after, thread=topic.id)
    lea.edits(said, "Bonsoir")
    lea.says("Bonjour", after, anonymously=True)
    lea.reacts(said, "👍")
    lea.restricts(sam, after, "can_send_messages")
    sam.leaves(after)
    for send in (lea.sends_voice, lea.sends_sticker, lea.sends_contact):
        send()
    lea.forwards(lea.sends_photo(PIXEL, "a"))
    lea.sends_location(48.39, -4.49)
    lea.sends_document(b"%PDF")
    poll = await application.bot.send_poll(lea.id, "Jour ?", ["Mardi", "Jeudi"], is_anonymous=False)
    lea.votes(lea.chat_with().kept[poll.message_id], "Jeudi")
    lea.blocks()

    updates = await application.bot.get_updates(allowed_updates=everything)

    assert [next(kind for kind in update.to_dict() if kind != "update_id") for update in updates] == [
        *("my_chat_member", "message", "my_chat_member"),  # the group, the bot in it, the bot as administrator
        *("message", "message", "message"),  # the migration on both sides, the topic
        *("message", "edited_message", "message", "message_reaction"),
        *("chat_member", "chat_member", "message"),  # Sam is restricted, and leaves
        *("message", "message", "message", "message", "message", "message", "message"),
        *("poll_answer", "poll", "my_chat_member"),
    ]


async def test_a_conversation_of_calls_is_understood(application: Echo, lea: Person, telegram: Telegram) -> None:
    bot = application.bot
    sent = await bot.send_photo(lea.id, PIXEL, caption="<b>Un</b>", parse_mode="HTML")
    assert (sent.caption_html, sent.photo[-1].width) == ("<b>Un</b>", 640)
    document = InputMediaDocument(b"BEGIN:VCALENDAR", filename="a.ics", caption="Deux")
    changed = await bot.edit_message_media(document, lea.id, sent.message_id)
    assert not isinstance(changed, bool)
    assert (changed.document and changed.document.file_name, changed.caption) == ("a.ics", "Deux")
    album = await bot.send_media_group(lea.id, [InputMediaPhoto(PIXEL), InputMediaPhoto(PIXEL, caption="Trois")])
    assert [one.caption for one in album] == [None, "Trois"]
    file = await bot.get_file(album[0].photo[-1].file_id)
    assert bytes(await file.download_as_bytearray()) == PIXEL

    commands = [BotCommand("aide", "Que puis-je faire ?")]
    await bot.set_my_commands(commands, BotCommandScopeAllGroupChats(), "fr")
    assert await bot.get_my_commands(BotCommandScopeAllGroupChats(), "fr") == tuple(commands)
    assert (await bot.get_chat(lea.id)).first_name == "Léa"
    group = lea.creates_group("Mobilité", bot=telegram.only_bot())
    assert (await bot.get_chat(group.id)).title == "Mobilité"
    assert [one.status for one in await bot.get_chat_administrators(group.id)] == ["creator"]
    poll = await bot.send_poll(group.id, "Jour ?", ["Mardi", "Jeudi"])
    assert (await bot.stop_poll(group.id, poll.message_id)).is_closed


async def test_refusals_become_the_librarys_errors(
    application: Echo, lea: Person, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # else the library warns of its own future at each RetryAfter
    bot = application.bot
    group = lea.creates_group("Mobilité", bot=telegram.only_bot())
    after = lea.migrates(group)
    with pytest.raises(ChatMigrated) as migrated:
        await bot.send_message(group.id, "a")
    assert migrated.value.new_chat_id == after.id
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(99, "a")
    lea.blocks()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(lea.id, "a")
    telegram.limits = Limits(on=True, group=1)
    await bot.send_message(after.id, "a")
    with pytest.raises(RetryAfter):
        await bot.send_message(after.id, "a")
    telegram.any_webhook = True
    await bot.set_webhook("http://127.0.0.1:1/")
    with pytest.raises(Conflict):
        await bot.get_updates()
