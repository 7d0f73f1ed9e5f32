"""The territory's organisations, found again as people type their names."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    and_,
    bindparam,
    case,
    literal,
    select,
    union,
    update,
)

from programme.errors import NotFound
from programme.ids import CoalitionId, OrganisationId
from programme.memberships import MembershipState
from programme.organisations import ORGANISATION_NAME_MAX, Organisation
from programme.territory import OrganisationKind
from programme.texts import folded
from storage.engine import insert_new
from storage.name_key import name_key
from storage.tables.programme import coalition_organisations, memberships, organisations, people

BY_ID: Final = select(organisations).where(organisations.c.id == bindparam("organisation"))
BY_KEY: Final = select(organisations).where(organisations.c.name_key == bindparam("key"))
PUT_LEVEL: Final = update(organisations).where(organisations.c.id == bindparam("organisation"))
IN_COALITION: Final = (
    select(organisations)
    .where(
        organisations.c.id.in_(
            union(
                select(coalition_organisations.c.organisation_id).where(
                    coalition_organisations.c.coalition_id == bindparam("coalition")
                ),
                select(people.c.organisation_id)
                .join(memberships, memberships.c.person_id == people.c.id)
                .where(
                    memberships.c.coalition_id == bindparam("coalition"),
                    memberships.c.state == MembershipState.ACCEPTED,
                ),
            )
        )
    )
    .order_by(organisations.c.name_key)
)


class SqlOrganisations:
    """The organisations in the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, organisation_id: OrganisationId) -> Organisation:
        """Give an organisation; raises NotFound."""
        row = self._connection.execute(BY_ID, {"organisation": organisation_id}).mappings().one_or_none()
        if row is None:
            raise NotFound
        return _organisation(row)

    def by_name(self, name: str) -> Organisation | None:
        """Give the organisation of this name, whatever its accents, capitals and punctuation."""
        row = self._connection.execute(BY_KEY, {"key": name_key(name)}).mappings().one_or_none()
        return None if row is None else _organisation(row)

    def find(self, words: str, limit: int, offset: int = 0) -> Sequence[Organisation]:
        """Give those whose names hold all these words; all by name for no words.

        First come names that start with what was typed, then those where each word starts one of theirs, then the rest.
        """
        sought = list(dict.fromkeys(folded(words).split()))
        if len(sought) > ORGANISATION_NAME_MAX:
            return []
        rows = self._connection.execute(_search(sought).limit(limit).offset(offset)).mappings()
        return [_organisation(row) for row in rows]

    def add(self, name: str, kind: OrganisationKind) -> Organisation:
        """Keep a new organisation; gives the one of this name where there is one already."""
        values = {"name": name, "name_key": name_key(name), "kind": kind}
        insert_new(self._connection, organisations, [values])
        row = self._connection.execute(BY_KEY, {"key": values["name_key"]}).mappings().one()
        return _organisation(row)

    def in_coalition(self, coalition_id: CoalitionId) -> Sequence[Organisation]:
        """Give a coalition's first organisations and those of its accepted members, by name."""
        rows = self._connection.execute(IN_COALITION, {"coalition": coalition_id}).mappings()
        return [_organisation(row) for row in rows]

    def attach(self, organisation_id: OrganisationId, coalition_id: CoalitionId) -> None:
        """Make an organisation one of a coalition's first ones; harmless when it is already."""
        pair = {"organisation_id": organisation_id, "coalition_id": coalition_id}
        insert_new(self._connection, coalition_organisations, [pair])

    def put_level(self, organisation_id: OrganisationId, level: str | None, objectives: str) -> None:
        """Keep the level of commitment of an organisation, with its objectives."""
        values = {"organisation": organisation_id, "level": level, "objectives": objectives}
        self._connection.execute(PUT_LEVEL, values)


def _search(sought: Sequence[str]) -> Select[Any]:
    key = organisations.c.name_key
    found = select(organisations)
    if sought:
        starts_with_all: ColumnElement[bool] = key.startswith(" ".join(sought), autoescape=True)
        each_starts_a_word = and_(*((literal(" ") + key).contains(f" {word}", autoescape=True) for word in sought))
        found = found.where(*(key.contains(word, autoescape=True) for word in sought)).order_by(
            case((starts_with_all, 0), (each_starts_a_word, 1), else_=2)
        )
    return found.order_by(key)


def _organisation(row: RowMapping) -> Organisation:
    return Organisation(
        id=row[organisations.c.id],
        name=row[organisations.c.name],
        kind=OrganisationKind(row[organisations.c.kind]),
        level=row[organisations.c.level],
        objectives=row[organisations.c.objectives],
    )
