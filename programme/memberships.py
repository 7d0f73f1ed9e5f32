"""Memberships: people in coalitions."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from programme.ids import CoalitionId, MembershipId, PersonId


class MembershipState(StrEnum):
    """Where a membership stands."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Membership:
    """One person in one coalition; there is one row per pair, and its state changes."""

    id: MembershipId
    person_id: PersonId
    coalition_id: CoalitionId
    state: MembershipState
    facilitator: bool
    since: datetime
