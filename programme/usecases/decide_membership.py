"""Decide on somebody who asks to join a coalition."""

from datetime import datetime

from programme.audit import AuditLine
from programme.errors import TooLate
from programme.ids import MembershipId, PersonId
from programme.memberships import Membership, MembershipState
from programme.notices import MembershipDecided
from programme.ports import UnitOfWork
from programme.usecases.leave_behind import refresh_member_cards
from programme.usecases.rights import require_facilitator, require_staff


def decide_membership(
    uow: UnitOfWork,
    by: PersonId,
    membership_id: MembershipId,
    now: datetime,
    *,
    accepted: bool,
    as_facilitator: bool = False,
) -> Membership:
    """Accept or refuse, and tell who asked; staff may hand them the coalition's facilitation at once.

    Raises NotAllowed, or TooLate where it is decided or taken back already.
    """
    asked = uow.memberships.get(membership_id)
    require_facilitator(uow, by, asked.coalition_id)
    if as_facilitator:
        require_staff(uow, by)
    if asked.state is not MembershipState.ASKED:
        raise TooLate
    state = MembershipState.ACCEPTED if accepted else MembershipState.REFUSED
    decided = uow.memberships.put(
        asked.person_id, asked.coalition_id, state, now, facilitator=accepted and as_facilitator
    )
    uow.audit.add(AuditLine(now, by, "decide_membership", f"membership:{membership_id}", {"state": state.value}))
    if decided.facilitator:
        named = {"person": asked.person_id}
        uow.audit.add(AuditLine(now, by, "name_facilitator", f"coalition:{asked.coalition_id}", named))
    key = f"membership_decided:{membership_id}:{now:%Y%m%dT%H%M%S%f}"
    uow.notices.tell([asked.person_id], MembershipDecided(membership_id), key, now)
    uow.reminders.look_again(now)
    if accepted:
        refresh_member_cards(uow, asked.coalition_id, now)
    return decided
