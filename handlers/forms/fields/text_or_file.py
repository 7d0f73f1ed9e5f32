"""A text, or a file with a word or without."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.forms.field import Answered, Body, Outcome, State, Wrong
from handlers.forms.fields.text import Text, too_long
from handlers.forms.fields.upload import Upload
from handlers.said import Said, Words
from handlers.said import Upload as Uploaded
from handlers.turn import Turn
from programme.texts import clean_text


@dataclass(frozen=True, slots=True)
class TextOrFile:
    """A text of at most `longest` characters, or a photo or a document, with such a text under it or without.

    Its value has `text`, `kind`, `file_id` and `name`; a text alone has an empty `file_id`.
    """

    longest: int

    def ask(self, _turn: Turn, _state: State) -> Body:
        """Give nothing under the question: the answer is written or sent."""
        return Body()

    def read(self, turn: Turn, said: Said, state: State) -> Outcome | None:
        """Take the text or the file, unless it is empty, too long or too big."""
        match said:
            case Words():
                written = Text(self.longest, multiline=True).read(turn, said, state)
                return Answered(_value(written.value)) if isinstance(written, Answered) else written
            case Uploaded(caption=caption):
                return self._sent(turn, said, clean_text(caption), state)
        return None

    def show(self, turn: Turn, value: Mapping[str, str]) -> str:
        """Write the text, or the name of the file and what is written under it."""
        if not value["file_id"]:
            return value["text"]
        return "\n".join(part for part in (Upload().show(turn, value), value["text"]) if part)

    def into(self, value: Mapping[str, str]) -> Mapping[str, str]:
        """Give `text`, `kind`, `file_id` and `name`."""
        return value

    def _sent(self, turn: Turn, said: Uploaded, caption: str, state: State) -> Outcome | None:
        sent = Upload().read(turn, said, state)
        if not isinstance(sent, Answered):
            return sent
        wrong: Wrong | None = too_long(turn, caption, self.longest)
        return wrong or Answered({**_value(caption), **sent.value})


def _value(text: str) -> dict[str, str]:
    return {"text": text, "kind": "", "file_id": "", "name": ""}
