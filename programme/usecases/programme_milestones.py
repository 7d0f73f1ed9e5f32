"""Milestones of the whole programme that staff make in chat; those of the territory file are changed there only."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from programme.audit import AuditLine
from programme.errors import NotAllowed, TooLate
from programme.ids import MilestoneId, PersonId
from programme.milestones import MILESTONE_DETAIL_MAX, MILESTONE_TITLE_MAX, STAFF_MADE, Milestone, MilestoneState
from programme.ports import UnitOfWork
from programme.texts import checked_line, checked_text
from programme.usecases.add_milestone import day_to_come, remind_of_milestone
from programme.usecases.change_milestone import steered_milestone
from programme.usecases.propose_coalition import new_code
from programme.usecases.rights import require_staff


@dataclass(frozen=True, slots=True)
class ProgrammePlan:
    """A dated goal for every coalition, and a few words about it."""

    title: str
    due_on: date
    detail: str = ""


def add_programme_milestone(
    uow: UnitOfWork, by: PersonId, plan: ProgrammePlan, now: datetime, zone: ZoneInfo
) -> Milestone:
    """Keep a milestone of which every member is reminded; raises NotAllowed, NotWellFormed or InThePast."""
    require_staff(uow, by)
    milestone = uow.milestones.add(
        Milestone(
            id=MilestoneId(0),
            code=f"{STAFF_MADE}{new_code()}",
            coalition_id=None,
            title=checked_line(plan.title, "title", MILESTONE_TITLE_MAX),
            detail=checked_text(plan.detail, "detail", MILESTONE_DETAIL_MAX, may_be_empty=True),
            due_on=day_to_come(plan.due_on, now, zone),
            version=0,
        )
    )
    remind_of_milestone(uow, milestone, now, zone)
    uow.audit.add(AuditLine(now, by, "add_milestone", f"milestone:{milestone.id}"))
    return milestone


def change_programme_milestone(
    uow: UnitOfWork, by: PersonId, milestone_id: MilestoneId, plan: ProgrammePlan, now: datetime, zone: ZoneInfo
) -> Milestone:
    """Keep an open milestone's new lines; reminders follow its new day, by a new version.

    Raises NotAllowed, for a coalition's own and for one of the territory file too, NotFound, TooLate, NotWellFormed or
    InThePast.
    """
    milestone = changeable_milestone(uow, by, milestone_id)
    moved = plan.due_on != milestone.due_on
    changed = replace(
        milestone,
        title=checked_line(plan.title, "title", MILESTONE_TITLE_MAX),
        detail=checked_text(plan.detail, "detail", MILESTONE_DETAIL_MAX, may_be_empty=True),
        due_on=day_to_come(plan.due_on, now, zone) if moved else milestone.due_on,
        version=milestone.version + int(moved),
    )
    if changed == milestone:
        return milestone
    uow.milestones.save(changed)
    if moved:
        remind_of_milestone(uow, changed, now, zone)
    uow.audit.add(AuditLine(now, by, "change_milestone", f"milestone:{changed.id}", {"version": changed.version}))
    return changed


def changeable_milestone(uow: UnitOfWork, by: PersonId, milestone_id: MilestoneId) -> Milestone:
    """Give an open milestone that staff made for the whole programme to staff; raises NotAllowed, NotFound, TooLate."""
    milestone = steered_milestone(uow, by, milestone_id)
    if milestone.coalition_id is not None:
        raise NotAllowed
    if milestone.state is not MilestoneState.OPEN:
        raise TooLate
    return milestone
