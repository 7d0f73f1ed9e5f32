"""People who wait for the answer to what they said before they go on, whatever becomes of the bot meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from simulator.chats import Chat, Message
from simulator.people import Person

PATIENCE: Final = 90.0
"""Seconds after which an answer is lost."""

Expected = Callable[[Message], bool]


@dataclass
class Patient:
    """Somebody in their private chat with the bot.

    `turns` counts what they said and tapped, `answers` the messages that this should bring, where each comes once.
    """

    person: Person
    patience: float = PATIENCE
    turns: int = field(default=0, init=False)
    answers: int = field(default=0, init=False)

    @property
    def chat(self) -> Chat:
        """Their private chat."""
        return self.person.chat_with()

    @property
    def read(self) -> list[str]:
        """What the bot has written to them, the oldest first."""
        return [message.text for message in self.chat.messages if message.sender_id != self.person.id]

    async def says(self, text: str, expected: Expected, answers: int = 1) -> Message:
        """Say something, and give the message that answers it."""
        said = self.person.says(text)
        self.turns += 1
        self.answers += answers
        return await self._answer(said.id, expected, text)

    async def taps(self, label: str, on: Message, expected: Expected, answers: int = 1) -> Message:
        """Tap a button that is answered by a new message, and give that."""
        latest = self.chat.last_id
        self.person.taps(label, on)
        self.turns += 1
        self.answers += answers
        return await self._answer(latest, expected, label)

    async def changes(self, label: str, on: Message, expected: Expected) -> None:
        """Tap a button whose message changes in place, and wait for the change."""
        assert not expected(on), f"{on} shows already what the tap should change"
        self.person.taps(label, on)
        self.turns += 1
        await self.person.network.until(lambda: expected(on), self.patience, f"{self}, {label}: {on}")

    async def is_told(self, expected: Expected, what: str) -> Message:
        """Wait for a message that comes by itself."""
        return await self._answer(0, expected, what)

    async def _answer(self, after: int, expected: Expected, what: str) -> Message:
        def found() -> Message | None:
            for message in self.chat.latest():
                if message.id <= after:
                    return None
                if message.sender_id != self.person.id and expected(message):
                    return message
            return None

        await self.person.network.until(found, self.patience, f"{self}: the answer to “{what}”")
        answer = found()
        assert answer is not None
        return answer


def reads(words: str) -> Expected:
    """A message whose text holds these words."""
    return lambda message: words in message.text


def offers(label: str) -> Expected:
    """A message with a button of this label."""
    return lambda message: any(label in row for row in message.buttons)


def others_than(buttons: list[list[str]]) -> Expected:
    """A message with other buttons than these."""
    return lambda message: message.buttons != buttons
