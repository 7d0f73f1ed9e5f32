"""Where coalitions talk."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from programme.groups import Group
from programme.ids import CoalitionId


class Groups(Protocol):
    """Telegram groups, and topics of them, in which coalitions talk."""

    def of_chat(self, chat_id: int, thread_id: int | None) -> Group | None:
        """Give what a topic is bound to, else what its whole group is bound to."""

    def bind(self, group: Group, now: datetime) -> None:
        """Bind a group, or a topic of it, in place of what it was bound to."""

    def of_coalition(self, coalition_id: CoalitionId) -> Sequence[Group]:
        """Give where a coalition talks."""

    def move(self, old_chat_id: int, new_chat_id: int) -> None:
        """Keep the bindings of a group that became a supergroup."""
