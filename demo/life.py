"""Whose coalition the demo shows, and the day on which it begins."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from locales import Language
from programme.ids import CoalitionId, PersonId
from programme.ports import UnitOfWork
from programme.reminders import on_the_clock
from programme.territory import Territory


@dataclass(frozen=True, slots=True)
class Circle:
    """Who makes the coalition; `allies` are members who sit at no page."""

    coalition: CoalitionId
    facilitator: PersonId
    member: PersonId
    staff: PersonId
    allies: tuple[PersonId, ...]

    @property
    def chairs(self) -> tuple[PersonId, ...]:
        """Who chairs in turn."""
        return (self.facilitator, self.member, *self.allies[:2])


@dataclass(frozen=True, slots=True)
class Life:
    """The circle’s coalition, as it is kept, on the day on which the demo begins."""

    uow: UnitOfWork
    circle: Circle
    territory: Territory
    language: Language
    now: datetime

    def ago(self, days: int) -> datetime:
        """Give the instant so many days ago."""
        return self.now - timedelta(days=days)

    def day(self, days: int) -> date:
        """Give the day in so many days, those behind us below zero."""
        return self.now.astimezone(self.territory.zone).date() + timedelta(days=days)

    def at(self, days: int, hour: time) -> datetime:
        """Give the instant in so many days at this hour on the wall."""
        return self.on(self.day(days), hour)

    def on(self, day: date, hour: time) -> datetime:
        """Give the instant of a day at this hour on the wall."""
        return on_the_clock(day, hour, self.territory.zone)
