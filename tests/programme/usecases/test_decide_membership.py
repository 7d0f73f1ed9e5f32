from datetime import timedelta

import pytest

from programme.audit import AuditLine
from programme.errors import NotAllowed, NotFound, TooLate
from programme.ids import MembershipId
from programme.memberships import Membership, MembershipState
from programme.notices import MembershipAsked, MembershipDecided
from programme.usecases.decide_membership import decide_membership
from programme.usecases.join_coalition import join_coalition
from programme.usecases.leave_coalition import leave_coalition
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW

LATER = NOW + timedelta(hours=1)
DECISIONS = {True: MembershipState.ACCEPTED, False: MembershipState.REFUSED}


@pytest.fixture
def asked(town: Town) -> Membership:
    """Sam asks to join « Toits solaires »."""
    return join_coalition(town.uow, town.stranger.id, town.toits.id, NOW)


@pytest.mark.parametrize("accepted", [True, False])
@pytest.mark.parametrize("role", ["facilitator", "staff"])
def test_the_facilitator_or_staff_decide_and_who_asked_is_told(
    town: Town, asked: Membership, role: str, accepted: bool
) -> None:
    decided = decide_membership(town.uow, town.who(role).id, asked.id, LATER, accepted=accepted)

    assert decided == Membership(asked.id, town.stranger.id, town.toits.id, DECISIONS[accepted], False, LATER)
    assert town.told() == [("Maude", MembershipAsked(asked.id)), ("Sam", MembershipDecided(asked.id))]
    assert town.audited() == [
        AuditLine(
            LATER,
            town.who(role).id,
            "decide_membership",
            f"membership:{asked.id}",
            {"state": DECISIONS[accepted].value},
        )
    ]


@pytest.mark.parametrize("accepted", [True, False])
@pytest.mark.parametrize("role", ["member", "stranger"])
def test_nobody_else_decides_not_even_who_facilitates_another_coalition(
    town: Town, asked: Membership, role: str, accepted: bool
) -> None:
    with pytest.raises(NotAllowed):
        decide_membership(town.uow, town.who(role).id, asked.id, LATER, accepted=accepted)

    assert town.uow.memberships.get(asked.id) == asked
    assert town.audited() == []


def test_the_second_to_decide_comes_too_late(town: Town, asked: Membership) -> None:
    decided = decide_membership(town.uow, town.facilitator.id, asked.id, LATER, accepted=True)

    with pytest.raises(TooLate):
        decide_membership(town.uow, town.staff.id, asked.id, LATER, accepted=False)

    assert town.uow.memberships.get(asked.id) == decided
    assert len(town.told()) == 2
    assert len(town.audited()) == 1


def test_staff_may_hand_over_the_facilitation_at_once(town: Town, asked: Membership) -> None:
    decided = decide_membership(town.uow, town.staff.id, asked.id, LATER, accepted=True, as_facilitator=True)

    assert (decided.state, decided.facilitator) == (MembershipState.ACCEPTED, True)
    assert town.uow.memberships.facilitators(town.toits.id) == [town.facilitator.id, town.stranger.id]
    assert [(line.by, line.deed, line.subject) for line in town.audited()] == [
        (town.staff.id, "decide_membership", f"membership:{asked.id}"),
        (town.staff.id, "name_facilitator", f"coalition:{town.toits.id}"),
    ]


def test_a_facilitator_names_no_other(town: Town, asked: Membership) -> None:
    with pytest.raises(NotAllowed):
        decide_membership(town.uow, town.facilitator.id, asked.id, LATER, accepted=True, as_facilitator=True)

    assert town.uow.memberships.get(asked.id) == asked


def test_who_is_refused_never_facilitates(town: Town, asked: Membership) -> None:
    decided = decide_membership(town.uow, town.staff.id, asked.id, LATER, accepted=False, as_facilitator=True)

    assert (decided.state, decided.facilitator) == (MembershipState.REFUSED, False)
    assert [line.deed for line in town.audited()] == ["decide_membership"]


def test_each_new_request_has_its_own_answer(town: Town, asked: Membership) -> None:
    decide_membership(town.uow, town.facilitator.id, asked.id, NOW + timedelta(minutes=1), accepted=False)
    join_coalition(town.uow, town.stranger.id, town.toits.id, NOW + timedelta(minutes=2))
    decide_membership(town.uow, town.facilitator.id, asked.id, NOW + timedelta(minutes=3), accepted=True)

    assert [name for name, notice in town.told() if notice == MembershipDecided(asked.id)] == ["Sam", "Sam"]


def test_what_nobody_asked_for_is_not_found(town: Town) -> None:
    with pytest.raises(NotFound):
        decide_membership(town.uow, town.staff.id, MembershipId(99), NOW, accepted=True)


def test_who_is_a_member_already_is_not_decided_on(town: Town) -> None:
    membership = town.uow.memberships.of(town.member.id, town.toits.id)
    assert membership is not None

    with pytest.raises(TooLate):
        decide_membership(town.uow, town.facilitator.id, membership.id, NOW, accepted=False)


def test_a_facilitator_who_has_left_decides_no_more(town: Town, asked: Membership) -> None:
    leave_coalition(town.uow, town.facilitator.id, town.toits.id, LATER)

    with pytest.raises(NotAllowed):
        decide_membership(town.uow, town.facilitator.id, asked.id, LATER, accepted=True)
