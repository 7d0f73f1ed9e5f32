from datetime import timedelta

import pytest

from programme.audit import AuditLine
from programme.errors import NotAllowed, TooLate
from programme.memberships import Membership
from programme.notices import MadeFacilitator
from programme.people import Person
from programme.usecases.hand_over import hand_over
from programme.usecases.leave_coalition import leave_coalition
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW, joins

LATER = NOW + timedelta(hours=1)


def membership(town: Town, who: Person) -> Membership:
    found = town.uow.memberships.of(who.id, town.toits.id)
    assert found is not None
    return found


def test_the_other_facilitates_and_oneself_stays_a_member(town: Town) -> None:
    before = membership(town, town.facilitator)

    other = hand_over(town.uow, town.facilitator.id, membership(town, town.member).id, LATER)

    assert (other.person_id, other.facilitator) == (town.member.id, True)
    assert town.uow.memberships.facilitators(town.toits.id) == [town.member.id]
    assert town.uow.memberships.members(town.toits.id) == [town.member.id, town.facilitator.id]
    assert membership(town, town.facilitator).since == before.since
    assert town.told() == [("Léa", MadeFacilitator(town.toits.id))]
    assert town.audited() == [
        AuditLine(LATER, town.facilitator.id, "hand_over", f"coalition:{town.toits.id}", {"person": town.member.id})
    ]


def test_who_facilitates_with_another_steps_back_and_nobody_is_told(town: Town) -> None:
    joins(town.uow, town.member, town.toits, facilitator=True)

    hand_over(town.uow, town.facilitator.id, membership(town, town.member).id, LATER)

    assert town.uow.memberships.facilitators(town.toits.id) == [town.member.id]
    assert (town.told(), [line.deed for line in town.audited()]) == ([], ["hand_over"])


@pytest.mark.parametrize("role", ["member", "stranger", "staff"])
def test_only_who_facilitates_has_something_to_hand_over(town: Town, role: str) -> None:
    yann = town.newcomer()
    joins(town.uow, yann, town.toits)

    with pytest.raises(NotAllowed):
        hand_over(town.uow, town.who(role).id, membership(town, yann).id, LATER)

    assert town.uow.memberships.facilitators(town.toits.id) == [town.facilitator.id]


def test_nobody_hands_over_to_themself(town: Town) -> None:
    with pytest.raises(NotAllowed):
        hand_over(town.uow, town.facilitator.id, membership(town, town.facilitator).id, LATER)


def test_who_has_left_takes_nothing_over(town: Town) -> None:
    lea = membership(town, town.member)
    leave_coalition(town.uow, town.member.id, town.toits.id, LATER)

    with pytest.raises(TooLate):
        hand_over(town.uow, town.facilitator.id, lea.id, LATER)

    assert town.uow.memberships.facilitators(town.toits.id) == [town.facilitator.id]
