"""Telegram's HTML, read by its own rules into plain text and entities.

The rules and the sentences are those of TDLib's parser; a test compares the two.
"""

import re
from dataclasses import dataclass
from typing import NoReturn

from simulator.entities import Entity, in_order, units
from simulator.links import WrongLinkError, checked_link, mentioned_user
from simulator.refusals import bad_request

TYPE_OF_TAG = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "pre": "pre",
    "code": "code",
}
MARK = re.compile("[<&]")
SPACES = " \t\r\n\0\v"
CHARACTER = re.compile(r"&(?:#x(?P<hex>[0-9a-fA-F]*)|#(?P<decimal>[0-9]*)|(?P<name>[a-zA-Z]*));?")
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
REFERENCE_MAX = 10
LAST_CODE_POINT = 0x10FFFF
SURROGATE = re.compile("[\ud800-\udfff]")
UNMATCHED_SURROGATE = (
    "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"
)


@dataclass(frozen=True, slots=True)
class OpenTag:
    """A tag whose end has not come yet: its argument, and where its text starts (UTF-16 units, characters)."""

    name: str
    argument: str
    offset: int
    begin: int


class HtmlReader:
    """One reading of one text: `text` and `entities` grow as the source is read from left to right."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.position = 0
        self.text: list[str] = []
        self.offset = 0
        self.entities: list[Entity] = []
        self.open: list[OpenTag] = []

    def read(self) -> tuple[str, list[Entity]]:
        """The plain text and its entities; raises Refused with Telegram's sentence where the HTML is broken."""
        source = self.source
        while self.position < len(source):
            character = source[self.position]
            if character == "<":
                if self.look(1) == "/":
                    self._end_tag()
                else:
                    self._start_tag()
            elif character == "&":
                self._append(self._character())
            else:
                found = MARK.search(source, self.position)
                end = found.start() if found else len(source)
                self._append(source[self.position : end])
                self.position = end
        if self.open:
            self._refuse(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        text = "".join(self.text)
        if SURROGATE.search(text):
            self._refuse(UNMATCHED_SURROGATE)
        return text, self.entities

    def look(self, ahead: int = 0) -> str:
        """The character so far ahead, a null character where the source has ended."""
        place = self.position + ahead
        return self.source[place] if place < len(self.source) else "\0"

    def _append(self, text: str) -> None:
        self.text.append(text)
        self.offset += units(text)

    def _character(self) -> str:
        """The character at the position, decoded where it is a reference that Telegram knows."""
        found = CHARACTER.match(self.source, self.position)
        if found:
            reference = found[0].removesuffix(";")
            character = NAMED.get(found["name"] or "")
            digits, base = (found["hex"], 16) if found["hex"] is not None else (found["decimal"], 10)
            if digits and len(reference) < REFERENCE_MAX:
                code = int(digits, base)
                character = chr(code) if 0 < code < LAST_CODE_POINT else None
            if character:
                self.position = found.end()
                return character
        self.position += 1
        return self.source[self.position - 1]

    def _start_tag(self) -> None:
        begin = self.position
        self.position += 1
        self._pass_until(SPACES + ">")
        if self.position >= len(self.source):
            self._refuse("Unclosed start tag", begin)
        name = self.source[begin + 1 : self.position].lower()
        if name not in TYPE_OF_TAG:
            self._refuse(f'Unsupported start tag "{name}"', begin)
        argument = ""
        while self._pass_spaces() != ">":
            argument = self._attribute(name, begin, argument)
        if name == "span" and argument != "spoiler":
            self._refuse('Tag "span" must have class "tg-spoiler"', begin)
        self.position += 1
        self.open.append(OpenTag(name, argument, self.offset, sum(map(len, self.text))))

    def _attribute(self, tag: str, begin: int, argument: str) -> str:
        """Read one attribute; the tag's argument after it."""
        name_begin = self.position
        self._pass_until(SPACES + "=>/\"'")
        name = self.source[name_begin : self.position]
        if not name:
            self._refuse(f'Empty attribute name in the tag "{tag}"', begin)
        if self._pass_spaces() != "=":
            if self.position >= len(self.source):
                self._refuse(f'Unclosed start tag "{tag}"', begin)
            return "1" if (tag, name) == ("blockquote", "expandable") else argument
        self.position += 1
        self._pass_spaces()
        if self.position >= len(self.source):
            self._refuse(f'Unclosed start tag "{tag}"', begin)
        value = self._quoted() if self.look() in "\"'" else self._token()
        if self.position >= len(self.source):
            self._refuse("Unclosed start tag", begin)
        match tag, name:
            case ("a", "href") | ("tg-emoji", "emoji-id"):
                return value
            case ("code", "class") if value.startswith("language-"):
                return value.removeprefix("language-")
            case ("span", "class") if value.startswith("tg-"):
                return value.removeprefix("tg-")
            case ("blockquote", "expandable"):
                return "1"
        return argument

    def _token(self) -> str:
        begin = self.position
        found = NAME_TOKEN.match(self.source, begin)
        self.position = found.end() if found else begin
        if self.look() not in SPACES + ">":
            self._refuse("Unexpected end of name token", begin)
        return self.source[begin : self.position].lower()

    def _quoted(self) -> str:
        quote = self.look()
        self.position += 1
        value: list[str] = []
        while self.position < len(self.source) and self.look() != quote:
            value.append(self._character())
        self.position += 1
        return "".join(value)

    def _end_tag(self) -> None:
        begin = self.position
        if not self.open:
            self._refuse("Unexpected end tag", begin)
        self.position += 2
        self._pass_until(SPACES + ">")
        name = self.source[begin + 2 : self.position].lower()
        if self._pass_spaces() != ">":
            self._refuse("Unclosed end tag", begin)
        tag = self.open.pop()
        if name and name != tag.name:
            where = f"at byte offset {self._byte(begin)}"
            self._refuse(f'Unmatched end tag {where}, expected "</{tag.name}>", found "</{name}>"')
        self.position += 1
        if self.offset > tag.offset:
            self._close(tag)

    def _close(self, tag: OpenTag) -> None:
        """Add the entity of a tag that has ended, where it makes one."""
        kind = TYPE_OF_TAG[tag.name]
        entity: Entity = {"type": kind, "offset": tag.offset, "length": self.offset - tag.offset}
        last = self.entities[-1] if self.entities else {}
        same_place = (last.get("offset"), last.get("length")) == (entity["offset"], entity["length"])
        if kind == "text_link":
            address = tag.argument or "".join(self.text)[tag.begin :]
            if (user := mentioned_user(address)) is not None:
                entity |= {"type": "text_mention", "user": {"id": user}}
            else:
                try:
                    entity["url"] = checked_link(address)
                except WrongLinkError:
                    return
        elif kind == "blockquote" and tag.argument:
            entity["type"] = "expandable_blockquote"
        elif kind == "custom_emoji":
            if not tag.argument.isdecimal():
                self._refuse("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = tag.argument
        elif kind == "code" and tag.argument:
            entity["language"] = tag.argument
        elif kind == "pre" and same_place and last.get("type") == "code" and last.get("language"):
            last["type"] = "pre"
            return
        self.entities.append(entity)

    def _pass_until(self, ends: str) -> None:
        while self.position < len(self.source) and self.source[self.position] not in ends:
            self.position += 1

    def _pass_spaces(self) -> str:
        """Go over spaces; the character after them."""
        while self.position < len(self.source) and self.source[self.position] in SPACES:
            self.position += 1
        return self.look()

    def _byte(self, place: int) -> int:
        return len(self.source[:place].encode())

    def _refuse(self, reason: str, place: int | None = None) -> NoReturn:
        where = "" if place is None else f" at byte offset {self._byte(place)}"
        raise bad_request(f"can't parse entities: {reason}{where}")


def read_html(source: str) -> tuple[str, list[Entity]]:
    """Plain text and entities of Telegram's HTML; raises Refused with Telegram's sentence where it is broken."""
    text, entities = HtmlReader(source).read()
    for entity in entities:
        if entity["type"] == "code":
            entity.pop("language", None)
    return text, in_order(entities)
