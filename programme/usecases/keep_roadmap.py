"""What a change of an action does to its coalition's roadmap: what was promised otherwise is voted on anew."""

from dataclasses import replace
from datetime import datetime

from programme.actions import Action, ActionState, RoadmapState, When
from programme.groups import CardKind, GroupCard
from programme.ids import PersonId
from programme.ports import UnitOfWork
from programme.usecases.vote import withdraw_votes
from programme.votes import VoteSubject

OVER = frozenset({ActionState.DONE, ActionState.GIVEN_UP})

Promise = tuple[str, str, str, When | None]
"""What members say yes to: an action's title, means, target and due date. Who looks after it may change."""


def kept_on_roadmap(uow: UnitOfWork, by: PersonId, before: Action | None, after: Action, now: datetime) -> Action:
    """Give an action as its roadmap keeps it after a change; `before` is None for a new one.

    A validated one that promises something else now is proposed again. An open vote is withdrawn where what is to be
    validated is no longer what it was opened on.
    """
    if after.roadmap is None and (before is None or before.roadmap is None):
        return after
    over = after.state in OVER or (before is not None and before.state in OVER)
    earlier = None if before is None else _promise(before, dated=not over)
    if after.roadmap is RoadmapState.VALIDATED and earlier not in {None, _promise(after, dated=not over)}:
        after = replace(after, roadmap=RoadmapState.PROPOSED)
    waited = None if before is None or not _waits(before) else earlier
    if waited != (_promise(after, dated=not over) if _waits(after) else None):
        withdraw_votes(uow, by, after.coalition_id, VoteSubject.ROADMAP, now)
    uow.group_cards.refresh(GroupCard(CardKind.ROADMAP, after.coalition_id), now)
    return after


def _promise(action: Action, *, dated: bool) -> Promise:
    return action.title, action.details.means, action.details.expected_result, action.when if dated else None


def _waits(action: Action) -> bool:
    """Tell whether the members have still to validate an action."""
    proposed = action.roadmap is RoadmapState.PROPOSED and action.deleted_at is None
    return proposed and action.state is not ActionState.GIVEN_UP
