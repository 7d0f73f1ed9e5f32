import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import URL, Connection, make_url
from sqlalchemy.exc import IntegrityError

from programme.memberships import MembershipState
from programme.territory import OrganisationKind
from storage.engine import Database, ForeignKeysBroken, insert_new, sqlite_file
from storage.tables import metadata
from storage.tables.programme import memberships, organisations, people
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NOW, coalition, joins, person


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database(f"sqlite+aiosqlite:///{tmp_path}/jalon.db")
    await opened.write(metadata.create_all)
    yield opened
    await opened.close()


def story(connection: Connection) -> SqlUnitOfWork:
    return SqlUnitOfWork(connection, frozenset())


def count(connection: Connection, table: str) -> int:
    return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())  # noqa: S608 (a test's own word)


def test_a_database_in_memory_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a name"):
        Database("sqlite+aiosqlite:///:memory:")


async def test_two_processes_write_at_once_and_neither_is_turned_away(database: Database) -> None:
    other = Database(database.url.render_as_string(hide_password=False))

    def reads_then_writes(connection: Connection, number: int) -> None:
        uow = story(connection)
        assert uow.organisations.by_name(f"Structure {number}") is None
        uow.organisations.add(f"Structure {number}", OrganisationKind.ASSOCIATION)

    async with asyncio.TaskGroup() as everybody:
        for number in range(60):
            process = (database, other)[number % 2]
            everybody.create_task(process.write(partial(reads_then_writes, number=number)))
    await other.close()

    assert await database.read(lambda c: count(c, "organisations")) == 60


async def test_two_people_naming_one_organisation_at_once_share_it(database: Database) -> None:
    other = Database(database.url.render_as_string(hide_password=False))

    first, second = await asyncio.gather(
        *(
            process.write(lambda c: story(c).organisations.add("Énergence", OrganisationKind.ASSOCIATION))
            for process in (database, other)
        )
    )
    await other.close()

    assert first == second


async def test_two_taps_that_join_make_one_membership(database: Database) -> None:
    other = Database(database.url.render_as_string(hide_password=False))
    lea, toits = await database.write(lambda c: (person(story(c), "Léa"), coalition(story(c), "Toits")))

    first, second = await asyncio.gather(
        *(
            process.write(lambda c: story(c).memberships.put(lea.id, toits.id, MembershipState.ASKED, NOW))
            for process in (database, other)
        )
    )
    await other.close()

    assert first == second
    assert await database.read(lambda c: count(c, "memberships")) == 1


async def test_what_raises_leaves_nothing(database: Database) -> None:
    def fails(connection: Connection) -> None:
        person(story(connection), "Léa")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database.write(fails)

    assert await database.read(lambda c: count(c, "people")) == 0


async def test_the_text_of_a_failure_holds_no_value(database: Database) -> None:
    def fails(connection: Connection) -> None:
        row = {"name": "Secret & Fils", "name_key": "secret fils", "kind": "compagny"}
        connection.execute(organisations.insert(), [row])

    with pytest.raises(IntegrityError) as failure:
        await database.write(fails)

    assert "ecret" not in str(failure.value)
    assert "compagny" not in repr(failure.value)


async def test_insert_new_counts_only_the_new_ones(database: Database) -> None:
    def rows(*names: str) -> list[dict[str, str]]:
        return [{"name": name, "name_key": name, "kind": "company"} for name in names]

    assert await database.write(lambda c: insert_new(c, organisations, rows("a", "b"))) == 2
    assert await database.write(lambda c: insert_new(c, organisations, rows("b", "c", "d"))) == 2
    assert await database.write(lambda c: insert_new(c, organisations, rows("d"))) == 0
    assert await database.write(lambda c: insert_new(c, organisations, [])) == 0


async def test_insert_new_still_refuses_what_breaks_a_rule(database: Database) -> None:
    orphan = {"person_id": 1, "coalition_id": 1, "state": "asked", "facilitator": False, "since": NOW}

    with pytest.raises(IntegrityError):
        await database.write(lambda c: insert_new(c, memberships, [orphan]))


async def test_a_table_made_anew_keeps_what_points_to_it(database: Database) -> None:
    def members(connection: Connection) -> None:
        uow = story(connection)
        joins(uow, person(uow, "Léa"), coalition(uow, "Toits"))

    def make_people_anew(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE aside AS SELECT * FROM people")
        people.drop(connection)
        people.create(connection)
        connection.exec_driver_sql("INSERT INTO people SELECT * FROM aside")
        connection.exec_driver_sql("DROP TABLE aside")

    await database.write(members)
    await database.change_tables(make_people_anew)

    assert await database.read(lambda c: count(c, "memberships")) == 1
    assert await database.read(lambda c: c.exec_driver_sql("PRAGMA foreign_keys").scalar()) == 1


async def test_a_change_that_leaves_orphans_is_undone(database: Database) -> None:
    def members(connection: Connection) -> None:
        uow = story(connection)
        joins(uow, person(uow, "Léa"), coalition(uow, "Toits"))

    await database.write(members)
    with pytest.raises(ForeignKeysBroken, match=r"^memberships$"):
        await database.change_tables(lambda c: c.execute(people.delete()))

    assert await database.read(lambda c: count(c, "people")) == 1
    with pytest.raises(IntegrityError):
        await database.write(lambda c: c.exec_driver_sql("UPDATE memberships SET person_id = 99"))


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite+aiosqlite:///data/jalon.db", Path("data/jalon.db")),
        ("sqlite+aiosqlite:////var/lib/jalon.db", Path("/var/lib/jalon.db")),
        ("sqlite+aiosqlite://", None),
        ("sqlite+aiosqlite:///:memory:", None),
        ("postgresql+psycopg://jalon@localhost/jalon", None),
    ],
)
def test_the_file_of_a_database(url: str, file: Path | None) -> None:
    parsed: URL = make_url(url)

    assert sqlite_file(parsed) == file
