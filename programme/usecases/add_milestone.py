"""Add a milestone of a coalition, entrust it to one of its members, and have it reminded of."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from programme.audit import AuditLine
from programme.errors import InThePast, NotFound
from programme.ids import CoalitionId, MilestoneId, PersonId
from programme.leads import EventKind
from programme.milestones import MILESTONE_TITLE_MAX, Milestone
from programme.notices import MilestoneEntrusted
from programme.ports import UnitOfWork
from programme.reminders import milestone_reminders
from programme.texts import checked_line
from programme.usecases.propose_coalition import new_code
from programme.usecases.rights import is_member, led_coalition


@dataclass(frozen=True, slots=True)
class MilestonePlan:
    """A dated goal, and the member who looks after it."""

    title: str
    due_on: date
    owner: PersonId


def add_milestone(
    uow: UnitOfWork, by: PersonId, coalition_id: CoalitionId, plan: MilestonePlan, now: datetime, zone: ZoneInfo
) -> Milestone:
    """Keep a milestone; raises NotAllowed, InThePast, or NotFound where its owner is no member."""
    led_coalition(uow, by, coalition_id)
    milestone = uow.milestones.add(
        Milestone(
            id=MilestoneId(0),
            code=f"own-{new_code()}",
            coalition_id=coalition_id,
            title=checked_line(plan.title, "title", MILESTONE_TITLE_MAX),
            detail="",
            due_on=day_to_come(plan.due_on, now, zone),
            version=0,
            owner_id=member_to_entrust(uow, coalition_id, plan.owner),
        )
    )
    remind_of_milestone(uow, milestone, now, zone)
    tell_owner(uow, by, milestone, now)
    uow.audit.add(AuditLine(now, by, "add_milestone", f"milestone:{milestone.id}"))
    return milestone


def day_to_come(due_on: date, now: datetime, zone: ZoneInfo) -> date:
    """Give the day; raises InThePast for one that is over."""
    if due_on < now.astimezone(zone).date():
        raise InThePast
    return due_on


def member_to_entrust(uow: UnitOfWork, coalition_id: CoalitionId, person_id: PersonId) -> PersonId:
    """Give a member to whom something may be entrusted; raises NotFound for who is none."""
    if not is_member(uow, person_id, coalition_id):
        raise NotFound
    return person_id


def remind_of_milestone(uow: UnitOfWork, milestone: Milestone, now: datetime, zone: ZoneInfo) -> None:
    """Plan the reminders of a milestone's present version; those whose moment is over already are left out."""
    ahead = [planned for planned in milestone_reminders(milestone.due_on, zone) if planned.due_at > now]
    uow.reminders.plan(EventKind.MILESTONE, milestone.id, milestone.version, ahead)


def tell_owner(uow: UnitOfWork, by: PersonId, milestone: Milestone, now: datetime) -> None:
    """Tell its owner, unless they did it themself, that a milestone is theirs to look after, as it is now."""
    if milestone.owner_id is not None and milestone.owner_id != by:
        notice = MilestoneEntrusted(milestone.id, milestone.version)
        uow.notices.tell([milestone.owner_id], notice, f"milestone_entrusted:{milestone.id}:{milestone.version}", now)
