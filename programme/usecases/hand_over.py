"""Hand one's facilitation of a coalition over to another member."""

from datetime import datetime

from programme.audit import AuditLine
from programme.errors import NotAllowed, TooLate
from programme.ids import MembershipId, PersonId
from programme.memberships import Membership, MembershipState
from programme.ports import UnitOfWork
from programme.usecases.name_facilitator import entrust


def hand_over(uow: UnitOfWork, by: PersonId, membership_id: MembershipId, now: datetime) -> Membership:
    """Have another member facilitate, and be a plain member from now on; gives the other's membership.

    Raises NotAllowed for who does not facilitate the coalition themself, staff too, and TooLate for who is not in the
    coalition any more.
    """
    other = uow.memberships.get(membership_id)
    coalition_id = other.coalition_id
    own = uow.memberships.of(by, coalition_id)
    if own is None or not own.facilitator or own.state is not MembershipState.ACCEPTED or other.id == own.id:
        raise NotAllowed
    if other.state is not MembershipState.ACCEPTED:
        raise TooLate
    uow.memberships.put(by, coalition_id, MembershipState.ACCEPTED, own.since)
    uow.audit.add(AuditLine(now, by, "hand_over", f"coalition:{coalition_id}", {"person": other.person_id}))
    return other if other.facilitator else entrust(uow, other, now)
