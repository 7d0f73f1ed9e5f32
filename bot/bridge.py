"""The bridge: the one PTB handler, which puts a Telegram update into the words of handlers/said.py."""

import json
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from telegram import (
    CallbackQuery,
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberRestricted,
    ChatMemberUpdated,
    InlineQuery,
    Message,
    MessageEntity,
    Update,
    User,
)
from telegram.constants import ChatType
from telegram.ext import Application, BaseHandler, CallbackContext

from handlers.chat import Chat
from handlers.said import (
    Command,
    Contact,
    Edited,
    Entity,
    Inline,
    Moved,
    Presence,
    Reachable,
    Said,
    Tap,
    Unread,
    Upload,
    Words,
)
from handlers.turn import Sender

ANONYMOUS_ADMIN: Final = 1087968824
"""The sender that Telegram puts in place of a group's anonymous admin."""

COMMAND: Final = re.compile(r"/(?P<name>[A-Za-z0-9_]{1,32})(?:@(?P<addressee>\w+))?(?:\s(?P<words>.*))?", re.DOTALL)
"""What Telegram takes for a command at the beginning of a message."""

WANTED_UPDATES: Final = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.MY_CHAT_MEMBER,
    Update.INLINE_QUERY,
)
"""The kinds of update that the bot asks Telegram for."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One update in our own words; `query_id` is of the tapped button, or of the inline query, which must be answered.

    `message_id` is the message in which something was said, `replies_to` the bot's message that it replies to.
    """

    chat: Chat
    sender: Sender
    said: Said
    query_id: str | None = None
    message_id: int | None = None
    replies_to: int | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """What the person wrote, which no log may show."""
        said = self.said
        name = f"{self.sender.first_name} {self.sender.last_name}".strip()
        if isinstance(said, Words | Edited):
            return (said.text, name)
        if isinstance(said, Command | Inline):
            return (said.words, name)
        if isinstance(said, Presence):
            return (said.title, name)
        if isinstance(said, Upload):
            return (said.caption, said.name, name)
        if isinstance(said, Contact):
            return (said.name, said.phone, name)
        return (name,)


class Bridge(BaseHandler[Update, CallbackContext[Any, Any, Any, Any], None]):
    """Hands every update to `run_turn`, with what it says; None where there is nothing for us in it."""

    def __init__(self, run_turn: Callable[[int, Heard | None], Awaitable[None]], username: str) -> None:
        super().__init__(callback=self._unused)
        self._run_turn = run_turn
        self._username = username

    def check_update(self, update: object) -> bool:
        """Claim every update: it is the only handler."""
        return isinstance(update, Update)

    async def handle_update(
        self,
        update: Update,
        application: Application[Any, Any, Any, Any, Any, Any],  # noqa: ARG002 (PTB's signature)
        check_result: object,  # noqa: ARG002 (PTB's signature)
        context: CallbackContext[Any, Any, Any, Any],  # noqa: ARG002 (PTB's signature)
    ) -> None:
        """Run the turn of one update."""
        await self._run_turn(update.update_id, heard_in(update, self._username))

    @staticmethod
    async def _unused(_update: Update, _context: CallbackContext[Any, Any, Any, Any]) -> None:
        """PTB wants a callback; handle_update never calls it."""


def heard_in(update: Update, username: str) -> Heard | None:
    """Say who said what, where; None where nobody said anything to the bot. `username` is the bot's own."""
    if update.callback_query is not None:
        return _tapped(update.callback_query)
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member)
    if update.inline_query is not None:
        return _inline(update.inline_query)
    message = update.message or update.edited_message
    return None if message is None else _written(message, username, edited=update.edited_message is not None)


def _written(message: Message, username: str, *, edited: bool) -> Heard | None:
    moved = _moved(message)
    if moved is not None or message.from_user is None:
        return moved
    if message.via_bot is not None and message.via_bot.username == username:
        return None  # what the bot itself offered: nobody says anything to it
    said: Said | None = Edited(message.text or message.caption or "") if edited else _said(message, username)
    if said is None:
        return None
    return Heard(
        _chat(message),
        _sender(message.from_user),
        said,
        message_id=message.message_id,
        replies_to=_replies_to(message, username),
    )


def _tapped(query: CallbackQuery) -> Heard | None:
    route, *args = (query.data or "").split(":")
    message = query.message
    chat = Chat(query.from_user.id, private=True)
    if message is not None:
        thread = message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None
        chat = Chat(message.chat.id, private=message.chat.type == ChatType.PRIVATE, thread_id=thread)
    tap = Tap(route, tuple(args), None if message is None else message.message_id)
    return Heard(chat, _sender(query.from_user), tap, query.id)


def _membership(change: ChatMemberUpdated) -> Heard | None:
    if change.chat.type in {ChatType.GROUP, ChatType.SUPERGROUP}:
        return Heard(Chat(change.chat.id, private=False), _sender(change.from_user), _presence(change))
    if change.chat.type != ChatType.PRIVATE:
        return None
    reachable = change.new_chat_member.status != ChatMember.BANNED
    return Heard(Chat(change.chat.id, private=True), _sender(change.from_user), Reachable(now=reachable))


def _presence(change: ChatMemberUpdated) -> Presence:
    """Say whether the bot is in a group, and what it may do there."""
    now = change.new_chat_member
    present, may_write = now.status not in {ChatMember.LEFT, ChatMember.BANNED}, True
    if isinstance(now, ChatMemberRestricted):
        present, may_write = now.is_member, now.can_send_messages
    return Presence(
        title=change.chat.title or "",
        present=present,
        may_write=present and may_write,
        may_pin=isinstance(now, ChatMemberAdministrator) and bool(now.can_pin_messages),
    )


def _inline(query: InlineQuery) -> Heard:
    """Say what was written behind the bot's name; an offset that the bot did not give is the beginning."""
    offset = int(query.offset) if query.offset.isascii() and query.offset.isdecimal() else 0
    asked = Inline(query.query, offset)
    return Heard(Chat(query.from_user.id, private=True), _sender(query.from_user), asked, query.id)


def _replies_to(message: Message, username: str) -> int | None:
    """Give the number of the bot's message that this one replies to, None where it replies to none of them."""
    answered = message.reply_to_message
    if answered is None or answered.from_user is None or answered.from_user.username != username:
        return None
    return answered.message_id


def _moved(message: Message) -> Heard | None:
    """Tell of a group that became a supergroup, which is said both in the old one and in the new one."""
    old, new = message.chat.id, message.chat.id
    if message.migrate_to_chat_id is not None:
        new = message.migrate_to_chat_id
    elif message.migrate_from_chat_id is not None:
        old = message.migrate_from_chat_id
    else:
        return None
    sender = Sender(message.chat.id, "") if message.from_user is None else _sender(message.from_user)
    return Heard(_chat(message), sender, Moved(old, new))


def _said(message: Message, username: str) -> Said | None:
    if message.text is not None:
        forwarded, entities = message.forward_origin is not None, _entities(message.entities)
        return _command(message.text, username) or Words(message.text, forwarded=forwarded, entities=entities)
    if message.photo:
        largest = message.photo[-1]
        return Upload(
            "photo",
            largest.file_id,
            size=largest.file_size or 0,
            caption=message.caption or "",
            entities=_entities(message.caption_entities),
        )
    document = message.document
    if document is not None and message.animation is None:  # an animation is told as a document too
        return Upload(
            "document",
            document.file_id,
            name=document.file_name or "",
            media_type=document.mime_type or "",
            size=document.file_size or 0,
            caption=message.caption or "",
            entities=_entities(message.caption_entities),
        )
    if message.contact is not None:
        name = f"{message.contact.first_name} {message.contact.last_name or ''}".strip()
        return Contact(name, message.contact.phone_number)
    return _unread(message)


def _entities(marked: Sequence[MessageEntity]) -> tuple[Entity, ...]:
    """Give what marks a text up as Telegram told it, without any change."""
    return tuple(json.loads(entity.to_json()) for entity in marked)


def _unread(message: Message) -> Said | None:
    if message.voice is not None or message.audio is not None or message.video_note is not None:
        return Unread("voice")
    if message.sticker is not None:
        return Unread("sticker")
    if message.video is not None or message.animation is not None:
        return Unread("video")
    if message.location is not None or message.venue is not None:
        return Unread("location")
    if message.poll is not None or message.dice is not None or message.story is not None:
        return Unread("other")
    return None  # a service message: nobody said anything


def _command(text: str, username: str) -> Said | None:
    """Read « /nom mots »; a command addressed to another bot is nothing to us, and « /éco-quartier » is no command."""
    found = COMMAND.fullmatch(text)
    if found is None:
        return None
    if found["addressee"] and found["addressee"].lower() != username.lower():
        return None
    return Command(found["name"].lower(), (found["words"] or "").strip())


def _chat(message: Message) -> Chat:
    thread = message.message_thread_id if message.is_topic_message else None
    return Chat(message.chat.id, private=message.chat.type == ChatType.PRIVATE, thread_id=thread)


def _sender(user: User) -> Sender:
    return Sender(
        telegram_id=user.id,
        first_name=user.first_name,
        last_name=user.last_name or "",
        language_code=user.language_code,
        anonymous=user.id == ANONYMOUS_ADMIN,
    )
