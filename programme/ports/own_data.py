"""What belongs to one person alone: their calendar's secret, and all that is kept of them."""

from datetime import datetime
from typing import Any, Protocol

from programme.ids import PersonId
from programme.people import Person


class Feeds(Protocol):
    """Secret addresses under which people's calendars find their agenda."""

    def secret_of(self, person_id: PersonId) -> str | None:
        """Give a person's secret, if they have one."""

    def put(self, person_id: PersonId, secret: str, now: datetime) -> None:
        """Keep a person's secret in place of the one before, which opens nothing any more."""

    def drop(self, person_id: PersonId) -> None:
        """Forget a person's secret."""

    def person_of(self, secret: str) -> PersonId | None:
        """Give whose agenda a secret opens."""


class OwnData(Protocol):
    """All that is kept of one person, wherever it is kept."""

    def gather(self, person: Person) -> dict[str, Any]:
        """Give everything kept about a person, by table, as JSON values; no row of anybody else."""

    def erase(self, person: Person) -> None:
        """Forget a person everywhere; what others need stays without them: actions, past places, audit lines."""
