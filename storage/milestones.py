"""Dated goals, of a coalition or of the whole programme, and whom they concern."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, bindparam, or_, select, update

from programme.coalitions import CoalitionState
from programme.errors import NotFound
from programme.ids import CoalitionId, MilestoneId, PersonId
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
OF_COALITION: Final = (
    select(milestones)
    .where(milestones.c.coalition_id == bindparam("coalition"))
    .order_by(milestones.c.due_on, milestones.c.id)
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
KEEPERS: Final = (
    select(people, memberships.c.facilitator, (people.c.id == milestones.c.owner_id).label("owns"))
    .join(memberships, memberships.c.person_id == people.c.id)
    .join(coalitions, coalitions.c.id == memberships.c.coalition_id)
    .join(milestones, milestones.c.coalition_id == coalitions.c.id)
    .where(
        people.c.reachable,
        memberships.c.state == MembershipState.ACCEPTED,
        or_(memberships.c.facilitator, people.c.id == milestones.c.owner_id),
        coalitions.c.state == CoalitionState.ACTIVE,
        milestones.c.id == bindparam("milestone"),
    )
    .order_by(people.c.id)
)
"""Who keeps a coalition's own milestone going: its owner, and the facilitators; few enough to be read at once."""


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

    def of_coalition(self, coalition_id: CoalitionId) -> Sequence[Milestone]:
        """Give a coalition's own, done and given up ones too, by date."""
        rows = self._connection.execute(OF_COALITION, {"coalition": coalition_id}).mappings()
        return [_milestone(row) for row in rows]

    def add(self, milestone: Milestone) -> Milestone:
        """Keep a new milestone under an id given here; gives the one of this code where there is one already."""
        values = {"code": milestone.code, "coalition_id": milestone.coalition_id, **_columns(milestone)}
        insert_new(self._connection, milestones, [values])
        return _milestone(self._connection.execute(BY_CODE, {"wanted": milestone.code}).mappings().one())

    def save(self, milestone: Milestone) -> None:
        """Keep what changed of a milestone, its code and coalition excepted."""
        self._connection.execute(SAVE, {"milestone": milestone.id, **_columns(milestone)})

    def concerned(self, milestone_id: MilestoneId, after: PersonId, limit: int) -> Sequence[Concerned]:
        """Give the reachable people whom a milestone concerns, by id from after `after`.

        For a milestone of the programme these are the accepted members of every active coalition, and who facilitates
        any of them counts as a facilitator. For a coalition's own these are its owner and its facilitators, who stand
        in for an owner that there is not, or who can't be reached.
        """
        if self.get(milestone_id).coalition_id is not None:
            return self._keepers(milestone_id, after, limit)
        values = {"milestone": milestone_id, "after": after, "most": limit}
        rows = self._connection.execute(CONCERNED, values).mappings()
        return [Concerned(row[people.c.id], preferences_in(row), row["facilitator"]) for row in rows]

    def _keepers(self, milestone_id: MilestoneId, after: PersonId, limit: int) -> Sequence[Concerned]:
        rows = self._connection.execute(KEEPERS, {"milestone": milestone_id}).mappings().all()
        owned = any(row["owns"] for row in rows)
        return [
            Concerned(
                row[people.c.id],
                preferences_in(row),
                facilitator=row[memberships.c.facilitator],
                owner=bool(row["owns"]) or not owned,
            )
            for row in rows
            if row[people.c.id] > after
        ][:limit]


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
        owner_id=row[milestones.c.owner_id],
        given_up_at=row[milestones.c.given_up_at],
    )


def _columns(milestone: Milestone) -> dict[str, Any]:
    return {
        "title": milestone.title,
        "detail": milestone.detail,
        "due_on": milestone.due_on,
        "version": milestone.version,
        "done_at": milestone.done_at,
        "owner_id": milestone.owner_id,
        "given_up_at": milestone.given_up_at,
    }
