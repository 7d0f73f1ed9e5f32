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


def test_a_milestone_of_a_coalition_concerns_its_members_only(uow: SqlUnitOfWork) -> None:
    toits, eau = coalition(uow, "Toits"), coalition(uow, "Eau")
    lea, sam = person(uow, "Léa"), person(uow, "Sam")
    joins(uow, lea, toits)
    joins(uow, lea, eau, facilitator=True)
    joins(uow, sam, eau)

    concerned = uow.milestones.concerned(milestone(uow, "own", of=toits).id, PersonId(0), 10)

    assert concerned == [Concerned(lea.id, lea.preferences, facilitator=False)]
