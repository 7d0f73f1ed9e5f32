"""The lines of replies that the sender has in hand: in each chat one goes after the other."""

from collections import deque
from dataclasses import replace
from typing import Final

from bot.delivery_policy import Outcome
from storage.outbox import Outgoing

UNSENT: Final = frozenset({"retry", "moved", "topic_lost"})
"""What becomes of a message that is to be sent again, and keeps its place in its chat's line."""


class ChatLines:
    """The replies in hand by chat: the first of each line is in the air, those behind wait for it."""

    def __init__(self) -> None:
        self._lines: dict[int, deque[Outgoing]] = {}

    def join(self, reply: Outgoing) -> bool:
        """Put a reply at the end of its chat's line; True where it is the first, and goes now."""
        line = self._lines.setdefault(reply.chat_id, deque())
        line.append(reply)
        return len(line) == 1

    def leave(self, reply: Outgoing, outcome: Outcome) -> Outgoing | None:
        """Take the first of a line out of it, and give the next one, whose anchor stands where this one went."""
        line = self._lines[reply.chat_id]
        line.popleft()
        if not line:
            del self._lines[reply.chat_id]
            return None
        for place, one in enumerate(line):
            line[place] = standing(one, reply, outcome)
        return line[0]

    def give_up(self, chat_id: int) -> list[Outgoing]:
        """Give all that is left of a chat's line, which is no more."""
        return list(self._lines.pop(chat_id, ()))


def standing(waiting: Outgoing, sent: Outgoing, outcome: Outcome) -> Outgoing:
    """Give a message with the place of its anchor where another one has just moved it, else as it is."""
    same = sent.chat_id == waiting.chat_id and waiting.anchor and sent.anchor == waiting.anchor
    if not same or outcome.message_id is None:
        return waiting
    return replace(waiting, anchor_message_id=outcome.message_id)
