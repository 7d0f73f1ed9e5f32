"""Change an action: correct any line of it, add details, move it on, delete it, and bring it back within a minute."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from programme.actions import (
    ACTION_TITLE_MAX,
    DETAIL_MAX,
    NEXT_STATE,
    UNDO_LASTS,
    Action,
    ActionDetails,
    ActionState,
    Figure,
    When,
)
from programme.audit import AuditLine
from programme.errors import NotAllowed, NotFound, Outdated, TooLate
from programme.ids import ActionId, PersonId
from programme.ports import UnitOfWork
from programme.territory import Territory
from programme.texts import checked_line, checked_text
from programme.usecases.keep_roadmap import kept_on_roadmap
from programme.usecases.log_action import known_stakes, sensible_figure
from programme.usecases.rights import facilitates, is_member


@dataclass(frozen=True, slots=True)
class ActionCorrected:
    """An action as it should be, every line of it."""

    title: str
    state: ActionState
    when: When
    stakes: tuple[str, ...] = ()
    figure: Figure | None = None
    photo: str | None = None
    means: str = ""
    public: str = ""
    partners: str = ""
    expected_result: str = ""
    sector: str = ""


def change_action(
    uow: UnitOfWork, by: PersonId, action_id: ActionId, corrected: ActionCorrected, territory: Territory, now: datetime
) -> Action:
    """Keep an action's new lines; raises NotAllowed, NotFound, or NotWellFormed for a text that is too long."""
    action = own_action(uow, by, action_id)
    if corrected.sector and corrected.sector not in {sector.key for sector in territory.sectors}:
        raise NotFound
    # A stake that the territory has dropped since stays on the actions that have it.
    kept = tuple(stake for stake in corrected.stakes if stake in action.stakes)
    fresh = tuple(stake for stake in corrected.stakes if stake not in action.stakes)
    changed = replace(
        action,
        title=checked_line(corrected.title, "title", ACTION_TITLE_MAX),
        state=corrected.state,
        when=corrected.when,
        stakes=(*kept, *known_stakes(fresh, territory)),
        figure=sensible_figure(corrected.figure),
        photo=corrected.photo,
        details=ActionDetails(
            means=_detail(corrected.means, "means"),
            public=_detail(corrected.public, "public"),
            partners=_detail(corrected.partners, "partners"),
            expected_result=_detail(corrected.expected_result, "expected_result"),
            sector=corrected.sector,
        ),
    )
    return _save(uow, by, action, changed, "change_action", now)


def move_action_on(
    uow: UnitOfWork, by: PersonId, action_id: ActionId, seen: ActionState, today: date, now: datetime
) -> Action:
    """Move an action from the state that was `seen` to the next one; raises Outdated where it is elsewhere already.

    One that is done before its date was done today. Whoever it is entrusted to on the roadmap may do so too.
    """
    action = uow.actions.get(action_id)
    if not may_move_on(uow, by, action):
        raise NotAllowed
    if action.deleted_at is not None:
        raise NotFound
    if action.state is not seen:
        raise Outdated
    following = NEXT_STATE.get(seen)
    if following is None:
        raise TooLate
    early = following is ActionState.DONE and action.when.on > today
    when = When(today) if early else action.when
    return _save(uow, by, action, replace(action, state=following, when=when), "move_action_on", now)


def delete_action(uow: UnitOfWork, by: PersonId, action_id: ActionId, now: datetime) -> Action:
    """Delete an action; for a minute it can be brought back."""
    action = own_action(uow, by, action_id)
    return _save(uow, by, action, replace(action, deleted_at=now), "delete_action", now)


def restore_action(uow: UnitOfWork, by: PersonId, action_id: ActionId, now: datetime) -> Action:
    """Bring a deleted action back; raises TooLate a minute after its deletion. One that is there already stays."""
    action = uow.actions.get(action_id)
    _require_right(uow, by, action)
    if action.deleted_at is None:
        return action
    if now - action.deleted_at > UNDO_LASTS:
        raise TooLate
    return _save(uow, by, action, replace(action, deleted_at=None), "restore_action", now)


def own_action(uow: UnitOfWork, by: PersonId, action_id: ActionId) -> Action:
    """Give an action to who may change it; raises NotAllowed, or NotFound where it is deleted."""
    action = uow.actions.get(action_id)
    _require_right(uow, by, action)
    if action.deleted_at is not None:
        raise NotFound
    return action


def may_change(uow: UnitOfWork, by: PersonId, action: Action) -> bool:
    """Tell whether a person may change an action: their own in their own coalition, any where they facilitate."""
    own = action.logged_by == by and is_member(uow, by, action.coalition_id)
    return own or facilitates(uow, by, action.coalition_id)


def may_move_on(uow: UnitOfWork, by: PersonId, action: Action) -> bool:
    """Tell whether a person may move an action on: who may change it, and its owner on the roadmap."""
    owns = action.roadmap is not None and action.owner_id == by and is_member(uow, by, action.coalition_id)
    return owns or may_change(uow, by, action)


def _require_right(uow: UnitOfWork, by: PersonId, action: Action) -> None:
    if not may_change(uow, by, action):
        raise NotAllowed


def _detail(text: str, field: str) -> str:
    return checked_text(text, field, DETAIL_MAX, may_be_empty=True)


def _save(uow: UnitOfWork, by: PersonId, before: Action, after: Action, deed: str, now: datetime) -> Action:
    if after != before:
        after = kept_on_roadmap(uow, by, before, after, now)
        uow.actions.save(after)
        if before.logged_by != by or deed in {"delete_action", "restore_action"}:
            uow.audit.add(AuditLine(now, by, deed, f"action:{before.id}"))
    return after
