from datetime import timedelta

import pytest

from programme.audit import AuditLine
from programme.errors import TooLate
from programme.ids import CoalitionId
from programme.memberships import MembershipState
from programme.usecases.decide_membership import decide_membership
from programme.usecases.join_coalition import join_coalition
from programme.usecases.leave_coalition import leave_coalition
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW

LATER = NOW + timedelta(hours=1)


def test_a_member_leaves_at_once_and_nobody_is_told(town: Town) -> None:
    left = leave_coalition(town.uow, town.member.id, town.toits.id, LATER)

    assert (left.state, left.since) == (MembershipState.LEFT, LATER)
    assert town.uow.memberships.members(town.toits.id) == [town.facilitator.id]
    assert (town.told(), town.audited()) == ([], [])


def test_a_facilitator_who_leaves_lays_the_role_down(town: Town) -> None:
    left = leave_coalition(town.uow, town.facilitator.id, town.toits.id, LATER)

    assert (left.state, left.facilitator) == (MembershipState.LEFT, False)
    assert town.uow.memberships.facilitators(town.toits.id) == []
    assert town.audited() == [AuditLine(LATER, town.facilitator.id, "leave_facilitation", f"coalition:{town.toits.id}")]


def test_a_facilitator_who_comes_back_is_a_member_like_others(town: Town) -> None:
    leave_coalition(town.uow, town.facilitator.id, town.toits.id, NOW)

    back = join_coalition(town.uow, town.facilitator.id, town.toits.id, LATER)

    assert (back.state, back.facilitator) == (MembershipState.ASKED, False)


def test_who_asked_takes_it_back_and_there_is_nothing_left_to_decide(town: Town) -> None:
    asked = join_coalition(town.uow, town.stranger.id, town.toits.id, NOW)

    assert leave_coalition(town.uow, town.stranger.id, town.toits.id, LATER).state is MembershipState.LEFT
    with pytest.raises(TooLate):
        decide_membership(town.uow, town.facilitator.id, asked.id, LATER, accepted=True)


@pytest.mark.parametrize("role", ["staff", "stranger"])
def test_who_is_not_in_it_cannot_leave(town: Town, role: str) -> None:
    with pytest.raises(TooLate):
        leave_coalition(town.uow, town.who(role).id, town.toits.id, NOW)
    with pytest.raises(TooLate):
        leave_coalition(town.uow, town.who(role).id, CoalitionId(99), NOW)

    assert town.state_of(town.who(role)) is None


def test_leaving_twice_is_too_late_and_changes_nothing(town: Town) -> None:
    left = leave_coalition(town.uow, town.facilitator.id, town.toits.id, NOW)

    with pytest.raises(TooLate):
        leave_coalition(town.uow, town.facilitator.id, town.toits.id, LATER)

    assert town.uow.memberships.get(left.id) == left
    assert len(town.audited()) == 1


def test_leaving_one_coalition_leaves_the_others(town: Town) -> None:
    town.uow.memberships.put(town.member.id, town.lagune.id, MembershipState.ACCEPTED, NOW)

    leave_coalition(town.uow, town.member.id, town.toits.id, LATER)

    assert town.state_of(town.member, town.lagune) is MembershipState.ACCEPTED
