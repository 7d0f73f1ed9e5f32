"""A message as it was written: a text with Telegram's own formatting, or a photo or a document with a caption."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handlers.forms.field import Answered, Body, Outcome, State
from handlers.forms.fields.text import too_long
from handlers.forms.fields.upload import Upload
from handlers.said import Entity, Said, Words
from handlers.said import Upload as Uploaded
from handlers.turn import Turn


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text of at most `longest` characters, or a file with a caption of at most `caption`, kept to the letter.

    Its value has `text`, `entities`, `kind`, `file_id` and `name`. Nothing is cleaned, since entities count from the
    beginning; Telegram has cleaned it already.
    """

    longest: int
    caption: int

    def ask(self, _turn: Turn, _state: State) -> Body:
        """Give nothing under the question: the message is written or sent."""
        return Body()

    def read(self, turn: Turn, said: Said, state: State) -> Outcome | None:
        """Take the text or the file with all that marks it up, unless it is too long or too big."""
        match said:
            case Words(text=text, entities=entities):
                return too_long(turn, text, self.longest) or Answered(_value(text, entities))
            case Uploaded(caption=caption, entities=entities):
                sent = Upload().read(turn, said, state)
                if not isinstance(sent, Answered):
                    return sent
                return too_long(turn, caption, self.caption) or Answered({**_value(caption, entities), **sent.value})
        return None

    def show(self, turn: Turn, value: Mapping[str, Any]) -> str:
        """Write the text, or the name of the file and what is written under it."""
        if not value["file_id"]:
            return str(value["text"])
        return "\n".join(part for part in (Upload().show(turn, value), value["text"]) if part)

    def into(self, value: Mapping[str, Any]) -> Mapping[str, Any]:
        """Give `text`, `entities`, `kind`, `file_id` and `name`."""
        return value


def _value(text: str, entities: Sequence[Entity]) -> dict[str, Any]:
    marked = [dict(entity) for entity in entities]
    return {"text": text, "entities": marked, "kind": "", "file_id": "", "name": ""}
