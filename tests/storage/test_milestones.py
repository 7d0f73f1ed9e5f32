from dataclasses import replace
from datetime import date

import pytest

from programme.coalitions import CoalitionState
from programme.errors import NotFound
from programme.ids import MilestoneId, PersonId
from programme.memberships import MembershipState
from programme.ports import Concerned
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NOW, coalition, joins, milestone, person


def test_a_milestone_done_or_moved_is_kept(uow: SqlUnitOfWork) -> None:
    planned = milestone(uow, "cards_2027")
    assert uow.milestones.get(planned.id) == planned

    changed = replace(planned, title="Publier", detail="Avant l’été", due_on=date(2027, 6, 1), version=1, done_at=NOW)
    uow.milestones.save(changed)

    assert uow.milestones.get(planned.id) == changed
    with pytest.raises(NotFound):
        uow.milestones.get(MilestoneId(99))


def test_the_milestone_of_a_known_code_is_the_one_that_exists(uow: SqlUnitOfWork) -> None:
    planned = milestone(uow, "cards_2027")
    done = replace(planned, done_at=NOW)
    uow.milestones.save(done)

    assert milestone(uow, "cards_2027") == done


def test_the_programmes_own_come_by_date(uow: SqlUnitOfWork) -> None:
    forum, cards = milestone(uow, "forum"), milestone(uow, "cards")
    milestone(uow, "own", of=coalition(uow, "Toits"))
    sooner = replace(cards, due_on=date(2026, 11, 25))
    uow.milestones.save(sooner)

    assert uow.milestones.programme_ones() == [sooner, forum]


def test_a_milestone_of_the_programme_concerns_each_member_of_an_active_coalition_once(uow: SqlUnitOfWork) -> None:
    toits, eau = coalition(uow, "Toits"), coalition(uow, "Eau")
    refused = coalition(uow, "Refusée", state=CoalitionState.REFUSED)
    both, one, asks, blocked, outside = (
        person(uow, name) for name in ("Double", "Simple", "Demande", "Bloquée", "Ailleurs")
    )
    joins(uow, both, toits)
    joins(uow, both, eau, facilitator=True)
    joins(uow, one, toits)
    joins(uow, blocked, toits)
    joins(uow, outside, refused)
    uow.memberships.put(asks.id, toits.id, MembershipState.ASKED, NOW)
    uow.people.save(replace(blocked, reachable=False))
    cards = milestone(uow, "cards")

    first = Concerned(both.id, both.preferences, facilitator=True)
    second = Concerned(one.id, one.preferences, facilitator=False)
    assert uow.milestones.concerned(cards.id, PersonId(0), 10) == [first, second]
    assert uow.milestones.concerned(cards.id, PersonId(0), 1) == [first]
    assert uow.milestones.concerned(cards.id, both.id, 10) == [second]


def test_a_milestone_of_a_coalition_concerns_its_owner_and_its_facilitators(uow: SqlUnitOfWork) -> None:
    toits, eau = coalition(uow, "Toits"), coalition(uow, "Eau")
    lea, maude, sam, nour = (person(uow, name) for name in ("Léa", "Maude", "Sam", "Nour"))
    for who in (lea, sam):
        joins(uow, who, toits)
    joins(uow, maude, toits, facilitator=True)
    joins(uow, nour, eau, facilitator=True)
    joins(uow, lea, eau, facilitator=True)
    own = replace(milestone(uow, "own", of=toits), owner_id=lea.id)
    uow.milestones.save(own)

    owner = Concerned(lea.id, lea.preferences, facilitator=False, owner=True)
    facilitator = Concerned(maude.id, maude.preferences, facilitator=True, owner=False)
    assert uow.milestones.concerned(own.id, PersonId(0), 10) == [owner, facilitator]
    assert uow.milestones.concerned(own.id, PersonId(0), 1) == [owner]
    assert uow.milestones.concerned(own.id, lea.id, 10) == [facilitator]


def test_facilitators_stand_in_for_an_owner_out_of_reach(uow: SqlUnitOfWork) -> None:
    toits = coalition(uow, "Toits")
    lea, maude = person(uow, "Léa"), person(uow, "Maude")
    joins(uow, lea, toits)
    joins(uow, maude, toits, facilitator=True)
    own = milestone(uow, "own", of=toits)
    stands_in = [Concerned(maude.id, maude.preferences, facilitator=True, owner=True)]
    assert uow.milestones.concerned(own.id, PersonId(0), 10) == stands_in

    uow.milestones.save(replace(own, owner_id=lea.id))
    uow.people.save(replace(lea, reachable=False))
    assert uow.milestones.concerned(own.id, PersonId(0), 10) == stands_in

    uow.people.save(lea)
    uow.memberships.put(lea.id, toits.id, MembershipState.LEFT, NOW)
    assert uow.milestones.concerned(own.id, PersonId(0), 10) == stands_in


def test_a_coalitions_own_come_by_date_whatever_became_of_them(uow: SqlUnitOfWork) -> None:
    toits = coalition(uow, "Toits")
    milestone(uow, "of_the_programme")
    late, done, dropped = (milestone(uow, code, of=toits) for code in ("late", "done", "dropped"))
    late, done = replace(late, due_on=date(2027, 3, 1)), replace(done, done_at=NOW)
    dropped = replace(dropped, due_on=date(2026, 11, 25), given_up_at=NOW)
    for one in (late, done, dropped):
        uow.milestones.save(one)

    assert uow.milestones.of_coalition(toits.id) == [dropped, done, late]


def test_owner_who_is_erased_leaves_the_milestone_without_one(uow: SqlUnitOfWork) -> None:
    lea = person(uow, "Léa")
    own = replace(milestone(uow, "own", of=coalition(uow, "Toits")), owner_id=lea.id)
    uow.milestones.save(own)

    uow.own_data.erase(lea)

    assert uow.milestones.get(own.id) == replace(own, owner_id=None)
