from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from programme.coalitions import Coalition
from programme.errors import NotFound
from programme.ids import InvitationId
from programme.invitations import Invitation
from programme.people import Person
from storage.tables.programme import people
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NOW, coalition, person

LATER = NOW + timedelta(days=1)


def invitation(uow: SqlUnitOfWork, to: Coalition, by: Person, code: str) -> Invitation:
    return uow.invitations.add(Invitation(InvitationId(0), to.id, code, by.id, NOW))


def test_a_link_is_found_by_its_code_and_stays_when_it_is_revoked(uow: SqlUnitOfWork) -> None:
    made = invitation(uow, coalition(uow, "Toits"), person(uow, "Léa"), "aB3")
    assert uow.invitations.by_code("aB3") == uow.invitations.get(made.id) == made
    assert uow.invitations.by_code("ab3") is None

    revoked = replace(made, revoked_at=LATER)
    uow.invitations.save(revoked)

    assert uow.invitations.by_code("aB3") == revoked
    with pytest.raises(NotFound):
        uow.invitations.get(InvitationId(99))


def test_a_coalition_has_its_links_the_latest_first(uow: SqlUnitOfWork) -> None:
    lea, toits, eau = person(uow, "Léa"), coalition(uow, "Toits"), coalition(uow, "Eau")
    first, second = invitation(uow, toits, lea, "a"), invitation(uow, toits, lea, "b")
    invitation(uow, eau, lea, "c")

    assert uow.invitations.of_coalition(toits.id) == [second, first]


def test_a_person_counts_once_for_a_link_and_once_for_another(uow: SqlUnitOfWork) -> None:
    lea, sam, toits = person(uow, "Léa"), person(uow, "Sam"), coalition(uow, "Toits")
    first, second = invitation(uow, toits, lea, "a"), invitation(uow, toits, lea, "b")
    assert uow.invitations.count(first.id) == 0

    for moment in (NOW, LATER):
        uow.invitations.note_use(first.id, sam.id, moment)
    uow.invitations.note_use(second.id, sam.id, LATER)

    assert [uow.invitations.count(one.id) for one in (first, second)] == [1, 1]


def test_who_came_and_is_forgotten_still_counts(uow: SqlUnitOfWork, connection: Connection) -> None:
    everybody, toits = [person(uow, f"Membre {number}") for number in range(3)], coalition(uow, "Toits")
    made = invitation(uow, toits, everybody[0], "a")
    for who in everybody:
        uow.invitations.note_use(made.id, who.id, NOW)

    connection.execute(people.delete())

    assert uow.invitations.get(made.id) == replace(made, made_by=None)
    assert uow.invitations.count(made.id) == 3
