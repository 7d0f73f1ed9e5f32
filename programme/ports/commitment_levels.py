"""Requests of organisations for a level of commitment."""

from collections.abc import Sequence
from typing import Protocol

from programme.commitment_levels import LevelRequest
from programme.ids import LevelRequestId, OrganisationId


class LevelRequests(Protocol):
    """What organisations ask for; what they have is with the organisation."""

    def get(self, request_id: LevelRequestId) -> LevelRequest:
        """Give a request; raises NotFound."""

    def waiting(self) -> Sequence[LevelRequest]:
        """Give those that wait for staff, oldest first."""

    def waiting_of(self, organisation_id: OrganisationId) -> LevelRequest | None:
        """Give the one of an organisation that waits for staff, if there is one."""

    def add(self, request: LevelRequest) -> LevelRequest:
        """Keep a new request, its id given here; raises Outdated where another one of the organisation waits."""

    def save(self, request: LevelRequest) -> None:
        """Keep what was decided about a request."""
