"""Actions: what the actors of a coalition did, do or plan."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from programme.ids import ActionId, CoalitionId, OrganisationId, PersonId

ACTION_TITLE_MAX: Final = 140
DETAIL_MAX: Final = 500
FIGURE_MOST: Final = Decimal(10**12)
FIGURE_DECIMALS: Final = 3
UNDO_LASTS: Final = timedelta(minutes=1)
"""How long a deleted action can be brought back; then it is gone for good."""


class ActionState(StrEnum):
    """Where an action stands."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    GIVEN_UP = "given_up"


NEXT_STATE: Final = {ActionState.PLANNED: ActionState.UNDER_WAY, ActionState.UNDER_WAY: ActionState.DONE}
"""Where an action moves on to."""


class RoadmapState(StrEnum):
    """How an action stands on its coalition's roadmap: proposed to the members, or validated by their vote."""

    PROPOSED = "proposed"
    VALIDATED = "validated"


class FigureUnit(StrEnum):
    """What an action's figure counts, by its symbol (SI, and CO2 equivalents as the PCAET decree counts them)."""

    KWH = "kWh"
    MWH = "MWh"
    KG_CO2E = "kgCO2e"
    T_CO2E = "tCO2e"
    PEOPLE = "people"
    KM = "km"
    KG = "kg"
    TONNES = "t"
    CUBIC_METRES = "m3"
    HOURS = "h"
    EUROS = "EUR"


@dataclass(frozen=True, slots=True)
class Figure:
    """What an action brings, brought or is to bring: a positive number with a unit."""

    value: Decimal
    unit: FigureUnit


@dataclass(frozen=True, slots=True)
class When:
    """The day of an action, or its whole month: `on` is the first of it then."""

    on: date
    whole_month: bool = False


@dataclass(frozen=True, slots=True)
class ActionDetails:
    """What the PCAET decree wants to know besides; `sector` is a key of the territory, "" where unknown."""

    means: str = ""
    public: str = ""
    partners: str = ""
    expected_result: str = ""
    sector: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """An action of a coalition.

    `stakes` are keys of the territory; `photo` is Telegram’s file id; `logged_by` is None once that person is a
    « former member ». A deleted one waits a minute for whoever changes their mind. One on the coalition's roadmap has
    `roadmap` and an owner; its due date is `when`, its target `details.expected_result`, its means `details.means`.
    """

    id: ActionId
    coalition_id: CoalitionId
    title: str
    state: ActionState
    when: When
    stakes: tuple[str, ...]
    figure: Figure | None
    photo: str | None
    details: ActionDetails
    logged_by: PersonId | None
    organisation_id: OrganisationId | None
    logged_at: datetime
    deleted_at: datetime | None = None
    roadmap: RoadmapState | None = None
    owner_id: PersonId | None = None


def to_validate(roadmap: Iterable[Action]) -> tuple[Action, ...]:
    """Give the actions of a roadmap that the members have still to validate; what is given up needs no vote."""
    return tuple(
        action
        for action in roadmap
        if action.roadmap is RoadmapState.PROPOSED and action.state is not ActionState.GIVEN_UP
    )
