from types import ModuleType

import pytest
from sqlalchemy import Connection, Executable, make_url
from sqlalchemy.sql import ClauseElement

from programme.ports import UnitOfWork
from storage import (
    actions,
    afterwards,
    audit,
    coalitions,
    commitment_cards,
    date_polls,
    drafts,
    erasures,
    feeds,
    forums,
    group_cards,
    groups,
    inbox,
    invitations,
    meetings,
    memberships,
    milestones,
    notices,
    organisations,
    outbox_statements,
    own_data_statements,
    path,
    people,
    registrations,
    remembered,
    reminders,
    series,
    support,
    votes,
)
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import STAFF_ID, person

POSTGRESQL = make_url("postgresql+psycopg://").get_dialect()()
REPOSITORIES = (
    actions,
    afterwards,
    audit,
    coalitions,
    commitment_cards,
    date_polls,
    drafts,
    erasures,
    feeds,
    forums,
    group_cards,
    groups,
    inbox,
    invitations,
    meetings,
    memberships,
    milestones,
    notices,
    organisations,
    outbox_statements,
    own_data_statements,
    path,
    people,
    registrations,
    remembered,
    reminders,
    series,
    support,
    votes,
)


def statements(module: ModuleType) -> list[ClauseElement]:
    return [
        value for value in vars(module).values() if isinstance(value, Executable) and isinstance(value, ClauseElement)
    ]


def test_the_unit_of_work_is_what_the_programme_asks_for(connection: Connection) -> None:
    uow: UnitOfWork = SqlUnitOfWork(connection, frozenset({STAFF_ID}))

    nolwenn = person(uow, "Nolwenn", telegram_id=STAFF_ID)

    assert uow.people.is_staff(nolwenn.id)


@pytest.mark.parametrize("module", REPOSITORIES, ids=lambda module: module.__name__)
def test_every_statement_is_understood_by_postgresql(module: ModuleType) -> None:
    texts = [str(statement.compile(dialect=POSTGRESQL)) for statement in statements(module)]

    assert all(texts)


def test_what_is_kept_and_erased_of_a_person_is_understood_by_postgresql() -> None:
    every = (*own_data_statements.OWN.values(), own_data_statements.MESSAGES, *own_data_statements.ERASE)

    assert all(str(statement.compile(dialect=POSTGRESQL)) for statement in every)


def test_a_search_is_understood_by_postgresql() -> None:
    text = str(organisations._search(["imt", "100_%"]).compile(dialect=POSTGRESQL))

    assert text.count("LIKE") == 5
