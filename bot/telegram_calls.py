"""The calls of the Bot API that bring a message, change it or delete it, and what is made of their refusals.

The library carries them, but makes no `Message` of the answers: of those only the number is wanted, and reading a
message with the fifty buttons of a month would cost more than all the rest of the call.
"""

import re
from collections.abc import Awaitable
from dataclasses import dataclass
from html import unescape
from typing import Any, Final

import structlog
from telegram import InputFile
from telegram.constants import MessageLimit, ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import ExtBot

from bot.rate_limits import Lane
from bot.telegram_request import MaybeDelivered, NotSent

GENERAL_TOPIC: Final = 1
"""The thread of a forum's general topic, which Telegram refuses as an argument (telegram-bot-api, PTB #4739)."""

log = structlog.get_logger("jalon.calls")

_NO_PREVIEW: Final = {"is_disabled": True}
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


@dataclass(frozen=True, slots=True)
class Attached:
    """What is sent with a message: bytes under a name, or what Telegram has already, by its file id."""

    what: bytes | str
    name: str
    picture: bool


@dataclass(frozen=True, slots=True)
class Call:
    """One message on its way; `keyboard` is an InlineKeyboardMarkup as JSON has it, `quotes` a message of the chat.

    The text is Telegram's HTML, or plain where `entities` mark it up, as JSON has them.
    """

    bot: ExtBot[Lane]
    place: Place
    lane: Lane
    text: str
    keyboard: dict[str, Any] | None
    quotes: int | None = None
    entities: list[dict[str, Any]] | None = None

    async def say(self, file: Attached | None) -> int:
        """Say it, and give its number: one message, or one and a file where the text is too long for a caption."""
        if file is not None and self._fits_a_caption():
            return await self._send_file(file, {**self._caption(), "reply_parameters": self._quoted()})
        number = await self._say({**self._words(), "reply_parameters": self._quoted()})
        if file is not None:
            await self._send_file(file)
        return number

    async def change(self, message_id: int) -> bool:
        """Change the message in place; False where it can't be changed."""
        return await self._changed(self._edit(message_id))

    async def change_file(self, message_id: int, file: Attached) -> bool:
        """Put a file that Telegram has and its caption in a message's place; False where it can't be changed."""
        there = {"chat_id": self.place.chat_id, "message_id": message_id, "reply_markup": self.keyboard}
        media = {"type": "photo" if file.picture else "document", "media": file.what, **self._caption()}
        return await self._changed(self._call("EditMessageMedia", {**there, "media": media}))

    async def _changed(self, edit: Awaitable[Any]) -> bool:
        try:
            await edit
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

    async def _say(self, words: dict[str, Any]) -> int:
        return _number(await self._call("SendMessage", {**self._where(), **words, "reply_markup": self.keyboard}))

    async def _send_file(self, file: Attached, words: dict[str, Any] | None = None) -> int:
        """Send a file, with a caption and the buttons, or after a message that has them."""
        what = file.what if isinstance(file.what, str) else InputFile(file.what, filename=file.name)
        given: dict[str, Any] = {"photo" if file.picture else "document": what}
        if words is not None:
            given |= {**words, "reply_markup": self.keyboard}
        return _number(await self._call("SendPhoto" if file.picture else "SendDocument", {**self._where(), **given}))

    async def _edit(self, message_id: int) -> None:
        there = {"chat_id": self.place.chat_id, "message_id": message_id, "reply_markup": self.keyboard}
        try:
            await self._call("EditMessageText", {**there, **self._words()})
        except BadRequest as refusal:
            if _NO_TEXT not in refusal.message.lower():
                raise
        else:
            return
        if not self._fits_a_caption():
            raise BadRequest(_OUT_OF_REACH[1])
        await self._call("EditMessageCaption", {**there, **self._caption()})

    def _words(self) -> dict[str, Any]:
        marked = {"parse_mode": ParseMode.HTML} if self.entities is None else {"entities": self.entities}
        return {"text": self.text, "link_preview_options": _NO_PREVIEW, **marked}

    def _caption(self) -> dict[str, Any]:
        marked = {"parse_mode": ParseMode.HTML} if self.entities is None else {"caption_entities": self.entities}
        return {"caption": self.text, **marked}

    def _fits_a_caption(self) -> bool:
        if self.entities is None:
            return fits_a_caption(self.text)
        return len(self.text) <= MessageLimit.CAPTION_LENGTH

    def _quoted(self) -> dict[str, Any] | None:
        """Quote a message; where it is gone meanwhile, what answers it is said all the same."""
        return None if self.quotes is None else {"message_id": self.quotes, "allow_sending_without_reply": True}

    def _where(self) -> dict[str, Any]:
        thread = None if self.place.thread_id == GENERAL_TOPIC else self.place.thread_id
        return {"chat_id": self.place.chat_id, "message_thread_id": thread}

    async def _call(self, method: str, parameters: dict[str, Any]) -> Any:
        return await _answer(self.bot, method, parameters, self.lane)


async def delete(bot: ExtBot[Lane], chat_id: int, message_id: int | None, lane: Lane) -> bool:
    """Delete a message where that may be done; False where it is gone or out of reach, which is left alone."""
    if message_id is None:
        return False
    try:
        await _answer(bot, "DeleteMessage", {"chat_id": chat_id, "message_id": message_id}, lane)
    except MaybeDelivered as error:
        # A message that is deleted twice is deleted once.
        raise NotSent(error.message, others_answered=error.others_answered) from None
    except (BadRequest, Forbidden) as refusal:
        log.info("message_not_deleted", reason=type(refusal).__name__)
        return False
    return True


async def pin(bot: ExtBot[Lane], chat_id: int, message_id: int, lane: Lane, *, pinned: bool) -> None:
    """Pin a message without a sound, or take it off the top; where the bot may not, it stays as it is."""
    there: dict[str, Any] = {"chat_id": chat_id, "message_id": message_id}
    try:
        if pinned:
            await _answer(bot, "PinChatMessage", {**there, "disable_notification": True}, lane)
        else:
            await _answer(bot, "UnpinChatMessage", there, lane)
    except MaybeDelivered as error:
        # A message that is pinned twice is pinned once.
        raise NotSent(error.message, others_answered=error.others_answered) from None
    except (BadRequest, Forbidden) as refusal:
        log.info("message_not_pinned", reason=type(refusal).__name__)


def fits_a_caption(text: str) -> bool:
    """Tell whether Telegram takes this HTML as the caption of a file: 1024 code points without the tags."""
    return len(unescape(_TAG.sub("", text))) <= MessageLimit.CAPTION_LENGTH


async def _answer(bot: ExtBot[Lane], method: str, parameters: dict[str, Any], lane: Lane) -> Any:
    """Call a method, and give its answer as JSON has it.

    Its name begins with a capital: Telegram takes any case (Bot API, « Making requests »), and the library would
    otherwise warn that it has this method itself. What can't be read of an answer means that there was one, so that the
    call may have been obeyed.
    """
    given = {name: value for name, value in parameters.items() if value is not None}
    try:
        return await bot.do_api_request(method, given, rate_limit_args=lane)
    except TelegramError:
        raise
    except Exception as error:  # noqa: BLE001 - PTB raises whatever it meets in an answer it does not know
        raise MaybeDelivered(type(error).__name__) from None


def _number(answer: Any) -> int:
    """Give the number of the message that an answer shows."""
    try:
        return int(answer["message_id"])
    except (KeyError, TypeError, ValueError) as error:
        raise MaybeDelivered(type(error).__name__) from None
