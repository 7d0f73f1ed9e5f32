"""Finished messages: packed for the outbox, and performed from there."""

from base64 import b64decode, b64encode
from typing import Any, Final

from telegram.ext import ExtBot

from bot.rate_limits import Lane
from bot.telegram_calls import Attached, Call, Place, delete, pin
from handlers.reply import Change, Say
from storage.outbox import SETTLES

VANISHES: Final = "vanishes"
"""What the outbox keeps of a message to be deleted a minute after it was sent."""
PICTURES: Final = frozenset({"image/png", "image/jpeg"})
"""Files that are shown as pictures."""


def pack(message: Say | Change) -> dict[str, Any]:
    """Give what the outbox keeps of a message, as JSON; its anchor stands in a column of its own."""
    screen = message.screen
    packed: dict[str, Any] = {"text": str(screen.text)}
    if screen.rows:
        packed["rows"] = [
            [{"label": one.label, "url": one.url} if one.url else {"label": one.label, "data": one.data} for one in row]
            for row in screen.rows
        ]
    if screen.entities is not None:
        packed["entities"] = [dict(entity) for entity in screen.entities]
    if screen.file is not None:
        content = b64encode(screen.file.content).decode()
        packed["file"] = {"name": screen.file.name, "media_type": screen.file.media_type, "content": content}
    if screen.photo:
        packed["photo"] = screen.photo
    if screen.document:
        packed["document"] = screen.document
    if isinstance(message, Say) and message.vanishes:
        packed[VANISHES] = True
    if isinstance(message, Say) and message.quotes is not None:
        packed["quotes"] = message.quotes
    if isinstance(message, Change):
        packed |= _where_changed(message)
    return packed


def _where_changed(change: Change) -> dict[str, Any]:
    where: dict[str, Any] = {"change": True, "or_say": change.or_say}
    if change.message_id is not None:
        where["message_id"] = change.message_id
    if change.settles:
        where[SETTLES] = True
    return where


def withdrawal(message_id: int, words: str) -> dict[str, Any]:
    """Give what the outbox keeps of a message that is to be deleted, or changed to these words (HTML) otherwise."""
    return {"delete": True, "message_id": message_id, "text": words}


def deletion(message_id: int) -> dict[str, Any]:
    """Give what the outbox keeps of a message that is to be deleted.

    Its number stands where `storage.outbox.Outbox.move_chat` forgets it: in a supergroup another message has it.
    """
    return {"delete": True, "message_id": message_id}


async def perform(bot: ExtBot[Lane], place: Place, content: dict[str, Any], lane: Lane) -> int | None:
    """Say, change, delete or pin a message, and give its number; None where nothing is said or stands there.

    Raises TelegramError, a MaybeDelivered only where something new may have been said: all else can be repeated.
    """
    if content.get("delete"):
        number = content.get("message_id")
        deleted = await delete(bot, place.chat_id, number, lane)
        if number is not None and not deleted and "text" in content:
            await Call(bot, place, lane, content["text"], None).change(number)
        return None
    if "pin" in content:
        if place.anchor_message_id is not None:
            await pin(bot, place.chat_id, place.anchor_message_id, lane, pinned=content["pin"])
        return place.anchor_message_id
    keyboard, marked = _keyboard(content.get("rows", ())), content.get("entities")
    call = Call(bot, place, lane, content["text"], keyboard, content.get("quotes"), marked)
    attached = _attached(content)
    if not content.get("change"):
        return await call.say(attached)
    target = content.get("message_id") or place.anchor_message_id
    if target is not None and attached is not None and isinstance(attached.what, str) and marked is not None:
        return int(target) if await call.change_file(target, attached) else None
    if target is not None and attached is None and await call.change(target):
        return int(target)
    return await call.say(attached) if content["or_say"] else None


def _attached(content: dict[str, Any]) -> Attached | None:
    if photo := content.get("photo"):
        return Attached(photo, "", picture=True)
    if document := content.get("document"):
        return Attached(document, "", picture=False)
    file = content.get("file")
    if file is None:
        return None
    return Attached(b64decode(file["content"]), file["name"], picture=file["media_type"] in PICTURES)


def _keyboard(rows: Any) -> dict[str, Any] | None:
    if not rows:
        return None
    return {"inline_keyboard": [[_button(one) for one in row] for row in rows]}


def _button(one: dict[str, str]) -> dict[str, str]:
    if "url" in one:
        return {"text": one["label"], "url": one["url"]}
    return {"text": one["label"], "callback_data": one["data"]}
