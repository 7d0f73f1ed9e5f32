"""Commitment cards: what a coalition commits to, published in numbered versions that never change."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from programme.ids import CoalitionId, CommitmentCardId, PersonId

CARD_OBJECTIVE_MAX: Final = 600
WAY_OF_WORKING_MAX: Final = 600
CARD_ACTION_MAX: Final = 200
CARD_ACTIONS_MOST: Final = 8
CARD_MEMBERS_MOST: Final = 200
"""How many organisations may be written by hand; as many as there are come by themselves."""


class CardField(StrEnum):
    """One of the five fields, in the order in which the territory asks for them."""

    OBJECTIVE = "objective"
    MEMBERS = "members"
    WAY_OF_WORKING = "way_of_working"
    FIRST_ACTIONS = "first_actions"
    STAKES = "stakes"


@dataclass(frozen=True, slots=True)
class CardFields:
    """The five fields that the territory asks for; `stakes` are its keys, `members` names of organisations."""

    objective: str = ""
    members: tuple[str, ...] = ()
    way_of_working: str = ""
    first_actions: tuple[str, ...] = ()
    stakes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CardCorrections:
    """What the facilitators wrote in place of what is known; None leaves a field to what is known."""

    objective: str | None = None
    members: tuple[str, ...] | None = None
    way_of_working: str | None = None
    first_actions: tuple[str, ...] | None = None
    stakes: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class CommitmentCard:
    """One published version of a coalition's commitment card; the versions count from 1.

    `stake_names` is what its stakes were called then: the territory may reword them, or drop one, and this stays. A
    card that is not published yet has the version it would become, and no `published_at`.
    """

    id: CommitmentCardId
    coalition_id: CoalitionId
    version: int
    coalition_name: str
    fields: CardFields = field(default_factory=CardFields)
    stake_names: tuple[str, ...] = ()
    published_by: PersonId | None = None
    published_at: datetime | None = None
