"""A town in a database file, for each story a new one."""

from tests.programme.usecases.conftest import town
from tests.storage.conftest import connection

__all__ = ["connection", "town"]
