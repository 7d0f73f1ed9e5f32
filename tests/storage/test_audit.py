from sqlalchemy import Connection, select

from programme.audit import AuditLine
from storage.tables.programme import audit, people
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NOW, person


def test_a_line_outlives_its_author_without_their_name(uow: SqlUnitOfWork, connection: Connection) -> None:
    lea = person(uow, "Léa")
    uow.audit.add(AuditLine(NOW, lea.id, "coalition.approved", "coalition:3", {"state": "active", "members": 4}))
    lines = select(audit.c.at, audit.c.by_person, audit.c.deed, audit.c.subject, audit.c.details)
    written = (NOW, lea.id, "coalition.approved", "coalition:3", {"state": "active", "members": 4})
    assert [tuple(line) for line in connection.execute(lines)] == [written]

    connection.execute(people.delete().where(people.c.id == lea.id))

    assert [tuple(line) for line in connection.execute(lines)] == [(NOW, None, *written[2:])]
