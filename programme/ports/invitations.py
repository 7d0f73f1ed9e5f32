"""Links that bring people to a coalition."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from programme.ids import CoalitionId, InvitationId, PersonId
from programme.invitations import Invitation


class Invitations(Protocol):
    """Invitations, and who came by them."""

    def get(self, invitation_id: InvitationId) -> Invitation:
        """Give an invitation; raises NotFound."""

    def by_code(self, code: str) -> Invitation | None:
        """Give the invitation that a link names, a revoked one too."""

    def add(self, invitation: Invitation) -> Invitation:
        """Keep a new invitation; its id is given here, whatever it was."""

    def save(self, invitation: Invitation) -> None:
        """Keep what changed of an invitation."""

    def of_coalition(self, coalition_id: CoalitionId) -> Sequence[Invitation]:
        """Give a coalition's invitations, the latest first, revoked ones too."""

    def note_use(self, invitation_id: InvitationId, person_id: PersonId, now: datetime) -> None:
        """Keep that a person came by an invitation; harmless when it is known."""

    def count(self, invitation_id: InvitationId) -> int:
        """Count who came by an invitation, whoever is gone since too."""
