"""A town in a database file, for each story a new one."""

import pytest
from sqlalchemy import Connection

from tests.programme.usecases.town import Town, found
from tests.storage.conftest import connection

__all__ = ["connection", "town"]


@pytest.fixture
def town(connection: Connection) -> Town:
    return found(connection)
