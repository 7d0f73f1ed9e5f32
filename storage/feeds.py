"""Secret addresses under which people's calendars find their agenda."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, select, update

from programme.ids import PersonId
from storage.engine import insert_new
from storage.tables.programme import feeds

SECRET: Final = select(feeds.c.secret).where(feeds.c.person_id == bindparam("person"))
CHANGE: Final = update(feeds).where(feeds.c.person_id == bindparam("person"))
DROP: Final = delete(feeds).where(feeds.c.person_id == bindparam("person"))
PERSON: Final = select(feeds.c.person_id).where(feeds.c.secret == bindparam("given"))


class SqlFeeds:
    """The feeds in the database, one per person at most."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def secret_of(self, person_id: PersonId) -> str | None:
        """Give a person's secret, if they have one."""
        secret: str | None = self._connection.scalar(SECRET, {"person": person_id})
        return secret

    def put(self, person_id: PersonId, secret: str, now: datetime) -> None:
        """Keep a person's secret in place of the one before, which opens nothing any more."""
        values: dict[str, Any] = {"secret": secret, "made_at": now}
        if not insert_new(self._connection, feeds, [{"person_id": person_id, **values}]):
            self._connection.execute(CHANGE, {"person": person_id, **values})

    def drop(self, person_id: PersonId) -> None:
        """Forget a person's secret."""
        self._connection.execute(DROP, {"person": person_id})

    def person_of(self, secret: str) -> PersonId | None:
        """Give whose agenda a secret opens."""
        found: PersonId | None = self._connection.scalar(PERSON, {"given": secret})
        return found
