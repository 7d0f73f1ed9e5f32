"""Recall the proposed coalitions that have waited for more than three working days, and again every three."""

from collections.abc import Container
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from programme.ids import PersonId
from programme.notices import ProposalRecalled
from programme.ports import UnitOfWork
from programme.working_days import is_working_day, working_days_between

PATIENCE: Final = 3
"""Working days that a proposal may wait, and after which it is recalled again."""


def recall_proposals(uow: UnitOfWork, now: datetime, zone: ZoneInfo, holidays: Container[date]) -> bool:
    """Tell staff of each proposal that waits too long, on working days and outside the quiet hours of each.

    Gives false: all of it is done at once.
    """
    today = now.astimezone(zone).date()
    if not is_working_day(today, holidays):
        return False
    awake: list[PersonId] | None = None
    for proposal in uow.coalitions.proposed():
        if proposal.proposed_at is None:
            continue
        waited = working_days_between(proposal.proposed_at.astimezone(zone).date(), today, holidays)
        times = (waited - 1) // PATIENCE
        if times < 1:
            continue
        if awake is None:
            awake = awake_staff(uow, now, zone)
        uow.notices.tell(awake, ProposalRecalled(proposal.id), f"proposal_recalled:{proposal.id}:{times}", now)
    return False


def awake_staff(uow: UnitOfWork, now: datetime, zone: ZoneInfo) -> list[PersonId]:
    """Give the people of the project team who are outside their quiet hours now."""
    at = now.astimezone(zone).time()
    return [person.id for person in uow.people.staff() if at not in person.preferences.quiet_hours]
