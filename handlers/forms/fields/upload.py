"""A photo or a document."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from handlers.forms.field import Answered, Body, Outcome, State, Wrong
from handlers.said import Said
from handlers.said import Upload as Uploaded
from handlers.turn import Turn
from programme.texts import clean_line

MEGABYTE: Final = 1024 * 1024
DOWNLOAD_MAX: Final = 20 * MEGABYTE
"""Bytes of the largest file that a bot may download (Bot API, getFile)."""
NAME_MAX: Final = 100
Kind = Literal["photo", "document"]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of one of these kinds, of at most `biggest` bytes; its value has `kind`, `file_id` and `name`."""

    kinds: tuple[Kind, ...] = ("photo", "document")
    biggest: int = DOWNLOAD_MAX

    def ask(self, _turn: Turn, _state: State) -> Body:
        """Give nothing under the question: the file is sent."""
        return Body()

    def read(self, turn: Turn, said: Said, _state: State) -> Outcome | None:
        """Take the file, unless it is of another kind or too big."""
        say = turn.language.say
        if not isinstance(said, Uploaded):
            return None
        if said.kind not in self.kinds:
            if "photo" in self.kinds:
                return Wrong(say("A photo is needed here: please send it as a photo, not as a file."))
            return Wrong(say("A document is needed here: please send it as a file, not as a photo."))
        if said.size > self.biggest:
            most = turn.language.number(self.biggest // MEGABYTE)
            return Wrong(
                say("This file is too big: {megabytes} MB at most fit. Please send a smaller one.", megabytes=most)
            )
        name = clean_line(said.name)[-NAME_MAX:]
        return Answered({"kind": said.kind, "file_id": said.file_id, "name": name})

    def show(self, turn: Turn, value: Mapping[str, str]) -> str:
        """Write the file's name, or what it is."""
        plain = turn.language.plain
        return value["name"] or (plain("Photo received") if value["kind"] == "photo" else plain("Document received"))

    def into(self, value: Mapping[str, str]) -> Mapping[str, str]:
        """Give `kind`, `file_id` and `name`."""
        return value
