"""Invitations: links that bring people to a coalition, each with a count of who came by it."""

from dataclasses import dataclass
from datetime import datetime

from programme.ids import CoalitionId, InvitationId, PersonId


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link to join a coalition (`inv_<code>`); a revoked one brings nobody any more."""

    id: InvitationId
    coalition_id: CoalitionId
    code: str
    made_by: PersonId | None
    made_at: datetime
    revoked_at: datetime | None = None
