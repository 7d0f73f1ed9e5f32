"""Groups: a Telegram group, or one topic of it, in which a coalition talks, and what the bot shows there."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from programme.ids import CoalitionId

CARD_SPACING: Final = timedelta(seconds=4)
"""The least time between two changes of one card, however fast people tap: of the 20 messages a minute that Telegram
takes in a group, a card uses 15."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group bound to a coalition; `thread_id` is None where the whole group is.

    In a `lost` topic nothing can be said any more: what belongs there goes to the group's general topic.
    """

    chat_id: int
    thread_id: int | None
    coalition_id: CoalitionId
    lost: bool = False


@dataclass(frozen=True, slots=True)
class GroupChat:
    """What the bot knows of a Telegram group: its title, whether it is there, and what it may do."""

    chat_id: int
    title: str
    present: bool
    may_write: bool
    may_pin: bool = False

    @property
    def in_reach(self) -> bool:
        """Tell whether what is written to the group arrives."""
        return self.present and self.may_write


class CardKind(StrEnum):
    """What a card in a group is about."""

    MEETING = "meeting"
    DATE_POLL = "date_poll"
    STEPS = "steps"
    ROADMAP = "roadmap"
    VOTE = "vote"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True)
class GroupCard:
    """A message in a group that shows one thing as it is, and is changed in place when that changes.

    `subject_id` is the id of what it shows: of the coalition for its steps and its roadmap.
    """

    kind: CardKind
    subject_id: int

    @property
    def anchor(self) -> str:
        """The name under which the message is found again in its chat."""
        return f"card:{self.kind}:{self.subject_id}"
