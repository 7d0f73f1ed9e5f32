"""The road of a coalition: its steps, its working agreement, and whose turn it is to chair."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, select, update

from programme.ids import CoalitionId, PersonId
from programme.memberships import MembershipState
from programme.path import Agreement, Step, StepProgress
from storage.engine import insert_new
from storage.tables.commitments import agreements, chairs, steps
from storage.tables.programme import memberships

# Who has left owns nothing and chairs nothing any more, without anybody having had to clear it away.
STEPS: Final = (
    select(steps.c.step, steps.c.due_on, memberships.c.person_id.label("owner_id"), steps.c.done_on)
    .outerjoin(
        memberships,
        (memberships.c.coalition_id == steps.c.coalition_id)
        & (memberships.c.person_id == steps.c.owner_id)
        & (memberships.c.state == MembershipState.ACCEPTED),
    )
    .where(steps.c.coalition_id == bindparam("coalition"))
)
CHANGE_STEP: Final = update(steps).where(
    steps.c.coalition_id == bindparam("coalition"), steps.c.step == bindparam("which")
)
AGREEMENT: Final = (
    select(agreements, memberships.c.person_id.label("chairing"))
    .outerjoin(
        memberships,
        (memberships.c.coalition_id == agreements.c.coalition_id)
        & (memberships.c.person_id == agreements.c.chair_id)
        & (memberships.c.state == MembershipState.ACCEPTED),
    )
    .where(agreements.c.coalition_id == bindparam("coalition"))
)
CHANGE_AGREEMENT: Final = update(agreements).where(agreements.c.coalition_id == bindparam("coalition"))
CHAIRS: Final = (
    select(chairs.c.person_id)
    .join(
        memberships,
        (memberships.c.coalition_id == chairs.c.coalition_id)
        & (memberships.c.person_id == chairs.c.person_id)
        & (memberships.c.state == MembershipState.ACCEPTED),
    )
    .where(chairs.c.coalition_id == bindparam("coalition"))
    .order_by(chairs.c.position)
)
DROP_CHAIRS: Final = delete(chairs).where(chairs.c.coalition_id == bindparam("coalition"))


class SqlPath:
    """Steps, agreements and the order of chairs in the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def steps(self, coalition_id: CoalitionId) -> Mapping[Step, StepProgress]:
        """Give where a coalition stands on every step, in order; who left owns none."""
        rows = self._connection.execute(STEPS, {"coalition": coalition_id})
        kept = {row.step: StepProgress(Step(row.step), row.due_on, row.owner_id, row.done_on) for row in rows}
        return {step: kept.get(step, StepProgress(step)) for step in Step}

    def put_step(self, coalition_id: CoalitionId, progress: StepProgress) -> None:
        """Keep where a coalition stands on a step."""
        values: dict[str, Any] = {
            "due_on": progress.due_on,
            "owner_id": progress.owner_id,
            "done_on": progress.done_on,
        }
        new = {"coalition_id": coalition_id, "step": progress.step, **values}
        if not insert_new(self._connection, steps, [new]):
            self._connection.execute(CHANGE_STEP, {"coalition": coalition_id, "which": progress.step, **values})

    def agreement(self, coalition_id: CoalitionId) -> Agreement | None:
        """Give a coalition's working agreement, if it has one; who left is not its fixed chair."""
        row = self._connection.execute(AGREEMENT, {"coalition": coalition_id}).one_or_none()
        if row is None:
            return None
        return Agreement(
            coalition_id=row.coalition_id,
            rotating=row.rotating,
            chair_id=row.chairing,
            frequency=row.frequency,
            tools=row.tools,
            authority_link=row.authority_link,
            outside_link=row.outside_link,
            version=row.version,
        )

    def put_agreement(self, agreement: Agreement, now: datetime) -> None:
        """Keep a working agreement in place of the one before."""
        values: dict[str, Any] = {
            "rotating": agreement.rotating,
            "chair_id": agreement.chair_id,
            "frequency": agreement.frequency,
            "tools": agreement.tools,
            "authority_link": agreement.authority_link,
            "outside_link": agreement.outside_link,
            "version": agreement.version,
            "agreed_at": now,
        }
        new = {"coalition_id": agreement.coalition_id, **values}
        if not insert_new(self._connection, agreements, [new]):
            self._connection.execute(CHANGE_AGREEMENT, {"coalition": agreement.coalition_id, **values})

    def chairs(self, coalition_id: CoalitionId) -> Sequence[PersonId]:
        """Give who chairs in turn, the next one first: accepted members only."""
        return self._connection.scalars(CHAIRS, {"coalition": coalition_id}).all()

    def put_chairs(self, coalition_id: CoalitionId, people: Sequence[PersonId]) -> None:
        """Keep the order of chairs in place of the one before."""
        self._connection.execute(DROP_CHAIRS, {"coalition": coalition_id})
        rows = [
            {"coalition_id": coalition_id, "person_id": person, "position": position}
            for position, person in enumerate(dict.fromkeys(people))
        ]
        insert_new(self._connection, chairs, rows)
