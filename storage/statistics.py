"""Figures about the programme as a whole, counted by the database where it can count."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from sqlalchemy import Connection, Executable, and_, bindparam, case, func, or_, select, union_all

from programme.actions import ActionState, Figure, FigureUnit
from programme.coalitions import CoalitionState
from programme.forums import ForumState, RegistrationState
from programme.meetings import MeetingState
from programme.memberships import MembershipState
from programme.path import Step
from programme.statistics import (
    CoalitionStanding,
    DateKind,
    ForumAttendance,
    LoggedAction,
    NextDate,
    OrganisationCount,
)
from programme.territory import OrganisationKind, ScopeKind
from storage.tables.actions import actions
from storage.tables.columns import Instant
from storage.tables.commitments import commitment_cards, steps, votes
from storage.tables.forums import forums, registrations
from storage.tables.meetings import minutes
from storage.tables.programme import coalitions, meetings, memberships, milestones, organisations, people
from storage.tables.support import support_requests

ACTIVE: Final = coalitions.c.state == CoalitionState.ACTIVE
_SIGNS: Final = union_all(
    select(memberships.c.coalition_id, memberships.c.since.label("at")).where(
        memberships.c.state == MembershipState.ACCEPTED
    ),
    select(actions.c.coalition_id, actions.c.logged_at).where(actions.c.deleted_at.is_(None)),
    select(meetings.c.coalition_id, meetings.c.starts_at).where(meetings.c.state == MeetingState.PLANNED),
    select(meetings.c.coalition_id, minutes.c.added_at).join(minutes, minutes.c.meeting_id == meetings.c.id),
    select(votes.c.coalition_id, votes.c.opened_at),
    select(commitment_cards.c.coalition_id, commitment_cards.c.published_at),
    select(support_requests.c.coalition_id, support_requests.c.asked_at),
).subquery()
LAST_SIGNS: Final = select(_SIGNS.c.coalition_id, func.max(_SIGNS.c.at, type_=Instant).label("at")).group_by(
    _SIGNS.c.coalition_id
)
COALITIONS: Final = (
    select(coalitions.c.id, coalitions.c.name, coalitions.c.scope)
    .where(ACTIVE)
    .order_by(coalitions.c.name_key, coalitions.c.id)
)
DONE_STEPS: Final = select(steps.c.coalition_id, steps.c.step).where(steps.c.done_on.is_not(None))
BY_KIND: Final = select(organisations.c.kind, func.count().label("n")).group_by(organisations.c.kind)
BY_LEVEL: Final = (
    select(organisations.c.level, func.count().label("n"))
    .where(organisations.c.level.is_not(None))
    .group_by(organisations.c.level)
)
PEOPLE_BY_KIND: Final = (
    select(func.coalesce(organisations.c.kind, OrganisationKind.INHABITANT).label("kind"), func.count().label("n"))
    .select_from(people)
    .outerjoin(organisations, organisations.c.id == people.c.organisation_id)
    .group_by(func.coalesce(organisations.c.kind, OrganisationKind.INHABITANT))
)
ACTIONS: Final = (
    select(actions.c.state, actions.c.stakes, actions.c.figure, actions.c.unit)
    .join(coalitions, coalitions.c.id == actions.c.coalition_id)
    .where(ACTIVE, actions.c.deleted_at.is_(None))
)
_HELD: Final = registrations.c.state == RegistrationState.CONFIRMED
FORUMS: Final = (
    select(
        forums.c.id,
        forums.c.title,
        forums.c.starts_at,
        func.count(case((_HELD, 1))).label("registered"),
        func.count(case((and_(_HELD, registrations.c.checked_in_at.is_not(None)), 1))).label("came"),
        func.coalesce(func.sum(case((_HELD, registrations.c.seats))), 0).label("seats"),
    )
    .outerjoin(registrations, registrations.c.forum_id == forums.c.id)
    .where(forums.c.state == ForumState.PLANNED, forums.c.ends_at < bindparam("before"))
    .group_by(forums.c.id, forums.c.title, forums.c.starts_at)
    .order_by(forums.c.starts_at.desc(), forums.c.id.desc())
    .limit(bindparam("most"))
)
NEXT_MEETINGS: Final = (
    select(meetings.c.title, meetings.c.starts_at, coalitions.c.name)
    .join(coalitions, coalitions.c.id == meetings.c.coalition_id)
    .where(ACTIVE, meetings.c.state == MeetingState.PLANNED, meetings.c.starts_at >= bindparam("now"))
    .order_by(meetings.c.starts_at, meetings.c.id)
    .limit(bindparam("most"))
)
NEXT_FORUMS: Final = (
    select(forums.c.title, forums.c.starts_at)
    .where(forums.c.state == ForumState.PLANNED, forums.c.starts_at >= bindparam("now"))
    .order_by(forums.c.starts_at, forums.c.id)
    .limit(bindparam("most"))
)
NEXT_MILESTONES: Final = (
    select(milestones.c.title, milestones.c.due_on, func.coalesce(coalitions.c.name, "").label("name"))
    .outerjoin(coalitions, coalitions.c.id == milestones.c.coalition_id)
    .where(
        milestones.c.done_at.is_(None),
        milestones.c.given_up_at.is_(None),
        milestones.c.due_on >= bindparam("today"),
        or_(milestones.c.coalition_id.is_(None), ACTIVE),
    )
    .order_by(milestones.c.due_on, milestones.c.id)
    .limit(bindparam("most"))
)


class SqlStatistics:
    """The figures of the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def coalitions(self) -> Sequence[CoalitionStanding]:
        """Give the active coalitions, by name."""
        signs = {row.coalition_id: row.at for row in self._connection.execute(LAST_SIGNS)}
        done: dict[int, set[Step]] = defaultdict(set)
        for row in self._connection.execute(DONE_STEPS):
            done[row.coalition_id].add(Step(row.step))
        return [
            CoalitionStanding(row.id, row.name, ScopeKind(row.scope), frozenset(done[row.id]), signs.get(row.id))
            for row in self._connection.execute(COALITIONS)
        ]

    def organisations(self) -> Sequence[OrganisationCount]:
        """Count organisations and who speaks for them, by kind; who comes in their own name counts as inhabitant."""
        there, speaking = self._counts(BY_KIND), self._counts(PEOPLE_BY_KIND)
        return [
            OrganisationCount(kind, there.get(kind, 0), speaking.get(kind, 0))
            for kind in OrganisationKind
            if kind in there or kind in speaking
        ]

    def levels(self) -> Mapping[str, int]:
        """Count the organisations that have each level of commitment, by its key."""
        return {row.level: row.n for row in self._connection.execute(BY_LEVEL)}

    def actions(self) -> Sequence[LoggedAction]:
        """Give what counts of the actions of active coalitions that are not deleted."""
        return [
            LoggedAction(
                ActionState(row.state),
                tuple(row.stakes),
                None if row.figure is None else Figure(Decimal(row.figure), FigureUnit(row.unit)),
            )
            for row in self._connection.execute(ACTIONS)
        ]

    def forums(self, before: datetime, most: int) -> Sequence[ForumAttendance]:
        """Give who came to the latest forums that took place, the latest first; seats are those of who had a place."""
        rows = self._connection.execute(FORUMS, {"before": before, "most": most})
        return [ForumAttendance(row.id, row.title, row.starts_at, row.registered, row.came, row.seats) for row in rows]

    def next_dates(self, now: datetime, today: date, most: int) -> Sequence[NextDate]:
        """Give the first dates to come: meetings, forums and milestones that are still open, soonest first."""
        soon = {"now": now, "most": most}
        found = [
            *(
                NextDate(DateKind.MILESTONE, row.title, row.due_on, coalition=row.name)
                for row in self._connection.execute(NEXT_MILESTONES, {"today": today, "most": most})
            ),
            *(
                NextDate(DateKind.FORUM, row.title, row.starts_at.date(), row.starts_at)
                for row in self._connection.execute(NEXT_FORUMS, soon)
            ),
            *(
                NextDate(DateKind.MEETING, row.title, row.starts_at.date(), row.starts_at, row.name)
                for row in self._connection.execute(NEXT_MEETINGS, soon)
            ),
        ]
        return sorted(found, key=lambda one: (one.on, one.at is not None, one.at or now))[:most]

    def _counts(self, statement: Executable) -> dict[OrganisationKind, int]:
        return {OrganisationKind(row.kind): row.n for row in self._connection.execute(statement)}
