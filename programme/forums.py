"""Forums: the yearly gathering and other events open to all, the pitches given there, and who has a place."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from programme.ids import CoalitionId, ForumId, OrganisationId, PersonId, PitchId, RegistrationId
from programme.quiet_hours import QuietHours
from programme.reminders import out_of_quiet_hours

FORUM_TITLE_MAX: Final = 100
FORUM_PLACE_MAX: Final = 200
FORUM_PROGRAMME_MAX: Final = 1500
PITCH_TITLE_MAX: Final = 100
DAY_PLACE_MAX: Final = 100
DAY_PROGRAMME_MAX: Final = 250
DAYS_MOST: Final = 15
"""How many days a forum may hold: a fortnight of events, and one more."""
RENDEZVOUS_MOST: Final = 12
"""How many rendez-vous one conversation announces."""
PLACES_MOST: Final = 10_000
SEATS_MOST: Final = 5
"""How many seats one person may ask for, their own included."""
OFFERED_WITHIN: Final = timedelta(hours=48)
"""So close to the start, a freed place is offered and must be confirmed."""
OFFER_LASTS: Final = timedelta(hours=6)
MORNING_TO_ANSWER: Final = timedelta(hours=2)
"""What somebody has after their quiet hours to confirm a place offered at night."""
LAST_CALL: Final = timedelta(hours=1)
"""An offer ends this long before the start, so that the next one still has time to come."""
LEAST_TO_ANSWER: Final = timedelta(minutes=30)
"""Where the last call leaves less than this, an offer stands until the start."""


class ForumState(StrEnum):
    """Whether a forum takes place."""

    PLANNED = "planned"
    CANCELLED = "cancelled"


class RegistrationState(StrEnum):
    """Where a registration stands; an offered place is held until it is confirmed or its time is over."""

    CONFIRMED = "confirmed"
    OFFERED = "offered"
    WAITING = "waiting"
    CANCELLED = "cancelled"


class Feedback(StrEnum):
    """What somebody says of a forum afterwards."""

    VERY_USEFUL = "very_useful"
    USEFUL = "useful"
    LITTLE_USE = "little_use"
    NOT_THERE = "not_there"


@dataclass(frozen=True, slots=True)
class ForumDay:
    """One day of a forum that holds several, under a number that stays its own.

    Without a `place` it is where the forum is; its `programme` comes besides the forum’s.
    """

    number: int
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    programme: str = ""


@dataclass(frozen=True, slots=True)
class Forum:
    """A forum; `code` stands in links (`forum_<code>`), `version` grows with each move or cancellation.

    `places` are the seats there are; `version` is the SEQUENCE of its .ics. People register from `opens_at`, at once
    where it is None, until `closes_at`, or its start. `days` are there where it has several, in order: `starts_at` and
    `ends_at` span them. Rendez-vous announced together share a `series_code`.
    """

    id: ForumId
    code: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    programme: str
    places: int
    state: ForumState
    version: int
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    days: tuple[ForumDay, ...] = ()
    series_code: str | None = None


@dataclass(frozen=True, slots=True)
class Pitch:
    """A short talk given at a forum, by a coalition or by the project team; without `seats` as many come as like to."""

    id: PitchId
    forum_id: ForumId
    coalition_id: CoalitionId | None
    title: str
    seats: int | None = None


@dataclass(frozen=True, slots=True)
class Registration:
    """Somebody’s place at a forum; ids grow in the order in which people came, which is the order of waiting.

    `person_id` is None once that person is forgotten. `ticket` stands in the QR code. `version` grows with each change
    of state; `offer_until` is the end of an offer.
    """

    id: RegistrationId
    forum_id: ForumId
    person_id: PersonId | None
    organisation_id: OrganisationId | None
    seats: int
    pitches: tuple[PitchId, ...]
    state: RegistrationState
    asked_at: datetime
    ticket: str
    version: int = 0
    offer_until: datetime | None = None
    checked_in_at: datetime | None = None
    feedback: Feedback | None = None


def days_of(forum: Forum) -> tuple[ForumDay, ...]:
    """Give the days of a forum, in order; one that lasts a single time has this one day, number 1."""
    return forum.days or (ForumDay(1, forum.starts_at, forum.ends_at),)


def over_days(forum: Forum, days: Iterable[ForumDay]) -> Forum:
    """Give a forum with these days, brought in order, from the start of the first to the end of the last one."""
    ordered = tuple(sorted(days, key=lambda day: (day.starts_at, day.ends_at, day.number)))
    return replace(forum, starts_at=ordered[0].starts_at, ends_at=max(day.ends_at for day in ordered), days=ordered)


def offer_deadline(now: datetime, starts_at: datetime, quiet: QuietHours, zone: ZoneInfo) -> datetime:
    """Give until when a place offered now is held: time to answer out of one's quiet hours, and before the last call.

    So late that the last call leaves no time to answer, the place is held until the start; always after `now`.
    """
    until = now + OFFER_LASTS
    for at in (now, now + OFFER_LASTS):
        morning = out_of_quiet_hours(at, quiet, zone)
        if morning != at:
            until = max(until, morning + MORNING_TO_ANSWER)
    last_call = starts_at - LAST_CALL
    return min(until, last_call) if last_call - now >= LEAST_TO_ANSWER else starts_at
