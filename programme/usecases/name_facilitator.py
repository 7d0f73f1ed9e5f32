"""Name a member co-facilitator of a coalition."""

from datetime import datetime

from programme.audit import AuditLine
from programme.errors import TooLate
from programme.ids import MembershipId, PersonId
from programme.memberships import Membership, MembershipState
from programme.notices import MadeFacilitator
from programme.ports import UnitOfWork
from programme.usecases.rights import require_facilitator


def name_facilitator(uow: UnitOfWork, by: PersonId, membership_id: MembershipId, now: datetime) -> Membership:
    """Have a member facilitate with those who do, and tell them; who does already stays as they are.

    Raises NotAllowed, or TooLate for who is not in the coalition any more.
    """
    known = uow.memberships.get(membership_id)
    require_facilitator(uow, by, known.coalition_id)
    if known.state is not MembershipState.ACCEPTED:
        raise TooLate
    if known.facilitator:
        return known
    named = entrust(uow, known, now)
    details = {"person": known.person_id}
    uow.audit.add(AuditLine(now, by, "name_facilitator", f"coalition:{known.coalition_id}", details))
    return named


def entrust(uow: UnitOfWork, member: Membership, now: datetime) -> Membership:
    """Make a member a facilitator and tell them; the rules are with who calls."""
    person_id, coalition_id = member.person_id, member.coalition_id
    named = uow.memberships.put(person_id, coalition_id, MembershipState.ACCEPTED, member.since, facilitator=True)
    key = f"made_facilitator:{coalition_id}:{now:%Y%m%dT%H%M%S%f}"
    uow.notices.tell([person_id], MadeFacilitator(coalition_id), key, now)
    uow.reminders.look_again(now)
    return named
