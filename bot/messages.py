"""Finished messages: packed for the outbox, and carried out as calls of the Bot API."""

import re
from base64 import b64decode, b64encode
from collections.abc import Awaitable
from dataclasses import dataclass
from html import unescape
from typing import Any, Final, TypeVar

import structlog
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Message
from telegram.constants import MessageLimit, ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import ExtBot

from bot.rate_limits import Lane
from bot.telegram_request import MaybeDelivered, NotSent
from handlers.reply import Change, Say

Result = TypeVar("Result")

VANISHES: Final = "vanishes"
"""What the outbox keeps of a message to be deleted a minute after it was sent."""
PICTURES: Final = frozenset({"image/png", "image/jpeg"})
"""Files that are shown as pictures."""
GENERAL_TOPIC: Final = 1
"""The thread of a forum's general topic, which Telegram refuses as an argument (telegram-bot-api, PTB #4739)."""

log = structlog.get_logger("jalon.messages")

_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
_TAG: Final = re.compile(r"<[^>]*>")
_UNCHANGED: Final = "message is not modified"
_NO_TEXT: Final = "there is no text in the message to edit"
_OUT_OF_REACH: Final = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message identifier is not specified",
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message goes: its chat, its topic, and the message that stands there under its anchor."""

    chat_id: int
    thread_id: int | None = None
    anchor_message_id: int | None = None


def pack(message: Say | Change) -> dict[str, Any]:
    """Give what the outbox keeps of a message, as JSON; its anchor stands in a column of its own."""
    screen = message.screen
    packed: dict[str, Any] = {"text": str(screen.text)}
    if screen.rows:
        packed["rows"] = [
            [{"label": one.label, "url": one.url} if one.url else {"label": one.label, "data": one.data} for one in row]
            for row in screen.rows
        ]
    if screen.file is not None:
        content = b64encode(screen.file.content).decode()
        packed["file"] = {"name": screen.file.name, "media_type": screen.file.media_type, "content": content}
    if screen.photo:
        packed["photo"] = screen.photo
    if isinstance(message, Say) and message.vanishes:
        packed[VANISHES] = True
    if isinstance(message, Change):
        packed |= {"change": True, "or_say": message.or_say}
        if message.message_id is not None:
            packed["message_id"] = message.message_id
    return packed


def deletion(message_id: int) -> dict[str, Any]:
    """Give what the outbox keeps of a message that is to be deleted.

    Its number stands where `storage.outbox.Outbox.move_chat` forgets it: in a supergroup another message has it.
    """
    return {"delete": True, "message_id": message_id}


async def perform(bot: ExtBot[Lane], place: Place, content: dict[str, Any], lane: Lane) -> int | None:
    """Say, change or delete a message, and give its number; None where nothing stands there and nothing is to be said.

    Raises TelegramError, a MaybeDelivered only where something new may have been said: all else can be repeated.
    """
    if content.get("delete"):
        await _delete(bot, place.chat_id, content.get("message_id"), lane)
        return None
    call = _Call(bot, place, lane, content["text"], _keyboard(content.get("rows", ())))
    attached = _attached(content)
    if not content.get("change"):
        return await call.say(attached)
    target = content.get("message_id") or place.anchor_message_id
    if target is not None and attached is None and await call.change(target):
        return int(target)
    return await call.say(attached) if content["or_say"] else None


@dataclass(frozen=True, slots=True)
class _Attached:
    """What is sent with a message: bytes under a name, or what Telegram has already, by its file id."""

    what: bytes | str
    name: str
    picture: bool


def _attached(content: dict[str, Any]) -> _Attached | None:
    if photo := content.get("photo"):
        return _Attached(photo, "", picture=True)
    file = content.get("file")
    if file is None:
        return None
    return _Attached(b64decode(file["content"]), file["name"], picture=file["media_type"] in PICTURES)


@dataclass(frozen=True, slots=True)
class _Call:
    """One message on its way."""

    bot: ExtBot[Lane]
    place: Place
    lane: Lane
    text: str
    keyboard: InlineKeyboardMarkup | None

    async def say(self, file: _Attached | None) -> int:
        """Say it: one message, or a message and a file where the text is too long for a caption."""
        thread = None if self.place.thread_id == GENERAL_TOPIC else self.place.thread_id
        if file is not None and fits_a_caption(self.text):
            sent = await self._send_file(file, thread, caption=self.text, keyboard=self.keyboard)
            return sent.message_id
        said = await _certain(
            self.bot.send_message(
                self.place.chat_id,
                self.text,
                parse_mode=ParseMode.HTML,
                link_preview_options=_NO_PREVIEW,
                message_thread_id=thread,
                reply_markup=self.keyboard,
                rate_limit_args=self.lane,
            )
        )
        if file is not None:
            await self._send_file(file, thread)
        return said.message_id

    async def _send_file(
        self,
        file: _Attached,
        thread: int | None,
        caption: str | None = None,
        keyboard: InlineKeyboardMarkup | None = None,
    ) -> Message:
        if file.picture:
            return await _certain(
                self.bot.send_photo(
                    self.place.chat_id,
                    file.what,
                    filename=file.name or None,
                    caption=caption,
                    parse_mode=ParseMode.HTML,
                    message_thread_id=thread,
                    reply_markup=keyboard,
                    rate_limit_args=self.lane,
                )
            )
        return await _certain(
            self.bot.send_document(
                self.place.chat_id,
                file.what,
                filename=file.name,
                caption=caption,
                parse_mode=ParseMode.HTML,
                message_thread_id=thread,
                reply_markup=keyboard,
                rate_limit_args=self.lane,
            )
        )

    async def change(self, message_id: int) -> bool:
        """Change the message in place; False where it can't be changed."""
        try:
            await self._edit(message_id)
        except MaybeDelivered as error:
            # A change that is made twice is made once.
            raise NotSent(error.message, others_answered=error.others_answered) from None
        except BadRequest as refusal:
            words = refusal.message.lower()
            if _UNCHANGED in words:
                return True
            if any(one in words for one in _OUT_OF_REACH):
                return False
            raise
        return True

    async def _edit(self, message_id: int) -> None:
        try:
            await _certain(
                self.bot.edit_message_text(
                    self.text,
                    chat_id=self.place.chat_id,
                    message_id=message_id,
                    parse_mode=ParseMode.HTML,
                    link_preview_options=_NO_PREVIEW,
                    reply_markup=self.keyboard,
                    rate_limit_args=self.lane,
                )
            )
        except BadRequest as refusal:
            if _NO_TEXT not in refusal.message.lower():
                raise
        else:
            return
        if not fits_a_caption(self.text):
            raise BadRequest(_OUT_OF_REACH[1])
        await _certain(
            self.bot.edit_message_caption(
                chat_id=self.place.chat_id,
                message_id=message_id,
                caption=self.text,
                parse_mode=ParseMode.HTML,
                reply_markup=self.keyboard,
                rate_limit_args=self.lane,
            )
        )


async def _delete(bot: ExtBot[Lane], chat_id: int, message_id: int | None, lane: Lane) -> None:
    """Delete a message where that may be done; what is gone or out of reach is left alone."""
    if message_id is None:
        return
    try:
        await _certain(bot.delete_message(chat_id, message_id, rate_limit_args=lane))
    except MaybeDelivered as error:
        # A message that is deleted twice is deleted once.
        raise NotSent(error.message, others_answered=error.others_answered) from None
    except (BadRequest, Forbidden) as refusal:
        log.info("message_not_deleted", reason=type(refusal).__name__)


def fits_a_caption(text: str) -> bool:
    """Tell whether Telegram takes this HTML as the caption of a file: 1024 code points without the tags."""
    return len(unescape(_TAG.sub("", text))) <= MessageLimit.CAPTION_LENGTH


def _keyboard(rows: Any) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(one["label"], callback_data=one.get("data"), url=one.get("url")) for one in row]
            for row in rows
        ]
    )


async def _certain(call: Awaitable[Result]) -> Result:
    """Await a call; what PTB can't make out of its answer means that there was one, so it may have been obeyed."""
    try:
        return await call
    except TelegramError:
        raise
    except Exception as error:  # noqa: BLE001 - PTB raises whatever it meets in an answer it does not know
        raise MaybeDelivered(type(error).__name__) from None
