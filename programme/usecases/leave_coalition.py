"""Leave a coalition, or take back the wish to join it."""

from datetime import datetime

from programme.audit import AuditLine
from programme.errors import TooLate
from programme.ids import CoalitionId, PersonId
from programme.memberships import Membership, MembershipState
from programme.ports import UnitOfWork
from programme.usecases.leave_behind import leave_behind


def leave_coalition(uow: UnitOfWork, person_id: PersonId, coalition_id: CoalitionId, now: datetime) -> Membership:
    """End a membership and its facilitation, and free what was entrusted to them; raises TooLate for who is not in it.

    Who facilitates alone may go too: the coalition is the project team's then.
    """
    known = uow.memberships.of(person_id, coalition_id)
    if known is None or known.state not in {MembershipState.ASKED, MembershipState.ACCEPTED}:
        raise TooLate
    if known.facilitator:
        uow.audit.add(AuditLine(now, person_id, "leave_facilitation", f"coalition:{coalition_id}"))
    left = uow.memberships.put(person_id, coalition_id, MembershipState.LEFT, now)
    if known.state is MembershipState.ACCEPTED:
        leave_behind(uow, person_id, coalition_id, now)
    return left
