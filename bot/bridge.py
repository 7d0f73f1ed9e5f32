"""The bridge: the one PTB handler, which puts a Telegram update into the words of handlers/said.py."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from telegram import CallbackQuery, ChatMember, ChatMemberUpdated, Message, Update, User
from telegram.constants import ChatType
from telegram.ext import Application, BaseHandler, CallbackContext

from handlers.chat import Chat
from handlers.said import Command, Contact, Edited, Moved, Reachable, Said, Tap, Unread, Upload, Words
from handlers.turn import Sender

ANONYMOUS_ADMIN: Final = 1087968824
"""The sender that Telegram puts in place of a group's anonymous admin."""

COMMAND: Final = re.compile(r"/(?P<name>[A-Za-z0-9_]{1,32})(?:@(?P<addressee>\w+))?(?:\s(?P<words>.*))?", re.DOTALL)
"""What Telegram takes for a command at the beginning of a message."""

WANTED_UPDATES: Final = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)
"""The kinds of update that the bot asks Telegram for."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One update in our own words; `query_id` is of the tapped button, which must be answered."""

    chat: Chat
    sender: Sender
    said: Said
    query_id: str | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """What the person wrote, which no log may show."""
        said = self.said
        name = f"{self.sender.first_name} {self.sender.last_name}".strip()
        if isinstance(said, Words | Edited):
            return (said.text, name)
        if isinstance(said, Command):
            return (said.words, name)
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
    message = update.message or update.edited_message
    if message is None:
        return None
    moved = _moved(message)
    if moved is not None:
        return moved
    if message.from_user is None:
        return None
    said: Said | None
    if update.edited_message is not None:
        said = Edited(message.text or message.caption or "")
    else:
        said = _said(message, username)
    return None if said is None else Heard(_chat(message), _sender(message.from_user), said)


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
    if change.chat.type != ChatType.PRIVATE:
        return None
    reachable = change.new_chat_member.status != ChatMember.BANNED
    return Heard(Chat(change.chat.id, private=True), _sender(change.from_user), Reachable(now=reachable))


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
        return _command(message.text, username) or Words(message.text, forwarded=message.forward_origin is not None)
    if message.photo:
        largest = message.photo[-1]
        return Upload("photo", largest.file_id, size=largest.file_size or 0, caption=message.caption or "")
    document = message.document
    if document is not None and message.animation is None:  # an animation is told as a document too
        return Upload(
            "document",
            document.file_id,
            name=document.file_name or "",
            media_type=document.mime_type or "",
            size=document.file_size or 0,
            caption=message.caption or "",
        )
    if message.contact is not None:
        name = f"{message.contact.first_name} {message.contact.last_name or ''}".strip()
        return Contact(name, message.contact.phone_number)
    return _unread(message)


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
