from datetime import timedelta

import pytest

from programme.audit import AuditLine
from programme.errors import LastFacilitator, NotAllowed, NotFound, NotWellFormed, TooLate
from programme.ids import MembershipId
from programme.memberships import Membership, MembershipState
from programme.notices import MemberRemoved, MembershipAsked
from programme.people import Person
from programme.usecases.join_coalition import join_coalition
from programme.usecases.remove_member import remove_member
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW, joins

LATER = NOW + timedelta(hours=1)
WORD = "Vous avez changé de structure.\nMerci pour ces deux années."


def membership(town: Town, who: Person) -> Membership:
    found = town.uow.memberships.of(who.id, town.toits.id)
    assert found is not None
    return found


@pytest.mark.parametrize("role", ["facilitator", "staff"])
def test_a_removed_member_is_told_with_a_word(town: Town, role: str) -> None:
    by = town.who(role)

    removed = remove_member(town.uow, by.id, membership(town, town.member).id, LATER, word=WORD)

    assert (removed.state, removed.facilitator) == (MembershipState.REFUSED, False)
    assert town.uow.memberships.members(town.toits.id) == [town.facilitator.id]
    assert town.told() == [("Léa", MemberRemoved(town.toits.id, WORD))]
    assert town.audited() == [
        AuditLine(LATER, by.id, "remove_member", f"coalition:{town.toits.id}", {"person": town.member.id})
    ]


@pytest.mark.parametrize("role", ["member", "stranger"])
def test_nobody_else_removes_anybody(town: Town, role: str) -> None:
    yann = town.newcomer()
    joins(town.uow, yann, town.toits)

    with pytest.raises(NotAllowed):
        remove_member(town.uow, town.who(role).id, membership(town, yann).id, LATER)

    assert (town.state_of(yann), town.told(), town.audited()) == (MembershipState.ACCEPTED, [], [])


def test_who_wants_to_go_leaves_and_is_not_removed_by_themself(town: Town) -> None:
    with pytest.raises(NotAllowed):
        remove_member(town.uow, town.facilitator.id, membership(town, town.facilitator).id, LATER)


def test_the_last_who_facilitates_is_not_removed(town: Town) -> None:
    maude = membership(town, town.facilitator)
    with pytest.raises(LastFacilitator):
        remove_member(town.uow, town.staff.id, maude.id, LATER)

    joins(town.uow, town.member, town.toits, facilitator=True)
    remove_member(town.uow, town.member.id, maude.id, LATER)

    assert town.uow.memberships.facilitators(town.toits.id) == [town.member.id]


def test_who_is_gone_already_is_not_removed_twice(town: Town) -> None:
    lea = membership(town, town.member)
    remove_member(town.uow, town.facilitator.id, lea.id, LATER)

    with pytest.raises(TooLate):
        remove_member(town.uow, town.staff.id, lea.id, LATER)
    with pytest.raises(NotFound):
        remove_member(town.uow, town.staff.id, MembershipId(99), LATER)

    assert len(town.told()) == 1


def test_a_word_that_is_too_long_removes_nobody(town: Town) -> None:
    with pytest.raises(NotWellFormed):
        remove_member(town.uow, town.facilitator.id, membership(town, town.member).id, LATER, word="é" * 501)

    assert town.state_of(town.member) is MembershipState.ACCEPTED


def test_a_removed_person_asks_again_even_where_others_join_at_once(town: Town) -> None:
    town.opens()
    lea = membership(town, town.member)
    remove_member(town.uow, town.facilitator.id, lea.id, LATER)

    again = join_coalition(town.uow, town.member.id, town.toits.id, LATER + timedelta(days=1))

    assert again.state is MembershipState.ASKED
    assert town.told()[1:] == [("Maude", MembershipAsked(lea.id))]
