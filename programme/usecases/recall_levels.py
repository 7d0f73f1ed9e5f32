"""Recall the levels of commitment that have waited for more than three working days, and again every three."""

from collections.abc import Container
from datetime import date, datetime
from zoneinfo import ZoneInfo

from programme.notices import LevelRecalled
from programme.ports import UnitOfWork
from programme.usecases.recall_proposals import PATIENCE, awake_staff
from programme.working_days import is_working_day, working_days_between


def recall_levels(uow: UnitOfWork, now: datetime, zone: ZoneInfo, holidays: Container[date]) -> bool:
    """Tell staff of each request that waits too long, on working days and outside the quiet hours of each.

    Gives false: all of it is done at once.
    """
    today = now.astimezone(zone).date()
    if not is_working_day(today, holidays):
        return False
    awake = None
    for request in uow.level_requests.waiting():
        times = (working_days_between(request.asked_at.astimezone(zone).date(), today, holidays) - 1) // PATIENCE
        if times < 1:
            continue
        awake = awake_staff(uow, now, zone) if awake is None else awake
        uow.notices.tell(awake, LevelRecalled(request.id), f"level_recalled:{request.id}:{times}", now)
    return False
