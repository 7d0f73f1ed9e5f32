"""Groups: a Telegram group, or one topic of it, in which a coalition talks."""

from dataclasses import dataclass

from programme.ids import CoalitionId


@dataclass(frozen=True, slots=True)
class Group:
    """A group bound to a coalition; `thread_id` is None where the whole group is."""

    chat_id: int
    thread_id: int | None
    coalition_id: CoalitionId
