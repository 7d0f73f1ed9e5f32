"""The dashboard of the project team: where the programme stands, as facts."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from programme.actions import ActionState
from programme.ids import PersonId
from programme.path import Step
from programme.ports import UnitOfWork
from programme.statistics import (
    DORMANT_AFTER,
    FAMILIES,
    CoalitionStanding,
    FigureFamily,
    FigureTotal,
    ForumAttendance,
    LoggedAction,
    NextDate,
    OrganisationCount,
)
from programme.territory import Territory
from programme.usecases.rights import require_staff

DATES_MOST: Final = 5
FORUMS_MOST: Final = 3
COUNTED: Final = (ActionState.DONE, ActionState.UNDER_WAY, ActionState.PLANNED)
"""The states that count for a stake; what was given up serves none."""


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Where the programme stands at `at`.

    `stages` counts the active coalitions by the step they are at, None being the end of the road. An action that serves
    several stakes counts once for each in `by_stake`, and once in `by_state`. `levels` counts the organisations that
    have each level of commitment, by its key.
    """

    at: datetime
    stages: Mapping[Step | None, int]
    dormant: Sequence[CoalitionStanding]
    with_card: int
    organisations: Sequence[OrganisationCount]
    levels: Mapping[str, int]
    by_state: Mapping[ActionState, int]
    by_stake: Mapping[str, Mapping[ActionState, int]]
    figures: Sequence[FigureTotal]
    forums: Sequence[ForumAttendance]
    dates: Sequence[NextDate]

    @property
    def coalitions(self) -> int:
        """How many coalitions are active."""
        return sum(self.stages.values())


def dashboard(uow: UnitOfWork, by: PersonId, territory: Territory, now: datetime) -> Dashboard:
    """Give the dashboard to who is of the project team; raises NotAllowed."""
    require_staff(uow, by)
    known = uow.statistics
    standings, actions = known.coalitions(), known.actions()
    stages = Counter(standing.step for standing in standings)
    stakes = [stake.key for stake in territory.stakes]
    return Dashboard(
        at=now,
        stages={step: stages[step] for step in (*Step, None)},
        dormant=[one for one in standings if one.last_sign_at is None or one.last_sign_at <= now - DORMANT_AFTER],
        with_card=len(uow.commitment_cards.latest_of_each()),
        organisations=known.organisations(),
        levels=known.levels(),
        by_state={state: sum(action.state is state for action in actions) for state in ActionState},
        by_stake={stake: _by_state(actions, stake) for stake in stakes},
        figures=totals(actions),
        forums=known.forums(now, FORUMS_MOST),
        dates=known.next_dates(now, now.astimezone(territory.zone).date(), DATES_MOST),
    )


def totals(actions: Iterable[LoggedAction]) -> Sequence[FigureTotal]:
    """Add up the figures of each family that has any, exactly; what was given up adds nothing."""
    sums: dict[tuple[FigureFamily, bool], Decimal] = {}
    for action in actions:
        if action.figure is None or action.state is ActionState.GIVEN_UP:
            continue
        family, factor = FAMILIES[action.figure.unit]
        key = family, action.state is ActionState.DONE
        sums[key] = sums.get(key, Decimal(0)) + action.figure.value * factor
    return [
        FigureTotal(family, sums.get((family, True), Decimal(0)), sums.get((family, False), Decimal(0)))
        for family in FigureFamily
        if (family, True) in sums or (family, False) in sums
    ]


def _by_state(actions: Iterable[LoggedAction], stake: str) -> Mapping[ActionState, int]:
    found = Counter(action.state for action in actions if stake in action.stakes)
    return {state: found[state] for state in COUNTED}
