"""Organisations: whom a person speaks for."""

from dataclasses import dataclass
from typing import Final

from programme.ids import OrganisationId
from programme.territory import OrganisationKind

ORGANISATION_NAME_MAX: Final = 80


@dataclass(frozen=True, slots=True)
class Organisation:
    """A company, an association, an institution… of the territory."""

    id: OrganisationId
    name: str
    kind: OrganisationKind
