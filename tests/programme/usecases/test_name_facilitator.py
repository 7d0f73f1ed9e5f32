from datetime import timedelta

import pytest

from programme.audit import AuditLine
from programme.errors import NotAllowed, TooLate
from programme.memberships import Membership
from programme.notices import MadeFacilitator
from programme.people import Person
from programme.usecases.leave_coalition import leave_coalition
from programme.usecases.name_facilitator import name_facilitator
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW

LATER = NOW + timedelta(hours=1)


def membership(town: Town, who: Person) -> Membership:
    found = town.uow.memberships.of(who.id, town.toits.id)
    assert found is not None
    return found


@pytest.mark.parametrize("role", ["facilitator", "staff"])
def test_a_member_facilitates_with_who_names_them_and_is_told(town: Town, role: str) -> None:
    lea, by = membership(town, town.member), town.who(role)

    named = name_facilitator(town.uow, by.id, lea.id, LATER)

    assert (named.facilitator, named.since) == (True, lea.since)
    assert town.uow.memberships.facilitators(town.toits.id) == [town.member.id, town.facilitator.id]
    assert town.told() == [("Léa", MadeFacilitator(town.toits.id))]
    assert town.audited() == [
        AuditLine(LATER, by.id, "name_facilitator", f"coalition:{town.toits.id}", {"person": town.member.id})
    ]


@pytest.mark.parametrize("role", ["member", "stranger"])
def test_nobody_else_names_anybody_not_even_themself(town: Town, role: str) -> None:
    with pytest.raises(NotAllowed):
        name_facilitator(town.uow, town.who(role).id, membership(town, town.member).id, LATER)

    assert town.uow.memberships.facilitators(town.toits.id) == [town.facilitator.id]


def test_who_facilitates_already_is_told_nothing_more(town: Town) -> None:
    lea = membership(town, town.member)
    named = name_facilitator(town.uow, town.facilitator.id, lea.id, LATER)

    assert name_facilitator(town.uow, town.staff.id, lea.id, LATER + timedelta(hours=1)) == named
    assert (len(town.told()), len(town.audited())) == (1, 1)


def test_who_has_left_is_named_no_more(town: Town) -> None:
    lea = membership(town, town.member)
    leave_coalition(town.uow, town.member.id, town.toits.id, LATER)

    with pytest.raises(TooLate):
        name_facilitator(town.uow, town.facilitator.id, lea.id, LATER)
