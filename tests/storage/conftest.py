"""A database file with all its tables, and one turn's unit of work on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, event

from storage import engine
from storage.tables import metadata
from storage.unit_of_work import SqlUnitOfWork
from storage.units import begin
from tests.storage.brest import STAFF_ID


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """Give a connection in a writing transaction, prepared as the bot's own are."""
    sync_engine = create_engine(f"sqlite:///{tmp_path}/story.db").execution_options(writes=True)
    event.listen(sync_engine, "connect", engine._prepare)
    event.listen(sync_engine, "begin", begin)
    with sync_engine.begin() as opened:
        metadata.create_all(opened)
        yield opened
    sync_engine.dispose()


@pytest.fixture
def uow(connection: Connection) -> SqlUnitOfWork:
    return SqlUnitOfWork(connection, frozenset({STAFF_ID}))
