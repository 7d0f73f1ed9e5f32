"""The doors of a forum: when they are open, who has come, and who is looked for in the list of registrations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from programme.forums import Forum, ForumState, Registration, RegistrationState, days_of
from programme.ids import RegistrationId
from programme.texts import folded

DOORS_OPEN_BEFORE: Final = timedelta(hours=3)
"""How long before the beginning arrivals are noted."""
ONE_DAY: Final = timedelta(days=1)


class RegistrantsView(StrEnum):
    """Which registrations a list shows; who has arrived and who did not come had a confirmed place."""

    CONFIRMED = "confirmed"
    OFFERED = "offered"
    WAITING = "waiting"
    CANCELLED = "cancelled"
    ARRIVED = "arrived"
    NO_SHOW = "no_show"


@dataclass(frozen=True, slots=True)
class OpenDoors:
    """When arrivals are noted on one day of a forum."""

    day: date
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Arrival:
    """That somebody came on a day of a forum."""

    registration_id: RegistrationId
    day: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Registrant:
    """A registration as lists show it; `name` is empty once that person is forgotten."""

    registration: Registration
    name: str
    organisation: str


def open_doors(forum: Forum, now: datetime, zone: ZoneInfo) -> OpenDoors | None:
    """Give the day of a forum whose doors are open now, None while they are closed or where it was cancelled.

    What lasts no longer than a day belongs to the day it begins on, past midnight too.
    """
    if forum.state is not ForumState.PLANNED:
        return None
    for day in days_of(forum):
        opens_at = day.starts_at - DOORS_OPEN_BEFORE
        if opens_at <= now < day.ends_at:
            first = day.starts_at.astimezone(zone).date()
            today = max(first, now.astimezone(zone).date())
            return OpenDoors(first if day.ends_at - day.starts_at <= ONE_DAY else today, opens_at, day.ends_at)
    return None


def next_opening(forum: Forum, now: datetime) -> datetime | None:
    """Tell when the doors of a forum open next, None where they do not open again."""
    if forum.state is not ForumState.PLANNED:
        return None
    ahead = (day.starts_at - DOORS_OPEN_BEFORE for day in days_of(forum))
    return min((at for at in ahead if at > now), default=None)


def sorted_registrants(
    registrants: Sequence[Registrant], *, over: bool
) -> dict[RegistrantsView, tuple[Registrant, ...]]:
    """Sort registrations into the lists, each in the order in which people came.

    Somebody did not come only where the forum is `over` and arrivals were noted at all.
    """
    confirmed = [one for one in registrants if one.registration.state is RegistrationState.CONFIRMED]
    arrived = tuple(one for one in confirmed if one.registration.checked_in_at is not None)
    absent = [one for one in confirmed if one.registration.checked_in_at is None] if over and arrived else []
    by_state = {
        RegistrantsView(state): tuple(one for one in registrants if one.registration.state is state)
        for state in RegistrationState
    }
    return {**by_state, RegistrantsView.ARRIVED: arrived, RegistrantsView.NO_SHOW: tuple(absent)}


def named_so(registrants: Iterable[Registrant], words: str) -> list[Registrant]:
    """Give those whose name or organisation holds these words, by name, whatever accents and capitals."""
    wanted = folded(words)
    found = [one for one in registrants if one.name and wanted in folded(f"{one.name} {one.organisation}")]
    return sorted(found, key=lambda one: (folded(one.name), one.registration.id))
