"""Remove a member from a coalition, with a word to them."""

from datetime import datetime
from typing import Final

from programme.audit import AuditLine
from programme.errors import LastFacilitator, NotAllowed, TooLate
from programme.ids import MembershipId, PersonId
from programme.memberships import Membership, MembershipState
from programme.notices import MemberRemoved
from programme.ports import UnitOfWork
from programme.texts import checked_text
from programme.usecases.leave_behind import leave_behind
from programme.usecases.rights import require_facilitator

REMOVAL_WORD_MAX: Final = 500


def removable(uow: UnitOfWork, by: PersonId, membership_id: MembershipId) -> Membership:
    """Give the membership that a facilitator may end.

    Raises NotAllowed, also for one's own: who wants to go leaves. TooLate where it has ended already, LastFacilitator
    where nobody else would facilitate the coalition.
    """
    known = uow.memberships.get(membership_id)
    require_facilitator(uow, by, known.coalition_id)
    if known.person_id == by:
        raise NotAllowed
    if known.state is not MembershipState.ACCEPTED:
        raise TooLate
    if known.facilitator and len(uow.memberships.facilitators(known.coalition_id)) == 1:
        raise LastFacilitator
    return known


def remove_member(
    uow: UnitOfWork, by: PersonId, membership_id: MembershipId, now: datetime, *, word: str = ""
) -> Membership:
    """End a membership and tell who it was; they may ask to join again, in an open coalition too.

    Raises NotAllowed, TooLate, LastFacilitator or NotWellFormed.
    """
    known = removable(uow, by, membership_id)
    told = checked_text(word, "word", REMOVAL_WORD_MAX, may_be_empty=True)
    removed = uow.memberships.put(known.person_id, known.coalition_id, MembershipState.REFUSED, now)
    details = {"person": known.person_id}
    uow.audit.add(AuditLine(now, by, "remove_member", f"coalition:{known.coalition_id}", details))
    leave_behind(uow, known.person_id, known.coalition_id, now)
    key = f"member_removed:{known.coalition_id}:{now:%Y%m%dT%H%M%S%f}"
    uow.notices.tell([known.person_id], MemberRemoved(known.coalition_id, told), key, now)
    return removed
