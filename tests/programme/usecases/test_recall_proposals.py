from datetime import UTC, datetime

import pytest

from bot.public_holidays import public_holidays
from programme.notices import CoalitionProposed, ProposalRecalled
from programme.usecases.decide_proposal import decide_proposal
from programme.usecases.propose_coalition import Proposal, propose_coalition
from programme.usecases.recall_proposals import recall_proposals
from tests.programme.usecases.support_life import BREST
from tests.programme.usecases.town import PARIS, Town

PROPOSAL = Proposal("Un besoin", "Zéro déchet", "Une idée", "theme")


def at(day: int, hour: int = 12, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=PARIS).astimezone(UTC)


def recalled(town: Town, now: datetime) -> int:
    before = len(town.told())
    recall_proposals(town.uow, now, PARIS, public_holidays(BREST))
    assert all(isinstance(notice, ProposalRecalled) for _, notice in town.told()[before:])
    return len(town.told()) - before


def test_a_proposal_is_recalled_after_three_whole_working_days_and_again_every_three(town: Town) -> None:
    proposal = propose_coalition(town.uow, town.member.id, PROPOSAL, at(23))
    moments = [
        at(24),
        at(25),
        at(26, 23),
        at(27, 9),
        at(27, 10),
        at(30),
        at(1, month=12),
        at(2, month=12),
        at(3, month=12),
    ]

    assert [recalled(town, woken_at) for woken_at in moments] == [0, 0, 0, 1, 0, 0, 0, 1, 0]
    assert town.told()[:2] == [("Anne", CoalitionProposed(proposal.id)), ("Anne", ProposalRecalled(proposal.id))]


def test_the_weekend_does_not_count_and_nobody_is_recalled_then(town: Town) -> None:
    propose_coalition(town.uow, town.member.id, PROPOSAL, at(19))  # a Thursday

    assert [recalled(town, at(day)) for day in (20, 21, 22, 23, 24, 25)] == [0, 0, 0, 0, 0, 1]


def test_the_night_waits_for_the_morning(town: Town) -> None:
    propose_coalition(town.uow, town.member.id, PROPOSAL, at(23))

    assert [recalled(town, woken_at) for woken_at in (at(27, 1), at(27, 7), at(27, 8))] == [0, 0, 1]


@pytest.mark.parametrize("approved", [True, False])
def test_what_is_decided_is_not_recalled(town: Town, approved: bool) -> None:
    proposal = propose_coalition(town.uow, town.member.id, PROPOSAL, at(23))
    decide_proposal(town.uow, town.staff.id, proposal.id, at(24), approved=approved)

    assert recalled(town, at(30)) == 0
