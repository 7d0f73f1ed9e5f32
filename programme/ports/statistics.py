"""Figures about the programme as a whole."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from programme.statistics import CoalitionStanding, ForumAttendance, LoggedAction, NextDate, OrganisationCount


class Statistics(Protocol):
    """What is counted over everything; each is one query or two, however much there is."""

    def coalitions(self) -> Sequence[CoalitionStanding]:
        """Give the active coalitions, by name."""

    def organisations(self) -> Sequence[OrganisationCount]:
        """Count organisations and who speaks for them, by kind; who comes in their own name counts as inhabitant."""

    def levels(self) -> Mapping[str, int]:
        """Count the organisations that have each level of commitment, by its key."""

    def actions(self) -> Sequence[LoggedAction]:
        """Give what counts of the actions of active coalitions that are not deleted."""

    def forums(self, before: datetime, most: int) -> Sequence[ForumAttendance]:
        """Give who came to the latest forums that took place, the latest first; seats are those of who had a place."""

    def next_dates(self, now: datetime, today: date, most: int) -> Sequence[NextDate]:
        """Give the first dates to come: meetings, forums and milestones that are still open, soonest first."""
