"""A Telegram to talk to: what tests and the demo start from."""

from typing import Any

from simulator.accounts import Account
from simulator.network import Network
from simulator.people import Person

FIRST_PERSON_ID = 501_000_001


class Telegram(Network):
    """One Telegram with its people."""

    def new_person(
        self,
        first_name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = "fr",
        id: int | None = None,  # noqa: A002 - as Telegram calls it
    ) -> Person:
        """Somebody with a new account."""
        number = id or self.number("person", FIRST_PERSON_ID)
        user: dict[str, Any] = {"id": number, "is_bot": False, "first_name": first_name}
        given = {"last_name": last_name, "username": username, "language_code": language_code}
        user |= {name: value for name, value in given.items() if value is not None}
        account = Account(user)
        self.accounts[number] = account
        return Person(self, account)
