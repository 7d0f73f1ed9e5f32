"""People in coalitions: one row per pair, whose state changes."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, bindparam, select, update

from programme.errors import NotFound
from programme.ids import CoalitionId, MembershipId, PersonId
from programme.memberships import Membership, MembershipState
from programme.ports import MemberEntry
from programme.texts import folded
from storage.engine import insert_new
from storage.tables.programme import memberships, organisations, people

BY_ID: Final = select(memberships).where(memberships.c.id == bindparam("membership"))
OF_PAIR: Final = select(memberships).where(
    memberships.c.person_id == bindparam("person"), memberships.c.coalition_id == bindparam("coalition")
)
PUT: Final = update(memberships).where(
    memberships.c.person_id == bindparam("person"), memberships.c.coalition_id == bindparam("coalition")
)
MEMBERS: Final = (
    select(memberships.c.person_id)
    .where(
        memberships.c.coalition_id == bindparam("coalition"),
        memberships.c.state == MembershipState.ACCEPTED,
    )
    .order_by(memberships.c.since, memberships.c.id)
)
FACILITATORS: Final = MEMBERS.where(memberships.c.facilitator)
EVERYBODY: Final = (
    select(memberships)
    .where(memberships.c.coalition_id == bindparam("coalition"), memberships.c.state == MembershipState.ACCEPTED)
    .order_by(memberships.c.facilitator.desc(), memberships.c.since, memberships.c.id)
)
LISTED: Final = (
    select(memberships, people.c.name, organisations.c.name.label("organisation"))
    .join(people, people.c.id == memberships.c.person_id)
    .outerjoin(organisations, organisations.c.id == people.c.organisation_id)
    .where(memberships.c.coalition_id == bindparam("coalition"), memberships.c.state == MembershipState.ACCEPTED)
)
WAITING: Final = (
    select(memberships)
    .where(
        memberships.c.coalition_id.in_(bindparam("coalitions", expanding=True)),
        memberships.c.state == MembershipState.ASKED,
    )
    .order_by(memberships.c.since, memberships.c.id)
)


class SqlMemberships:
    """The memberships in the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, membership_id: MembershipId) -> Membership:
        """Give a membership; raises NotFound."""
        row = self._connection.execute(BY_ID, {"membership": membership_id}).mappings().one_or_none()
        if row is None:
            raise NotFound
        return _membership(row)

    def of(self, person_id: PersonId, coalition_id: CoalitionId) -> Membership | None:
        """Give a person's membership of a coalition, whatever its state."""
        pair = {"person": person_id, "coalition": coalition_id}
        row = self._connection.execute(OF_PAIR, pair).mappings().one_or_none()
        return None if row is None else _membership(row)

    def put(
        self,
        person_id: PersonId,
        coalition_id: CoalitionId,
        state: MembershipState,
        since: datetime,
        *,
        facilitator: bool = False,
    ) -> Membership:
        """Keep a membership in its new state, the only one of this pair."""
        values: dict[str, Any] = {"state": state, "since": since, "facilitator": facilitator}
        pair = {"person": person_id, "coalition": coalition_id}
        new = {"person_id": person_id, "coalition_id": coalition_id, **values}
        if not insert_new(self._connection, memberships, [new]):
            self._connection.execute(PUT, {**pair, **values})
        return _membership(self._connection.execute(OF_PAIR, pair).mappings().one())

    def facilitators(self, coalition_id: CoalitionId) -> Sequence[PersonId]:
        """Give who facilitates a coalition, in the order they came."""
        return self._connection.scalars(FACILITATORS, {"coalition": coalition_id}).all()

    def members(self, coalition_id: CoalitionId) -> Sequence[PersonId]:
        """Give the accepted members of a coalition, facilitators included, in the order they came."""
        return self._connection.scalars(MEMBERS, {"coalition": coalition_id}).all()

    def everybody(self, coalition_id: CoalitionId) -> Sequence[Membership]:
        """Give the accepted memberships of a coalition, facilitators first, then in the order they came."""
        rows = self._connection.execute(EVERYBODY, {"coalition": coalition_id}).mappings()
        return [_membership(row) for row in rows]

    def listed(self, coalition_id: CoalitionId) -> Sequence[MemberEntry]:
        """Give the accepted members by organisation, then by name; who comes in their own name comes last."""
        rows = self._connection.execute(LISTED, {"coalition": coalition_id}).mappings()
        entries = [MemberEntry(_membership(row), row[people.c.name], row["organisation"] or "") for row in rows]
        return sorted(entries, key=_place_in_list)

    def waiting(self, coalition_ids: Iterable[CoalitionId]) -> Sequence[Membership]:
        """Give the memberships asked for in these coalitions, oldest first."""
        rows = self._connection.execute(WAITING, {"coalitions": list(coalition_ids)}).mappings()
        return [_membership(row) for row in rows]


def _place_in_list(entry: MemberEntry) -> tuple[bool, str, str, int]:
    return (not entry.organisation, folded(entry.organisation), folded(entry.name), entry.membership.id)


def _membership(row: RowMapping) -> Membership:
    return Membership(
        id=row[memberships.c.id],
        person_id=row[memberships.c.person_id],
        coalition_id=row[memberships.c.coalition_id],
        state=MembershipState(row[memberships.c.state]),
        facilitator=row[memberships.c.facilitator],
        since=row[memberships.c.since],
    )
