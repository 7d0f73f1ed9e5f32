"""Figures about the programme as a whole: what the project team sees of it, without anybody being made out."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeVar

from programme.actions import ActionState, Figure, FigureUnit
from programme.ids import CoalitionId, ForumId
from programme.path import Step
from programme.territory import OrganisationKind, ScopeKind

Group = TypeVar("Group", bound=Hashable)

SMALLEST_GROUP: Final = 3
"""Below so many people, a group is not counted in public: who is meant could be guessed."""
DORMANT_AFTER: Final = timedelta(days=30)
"""A coalition that gave no sign for so long is dormant."""


class FigureFamily(StrEnum):
    """What figures count that can be added up, whatever unit each was logged in."""

    ENERGY = "energy"
    EMISSIONS = "emissions"
    PEOPLE = "people"
    DISTANCE = "distance"
    MASS = "mass"
    VOLUME = "volume"
    TIME = "time"
    MONEY = "money"


FAMILIES: Final[dict[FigureUnit, tuple[FigureFamily, Decimal]]] = {
    FigureUnit.KWH: (FigureFamily.ENERGY, Decimal("0.001")),
    FigureUnit.MWH: (FigureFamily.ENERGY, Decimal(1)),
    FigureUnit.KG_CO2E: (FigureFamily.EMISSIONS, Decimal("0.001")),
    FigureUnit.T_CO2E: (FigureFamily.EMISSIONS, Decimal(1)),
    FigureUnit.PEOPLE: (FigureFamily.PEOPLE, Decimal(1)),
    FigureUnit.KM: (FigureFamily.DISTANCE, Decimal(1)),
    FigureUnit.KG: (FigureFamily.MASS, Decimal("0.001")),
    FigureUnit.TONNES: (FigureFamily.MASS, Decimal(1)),
    FigureUnit.CUBIC_METRES: (FigureFamily.VOLUME, Decimal(1)),
    FigureUnit.HOURS: (FigureFamily.TIME, Decimal(1)),
    FigureUnit.EUROS: (FigureFamily.MONEY, Decimal(1)),
}
"""The family of each unit, and how much of its family's unit one of it is."""
FAMILY_UNITS: Final[dict[FigureFamily, FigureUnit]] = {
    family: unit for unit, (family, factor) in FAMILIES.items() if factor == 1
}
"""The unit in which a family is added up."""


@dataclass(frozen=True, slots=True)
class CoalitionStanding:
    """An active coalition: the steps it has done, and its last sign of life (a meeting to come is one), if any."""

    id: CoalitionId
    name: str
    scope: ScopeKind
    done: frozenset[Step]
    last_sign_at: datetime | None

    @property
    def step(self) -> Step | None:
        """The first step that is not done, None at the end of the road."""
        return next((step for step in Step if step not in self.done), None)


@dataclass(frozen=True, slots=True)
class OrganisationCount:
    """How many organisations of a kind there are, and how many people speak for them."""

    kind: OrganisationKind
    organisations: int
    people: int


@dataclass(frozen=True, slots=True)
class LoggedAction:
    """What counts of an action: its state, its stakes, and its figure."""

    state: ActionState
    stakes: tuple[str, ...]
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class ForumAttendance:
    """How many people had a place at a forum, how many of them were checked in, and how many seats that was."""

    forum_id: ForumId
    title: str
    starts_at: datetime
    registered: int
    came: int
    seats: int


class DateKind(StrEnum):
    """What comes on a date."""

    MEETING = "meeting"
    FORUM = "forum"
    MILESTONE = "milestone"


@dataclass(frozen=True, slots=True)
class NextDate:
    """Something that comes: a meeting or a forum at an instant, or a milestone on a day (`at` is None then)."""

    kind: DateKind
    title: str
    on: date
    at: datetime | None = None
    coalition: str = ""


@dataclass(frozen=True, slots=True)
class FigureTotal:
    """What was logged in one family, in that family's unit: done, and still to come (planned or under way)."""

    family: FigureFamily
    done: Decimal
    to_come: Decimal


def disclosed(counts: Mapping[Group, int]) -> dict[Group, int | None]:
    """Give counts of people by group, None where a group is hidden.

    Groups of 1 or 2 are. Where those together are still fewer than 3, the smallest other one is hidden too: otherwise
    who knows the whole could subtract.
    """
    hidden = {group for group, n in counts.items() if 0 < n < SMALLEST_GROUP}
    others = sorted((n, place) for place, (group, n) in enumerate(counts.items()) if n and group not in hidden)
    if hidden and others and sum(counts[group] for group in hidden) < SMALLEST_GROUP:
        hidden.add(list(counts)[others[0][1]])
    return {group: None if group in hidden else n for group, n in counts.items()}
