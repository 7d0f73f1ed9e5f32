"""What a person did, told without any word of Telegram's API."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Entity = Mapping[str, Any]
"""A part of a text that is marked up, in Telegram's own words: type, offset and length in UTF-16 units."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command with the words behind it: `/start join_ab12` is Command("start", "join_ab12")."""

    name: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Tap:
    """A button that was tapped: its route and its arguments as they came (never trusted), and its message."""

    route: str
    args: tuple[str, ...]
    message_id: int | None


@dataclass(frozen=True, slots=True)
class Words:
    """A text that was written; `forwarded` where somebody else wrote it first.

    `answers` is the anchor of the bot's message that it replies to, empty where it replies to none; `entities` mark the
    text up as the person did.
    """

    text: str
    forwarded: bool = False
    answers: str = ""
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class Upload:
    """A photo or a document, by Telegram's file id; `entities` mark its caption up as the person did.

    `answers` is the anchor of the bot's message that it replies to, empty where it replies to none.
    """

    kind: Literal["photo", "document"]
    file_id: str
    name: str = ""
    media_type: str = ""
    size: int = 0
    caption: str = ""
    entities: tuple[Entity, ...] = ()
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact card that was shared."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Edited:
    """A message that was changed after it was sent."""

    text: str


@dataclass(frozen=True, slots=True)
class Unread:
    """Something the bot does not read: a voice, a sticker, a place…

    `answers` is the anchor of the bot's message that it replies to, empty where it replies to none.
    """

    kind: Literal["voice", "sticker", "video", "location", "other"]
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Reachable:
    """The person blocked the bot, or took it back."""

    now: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """A group that became a supergroup has another number now."""

    old_chat_id: int
    new_chat_id: int


@dataclass(frozen=True, slots=True)
class Presence:
    """The bot was added to a group, removed from it, or may do other things there than before."""

    title: str
    present: bool
    may_write: bool
    may_pin: bool


@dataclass(frozen=True, slots=True)
class Inline:
    """Words written behind the bot's name in any chat, to find something to share; `offset` is where to go on."""

    words: str
    offset: int = 0


Said = Command | Tap | Words | Upload | Contact | Edited | Unread | Reachable | Moved | Presence | Inline
