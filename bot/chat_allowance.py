"""How many messages one chat takes: about one a second with short bursts, and in a group 20 a minute."""

from collections import deque
from dataclasses import dataclass, field
from typing import Final

CHAT_BURST: Final = 6
"""An answered question is two calls, its message that loses its buttons and the next one: three answers at once."""
CHAT_SECONDS: Final = 6.4  # a little more than a second each, as two messages may travel unequally long
GROUP_MESSAGES: Final = 20
GROUP_SECONDS: Final = 61.0


@dataclass(slots=True, eq=False)
class Window:
    """At most so many messages in any so many seconds."""

    most: int
    seconds: float
    times: deque[float] = field(default_factory=deque)

    def open_at(self, now: float) -> float:
        """When one more may pass; `now` where it may at once."""
        while self.times and self.times[0] + self.seconds <= now:
            self.times.popleft()
        return now if len(self.times) < self.most else self.times[0] + self.seconds


@dataclass(slots=True, eq=False)
class ChatAllowance:
    """What passed in one chat lately, and until when Telegram's 429 holds it; times are the event loop's."""

    windows: tuple[Window, ...]
    held_until: float = 0.0

    @classmethod
    def of(cls, chat_id: int) -> "ChatAllowance":
        """Give the allowance of a person's private chat, or of a group, whose number is below zero."""
        chat = Window(CHAT_BURST, CHAT_SECONDS)
        return cls((chat, Window(GROUP_MESSAGES, GROUP_SECONDS)) if chat_id < 0 else (chat,))

    def open_at(self, now: float) -> float:
        """When one more message may pass; `now` or earlier where it may at once."""
        return max(self.held_until, *(window.open_at(now) for window in self.windows))

    def count(self, now: float) -> None:
        """Note that a message passes."""
        for window in self.windows:
            window.times.append(now)

    def hold(self, until: float) -> None:
        """Let nothing pass before this."""
        self.held_until = max(self.held_until, until)

    def idle(self, now: float) -> bool:
        """Tell whether nothing of its past matters any more."""
        return self.open_at(now) <= now and not any(window.times for window in self.windows)
