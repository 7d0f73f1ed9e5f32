"""Dated goals, of a coalition or of the whole programme, and whom they concern."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, bindparam, or_, select, update

from programme.coalitions import CoalitionState
from programme.errors import NotFound
from programme.ids import MilestoneId, PersonId
from programme.memberships import MembershipState
from programme.milestones import Milestone
from programme.ports import Concerned
from storage.engine import insert_new
from storage.people import preferences_in
from storage.tables.programme import coalitions, memberships, milestones, people

BY_ID: Final = select(milestones).where(milestones.c.id == bindparam("milestone"))
BY_CODE: Final = select(milestones).where(milestones.c.code == bindparam("wanted"))
PROGRAMME_ONES: Final = (
    select(milestones).where(milestones.c.coalition_id.is_(None)).order_by(milestones.c.due_on, milestones.c.id)
)
SAVE: Final = update(milestones).where(milestones.c.id == bindparam("milestone"))
BELONGS: Final = (
    select(memberships.c.id)
    .join(coalitions, coalitions.c.id == memberships.c.coalition_id)
    .join(
        milestones,
        or_(milestones.c.coalition_id.is_(None), milestones.c.coalition_id == memberships.c.coalition_id),
    )
    .where(
        memberships.c.person_id == people.c.id,
        memberships.c.state == MembershipState.ACCEPTED,
        coalitions.c.state == CoalitionState.ACTIVE,
        milestones.c.id == bindparam("milestone"),
    )
    .correlate(people)
)
CONCERNED: Final = (
    select(people, BELONGS.where(memberships.c.facilitator).exists().label("facilitator"))
    .where(people.c.reachable, people.c.id > bindparam("after"), BELONGS.exists())
    .order_by(people.c.id)
    .limit(bindparam("most"))
)


class SqlMilestones:
    """The milestones in the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, milestone_id: MilestoneId) -> Milestone:
        """Give a milestone; raises NotFound."""
        row = self._connection.execute(BY_ID, {"milestone": milestone_id}).mappings().one_or_none()
        if row is None:
            raise NotFound
        return _milestone(row)

    def programme_ones(self) -> Sequence[Milestone]:
        """Give the programme's own, by date."""
        return [_milestone(row) for row in self._connection.execute(PROGRAMME_ONES).mappings()]

    def add(self, milestone: Milestone) -> Milestone:
        """Keep a new milestone under an id given here; gives the one of this code where there is one already."""
        values = {"code": milestone.code, "coalition_id": milestone.coalition_id, **_columns(milestone)}
        insert_new(self._connection, milestones, [values])
        return _milestone(self._connection.execute(BY_CODE, {"wanted": milestone.code}).mappings().one())

    def save(self, milestone: Milestone) -> None:
        """Keep what changed of a milestone, its code and coalition excepted."""
        self._connection.execute(SAVE, {"milestone": milestone.id, **_columns(milestone)})

    def concerned(self, milestone_id: MilestoneId, after: PersonId, limit: int) -> Sequence[Concerned]:
        """Give the reachable accepted members of its coalition, or of any active one, by id from after `after`.

        For a milestone of the programme, who facilitates any active coalition counts as a facilitator.
        """
        values = {"milestone": milestone_id, "after": after, "most": limit}
        rows = self._connection.execute(CONCERNED, values).mappings()
        return [Concerned(row[people.c.id], preferences_in(row), row["facilitator"]) for row in rows]


def _milestone(row: RowMapping) -> Milestone:
    return Milestone(
        id=row[milestones.c.id],
        code=row[milestones.c.code],
        coalition_id=row[milestones.c.coalition_id],
        title=row[milestones.c.title],
        detail=row[milestones.c.detail],
        due_on=row[milestones.c.due_on],
        version=row[milestones.c.version],
        done_at=row[milestones.c.done_at],
    )


def _columns(milestone: Milestone) -> dict[str, Any]:
    return {
        "title": milestone.title,
        "detail": milestone.detail,
        "due_on": milestone.due_on,
        "version": milestone.version,
        "done_at": milestone.done_at,
    }
