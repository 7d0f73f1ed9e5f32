"""Recall the support requests that wait too long: those nobody took to the team, the others to who took them."""

from collections.abc import Container, Sequence
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from programme.ids import PersonId
from programme.notices import SupportRecalled
from programme.ports import UnitOfWork
from programme.support import UNANSWERED_PATIENCE, UNTAKEN_PATIENCE, SupportRequest
from programme.usecases.support_sides import answering_side, in_the_hands_of
from programme.working_days import is_working_day, working_days_between

AGAIN_AFTER: Final = 3
"""Working days after which a request that still waits is recalled again."""


def recall_support(uow: UnitOfWork, now: datetime, zone: ZoneInfo, holidays: Container[date]) -> bool:
    """Tell, on working days and outside the quiet hours of each, of all that waits too long in one notice a day.

    Gives false: all of it is done at once.
    """
    today = now.astimezone(zone).date()
    if not is_working_day(today, holidays):
        return False
    due = [one for one in uow.support.unclosed() if _is_due(uow, one, today, zone, holidays)]
    if due:
        uow.support.note_recalled([one.id for one in due], today)
    recalled = uow.support.recalled_on(today)
    if recalled:
        at = now.astimezone(zone).time()
        concerned = {person_id for one in recalled for person_id in answering_side(uow, one)}
        awake = [one.id for one in uow.people.staff() if one.id in concerned and at not in one.preferences.quiet_hours]
        uow.notices.tell(awake, SupportRecalled(today), f"support_recalled:{today.isoformat()}", now)
    return False


def recalled_to(uow: UnitOfWork, person_id: PersonId, day: date) -> Sequence[SupportRequest]:
    """Give the requests that a day recalled, that still wait, and that are this person's to look after."""
    return [one for one in uow.support.recalled_on(day) if person_id in answering_side(uow, one)]


def _is_due(uow: UnitOfWork, request: SupportRequest, today: date, zone: ZoneInfo, holidays: Container[date]) -> bool:
    if request.waits_since is None:
        return False
    patience = UNTAKEN_PATIENCE if in_the_hands_of(uow, request) is None else UNANSWERED_PATIENCE
    if working_days_between(request.waits_since.astimezone(zone).date(), today, holidays) <= patience:
        return False
    last = request.recalled_on
    return last is None or working_days_between(last, today, holidays) >= AGAIN_AFTER
