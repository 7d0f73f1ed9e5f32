"""Send the weekly digests: on Monday morning, one message to each person who prefers it."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from programme.digest import digest_at, digest_ends_at, digest_opens_at, week_of
from programme.notices import Digest
from programme.people import Person
from programme.ports import UnitOfWork
from programme.reminders import out_of_quiet_hours

BATCH: Final = 200


def send_digests(uow: UnitOfWork, now: datetime, zone: ZoneInfo) -> bool:
    """Carry out the next batch of this week's digests; false when nobody is left whose moment has come.

    After an outage they come late, until Wednesday evening; later they are only recorded as skipped. Whether there is
    anything to tell is seen when the message is made.
    """
    week = week_of(now, zone)
    if now < digest_opens_at(week, zone):
        return False
    key = f"digest:{week:%G-W%V}"
    if now >= digest_ends_at(week, zone):
        late = [person.id for person in uow.people.without_digest(week, BATCH)]
        uow.notices.skip(late, Digest(week), key, now, reason="too late")
        uow.people.settle_digest(late, week)
        return len(late) == BATCH
    due = _due(uow, week, now, zone)
    awake = [person.id for person in due if not _paused(person, now, zone)]
    uow.notices.tell(awake, Digest(week), key, now)
    uow.people.settle_digest([person.id for person in due], week)
    return len(due) == BATCH


def _due(uow: UnitOfWork, week: date, now: datetime, zone: ZoneInfo) -> list[Person]:
    """Give a batch of those whose moment has come; who still sleeps does not stand in front of the others."""
    limit = BATCH
    while True:
        people = uow.people.without_digest(week, limit)
        due = [person for person in people if _moment(person, week, now, zone) <= now]
        if len(due) >= BATCH or len(people) < limit:
            return due[:BATCH]
        limit *= 2


def _moment(person: Person, week: date, now: datetime, zone: ZoneInfo) -> datetime:
    quiet = person.preferences.quiet_hours
    # After an outage the moment is over, and it may be quiet now.
    return out_of_quiet_hours(max(digest_at(week, quiet, zone), now), quiet, zone)


def _paused(person: Person, now: datetime, zone: ZoneInfo) -> bool:
    paused_until = person.preferences.paused_until
    return paused_until is not None and now.astimezone(zone).date() < paused_until
