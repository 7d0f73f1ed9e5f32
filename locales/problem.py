"""Something wrong with a text, told in one line: where it is, which text, what is wrong and what to do."""

from dataclasses import dataclass

SHOWN = 48
"""Characters of a text that are enough to find it again."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend; `place` is a file, `text` the English text or nothing where a whole file is meant."""

    place: str
    text: str
    what: str

    def __str__(self) -> str:
        """Give the line that is printed."""
        start = self.text.replace("\n", "⏎")
        if len(start) > SHOWN:
            start = start[: SHOWN - 1] + "…"
        return f"{self.place}: “{start}”: {self.what}" if start else f"{self.place}: {self.what}"
