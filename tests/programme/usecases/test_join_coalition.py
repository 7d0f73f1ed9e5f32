from dataclasses import replace
from datetime import timedelta

import pytest

from programme.coalitions import CoalitionState
from programme.errors import NotFound
from programme.ids import CoalitionId
from programme.memberships import MembershipState
from programme.notices import MembershipAsked
from programme.usecases.decide_membership import decide_membership
from programme.usecases.join_coalition import join_coalition, who_decides
from programme.usecases.leave_coalition import leave_coalition
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW, coalition, joins

LATER = NOW + timedelta(hours=1)


def opens(town: Town) -> None:
    town.uow.coalitions.save(replace(town.toits, open=True))


@pytest.mark.parametrize("role", ["staff", "stranger"])
def test_who_wants_to_join_asks_and_the_facilitator_is_told(town: Town, role: str) -> None:
    asked = join_coalition(town.uow, town.who(role).id, town.toits.id, NOW)

    assert (asked.state, asked.facilitator, asked.since) == (MembershipState.ASKED, False, NOW)
    assert town.told() == [("Maude", MembershipAsked(asked.id))]


@pytest.mark.parametrize("role", ["staff", "stranger"])
def test_in_an_open_coalition_one_is_a_member_at_once(town: Town, role: str) -> None:
    opens(town)

    joined = join_coalition(town.uow, town.who(role).id, town.toits.id, NOW)

    assert (joined.state, joined.facilitator) == (MembershipState.ACCEPTED, False)
    assert town.told() == []


@pytest.mark.parametrize("role", ["member", "facilitator"])
def test_who_is_in_already_stays_as_they_are(town: Town, role: str) -> None:
    before = town.uow.memberships.of(town.who(role).id, town.toits.id)

    assert join_coalition(town.uow, town.who(role).id, town.toits.id, LATER) == before
    assert town.told() == []


def test_asking_twice_changes_nothing(town: Town) -> None:
    first = join_coalition(town.uow, town.stranger.id, town.toits.id, NOW)
    second = join_coalition(town.uow, town.stranger.id, town.toits.id, LATER)

    assert second == first
    assert town.told() == [("Maude", MembershipAsked(first.id))]


def test_an_open_coalition_takes_in_who_had_asked_only_through_its_facilitator(town: Town) -> None:
    asked = join_coalition(town.uow, town.stranger.id, town.toits.id, NOW)
    opens(town)

    assert join_coalition(town.uow, town.stranger.id, town.toits.id, LATER) == asked


def test_where_nobody_keeps_it_going_staff_are_asked(town: Town) -> None:
    habitat = coalition(town.uow, "Habitat")

    asked = join_coalition(town.uow, town.stranger.id, habitat.id, NOW)

    assert town.told() == [("Anne", MembershipAsked(asked.id))]
    assert who_decides(town.uow, habitat.id) == [town.staff.id]


def test_every_facilitator_is_asked(town: Town) -> None:
    joins(town.uow, town.member, town.toits, facilitator=True)

    asked = join_coalition(town.uow, town.stranger.id, town.toits.id, NOW)

    assert sorted(town.told(), key=lambda told: told[0]) == [
        ("Léa", MembershipAsked(asked.id)),
        ("Maude", MembershipAsked(asked.id)),
    ]


def test_who_left_or_was_refused_may_ask_again_and_it_is_told_again(town: Town) -> None:
    asked = join_coalition(town.uow, town.stranger.id, town.toits.id, NOW)
    leave_coalition(town.uow, town.stranger.id, town.toits.id, NOW)
    join_coalition(town.uow, town.stranger.id, town.toits.id, NOW + timedelta(seconds=1))
    decide_membership(town.uow, town.facilitator.id, asked.id, NOW + timedelta(seconds=2), accepted=False)

    again = join_coalition(town.uow, town.stranger.id, town.toits.id, LATER)

    assert (again.id, again.state, again.since) == (asked.id, MembershipState.ASKED, LATER)
    assert [name for name, notice in town.told() if notice == MembershipAsked(asked.id)] == ["Maude"] * 3


@pytest.mark.parametrize("state", [CoalitionState.PROPOSED, CoalitionState.REFUSED])
def test_a_coalition_that_is_not_active_is_not_found(town: Town, state: CoalitionState) -> None:
    idea = coalition(town.uow, "Une idée", state=state)

    for role in ("member", "staff"):
        with pytest.raises(NotFound):
            join_coalition(town.uow, town.who(role).id, idea.id, NOW)

    assert (town.state_of(town.member, idea), town.told()) == (None, [])


def test_a_coalition_that_is_nowhere_is_not_found(town: Town) -> None:
    with pytest.raises(NotFound):
        join_coalition(town.uow, town.member.id, CoalitionId(99), NOW)
