"""Log an action of a coalition: what it did, does or plans."""

from dataclasses import dataclass
from datetime import datetime

from programme.actions import ACTION_TITLE_MAX, FIGURE_MOST, Action, ActionDetails, ActionState, Figure, When
from programme.coalitions import CoalitionState
from programme.errors import NotFound, NotWellFormed
from programme.ids import ActionId, CoalitionId, PersonId
from programme.ports import UnitOfWork
from programme.territory import Territory
from programme.texts import checked_line
from programme.usecases.rights import facilitates, require_member


@dataclass(frozen=True, slots=True)
class ActionLogged:
    """What somebody tells of an action; `stakes` are keys of the territory, `photo` Telegram's file id."""

    title: str
    coalition: CoalitionId
    state: ActionState
    when: When
    stakes: tuple[str, ...] = ()
    figure: Figure | None = None
    photo: str | None = None


def log_action(uow: UnitOfWork, by: PersonId, told: ActionLogged, territory: Territory, now: datetime) -> Action:
    """Keep an action of one's own coalition; raises NotAllowed, NotFound or NotWellFormed."""
    coalition = uow.coalitions.get(told.coalition)
    if not facilitates(uow, by, coalition.id):
        require_member(uow, by, coalition.id)
    if coalition.state is not CoalitionState.ACTIVE:
        raise NotFound
    return uow.actions.add(
        Action(
            id=ActionId(0),
            coalition_id=coalition.id,
            title=checked_line(told.title, "title", ACTION_TITLE_MAX),
            state=told.state,
            when=told.when,
            stakes=known_stakes(told.stakes, territory),
            figure=sensible_figure(told.figure),
            photo=told.photo,
            details=ActionDetails(),
            logged_by=by,
            organisation_id=uow.people.get(by).organisation_id,
            logged_at=now,
        )
    )


def known_stakes(stakes: tuple[str, ...], territory: Territory) -> tuple[str, ...]:
    """Give the stakes in the territory's order; raises NotFound for one that it does not name."""
    known = [stake.key for stake in territory.stakes]
    if set(stakes) - set(known):
        raise NotFound
    return tuple(key for key in known if key in stakes)


def sensible_figure(figure: Figure | None) -> Figure | None:
    """Give the figure; raises NotWellFormed for one below zero or beyond all measure."""
    if figure is not None and not 0 <= figure.value <= FIGURE_MOST:
        raise NotWellFormed("figure", len(str(FIGURE_MOST)))
    return figure
