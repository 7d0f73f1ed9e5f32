from datetime import timedelta

import pytest
from sqlalchemy import Connection

from programme.errors import NotFound
from programme.ids import MembershipId
from programme.memberships import Membership, MembershipState
from programme.territory import OrganisationKind
from storage.tables.programme import people
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NOW, coalition, joins, person


def test_a_pair_has_one_membership_whose_state_changes(uow: SqlUnitOfWork) -> None:
    lea, toits = person(uow, "Léa"), coalition(uow, "Toits")
    assert uow.memberships.of(lea.id, toits.id) is None

    asked = uow.memberships.put(lea.id, toits.id, MembershipState.ASKED, NOW)
    later = NOW + timedelta(days=1)
    accepted = uow.memberships.put(lea.id, toits.id, MembershipState.ACCEPTED, later, facilitator=True)

    assert asked == Membership(asked.id, lea.id, toits.id, MembershipState.ASKED, facilitator=False, since=NOW)
    assert accepted == Membership(asked.id, lea.id, toits.id, MembershipState.ACCEPTED, facilitator=True, since=later)
    assert uow.memberships.get(asked.id) == uow.memberships.of(lea.id, toits.id) == accepted


def test_an_unknown_membership_is_not_found(uow: SqlUnitOfWork) -> None:
    with pytest.raises(NotFound):
        uow.memberships.get(MembershipId(1))


def test_members_come_in_the_order_they_joined(uow: SqlUnitOfWork) -> None:
    toits = coalition(uow, "Toits")
    late, early, gone = (person(uow, name) for name in ("Tard", "Tôt", "Parti"))
    uow.memberships.put(late.id, toits.id, MembershipState.ACCEPTED, NOW + timedelta(hours=1))
    uow.memberships.put(early.id, toits.id, MembershipState.ACCEPTED, NOW, facilitator=True)
    uow.memberships.put(gone.id, toits.id, MembershipState.LEFT, NOW)

    assert uow.memberships.members(toits.id) == [early.id, late.id]
    assert uow.memberships.facilitators(toits.id) == [early.id]


def test_everybody_comes_with_who_facilitates_first(uow: SqlUnitOfWork) -> None:
    toits, eau = coalition(uow, "Toits"), coalition(uow, "Eau")
    lea, maude, gone = (person(uow, name) for name in ("Léa", "Maude", "Parti"))
    member = uow.memberships.put(lea.id, toits.id, MembershipState.ACCEPTED, NOW)
    leading = uow.memberships.put(
        maude.id, toits.id, MembershipState.ACCEPTED, NOW + timedelta(hours=1), facilitator=True
    )
    uow.memberships.put(gone.id, toits.id, MembershipState.LEFT, NOW)
    joins(uow, lea, eau)

    assert uow.memberships.everybody(toits.id) == [leading, member]


def test_members_are_listed_by_organisation_and_name_whatever_the_accents(uow: SqlUnitOfWork) -> None:
    toits = coalition(uow, "Toits")
    enib = uow.organisations.add("ENIB", OrganisationKind.INSTITUTION)
    elorn = uow.organisations.add("Élorn", OrganisationKind.ASSOCIATION)
    for name, speaks_for in (("Zoé", elorn), ("Ana", None), ("Sam", enib), ("Élise", elorn), ("Eva", elorn)):
        joins(uow, person(uow, name, speaks_for=None if speaks_for is None else speaks_for.id), toits)
    uow.memberships.put(person(uow, "Asks").id, toits.id, MembershipState.ASKED, NOW)

    listed = uow.memberships.listed(toits.id)

    assert [(entry.organisation, entry.name) for entry in listed] == [
        ("Élorn", "Élise"),
        ("Élorn", "Eva"),
        ("Élorn", "Zoé"),
        ("ENIB", "Sam"),
        ("", "Ana"),
    ]
    assert [entry.membership for entry in listed][3] == uow.memberships.everybody(toits.id)[2]


def test_who_waits_comes_oldest_first(uow: SqlUnitOfWork) -> None:
    lea, sam, ana = (person(uow, name) for name in ("Léa", "Sam", "Ana"))
    toits, eau, bois = (coalition(uow, name) for name in ("Toits", "Eau", "Bois"))
    second = uow.memberships.put(lea.id, toits.id, MembershipState.ASKED, NOW)
    first = uow.memberships.put(sam.id, eau.id, MembershipState.ASKED, NOW - timedelta(days=2))
    uow.memberships.put(ana.id, bois.id, MembershipState.ASKED, NOW)
    joins(uow, ana, toits)

    assert uow.memberships.waiting([toits.id, eau.id]) == [first, second]
    assert uow.memberships.waiting([]) == []


def test_an_erased_person_leaves_no_membership(uow: SqlUnitOfWork, connection: Connection) -> None:
    lea, toits = person(uow, "Léa"), coalition(uow, "Toits")
    joins(uow, lea, toits)

    connection.execute(people.delete().where(people.c.id == lea.id))

    assert uow.memberships.members(toits.id) == []
