"""What a person sees: a message with its buttons, told without any word of Telegram's API."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

DATA_MAX: Final = 64
"""Bytes that Telegram allows in a button's data (Bot API, InlineKeyboardButton)."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: either a route that comes back to the bot, or an address to open."""

    label: str
    data: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file sent with a message."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """One message: text in Telegram's HTML, rows of buttons, and at most one file.

    That is one of ours, shown as a picture where it is an image, or a `photo` or `document` by Telegram's file id.
    Where `entities` are given, the text is plain and they mark it up, as somebody else wrote it.
    """

    text: Markup
    rows: Rows = ()
    file: File | None = None
    photo: str = ""
    document: str = ""
    entities: tuple[Mapping[str, Any], ...] | None = None


def button(label: str, route: str, *args: object) -> Button:
    """Make a button that comes back as `route` with its arguments; raises ValueError above 64 bytes."""
    data = ":".join((route, *map(str, args)))
    if len(data.encode()) > DATA_MAX:
        raise ValueError(f"button data above {DATA_MAX} bytes: {data!r}")
    return Button(label, data=data)


def link(label: str, url: str) -> Button:
    """Make a button that opens an address."""
    return Button(label, url=url)


def lines(*parts: str | None) -> Markup:
    """Put the parts that are there one under the other."""
    return Markup("\n").join(part for part in parts if part)


def paragraphs(*parts: str | None) -> Markup:
    """Put the parts that are there under one another, an empty line between."""
    return Markup("\n\n").join(part for part in parts if part)
