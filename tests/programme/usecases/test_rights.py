import pytest

from programme.coalitions import CoalitionState
from programme.errors import NotAllowed, NotFound
from programme.ids import CoalitionId, PersonId
from programme.memberships import MembershipState
from programme.usecases.rights import (
    facilitates,
    is_member,
    led_coalition,
    require_facilitator,
    require_member,
    require_staff,
)
from tests.programme.usecases.town import ROLES, Town
from tests.storage.brest import NOW, coalition, joins


def test_each_role_has_its_rights(town: Town) -> None:
    rights = {
        role: (
            is_member(town.uow, town.who(role).id, town.toits.id),
            facilitates(town.uow, town.who(role).id, town.toits.id),
            town.uow.people.is_staff(town.who(role).id),
        )
        for role in ROLES
    }

    assert rights == {
        "member": (True, False, False),
        "facilitator": (True, True, False),
        "staff": (False, True, True),
        "stranger": (False, False, False),
    }


@pytest.mark.parametrize("state", [MembershipState.ASKED, MembershipState.REFUSED, MembershipState.LEFT])
def test_who_is_not_accepted_has_no_right_in_the_coalition(town: Town, state: MembershipState) -> None:
    town.uow.memberships.put(town.facilitator.id, town.toits.id, state, NOW, facilitator=True)

    with pytest.raises(NotAllowed):
        require_member(town.uow, town.facilitator.id, town.toits.id)
    with pytest.raises(NotAllowed):
        require_facilitator(town.uow, town.facilitator.id, town.toits.id)


def test_who_has_the_right_passes(town: Town) -> None:
    require_member(town.uow, town.member.id, town.toits.id)
    require_facilitator(town.uow, town.facilitator.id, town.toits.id)
    require_facilitator(town.uow, town.staff.id, town.toits.id)
    require_staff(town.uow, town.staff.id)


@pytest.mark.parametrize("role", ["member", "facilitator", "stranger"])
def test_only_staff_are_staff(town: Town, role: str) -> None:
    with pytest.raises(NotAllowed):
        require_staff(town.uow, town.who(role).id)


def test_nobody_has_a_right_where_there_is_nothing(town: Town) -> None:
    nowhere, nobody = CoalitionId(99), PersonId(99)

    assert not is_member(town.uow, town.member.id, nowhere)
    assert not facilitates(town.uow, town.facilitator.id, nowhere)
    assert not facilitates(town.uow, nobody, town.toits.id)


@pytest.mark.parametrize("role", ["facilitator", "staff"])
def test_who_keeps_an_active_coalition_going_is_given_it(town: Town, role: str) -> None:
    assert led_coalition(town.uow, town.who(role).id, town.toits.id) == town.toits


@pytest.mark.parametrize("role", ["member", "stranger"])
def test_nobody_else_is_given_it(town: Town, role: str) -> None:
    with pytest.raises(NotAllowed):
        led_coalition(town.uow, town.who(role).id, town.toits.id)


@pytest.mark.parametrize("state", [CoalitionState.PROPOSED, CoalitionState.REFUSED])
def test_a_coalition_that_is_not_active_is_given_to_nobody(town: Town, state: CoalitionState) -> None:
    idea = coalition(town.uow, "Une idée", state=state)
    joins(town.uow, town.facilitator, idea, facilitator=True)

    for role in ("facilitator", "staff"):
        with pytest.raises(NotFound):
            led_coalition(town.uow, town.who(role).id, idea.id)
    with pytest.raises(NotFound):
        led_coalition(town.uow, town.staff.id, CoalitionId(99))
