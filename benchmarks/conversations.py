"""People who talk to a bot: each says the next thing once the bot has answered the one before."""

from dataclasses import dataclass
from typing import Final, Protocol

from benchmarks.light_server import LightServer, Shown
from handlers.forms import ROUTE

TEXTS: Final = ("Une haie plantée avec l’école du quartier", "12", "hier")
"""What is written where there is nothing to tap: one after the other until the question is answered."""
OPTIONS: Final = frozenset({"o", "d", "yes", "suggested"})
"""The buttons of a question that answer it, or tick an option."""


class Talker(Protocol):
    """Somebody in a private chat with the bot."""

    @property
    def chat_id(self) -> int:
        """Their chat."""

    def speaks(self, server: LightServer) -> int:
        """Say the next thing, and give the update's id."""

    def reads(self, shown: Shown) -> bool:
        """Read a message; tells whether it is what they waited for, so that they may go on."""


@dataclass(slots=True)
class Chatting:
    """Somebody who writes the same again and again, and waits for any answer."""

    chat_id: int
    text: str

    def speaks(self, server: LightServer) -> int:
        """Write."""
        return server.say(self.chat_id, self.text)

    def reads(self, shown: Shown) -> bool:
        """Take each new message as the answer."""
        return shown.new


@dataclass(slots=True)
class FillingIn:
    """Somebody who goes through a conversation of Jalon's from its command to its confirmation, again and again.

    They tap the first option, finish where options are ticked, skip what has no options and may be skipped, write
    elsewhere, and confirm the review.
    """

    chat_id: int
    command: str
    finished: int = 0
    _open: Shown | None = None
    _written: int = 0
    _confirmed: bool = False

    def speaks(self, server: LightServer) -> int:
        """Give the command, or answer the question that is open."""
        if self._open is None:
            return server.say(self.chat_id, self.command)
        data = self._button(self._open)
        if data is not None:
            return server.tap(self._open, data)
        text = TEXTS[self._written % len(TEXTS)]
        self._written += 1
        # Some names are taken once for all.
        own = f" ({self.chat_id}, {self.finished})" if text == TEXTS[0] else ""
        return server.say(self.chat_id, f"{text}{own}")

    def reads(self, shown: Shown) -> bool:
        """Read a question, the same one ticked, or the last word; a question that only loses its buttons is none."""
        asks = any(data.startswith(f"{ROUTE}:") for _, data in shown.buttons)
        if self._confirmed and shown.new and not asks:
            self.finished += 1
            self._open, self._confirmed, self._written = None, False, 0
            return True
        if not asks:
            return False
        before, self._open = self._open, shown
        if before is None or not _same_question(before, shown):
            self._written = 0
        return True

    def _button(self, shown: Shown) -> str | None:
        """The button to tap; None where something is to be written."""
        controls = {data.split(":")[3]: data for _, data in shown.buttons if data.count(":") >= 3}  # noqa: PLR2004 (handlers/forms/buttons.py)
        if "confirm" in controls:
            self._confirmed = True
            return controls["confirm"]
        answers = [data for _, data in shown.buttons if data.split(":")[3:4] == ["a"]]
        done = next((data for data in answers if data.split(":")[4] == "done"), None)
        if done is not None and any(data.split(":")[4] == "d" for data in answers):
            return done
        options = [data for data in answers if data.split(":")[4] in OPTIONS]
        return options[0] if options else controls.get("skip")


def _same_question(before: Shown, shown: Shown) -> bool:
    """Tell whether a question is asked again, perhaps below a word on what was wrong."""
    return before.text.split("\n", 1)[0] in shown.text
