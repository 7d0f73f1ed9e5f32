"""Change a milestone: done in one tap, given up, and taken up again; a coalition's own is moved and entrusted too."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from programme.audit import AuditLine
from programme.coalitions import CoalitionState
from programme.errors import NotAllowed, TooLate
from programme.ids import MilestoneId, PersonId
from programme.leads import EventKind
from programme.milestones import MILESTONE_TITLE_MAX, Milestone, MilestoneState
from programme.ports import UnitOfWork
from programme.texts import checked_line
from programme.usecases.add_milestone import (
    MilestonePlan,
    day_to_come,
    member_to_entrust,
    remind_of_milestone,
    tell_owner,
)
from programme.usecases.rights import facilitates, is_member


def complete_milestone(uow: UnitOfWork, by: PersonId, milestone_id: MilestoneId, now: datetime) -> Milestone:
    """Note that a milestone is reached, for its owner or a facilitator; nobody is reminded of it any more.

    One that is done already stays so; raises NotAllowed, or TooLate where it is given up.
    """
    milestone = uow.milestones.get(milestone_id)
    if not may_complete(uow, by, milestone):
        raise NotAllowed
    if milestone.state is MilestoneState.DONE:
        return milestone
    return _end(uow, by, milestone, replace(milestone, done_at=now), "complete_milestone", now)


def give_up_milestone(uow: UnitOfWork, by: PersonId, milestone_id: MilestoneId, now: datetime) -> Milestone:
    """Give a milestone up, for a facilitator; nobody is reminded of it any more. Raises NotAllowed or TooLate."""
    milestone = steered_milestone(uow, by, milestone_id)
    if milestone.state is MilestoneState.GIVEN_UP:
        return milestone
    return _end(uow, by, milestone, replace(milestone, given_up_at=now), "give_up_milestone", now)


def change_milestone(
    uow: UnitOfWork, by: PersonId, milestone_id: MilestoneId, plan: MilestonePlan, now: datetime, zone: ZoneInfo
) -> Milestone:
    """Keep an open milestone's new lines, for a facilitator; reminders follow its new day, by a new version.

    A new owner is told, and so is the one there is when it moves. Raises NotAllowed, TooLate, InThePast or NotFound.
    """
    milestone = steered_milestone(uow, by, milestone_id)
    if milestone.state is not MilestoneState.OPEN or milestone.coalition_id is None:
        raise TooLate
    moved = plan.due_on != milestone.due_on
    owner = plan.owner
    if owner != milestone.owner_id:
        owner = member_to_entrust(uow, milestone.coalition_id, plan.owner)
    changed = replace(
        milestone,
        title=checked_line(plan.title, "title", MILESTONE_TITLE_MAX),
        due_on=day_to_come(plan.due_on, now, zone) if moved else milestone.due_on,
        owner_id=owner,
    )
    if changed == milestone:
        return milestone
    if moved or owner != milestone.owner_id:
        changed = replace(changed, version=milestone.version + 1)
        remind_of_milestone(uow, changed, now, zone)
        tell_owner(uow, by, changed, now)
    uow.milestones.save(changed)
    uow.audit.add(_line(now, by, "change_milestone", changed))
    return changed


def reopen_milestone(
    uow: UnitOfWork, by: PersonId, milestone_id: MilestoneId, now: datetime, zone: ZoneInfo
) -> Milestone:
    """Take up again what was done or given up by mistake; its reminders to come are planned anew.

    Whoever may say that it is done may take that back; what is given up is taken up by a facilitator.
    """
    milestone = uow.milestones.get(milestone_id)
    if milestone.state is not MilestoneState.DONE:
        milestone = steered_milestone(uow, by, milestone_id)
    elif not may_complete(uow, by, milestone):
        raise NotAllowed
    if milestone.state is MilestoneState.OPEN:
        return milestone
    reopened = replace(milestone, done_at=None, given_up_at=None, version=milestone.version + 1)
    uow.milestones.save(reopened)
    remind_of_milestone(uow, reopened, now, zone)
    uow.audit.add(_line(now, by, "reopen_milestone", reopened))
    return reopened


def steered_milestone(uow: UnitOfWork, by: PersonId, milestone_id: MilestoneId) -> Milestone:
    """Give a milestone to who may steer it; raises NotAllowed, for one that the territory file names too."""
    milestone = uow.milestones.get(milestone_id)
    if not may_steer(uow, by, milestone):
        raise NotAllowed
    return milestone


def may_steer(uow: UnitOfWork, by: PersonId, milestone: Milestone) -> bool:
    """Tell whether a person may move a milestone, entrust it or give it up: a facilitator, one of their coalition.

    For one of the whole programme that is staff, unless the territory file names it.
    """
    if milestone.coalition_id is None:
        return not milestone.from_file and uow.people.is_staff(by)
    if not facilitates(uow, by, milestone.coalition_id):
        return False
    return uow.coalitions.get(milestone.coalition_id).state is CoalitionState.ACTIVE


def may_complete(uow: UnitOfWork, by: PersonId, milestone: Milestone) -> bool:
    """Tell whether a person may say that a milestone is done: its owner, and who may steer it."""
    if milestone.coalition_id is None:
        return may_steer(uow, by, milestone)
    owns = milestone.owner_id == by and is_member(uow, by, milestone.coalition_id)
    return owns or may_steer(uow, by, milestone)


def seen_milestone(uow: UnitOfWork, by: PersonId, milestone_id: MilestoneId) -> Milestone:
    """Give a milestone of the programme to everybody, a coalition's own to its members and staff; raises NotAllowed."""
    milestone = uow.milestones.get(milestone_id)
    coalition_id = milestone.coalition_id
    if coalition_id is None or is_member(uow, by, coalition_id) or facilitates(uow, by, coalition_id):
        return milestone
    raise NotAllowed


def _end(uow: UnitOfWork, by: PersonId, before: Milestone, after: Milestone, deed: str, now: datetime) -> Milestone:
    if before.state is not MilestoneState.OPEN:
        raise TooLate
    uow.milestones.save(after)
    uow.reminders.cancel(EventKind.MILESTONE, after.id)
    uow.audit.add(_line(now, by, deed, after))
    return after


def _line(now: datetime, by: PersonId, deed: str, milestone: Milestone) -> AuditLine:
    return AuditLine(now, by, deed, f"milestone:{milestone.id}", {"version": milestone.version})
