"""Decide on a proposed coalition: its proposer becomes its facilitator, or gets a word on why not."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from programme.audit import AuditLine
from programme.coalitions import Coalition, CoalitionState
from programme.errors import TooLate
from programme.ids import CoalitionId, PersonId
from programme.memberships import MembershipState
from programme.notices import ProposalDecided
from programme.ports import UnitOfWork
from programme.texts import checked_text
from programme.usecases.rights import require_staff

WORD_MAX: Final = 500


def decide_proposal(
    uow: UnitOfWork, by: PersonId, coalition_id: CoalitionId, now: datetime, *, approved: bool, word: str = ""
) -> Coalition:
    """Approve or refuse; raises NotAllowed for who is not staff, TooLate where a colleague decided before."""
    require_staff(uow, by)
    proposed = uow.coalitions.get(coalition_id)
    if proposed.state is not CoalitionState.PROPOSED:
        raise TooLate
    told = checked_text(word, "word", WORD_MAX, may_be_empty=True)
    decided = replace(proposed, state=CoalitionState.ACTIVE if approved else CoalitionState.REFUSED)
    uow.coalitions.save(decided)
    uow.audit.add(AuditLine(now, by, "decide_proposal", f"coalition:{coalition_id}", {"state": decided.state.value}))
    if proposed.proposed_by is not None:
        if approved:
            uow.memberships.put(proposed.proposed_by, coalition_id, MembershipState.ACCEPTED, now, facilitator=True)
            named = {"person": proposed.proposed_by}
            uow.audit.add(AuditLine(now, by, "name_facilitator", f"coalition:{coalition_id}", named))
            uow.reminders.look_again(now)
        notice = ProposalDecided(coalition_id, told)
        uow.notices.tell([proposed.proposed_by], notice, f"proposal_decided:{coalition_id}", now)
    return decided
