"""Coalitions: alliances of actors around a theme, an area or a sector."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from programme.ids import CoalitionId, PersonId
from programme.territory import ScopeKind

COALITION_NAME_MAX: Final = 80
OBJECTIVE_MAX: Final = 600


class CoalitionState(StrEnum):
    """Where a coalition stands between its proposal and its end."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Coalition:
    """An alliance; `open` lets people in at once, else its facilitators accept them.

    `code` stands in links (`join_<code>`); `proposed_by` and `proposed_at` are None for the territory's first ones.
    """

    id: CoalitionId
    code: str
    name: str
    objective: str
    scope: ScopeKind
    stakes: tuple[str, ...]
    open: bool
    state: CoalitionState
    proposed_by: PersonId | None = None
    proposed_at: datetime | None = None
    need: str = ""
    invited: str = ""
