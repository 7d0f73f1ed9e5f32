"""Choose between single notices and one digest a week."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from programme.digest import digest_at, week_of
from programme.ids import PersonId
from programme.people import Person
from programme.ports import UnitOfWork
from programme.usecases.change_preferences import change_preferences


def choose_digest(uow: UnitOfWork, person_id: PersonId, now: datetime, zone: ZoneInfo, *, digest: bool) -> Person:
    """Keep the choice; the first digest is the next that Monday brings, never one of a week that has begun."""
    preferences = replace(uow.people.get(person_id).preferences, digest=digest)
    week = week_of(now, zone)
    if digest and now >= digest_at(week, preferences.quiet_hours, zone):
        uow.people.settle_digest([person_id], week)
    return change_preferences(uow, person_id, preferences, now)
