"""The alliances: proposed, active, refused."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, bindparam, select, update
from sqlalchemy.exc import IntegrityError

from programme.coalitions import Coalition, CoalitionState
from programme.errors import NameTaken, NotFound
from programme.ids import CoalitionId, PersonId
from programme.memberships import MembershipState
from programme.territory import ScopeKind
from storage.engine import insert_new
from storage.name_key import name_key
from storage.tables.programme import coalitions, memberships

BY_ID: Final = select(coalitions).where(coalitions.c.id == bindparam("coalition"))
BY_CODE: Final = select(coalitions).where(coalitions.c.code == bindparam("wanted"))
BY_KEY: Final = select(coalitions).where(
    coalitions.c.name_key == bindparam("key"),
    coalitions.c.state.in_([CoalitionState.PROPOSED, CoalitionState.ACTIVE]),
)
ACTIVE: Final = select(coalitions).where(coalitions.c.state == CoalitionState.ACTIVE).order_by(coalitions.c.name_key)
ACTIVE_OF_SCOPE: Final = ACTIVE.where(coalitions.c.scope == bindparam("kind"))
PROPOSED: Final = select(coalitions).where(coalitions.c.state == CoalitionState.PROPOSED).order_by(coalitions.c.id)
OF_PERSON: Final = ACTIVE.join(memberships, memberships.c.coalition_id == coalitions.c.id).where(
    memberships.c.person_id == bindparam("person"), memberships.c.state == MembershipState.ACCEPTED
)
LED_BY: Final = OF_PERSON.where(memberships.c.facilitator)
SAVE: Final = update(coalitions).where(coalitions.c.id == bindparam("coalition"))


class SqlCoalitions:
    """The coalitions in the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, coalition_id: CoalitionId) -> Coalition:
        """Give a coalition; raises NotFound."""
        row = self._connection.execute(BY_ID, {"coalition": coalition_id}).mappings().one_or_none()
        if row is None:
            raise NotFound
        return coalition_in(row)

    def by_code(self, code: str) -> Coalition | None:
        """Give the coalition that a link names."""
        row = self._connection.execute(BY_CODE, {"wanted": code}).mappings().one_or_none()
        return None if row is None else coalition_in(row)

    def by_name(self, name: str) -> Coalition | None:
        """Give the proposed or active coalition of this name, whatever its accents, capitals and punctuation."""
        row = self._connection.execute(BY_KEY, {"key": name_key(name)}).mappings().one_or_none()
        return None if row is None else coalition_in(row)

    def add(self, coalition: Coalition) -> Coalition:
        """Keep a new coalition under an id given here; raises NameTaken where its name or code has an owner."""
        values = {
            "code": coalition.code,
            "proposed_by": coalition.proposed_by,
            "proposed_at": coalition.proposed_at,
            **_columns(coalition),
        }
        if not insert_new(self._connection, coalitions, [values]):
            raise NameTaken(coalition.name)
        row = self._connection.execute(BY_CODE, {"wanted": coalition.code}).mappings().one()
        return replace(coalition, id=row[coalitions.c.id])

    def save(self, coalition: Coalition) -> None:
        """Keep what changed of a coalition, its code and proposal excepted; raises NameTaken."""
        try:
            self._connection.execute(SAVE, {"coalition": coalition.id, **_columns(coalition)})
        except IntegrityError as clash:
            raise NameTaken(coalition.name) from clash

    def active(self, scope: ScopeKind | None = None) -> Sequence[Coalition]:
        """Give the active coalitions by name, of one kind of scope or all."""
        return self._all(ACTIVE) if scope is None else self._all(ACTIVE_OF_SCOPE, kind=scope)

    def proposed(self) -> Sequence[Coalition]:
        """Give those that wait for staff, oldest first."""
        return self._all(PROPOSED)

    def of_person(self, person_id: PersonId) -> Sequence[Coalition]:
        """Give the active coalitions a person is an accepted member of, by name."""
        return self._all(OF_PERSON, person=person_id)

    def led_by(self, person_id: PersonId) -> Sequence[Coalition]:
        """Give the active coalitions a person facilitates, by name."""
        return self._all(LED_BY, person=person_id)

    def _all(self, statement: Any, **values: Any) -> list[Coalition]:
        return [coalition_in(row) for row in self._connection.execute(statement, values).mappings()]


def coalition_in(row: RowMapping) -> Coalition:
    """Read a coalition from a row that holds the columns of coalitions."""
    return Coalition(
        id=row[coalitions.c.id],
        code=row[coalitions.c.code],
        name=row[coalitions.c.name],
        objective=row[coalitions.c.objective],
        scope=ScopeKind(row[coalitions.c.scope]),
        stakes=tuple(row[coalitions.c.stakes]),
        open=row[coalitions.c.open],
        state=CoalitionState(row[coalitions.c.state]),
        proposed_by=row[coalitions.c.proposed_by],
        proposed_at=row[coalitions.c.proposed_at],
        need=row[coalitions.c.need],
        invited=row[coalitions.c.invited],
    )


def _columns(coalition: Coalition) -> dict[str, Any]:
    return {
        "name": coalition.name,
        "name_key": name_key(coalition.name),
        "objective": coalition.objective,
        "scope": coalition.scope,
        "stakes": list(coalition.stakes),
        "open": coalition.open,
        "state": coalition.state,
        "need": coalition.need,
        "invited": coalition.invited,
    }
