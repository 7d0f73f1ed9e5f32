"""The alliances, and who belongs to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from programme.coalitions import Coalition
from programme.ids import CoalitionId, MembershipId, PersonId
from programme.memberships import Membership, MembershipState
from programme.territory import ScopeKind


@dataclass(frozen=True, slots=True)
class MemberEntry:
    """An accepted member as lists show them; `organisation` is empty for who comes in their own name."""

    membership: Membership
    name: str
    organisation: str


class Coalitions(Protocol):
    """The alliances."""

    def get(self, coalition_id: CoalitionId) -> Coalition:
        """Give a coalition; raises NotFound."""

    def by_code(self, code: str) -> Coalition | None:
        """Give the coalition that a link names."""

    def by_name(self, name: str) -> Coalition | None:
        """Give the proposed or active coalition of this name, whatever its accents and capitals."""

    def add(self, coalition: Coalition) -> Coalition:
        """Keep a new coalition; its id is given here, whatever it was."""

    def save(self, coalition: Coalition) -> None:
        """Keep what changed of a coalition."""

    def active(self, scope: ScopeKind | None = None) -> Sequence[Coalition]:
        """Give the active coalitions by name, of one kind of scope or all."""

    def proposed(self) -> Sequence[Coalition]:
        """Give those that wait for staff, oldest first."""

    def of_person(self, person_id: PersonId) -> Sequence[Coalition]:
        """Give the active coalitions a person is an accepted member of, by name."""

    def led_by(self, person_id: PersonId) -> Sequence[Coalition]:
        """Give the active coalitions a person facilitates, by name."""


class Memberships(Protocol):
    """Who belongs to what."""

    def get(self, membership_id: MembershipId) -> Membership:
        """Give a membership; raises NotFound."""

    def of(self, person_id: PersonId, coalition_id: CoalitionId) -> Membership | None:
        """Give a person's membership of a coalition, whatever its state."""

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

    def facilitators(self, coalition_id: CoalitionId) -> Sequence[PersonId]:
        """Give who facilitates a coalition."""

    def members(self, coalition_id: CoalitionId) -> Sequence[PersonId]:
        """Give the accepted members of a coalition, facilitators included, in the order they came."""

    def everybody(self, coalition_id: CoalitionId) -> Sequence[Membership]:
        """Give the accepted memberships of a coalition, facilitators first, then in the order they came."""

    def listed(self, coalition_id: CoalitionId) -> Sequence[MemberEntry]:
        """Give the accepted members by organisation, then by name; who comes in their own name comes last."""

    def waiting(self, coalition_ids: Iterable[CoalitionId]) -> Sequence[Membership]:
        """Give the memberships asked for in these coalitions, oldest first."""
