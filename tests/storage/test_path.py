from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from programme.coalitions import Coalition
from programme.ids import PersonId
from programme.memberships import MembershipState
from programme.path import Agreement, Step, StepProgress
from programme.people import Person
from programme.ports import UnitOfWork
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NEXT_WEEK, NOW, coalition, joins, person

DUE = date(2026, 12, 18)
DONE = date(2026, 11, 24)


def uow_on(connection: Connection) -> SqlUnitOfWork:
    return SqlUnitOfWork(connection, frozenset())


def members(uow: UnitOfWork, of: Coalition, *names: str) -> list[Person]:
    people = [person(uow, name) for name in names]
    for one in people:
        joins(uow, one, of)
    return people


def leaves(uow: UnitOfWork, who: Person, where: Coalition) -> None:
    uow.memberships.put(who.id, where.id, MembershipState.LEFT, NEXT_WEEK)


def agreement(of: Coalition, *, chair: PersonId | None = None, rotating: bool = True) -> Agreement:
    return Agreement(of.id, rotating, chair, "Le 2e mardi du mois", "Nextcloud", "Léa", "Sam")


def test_every_step_of_a_new_coalition_is_open(connection: Connection) -> None:
    uow = uow_on(connection)
    toits = coalition(uow, "Toits solaires")

    assert uow.path.steps(toits.id) == {step: StepProgress(step) for step in Step}
    assert list(uow.path.steps(toits.id)) == list(Step)


def test_a_step_is_kept_changed_and_opened_again(connection: Connection) -> None:
    uow = uow_on(connection)
    toits, lagune = coalition(uow, "Toits solaires"), coalition(uow, "Lagune")
    (lea,) = members(uow, toits, "Léa")

    uow.path.put_step(toits.id, StepProgress(Step.MEET, DUE, lea.id))
    assert uow.path.steps(toits.id)[Step.MEET] == StepProgress(Step.MEET, DUE, lea.id)
    uow.path.put_step(toits.id, StepProgress(Step.MEET, DUE, lea.id, DONE))
    assert uow.path.steps(toits.id)[Step.MEET] == StepProgress(Step.MEET, DUE, lea.id, DONE)
    uow.path.put_step(toits.id, StepProgress(Step.MEET))

    assert uow.path.steps(toits.id)[Step.MEET] == StepProgress(Step.MEET)
    assert uow.path.steps(lagune.id)[Step.MEET] == StepProgress(Step.MEET)


def test_who_left_owns_no_step(connection: Connection) -> None:
    uow = uow_on(connection)
    toits = coalition(uow, "Toits solaires")
    lea, sam = members(uow, toits, "Léa", "Sam")
    uow.path.put_step(toits.id, StepProgress(Step.NEED, DUE, lea.id, DONE))
    uow.path.put_step(toits.id, StepProgress(Step.INVITE, DUE, sam.id))

    leaves(uow, lea, toits)

    assert uow.path.steps(toits.id)[Step.NEED] == StepProgress(Step.NEED, DUE, None, DONE)
    assert uow.path.steps(toits.id)[Step.INVITE] == StepProgress(Step.INVITE, DUE, sam.id)


def test_an_agreement_takes_the_place_of_the_one_before(connection: Connection) -> None:
    uow = uow_on(connection)
    toits = coalition(uow, "Toits solaires")
    (lea,) = members(uow, toits, "Léa")
    assert uow.path.agreement(toits.id) is None

    first = agreement(toits)
    uow.path.put_agreement(first, NOW)
    assert uow.path.agreement(toits.id) == first
    second = replace(first, rotating=False, chair_id=lea.id, frequency="Tous les mois", version=2)
    uow.path.put_agreement(second, NEXT_WEEK)

    assert uow.path.agreement(toits.id) == second


def test_who_left_is_not_the_fixed_chair(connection: Connection) -> None:
    uow = uow_on(connection)
    toits = coalition(uow, "Toits solaires")
    (lea,) = members(uow, toits, "Léa")
    kept = agreement(toits, chair=lea.id, rotating=False)
    uow.path.put_agreement(kept, NOW)

    leaves(uow, lea, toits)

    assert uow.path.agreement(toits.id) == replace(kept, chair_id=None)


def test_the_order_of_chairs_is_kept_as_it_was_given_nobody_twice(connection: Connection) -> None:
    uow = uow_on(connection)
    toits, lagune = coalition(uow, "Toits solaires"), coalition(uow, "Lagune")
    lea, sam, zoe = members(uow, toits, "Léa", "Sam", "Zoé")
    assert list(uow.path.chairs(toits.id)) == []

    uow.path.put_chairs(toits.id, [zoe.id, lea.id, sam.id, lea.id])
    assert list(uow.path.chairs(toits.id)) == [zoe.id, lea.id, sam.id]
    uow.path.put_chairs(toits.id, [sam.id, zoe.id])

    assert list(uow.path.chairs(toits.id)) == [sam.id, zoe.id]
    assert list(uow.path.chairs(lagune.id)) == []


def test_nobody_is_left_in_an_order_that_was_emptied(connection: Connection) -> None:
    uow = uow_on(connection)
    toits = coalition(uow, "Toits solaires")
    (lea,) = members(uow, toits, "Léa")
    uow.path.put_chairs(toits.id, [lea.id])

    uow.path.put_chairs(toits.id, [])

    assert list(uow.path.chairs(toits.id)) == []


def test_only_accepted_members_chair(connection: Connection) -> None:
    uow = uow_on(connection)
    toits = coalition(uow, "Toits solaires")
    lea, sam, zoe = members(uow, toits, "Léa", "Sam", "Zoé")
    uow.path.put_chairs(toits.id, [lea.id, sam.id, zoe.id])

    leaves(uow, lea, toits)
    uow.memberships.put(zoe.id, toits.id, MembershipState.ASKED, NOW)

    assert list(uow.path.chairs(toits.id)) == [sam.id]
