"""A text as Telegram stores it: cleaned, trimmed, measured, with the entities that it keeps."""

import re
from dataclasses import dataclass
from typing import Any

from simulator.entities import Entity, in_order, units, write_html
from simulator.html_text import read_html
from simulator.parameters import Parameters
from simulator.refusals import bad_request

TEXT_MAX = 4096
CAPTION_MAX = 1024
SOURCE_BYTES_MAX = 32_768
ENTITIES_MAX = 100
CLEANED = {code: " " for code in range(32) if chr(code) != "\n"}
CLEANED |= dict.fromkeys((0x0D, *range(0x2028, 0x202F), 0x0333, 0x033F, 0x030A), "")
COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")
FLAT = ("pre", "code")


@dataclass(frozen=True, slots=True)
class FormattedText:
    """A plain text and its entities."""

    text: str
    entities: tuple[Entity, ...] = ()

    def fields(self, text: str = "text", entities: str = "entities") -> dict[str, Any]:
        """The fields of a message that show this text; the entities only where there are any."""
        if not self.text:
            return {}
        return {text: self.text, entities: list(self.entities)} if self.entities else {text: self.text}

    @property
    def html(self) -> str:
        """The text in Telegram's HTML."""
        return write_html(self.text, list(self.entities))


def typed(text: str) -> FormattedText:
    """A text as a person types it: plain, with its commands marked."""
    text = cleaned(text).strip()
    return FormattedText(text, tuple(commands_of(text)))


def formatted(parameters: Parameters, text: str, entities: str, mode: str = "parse_mode") -> FormattedText:
    """The text that a call gives in these parameters; raises Refused where Telegram can't read it."""
    source = parameters.text(text)
    if len(source.encode(errors="replace")) > SOURCE_BYTES_MAX:
        raise bad_request(f"{text} is too long")
    marked: list[Entity]
    match parameters.text(mode).lower():
        case "html":
            source, marked = read_html(source)
        case "" | "none":
            marked = list(parameters.json(entities, "MessageEntity array") or ())
        case _:
            # Telegram also knows Markdown; here it would pass untested, so it is told as a mode that is not known.
            raise bad_request("unsupported parse_mode")
    return trimmed(cleaned(source), marked)


def message_text(parameters: Parameters, *, too_long: str = "message is too long") -> FormattedText:
    """The text of a message: 1 to 4096 characters after its entities were read."""
    if not parameters.text("text"):
        raise bad_request("message text is empty")
    text = formatted(parameters, "text", "entities")
    if not text.text:
        raise bad_request("text must be non-empty")
    if len(text.text) > TEXT_MAX:
        raise bad_request(too_long)
    return text


def caption_text(parameters: Parameters) -> FormattedText:
    """The caption of a file: up to 1024 characters after its entities were read."""
    caption = formatted(parameters, "caption", "caption_entities")
    if len(caption.text) > CAPTION_MAX:
        raise bad_request("message caption is too long")
    return caption


def cleaned(text: str) -> str:
    """The text without the control characters that Telegram takes away or turns into spaces."""
    return text.translate(CLEANED)


def trimmed(text: str, entities: list[Entity]) -> FormattedText:
    """The text without spaces at its ends, its entities moved along; at most 100 of them, none empty or doubled."""
    bare = text.rstrip(" \n")
    stripped = bare.lstrip(" \n")
    before, last = len(bare) - len(stripped), units(stripped)
    kept: list[Entity] = []
    for entity in in_order(entities):
        begin = max(entity["offset"] - before, 0)
        end = min(entity["offset"] + entity["length"] - before, last)
        around = [one for one in kept if one["offset"] <= begin and end <= one["offset"] + one["length"]]
        if begin < end and not any(one["type"] in (entity["type"], *FLAT) for one in around):
            kept.append({**entity, "offset": begin, "length": end - begin})
    places = [range(one["offset"], one["offset"] + one["length"]) for one in kept]
    found = [one for one in commands_of(stripped) if not any(one["offset"] in place for place in places)]
    return FormattedText(stripped, tuple(in_order(kept + found)[:ENTITIES_MAX]))


def commands_of(text: str) -> list[Entity]:
    """The `bot_command` entities that Telegram finds in a text by itself."""
    if "/" not in text:
        return []
    return [
        {"type": "bot_command", "offset": units(text[: found.start()]), "length": len(found[0])}
        for found in COMMAND.finditer(text)
    ]
