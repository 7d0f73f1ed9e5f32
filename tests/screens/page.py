"""docs/screens.md: the shots of both tours side by side, in Markdown that a person can read."""

import html
import re
from collections.abc import Iterator, Sequence
from typing import Final

from tests.screens.tour import Shot, Shown

HEAD: Final = """\
# Every screen, in French and in English

Written by `make screens` from walks through the bot on the simulator, and compared by `make check`: never change it by
hand. Read it as wording: each screen as people see it, French on the left. *Léa:* stands before what Léa wrote, or
tapped where it is in brackets; *(Noté)* are the words that appear on the tapped button. Under each message stand its
buttons; one with ↗ opens an address. Codes in addresses are masked.
"""
SECRETS: Final = (
    (re.compile(r"(?<=start=)(join|inv|steps|roadmap|forum|action|ticket|accueil)_[A-Za-z0-9_-]+"), r"\1_…"),
    (re.compile(r"(?<=: /start )(join|inv|steps|roadmap|forum|action|ticket|accueil)_[A-Za-z0-9_-]+"), r"\1_…"),
    (re.compile(r"(?<=/agenda/)[A-Za-z0-9_-]+(?=\.ics)"), "…"),
)
MARKS: Final = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`"}
TAG: Final = re.compile(r"<(/?)(\w+)[^>]*>")
SPECIAL: Final = re.compile(r"([\\*_`\[\]<>|~#])")


def page(french: Sequence[Shot], english: Sequence[Shot]) -> str:
    """Write the page; raises ValueError where the two tours have not gone the same way."""
    ways = [[(shot.part, shot.title) for shot in shots] for shots in (french, english)]
    if ways[0] != ways[1]:
        raise ValueError("the French and the English tour show different screens")
    parts = list(dict.fromkeys(part for part, _ in ways[0]))
    lines = [HEAD, *(f"- [{part}](#{_anchor(part)})" for part in parts)]
    part = ""
    for left, right in zip(french, english, strict=True):
        if left.part != part:
            part = left.part
            lines += ["", f"## {part}"]
        lines += ["", f"### {left.title}", "", *_beside(left, right)]
    return "\n".join(lines) + "\n"


def masked(text: str) -> str:
    """Put the same sign in place of every secret, which is another one each time."""
    for secret, sign in SECRETS:
        text = secret.sub(sign, text)
    return text


def _beside(left: Shot, right: Shot) -> Iterator[str]:
    yield "<table><tr><td>"
    yield ""
    yield from _cell(left)
    yield ""
    yield "</td><td>"
    yield ""
    yield from _cell(right)
    yield ""
    yield "</td></tr></table>"


def _cell(shot: Shot) -> Iterator[str]:
    blocks = []
    if shot.did:
        who, _, what = shot.did.partition(": ")
        blocks.append(f"*{who}:* {_plain(masked(shot.did).partition(': ')[2])}" if what else f"*{shot.did}*")
    if shot.toast:
        blocks.append(f"*({_plain(shot.toast)})*")
    blocks += ["\n\n".join(_message(message)) for message in shot.messages]
    yield from "\n\n".join(blocks).split("\n")


def _message(message: Shown) -> Iterator[str]:
    if message.file:
        yield f"{'🖼' if message.picture else '📎'} {_plain(message.file)}"
    if message.html:
        yield _marked(masked(message.html))
    if message.rows:
        yield _broken(["> " + " ".join(f"[ {_plain(label)} ]" for label in row) for row in message.rows])


def _marked(written: str) -> str:
    """Turn Telegram's HTML into Markdown: bold, italics and code; every other tag is left out."""
    parts: list[str] = []
    inside_code, last = False, 0
    for tag in TAG.finditer(written):
        parts.append(_told(written[last : tag.start()], code=inside_code))
        parts.append(MARKS.get(tag[2], ""))
        inside_code = tag[2] == "code" and not tag[1]
        last = tag.end()
    parts.append(_told(written[last:], code=inside_code))
    return "\n\n".join(_broken(block.split("\n")) for block in "".join(parts).split("\n\n"))


def _told(text: str, *, code: bool) -> str:
    words = html.unescape(text)
    return words if code else _plain(words)


def _plain(text: str) -> str:
    return SPECIAL.sub(r"\\\1", text)


def _broken(lines: Sequence[str]) -> str:
    """Join lines so that Markdown keeps each on its own."""
    return "\\\n".join(lines)


def _anchor(title: str) -> str:
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
