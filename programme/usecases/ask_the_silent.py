"""Ask who has been silent for two years whether they stay; who says nothing then is erased a month later."""

from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from programme.ids import PersonId
from programme.notices import AskedToStay, SilentInCharge
from programme.people import Person
from programme.ports import UnitOfWork
from programme.usecases.erase_person import erase_person

SILENCE_YEARS: Final = 2
NOTICE_DAYS: Final = timedelta(days=30)
BATCH: Final = 50
"""How many people one transaction asks or erases."""


def ask_the_silent(uow: UnitOfWork, now: datetime, zone: ZoneInfo) -> bool:
    """Ask each of them once, outside their quiet hours, and tell staff of those who have a charge.

    Who has closed the door to the bot can't be asked: the month begins for them all the same. Gives false: who is left
    is asked a minute later.
    """
    today = now.astimezone(zone).date()
    at = now.astimezone(zone).time()
    silent = [one for one in uow.people.silent(years_before(today)) if at not in one.preferences.quiet_hours]
    for person in silent[:BATCH]:
        uow.people.asks_to_stay(person.id, today)
        if person.reachable:
            uow.notices.tell([person.id], AskedToStay(today + NOTICE_DAYS), f"asked_to_stay:{today}", now)
        if in_charge(uow, person.id):
            colleagues = [one.id for one in uow.people.staff() if one.id != person.id]
            uow.notices.tell(colleagues, SilentInCharge(person.id), f"silent_in_charge:{person.id}:{today}", now)
    return False


def erase_the_silent(uow: UnitOfWork, now: datetime, zone: ZoneInfo) -> bool:
    """Erase who was asked a month ago and has said nothing since; gives whether there may be more.

    Who belongs to the project team or keeps an active coalition going stays, until staff take that off them.
    """
    asked = uow.people.asked_to_stay_until(now.astimezone(zone).date() - NOTICE_DAYS)
    leaving: list[Person] = [person for person in asked if not in_charge(uow, person.id)]
    for person in leaving[:BATCH]:
        erase_person(uow, person.id, now, zone)
    return len(leaving) > BATCH


def in_charge(uow: UnitOfWork, person_id: PersonId) -> bool:
    """Tell whether somebody belongs to the project team, or keeps an active coalition going."""
    return uow.people.is_staff(person_id) or bool(uow.coalitions.led_by(person_id))


def years_before(today: date) -> date:
    """Give the day until which one was last heard of who is silent now; 29 February counts as the 28th."""
    day = min(today.day, 28) if today.month == 2 else today.day  # noqa: PLR2004 (February, whose 29th is rare)
    return today.replace(year=today.year - SILENCE_YEARS, day=day)
