"""Put planned actions on a coalition's roadmap: its facilitators propose them, the members validate them by a vote."""

from dataclasses import dataclass, replace
from datetime import datetime

from programme.actions import (
    ACTION_TITLE_MAX,
    DETAIL_MAX,
    Action,
    ActionDetails,
    ActionState,
    RoadmapState,
    When,
)
from programme.audit import AuditLine
from programme.errors import NotFound, TooLate
from programme.ids import ActionId, CoalitionId, PersonId
from programme.ports import UnitOfWork
from programme.territory import Territory
from programme.texts import checked_line, checked_text
from programme.usecases.keep_roadmap import kept_on_roadmap
from programme.usecases.log_action import known_stakes
from programme.usecases.rights import is_member, led_coalition


@dataclass(frozen=True, slots=True)
class ActionProposed:
    """A planned action: with which means, to reach what, by when, and the member who looks after it."""

    title: str
    means: str
    target: str
    due: When
    owner: PersonId
    stakes: tuple[str, ...] = ()


def propose_action(
    uow: UnitOfWork, by: PersonId, coalition_id: CoalitionId, told: ActionProposed, territory: Territory, now: datetime
) -> Action:
    """Keep a planned action and put it on the roadmap; raises NotAllowed, NotWellFormed, or NotFound."""
    coalition = led_coalition(uow, by, coalition_id)
    planned = Action(
        id=ActionId(0),
        coalition_id=coalition.id,
        title="",
        state=ActionState.PLANNED,
        when=told.due,
        stakes=(),
        figure=None,
        photo=None,
        details=ActionDetails(),
        logged_by=by,
        organisation_id=uow.people.get(by).organisation_id,
        logged_at=now,
        roadmap=RoadmapState.PROPOSED,
    )
    action = uow.actions.add(kept_on_roadmap(uow, by, None, _as_told(uow, planned, told, territory), now))
    uow.audit.add(AuditLine(now, by, "propose_action", f"action:{action.id}"))
    return action


def put_on_roadmap(
    uow: UnitOfWork, by: PersonId, action_id: ActionId, told: ActionProposed, territory: Territory, now: datetime
) -> Action:
    """Put an action on the roadmap with these lines, or correct them where it is on it already.

    Raises NotAllowed, NotWellFormed, NotFound, or TooLate where it is done or given up.
    """
    action = steered_action(uow, by, action_id)
    if action.state not in {ActionState.PLANNED, ActionState.UNDER_WAY}:
        raise TooLate
    wanted = replace(_as_told(uow, action, told, territory), roadmap=action.roadmap or RoadmapState.PROPOSED)
    if wanted == action:
        return action
    changed = kept_on_roadmap(uow, by, action, wanted, now)
    uow.actions.save(changed)
    uow.audit.add(AuditLine(now, by, "put_on_roadmap", f"action:{action_id}"))
    return changed


def take_off_roadmap(uow: UnitOfWork, by: PersonId, action_id: ActionId, now: datetime) -> Action:
    """Take an action off the roadmap; it stays an action of the coalition. Raises NotAllowed or NotFound."""
    action = steered_action(uow, by, action_id)
    if action.roadmap is None:
        return action
    taken_off = kept_on_roadmap(uow, by, action, replace(action, roadmap=None, owner_id=None), now)
    uow.actions.save(taken_off)
    uow.audit.add(AuditLine(now, by, "take_off_roadmap", f"action:{action_id}"))
    return taken_off


def steered_action(uow: UnitOfWork, by: PersonId, action_id: ActionId) -> Action:
    """Give an action to who facilitates its coalition; raises NotAllowed, or NotFound where it is deleted."""
    action = uow.actions.get(action_id)
    led_coalition(uow, by, action.coalition_id)
    if action.deleted_at is not None:
        raise NotFound
    return action


def _as_told(uow: UnitOfWork, action: Action, told: ActionProposed, territory: Territory) -> Action:
    if told.owner != action.owner_id and not is_member(uow, told.owner, action.coalition_id):
        raise NotFound
    # A stake that the territory has dropped since stays on the actions that have it.
    kept = tuple(stake for stake in told.stakes if stake in action.stakes)
    fresh = tuple(stake for stake in told.stakes if stake not in action.stakes)
    details = replace(
        action.details,
        means=checked_text(told.means, "means", DETAIL_MAX),
        expected_result=checked_text(told.target, "target", DETAIL_MAX),
    )
    return replace(
        action,
        title=checked_line(told.title, "title", ACTION_TITLE_MAX),
        when=told.due,
        stakes=(*kept, *known_stakes(fresh, territory)),
        details=details,
        owner_id=told.owner,
    )
