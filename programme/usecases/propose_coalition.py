"""Propose a coalition: a need, an idea, a scope and whom to invite, for staff to decide on."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from programme.coalitions import COALITION_NAME_MAX, OBJECTIVE_MAX, Coalition, CoalitionState
from programme.errors import NameTaken
from programme.ids import CoalitionId, PersonId
from programme.notices import CoalitionProposed
from programme.ports import UnitOfWork
from programme.territory import ScopeKind
from programme.texts import checked_line, checked_text

NEED_MAX: Final = 600
INVITED_MAX: Final = 300
CODE_SIGNS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
CODE_LENGTH: Final = 10


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody proposes; the idea becomes the coalition's objective."""

    need: str
    name: str
    idea: str
    scope: str
    invited: str = ""


def propose_coalition(uow: UnitOfWork, person_id: PersonId, proposal: Proposal, now: datetime) -> Coalition:
    """Keep the proposal and tell staff; raises NameTaken where a coalition has this name already."""
    name = checked_line(proposal.name, "name", COALITION_NAME_MAX)
    if uow.coalitions.by_name(name) is not None:
        raise NameTaken(name)
    proposed = uow.coalitions.add(
        Coalition(
            id=CoalitionId(0),
            code=new_code(),
            name=name,
            objective=checked_text(proposal.idea, "idea", OBJECTIVE_MAX),
            scope=ScopeKind(proposal.scope),
            stakes=(),
            open=False,
            state=CoalitionState.PROPOSED,
            proposed_by=person_id,
            proposed_at=now,
            need=checked_text(proposal.need, "need", NEED_MAX),
            invited=checked_text(proposal.invited, "invited", INVITED_MAX, may_be_empty=True),
        )
    )
    staff = [person.id for person in uow.people.staff()]
    uow.notices.tell(staff, CoalitionProposed(proposed.id), f"coalition_proposed:{proposed.id}", now)
    return proposed


def new_code() -> str:
    """Give a code for a coalition's link that nobody guesses: ten signs without look-alikes."""
    return "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))
