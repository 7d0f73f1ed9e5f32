from datetime import timedelta

from sqlalchemy import Connection

from storage.tables.programme import people
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NOW, person


def test_a_new_secret_closes_the_one_before(uow: SqlUnitOfWork) -> None:
    lea, sam = person(uow, "Léa"), person(uow, "Sam")
    uow.feeds.put(lea.id, "old-secret", NOW)
    uow.feeds.put(sam.id, "sams-secret", NOW)
    assert uow.feeds.person_of("old-secret") == lea.id

    uow.feeds.put(lea.id, "new-secret", NOW + timedelta(days=1))

    assert uow.feeds.secret_of(lea.id) == "new-secret"
    assert [uow.feeds.person_of(secret) for secret in ("new-secret", "old-secret")] == [lea.id, None]
    assert uow.feeds.person_of("sams-secret") == sam.id


def test_a_dropped_secret_opens_nothing(uow: SqlUnitOfWork) -> None:
    lea = person(uow, "Léa")
    uow.feeds.put(lea.id, "secret", NOW)

    uow.feeds.drop(lea.id)

    assert uow.feeds.secret_of(lea.id) is None
    assert uow.feeds.person_of("secret") is None


def test_a_feed_goes_with_its_person(uow: SqlUnitOfWork, connection: Connection) -> None:
    lea = person(uow, "Léa")
    uow.feeds.put(lea.id, "secret", NOW)

    connection.execute(people.delete().where(people.c.id == lea.id))

    assert uow.feeds.person_of("secret") is None
