"""Organisations: whom a person speaks for."""

from dataclasses import dataclass
from typing import Final

from programme.ids import OrganisationId
from programme.territory import OrganisationKind

ORGANISATION_NAME_MAX: Final = 80


@dataclass(frozen=True, slots=True)
class Organisation:
    """A company, an association, an institution… of the territory.

    `level` is the key of its level of commitment by the charter, None while it has none; a level that wants objectives
    comes with them.
    """

    id: OrganisationId
    name: str
    kind: OrganisationKind
    level: str | None = None
    objectives: str = ""
