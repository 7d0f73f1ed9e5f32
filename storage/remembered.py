"""Small facts about the running bot that outlive it, each under a name."""

from typing import Final

from sqlalchemy import Connection, bindparam, delete, select, update

from storage.engine import insert_new
from storage.tables.delivery import remembered

_STARTING: Final = select(remembered.c.name, remembered.c.value).where(
    remembered.c.name.startswith(bindparam("start"), autoescape=False)
)
_CHANGE: Final = update(remembered).where(remembered.c.name == bindparam("named")).values(value=bindparam("new_value"))
_FORGET: Final = delete(remembered).where(remembered.c.name == bindparam("named"))


class Remembered:
    """Named values, such as the fingerprint of the commands that Telegram was told."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def starting_with(self, start: str) -> dict[str, str]:
        """Give the values whose names start so."""
        return {row.name: row.value for row in self._connection.execute(_STARTING, {"start": start})}

    def put(self, name: str, value: str) -> None:
        """Keep a value under its name."""
        if not insert_new(self._connection, remembered, [{"name": name, "value": value}]):
            self._connection.execute(_CHANGE, {"named": name, "new_value": value})

    def forget(self, name: str) -> None:
        """Forget a value."""
        self._connection.execute(_FORGET, {"named": name})
