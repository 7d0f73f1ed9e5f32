"""Bring meetings to the top of their groups: their cards are there a week before, and pinned on the day."""

from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from programme.ports import UnitOfWork
from programme.quiet_hours import QuietHours
from programme.reminders import on_the_clock
from programme.usecases.meeting_cards import A_DAY, pin_on_its_day, show_where_missing

SHOWN_BEFORE: Final = timedelta(days=7)
NIGHT: Final = QuietHours()
"""When groups are left alone."""
BATCH: Final = 50


def pin_meetings(uow: UnitOfWork, now: datetime, zone: ZoneInfo) -> bool:
    """Show the cards that a group still lacks, and pin those of the day; false when nothing is left to show.

    A group lacks the next card of a series, and what was planned before it was bound. Neither is done twice. A meeting
    that has begun is not pinned any more.
    """
    local = now.astimezone(zone)
    if local.time() in NIGHT:
        return False
    midnight = on_the_clock(local.date() + A_DAY, time(0), zone)
    lacking = uow.meetings.to_show(now, now + SHOWN_BEFORE, BATCH)
    shown = sum(show_where_missing(uow, meeting, now) for meeting in lacking)
    for meeting in uow.meetings.to_pin(now, midnight):
        pin_on_its_day(uow, meeting, now, zone)
    return shown > 0 and len(lacking) == BATCH
