"""The road of a coalition: mark its steps as done, say by when each is to be and who looks after it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

from programme.audit import AuditLine
from programme.errors import NotAllowed, NotFound
from programme.groups import CardKind, GroupCard
from programme.ids import CoalitionId, PersonId
from programme.meetings import MEETING_LASTS, MeetingKind
from programme.path import Step, StepProgress
from programme.ports import UnitOfWork
from programme.usecases.rights import facilitates, is_member, led_coalition

ALLIES: Final = 3
"""From how many organisations on the members seem to be found."""
LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)


def road(uow: UnitOfWork, person_id: PersonId, coalition_id: CoalitionId) -> Mapping[Step, StepProgress]:
    """Give where a coalition stands on every step, in order, to its members and staff; raises NotAllowed."""
    if not (is_member(uow, person_id, coalition_id) or facilitates(uow, person_id, coalition_id)):
        raise NotAllowed
    return uow.path.steps(coalition_id)


def seem_done(uow: UnitOfWork, coalition_id: CoalitionId, now: datetime) -> frozenset[Step]:
    """Give the steps that are still open although what is known says that they are done."""
    steps = uow.path.steps(coalition_id)
    found = set()
    if steps[Step.INVITE].done_on is None and len(uow.organisations.in_coalition(coalition_id)) >= ALLIES:
        found.add(Step.INVITE)
    if steps[Step.MEET].done_on is None and _launched(uow, coalition_id, now):
        found.add(Step.MEET)
    if steps[Step.AGREE].done_on is None and uow.path.agreement(coalition_id) is not None:
        found.add(Step.AGREE)
    return frozenset(found)


def mark_done(
    uow: UnitOfWork, by: PersonId, coalition_id: CoalitionId, step: Step, on: date, now: datetime
) -> StepProgress:
    """Note that a step was done on a day; one that is done already stays so. Raises NotAllowed or NotFound."""
    progress = _led_step(uow, by, coalition_id, step)
    if progress.done_on is not None:
        return progress
    return _keep(uow, coalition_id, replace(progress, done_on=on), now)


def open_again(uow: UnitOfWork, by: PersonId, coalition_id: CoalitionId, step: Step, now: datetime) -> StepProgress:
    """Take back that a step is done; raises NotAllowed or NotFound."""
    return _keep(uow, coalition_id, replace(_led_step(uow, by, coalition_id, step), done_on=None), now)


def set_due(
    uow: UnitOfWork, by: PersonId, coalition_id: CoalitionId, step: Step, due_on: date | None, now: datetime
) -> StepProgress:
    """Say by when a step is to be done, or leave that open; raises NotAllowed or NotFound."""
    return _keep(uow, coalition_id, replace(_led_step(uow, by, coalition_id, step), due_on=due_on), now)


def entrust(
    uow: UnitOfWork, by: PersonId, coalition_id: CoalitionId, step: Step, owner_id: PersonId | None, now: datetime
) -> StepProgress:
    """Say which member looks after a step, or nobody; raises NotAllowed, or NotFound for who is no member."""
    progress = _led_step(uow, by, coalition_id, step)
    if owner_id is not None and not is_member(uow, owner_id, coalition_id):
        raise NotFound
    if owner_id not in {None, by}:
        details: dict[str, str | int] = {"step": step.value, "person": owner_id or 0}
        uow.audit.add(AuditLine(now, by, "entrust_step", f"coalition:{coalition_id}", details))
    return _keep(uow, coalition_id, replace(progress, owner_id=owner_id), now)


def _led_step(uow: UnitOfWork, by: PersonId, coalition_id: CoalitionId, step: Step) -> StepProgress:
    led_coalition(uow, by, coalition_id)
    return uow.path.steps(coalition_id)[step]


def _keep(uow: UnitOfWork, coalition_id: CoalitionId, progress: StepProgress, now: datetime) -> StepProgress:
    uow.path.put_step(coalition_id, progress)
    uow.group_cards.refresh(GroupCard(CardKind.STEPS, coalition_id), now)
    return progress


def _launched(uow: UnitOfWork, coalition_id: CoalitionId, now: datetime) -> bool:
    over = uow.meetings.of_coalition(coalition_id, LONG_AGO, now - MEETING_LASTS)
    return any(meeting.kind is MeetingKind.LAUNCH for meeting in over)
