"""Apply the territory file at start: its first coalitions and milestones come to exist, moved milestones move."""

from dataclasses import replace
from datetime import datetime

from programme.audit import AuditLine
from programme.coalitions import Coalition, CoalitionState
from programme.ids import CoalitionId, MilestoneId
from programme.leads import EventKind
from programme.milestones import Milestone, MilestoneState
from programme.ports import UnitOfWork
from programme.reminders import milestone_reminders
from programme.territory import FirstCoalition, ProgrammeMilestone, Territory
from programme.usecases.propose_coalition import new_code


def apply_territory(uow: UnitOfWork, territory: Territory, now: datetime) -> None:
    """Make the database agree with the file; doing it at every start is harmless.

    A coalition that exists under that name is left as its members made it; only milestones follow the file: one that it
    no longer names is given up, and comes back when it names it again. Those that staff have made stay as they are.
    """
    for first in territory.coalitions:
        if uow.coalitions.by_name(first.name) is None:
            _found(uow, first)
    known = {milestone.code: milestone for milestone in uow.milestones.programme_ones() if milestone.from_file}
    for wanted in territory.milestones:
        _follow(uow, wanted, known.get(wanted.key), territory, now)
    for code in known.keys() - {wanted.key for wanted in territory.milestones}:
        _drop(uow, known[code], now)


def _found(uow: UnitOfWork, first: FirstCoalition) -> None:
    coalition = uow.coalitions.add(
        Coalition(
            id=CoalitionId(0),
            code=new_code(),
            name=first.name,
            objective=first.objective,
            scope=first.scope,
            stakes=first.stakes,
            open=first.open,
            state=CoalitionState.ACTIVE,
        )
    )
    for organisation in first.organisations:
        known = uow.organisations.by_name(organisation.name)
        kept = known or uow.organisations.add(organisation.name, organisation.kind)
        uow.organisations.attach(kept.id, coalition.id)


def _follow(
    uow: UnitOfWork, wanted: ProgrammeMilestone, known: Milestone | None, territory: Territory, now: datetime
) -> None:
    if known is None:
        milestone = uow.milestones.add(
            Milestone(MilestoneId(0), wanted.key, None, wanted.title, wanted.detail, wanted.due_on, version=0)
        )
    else:
        moved = known.due_on != wanted.due_on or known.given_up_at is not None
        milestone = replace(
            known,
            title=wanted.title,
            detail=wanted.detail,
            due_on=wanted.due_on,
            version=known.version + int(moved),
            given_up_at=None,
        )
        if milestone != known:
            uow.milestones.save(milestone)
        if not moved:
            return
    ahead = [planned for planned in milestone_reminders(milestone.due_on, territory.zone) if planned.due_at > now]
    uow.reminders.plan(EventKind.MILESTONE, milestone.id, milestone.version, ahead)


def _drop(uow: UnitOfWork, milestone: Milestone, now: datetime) -> None:
    """Give up a milestone that the file no longer names, so that nobody is reminded of it any more."""
    if milestone.state is not MilestoneState.OPEN:
        return
    uow.milestones.save(replace(milestone, given_up_at=now))
    uow.reminders.cancel(EventKind.MILESTONE, milestone.id)
    uow.audit.add(AuditLine(now, None, "give_up_milestone", f"milestone:{milestone.id}"))
