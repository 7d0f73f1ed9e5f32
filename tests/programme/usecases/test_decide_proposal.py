from dataclasses import replace
from datetime import timedelta

import pytest

from programme.audit import AuditLine
from programme.coalitions import Coalition, CoalitionState
from programme.errors import NotAllowed, NotFound, NotWellFormed, TooLate
from programme.ids import CoalitionId
from programme.notices import CoalitionProposed, ProposalDecided
from programme.usecases.decide_proposal import decide_proposal
from programme.usecases.propose_coalition import Proposal, propose_coalition
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW, coalition

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def proposed(town: Town) -> Coalition:
    """Léa proposes « Compost des halles »."""
    proposal = Proposal("Trop de déchets.", "Compost des halles", "Un composteur partagé.", "theme")
    return propose_coalition(town.uow, town.member.id, proposal, NOW)


def test_an_approved_proposal_is_active_and_its_proposer_keeps_it_going(town: Town, proposed: Coalition) -> None:
    decided = decide_proposal(town.uow, town.staff.id, proposed.id, LATER, approved=True)

    assert decided == replace(proposed, state=CoalitionState.ACTIVE)
    assert town.uow.coalitions.get(proposed.id) == decided
    assert town.uow.memberships.facilitators(proposed.id) == [town.member.id]
    assert town.told() == [("Anne", CoalitionProposed(proposed.id)), ("Léa", ProposalDecided(proposed.id))]
    assert town.audited() == [
        AuditLine(LATER, town.staff.id, "decide_proposal", f"coalition:{proposed.id}", {"state": "active"}),
        AuditLine(LATER, town.staff.id, "name_facilitator", f"coalition:{proposed.id}", {"person": town.member.id}),
    ]


def test_a_refused_proposal_goes_back_with_a_word(town: Town, proposed: Coalition) -> None:
    word = " Une coalition  proche existe :\r\n« Toits solaires ».\u0000"

    decided = decide_proposal(town.uow, town.staff.id, proposed.id, LATER, approved=False, word=word)

    told = ProposalDecided(proposed.id, "Une coalition proche existe :\n« Toits solaires ».")
    assert decided.state is CoalitionState.REFUSED
    assert town.told()[1:] == [("Léa", told)]
    assert town.state_of(town.member, proposed) is None
    assert [(line.deed, line.details) for line in town.audited()] == [("decide_proposal", {"state": "refused"})]


@pytest.mark.parametrize("approved", [True, False])
@pytest.mark.parametrize("role", ["member", "facilitator", "stranger"])
def test_only_staff_decide(town: Town, proposed: Coalition, role: str, approved: bool) -> None:
    with pytest.raises(NotAllowed):
        decide_proposal(town.uow, town.who(role).id, proposed.id, LATER, approved=approved)

    assert town.uow.coalitions.get(proposed.id) == proposed
    assert town.audited() == []


@pytest.mark.parametrize("first", [True, False])
def test_the_colleague_who_decides_second_comes_too_late(town: Town, proposed: Coalition, first: bool) -> None:
    decided = decide_proposal(town.uow, town.staff.id, proposed.id, LATER, approved=first)
    before = (town.told(), town.audited())

    for second in (True, False):
        with pytest.raises(TooLate):
            decide_proposal(town.uow, town.staff.id, proposed.id, LATER, approved=second, word="Trop tard")

    assert town.uow.coalitions.get(proposed.id) == decided
    assert (town.told(), town.audited()) == before


def test_a_word_that_is_too_long_decides_nothing(town: Town, proposed: Coalition) -> None:
    with pytest.raises(NotWellFormed):
        decide_proposal(town.uow, town.staff.id, proposed.id, LATER, approved=False, word="é" * 501)

    assert town.uow.coalitions.get(proposed.id) == proposed


def test_a_proposal_whose_proposer_is_gone_is_decided_all_the_same(town: Town) -> None:
    orphan = coalition(town.uow, "Orpheline", state=CoalitionState.PROPOSED)

    decide_proposal(town.uow, town.staff.id, orphan.id, LATER, approved=True)

    assert town.uow.coalitions.get(orphan.id).state is CoalitionState.ACTIVE
    assert town.uow.memberships.members(orphan.id) == []
    assert town.told() == []


def test_a_coalition_that_is_active_already_is_not_decided_on(town: Town) -> None:
    with pytest.raises(TooLate):
        decide_proposal(town.uow, town.staff.id, town.toits.id, LATER, approved=False)

    assert town.uow.coalitions.get(town.toits.id) == town.toits


def test_what_is_nowhere_is_not_found(town: Town) -> None:
    with pytest.raises(NotFound):
        decide_proposal(town.uow, town.staff.id, CoalitionId(99), NOW, approved=True)
