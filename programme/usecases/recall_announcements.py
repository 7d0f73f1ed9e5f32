"""Recall the announcements that have waited for approval for more than three working days, and again every three."""

from collections.abc import Container
from datetime import date, datetime
from zoneinfo import ZoneInfo

from programme.notices import AnnouncementRecalled
from programme.ports import UnitOfWork
from programme.usecases.recall_proposals import PATIENCE
from programme.working_days import is_working_day, working_days_between


def recall_announcements(uow: UnitOfWork, now: datetime, zone: ZoneInfo, holidays: Container[date]) -> bool:
    """Tell those of staff who may approve, on working days and outside the quiet hours of each.

    Gives false: all of it is done at once.
    """
    local = now.astimezone(zone)
    if not is_working_day(local.date(), holidays):
        return False
    for announcement in uow.announcements.to_approve():
        if announcement.submitted_at is None:
            continue
        waited = working_days_between(announcement.submitted_at.astimezone(zone).date(), local.date(), holidays)
        times = (waited - 1) // PATIENCE
        if times < 1:
            continue
        notice = AnnouncementRecalled(announcement.id, announcement.version)
        awake = [one for one in uow.people.staff() if local.time() not in one.preferences.quiet_hours]
        told = [one.id for one in awake if one.id != announcement.by]
        uow.notices.tell(told, notice, f"announcement_recalled:{announcement.id}:{announcement.version}:{times}", now)
    return False
