"""Notices about groups that the bot can no longer write to."""

from dataclasses import dataclass

from programme.ids import (
    CoalitionId,
)


@dataclass(frozen=True, slots=True)
class GroupOutOfReach:
    """To the facilitators: the bot is no longer in their group, or may not write there."""

    coalition_id: CoalitionId
    chat_id: int


@dataclass(frozen=True, slots=True)
class TopicLost:
    """To the facilitators: the topic of their coalition is gone, and what belongs there goes to the general one."""

    coalition_id: CoalitionId
    chat_id: int
