from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy import Connection, select, update

from programme.errors import NotFound
from programme.ids import PersonId, TelegramId
from programme.leads import Lead
from programme.people import Person, Preferences
from programme.quiet_hours import QuietHours
from programme.territory import OrganisationKind
from storage.tables.programme import people
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NOW, STAFF_ID, person


def test_a_person_is_found_again_by_id_and_by_telegram(uow: SqlUnitOfWork) -> None:
    lea = person(uow, "Léa", telegram_id=TelegramId(7_123_456_789))

    assert lea == Person(PersonId(1), TelegramId(7_123_456_789), "Léa", None, NOW)
    assert uow.people.get(lea.id) == lea
    assert uow.people.by_telegram(lea.telegram_id) == lea


def test_a_stranger_is_not_found(uow: SqlUnitOfWork) -> None:
    assert uow.people.by_telegram(TelegramId(1)) is None
    with pytest.raises(NotFound):
        uow.people.get(PersonId(1))


def test_who_is_there_already_is_not_added_twice(uow: SqlUnitOfWork) -> None:
    lea = person(uow, "Léa", telegram_id=TelegramId(7))

    assert person(uow, "Léa bis", telegram_id=TelegramId(7)) == lea


def test_settings_are_kept_as_chosen(uow: SqlUnitOfWork) -> None:
    imt = uow.organisations.add("IMT Atlantique", OrganisationKind.INSTITUTION)
    chosen = replace(
        person(uow, "Léa"),
        name="Léa Le Goff",
        organisation_id=imt.id,
        reachable=False,
        preferences=Preferences(
            language="en",
            leads=frozenset({Lead.DAY, Lead.HOURS}),
            quiet_hours=QuietHours(starts=time(22, 30), ends=time(6, 45)),
            paused_until=date(2026, 12, 24),
            digest=True,
        ),
    )

    uow.people.save(chosen)

    assert uow.people.get(chosen.id) == chosen


def test_the_lead_times_are_kept_in_one_order(uow: SqlUnitOfWork, connection: Connection) -> None:
    person(uow, "Léa", preferences=Preferences(leads=frozenset({Lead.WEEK, Lead.DAY, Lead.SAME_DAY})))

    assert connection.scalar(select(people.c.leads)) == ["d-0", "d-1", "d-7"]


def test_staff_are_those_the_settings_name_and_those_appointed(uow: SqlUnitOfWork, connection: Connection) -> None:
    named = person(uow, "Nolwenn", telegram_id=STAFF_ID)
    appointed = person(uow, "Yann")
    member = person(uow, "Léa")
    connection.execute(update(people).where(people.c.id == appointed.id).values(appointed_staff=True))

    assert uow.people.staff() == [named, appointed]
    assert [uow.people.is_staff(who.id) for who in (named, appointed, member)] == [True, True, False]
    assert not uow.people.is_staff(PersonId(99))


def test_without_named_staff_nobody_is_staff(uow: SqlUnitOfWork, connection: Connection) -> None:
    lea = person(uow, "Léa")
    nobody_named = SqlUnitOfWork(connection, frozenset())

    assert nobody_named.people.staff() == []
    assert not nobody_named.people.is_staff(lea.id)


def test_the_id_of_an_erased_person_is_never_given_again(uow: SqlUnitOfWork, connection: Connection) -> None:
    lea = person(uow, "Léa")
    connection.execute(people.delete().where(people.c.id == lea.id))

    assert person(uow, "Sam").id == lea.id + 1


def test_a_digest_is_settled_once_a_week(uow: SqlUnitOfWork) -> None:
    wanted = Preferences(digest=True)
    lea, sam, blocked = (person(uow, name, preferences=wanted) for name in ("Léa", "Sam", "Bloquée"))
    person(uow, "Sans résumé")
    uow.people.save(replace(blocked, reachable=False))
    monday, next_monday = date(2026, 11, 23), date(2026, 11, 30)
    assert uow.people.without_digest(monday, 10) == [lea, sam]
    assert uow.people.without_digest(monday, 1) == [lea]

    uow.people.settle_digest([lea.id], monday)
    uow.people.settle_digest([], monday)

    assert uow.people.without_digest(monday, 10) == [sam]
    assert uow.people.without_digest(next_monday, 10) == [lea, sam]
    assert uow.people.get(lea.id) == lea


def test_names_are_given_in_the_order_asked_each_once_and_without_those_who_are_gone(uow: SqlUnitOfWork) -> None:
    lea, sam = person(uow, "Léa"), person(uow, "Sam")
    crowd = [person(uow, f"M{number}") for number in range(501)]

    assert list(uow.people.names([sam.id, PersonId(9999), lea.id, sam.id]).items()) == [
        (sam.id, "Sam"),
        (lea.id, "Léa"),
    ]
    assert list(uow.people.names(one.id for one in crowd).values()) == [one.name for one in crowd]
    assert uow.people.names([]) == {}
