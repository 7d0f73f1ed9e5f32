"""Small pieces of text that every screen of a conversation is made of."""

import re
from typing import Final

from markupsafe import Markup

ELLIPSIS: Final = "…"
TAG: Final = re.compile("<[^>]*>")


def bold(text: str) -> Markup:
    """Set a text in bold, escaped where it is not markup."""
    return Markup("<b>{}</b>").format(text)


def italic(text: str) -> Markup:
    """Set a text in italics, escaped where it is not markup."""
    return Markup("<i>{}</i>").format(text)


def shortened(text: str, longest: int) -> str:
    """Give at most `longest` characters of a plain text, the last one an ellipsis where some are left out."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + ELLIPSIS


def length(text: Markup) -> int:
    """Count the characters a person reads, as Telegram counts them: without tags, entities as one."""
    return len(Markup(TAG.sub("", text)).unescape())  # noqa: S704 (it was markup before its tags went)
