import asyncio
import re
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from programme.ids import TelegramId
from programme.leads import EventKind, Lead
from programme.reminders import Planned, Reminder
from programme.territory import OrganisationKind
from storage.engine import Database
from storage.migrate import DatabaseNotOurs, DatabaseTooNew, MigrationReport, migrate, steps_over
from storage.revisions import STEPS, newest_revision
from storage.tables import metadata
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import coalition, joins, person

NOW = datetime(2026, 11, 24, 17, 30, 5, tzinfo=UTC)
NEXT_STEP = """
import sqlalchemy as sa
from alembic import op

revision = "next"
down_revision = "{newest}"


def upgrade():
    with op.batch_alter_table("people", recreate="always") as people:
        people.add_column(sa.Column("pronoun", sa.Text()))
"""

FIRST_ROWS = """
INSERT INTO people VALUES
    (4, 7000000001, 'Léa', NULL, '2026-11-24 09:00:00', 'fr', '["d-7", "d-1"]', '21:00', '08:00', NULL, 1, 0),
    (6, 7000000002, 'Partie', NULL, '2026-11-24 09:00:00', 'en', '[]', '21:00', '08:00', NULL, 1, 0);
DELETE FROM people WHERE id = 6;
INSERT INTO coalitions VALUES (1, 'toits', 'Toits', 'toits', '', 'theme', '[]', 1, 'active', '', '', 4);
INSERT INTO memberships VALUES (1, 4, 1, 'accepted', 1, '2026-11-24 09:00:00');
INSERT INTO reminders VALUES
    (1, 'meeting', 1, 0, 'd-7', '2026-11-24 09:00:00', '2026-11-30 09:00:00', '2026-11-23 08:00:00', 'done', 0, NULL),
    (2, 'milestone', 3, 2, 'd+10', '2026-10-24 09:00:00', '2026-10-26 09:00:00', '2026-10-24 10:00:00', 'done', 4, NULL)
"""
"""What a database of the first step may hold."""


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database(f"sqlite+aiosqlite:///{tmp_path}/jalon.db")
    yield opened
    await opened.close()


@pytest.fixture
def next_version(tmp_path: Path) -> Path:
    """Give the steps of a later version, whose own one makes a table anew."""
    steps = tmp_path / "next" / "migrations"
    shutil.copytree(STEPS, steps)
    (steps / "versions" / "next.py").write_text(NEXT_STEP.format(newest=newest_revision()))
    return steps


def shape(connection: Connection) -> dict[str, str]:
    """Give what SQLite knows of each table and index, whatever the spaces and quotes it was written with."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    not_ours = {"alembic_version", "sqlite_sequence"}
    return {name: " ".join(sql.replace('"', "").split()) for name, sql in rows if name not in not_ours}


def words_by_table(connection: Connection) -> dict[str, list[str]]:
    """Give the words of each definition in the order of the alphabet, since that of constraints does not matter."""
    return {name: sorted(re.findall(r"[^\s(),]+", sql)) for name, sql in shape(connection).items()}


def reminders_kept(connection: Connection) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.exec_driver_sql("SELECT * FROM reminders ORDER BY id")]


def someone_joins(connection: Connection) -> None:
    uow = SqlUnitOfWork(connection, frozenset())
    joins(uow, person(uow, "Léa"), coalition(uow, "Toits"))


def copies_in(folder: Path) -> list[Path]:
    return list(folder.glob("*.bak"))


async def test_a_new_database_gets_every_table_without_a_backup(database: Database, tmp_path: Path) -> None:
    report = await migrate(database, NOW)

    assert report == MigrationReport(None, newest_revision(), None)
    assert copies_in(tmp_path) == []
    kept = await database.write(
        lambda c: SqlUnitOfWork(c, frozenset()).organisations.add("Énergence", OrganisationKind.ASSOCIATION)
    )
    assert kept.name == "Énergence"


async def test_a_database_of_today_is_left_alone(database: Database, tmp_path: Path) -> None:
    await migrate(database, NOW)

    assert await migrate(database, NOW) == MigrationReport(newest_revision(), newest_revision(), None)
    assert copies_in(tmp_path) == []


async def test_the_steps_make_the_tables_as_they_are_declared(database: Database, tmp_path: Path) -> None:
    declared = Database(f"sqlite+aiosqlite:///{tmp_path}/declared.db")
    await declared.write(metadata.create_all)
    await migrate(database, NOW)

    differences = await database.read(lambda c: compare_metadata(MigrationContext.configure(c), metadata))
    assert differences == []
    assert await database.read(words_by_table) == await declared.read(words_by_table)
    await declared.close()


async def test_the_way_back_and_forth_again(database: Database) -> None:
    await migrate(database, NOW)
    before = await database.read(words_by_table)

    await database.change_tables(lambda c: command.downgrade(steps_over(c), "base"))
    assert await database.read(shape) == {}

    await migrate(database, NOW)
    assert await database.read(words_by_table) == before


async def test_an_older_database_is_copied_before_it_changes(
    database: Database, tmp_path: Path, next_version: Path
) -> None:
    await migrate(database, NOW)
    await database.write(someone_joins)

    report = await migrate(database, NOW, steps=next_version)

    copy = tmp_path / f"jalon.db.{newest_revision()}.20261124-173005.bak"
    assert report == MigrationReport(newest_revision(), "next", copy)
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("SELECT * FROM alembic_version").fetchall() == [(newest_revision(),)]
        assert kept.execute("SELECT name FROM people").fetchall() == [("Léa",)]


async def test_a_table_made_anew_by_a_step_keeps_what_points_to_it(database: Database, next_version: Path) -> None:
    await migrate(database, NOW)
    await database.write(someone_joins)

    await migrate(database, NOW, steps=next_version)

    members = await database.read(
        lambda c: c.exec_driver_sql("SELECT name, pronoun FROM memberships JOIN people ON person_id = people.id").all()
    )
    assert members == [("Léa", None)]


async def test_a_step_that_fails_leaves_the_database_as_it_was(database: Database, next_version: Path) -> None:
    await migrate(database, NOW)
    before = await database.read(shape)
    with (next_version / "versions" / "next.py").open("a") as step:
        step.write("    raise ZeroDivisionError\n")

    with pytest.raises(ZeroDivisionError):
        await migrate(database, NOW, steps=next_version)

    assert await database.read(shape) == before
    assert (await migrate(database, NOW)).from_revision == newest_revision()


async def test_the_second_step_keeps_every_row_of_the_first(database: Database) -> None:
    await database.change_tables(lambda c: command.upgrade(steps_over(c), "0001"))
    await database.write(lambda c: [c.exec_driver_sql(line) for line in FIRST_ROWS.split(";")])
    before = await database.read(reminders_kept)

    await migrate(database, NOW)

    assert await database.read(reminders_kept) == before
    lea = await database.read(lambda c: SqlUnitOfWork(c, frozenset()).people.by_telegram(TelegramId(7_000_000_001)))
    assert lea is not None
    assert (lea.id, lea.name, lea.preferences.digest) == (4, "Léa", False)
    assert await database.read(lambda c: c.exec_driver_sql("SELECT person_id, facilitator FROM memberships").all()) == [
        (4, 1)
    ]

    def forum_reminder(connection: Connection) -> Reminder | None:
        uow = SqlUnitOfWork(connection, frozenset())
        uow.reminders.plan(EventKind.FORUM, 1, 0, [Planned(Lead.AFTERWARDS, NOW, NOW)])
        return uow.reminders.get(EventKind.FORUM, 1, 0, Lead.AFTERWARDS)

    afterwards = await database.write(forum_reminder)
    assert afterwards is not None
    assert afterwards.id == 3
    sam = await database.write(lambda c: person(SqlUnitOfWork(c, frozenset()), "Sam"))
    assert sam.id == 7  # who had 6 is gone, and nobody gets it again
    with pytest.raises(IntegrityError):
        await database.write(lambda c: c.exec_driver_sql("UPDATE reminders SET lead = 'h-3'"))
    with pytest.raises(IntegrityError):
        await database.write(lambda c: c.exec_driver_sql("UPDATE reminders SET event = 'party'"))
    await database.change_tables(lambda c: command.downgrade(steps_over(c), "0001"))
    assert await database.read(reminders_kept) == before


async def test_copies_go_where_they_are_wanted(database: Database, tmp_path: Path, next_version: Path) -> None:
    await migrate(database, NOW)
    copies = tmp_path / "copies"
    copies.mkdir()

    report = await migrate(database, NOW, copies, steps=next_version)

    assert report.backup == copies / f"jalon.db.{newest_revision()}.20261124-173005.bak"
    assert list(copies.iterdir()) == [report.backup]


async def test_a_database_of_a_newer_version_is_refused_untouched(database: Database, tmp_path: Path) -> None:
    await migrate(database, NOW)
    await database.write(lambda c: c.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(DatabaseTooNew) as refusal:
        await migrate(database, NOW)

    assert str(refusal.value) == (
        "The database has revision 9999, which this version of Jalon does not know: "
        "run the newer version that made it, or restore an older backup."
    )
    assert copies_in(tmp_path) == []


async def test_tables_of_somebody_else_are_refused(database: Database) -> None:
    await database.write(lambda c: c.exec_driver_sql("CREATE TABLE people (id INTEGER)"))

    with pytest.raises(DatabaseNotOurs, match=r"did not make \(people\)"):
        await migrate(database, NOW)


async def test_two_processes_starting_at_once_migrate_once(database: Database) -> None:
    other = Database(database.url.render_as_string(hide_password=False))

    await asyncio.gather(migrate(database, NOW), migrate(other, NOW))
    await other.close()

    again = await migrate(database, NOW)
    assert again == MigrationReport(newest_revision(), newest_revision(), None)


async def test_the_steps_are_found_from_any_folder(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "100 % elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)

    assert (await migrate(database, NOW)).to_revision == newest_revision()
