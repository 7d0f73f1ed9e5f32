"""Levels of commitment: what an organisation asks for by the charter, and what staff decide."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from programme.ids import LevelRequestId, OrganisationId, PersonId

OBJECTIVES_MAX: Final = 800


class LevelRequestState(StrEnum):
    """Where a request stands."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class LevelRequest:
    """An organisation asks for a level, by its key in the territory; `word` goes with what staff decide."""

    id: LevelRequestId
    organisation_id: OrganisationId
    level: str
    objectives: str
    asked_by: PersonId | None
    asked_at: datetime
    state: LevelRequestState = LevelRequestState.ASKED
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
    word: str = ""
