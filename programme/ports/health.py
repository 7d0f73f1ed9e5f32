"""How well the running bot does."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from programme.health import Health, OpenTrouble, Trouble


class HealthRecords(Protocol):
    """What tells how well the bot does, and what was found wrong."""

    def look(self, now: datetime) -> Health:
        """Give how things stand."""

    def open_troubles(self) -> Sequence[OpenTrouble]:
        """Give what is known to be wrong."""

    def keep(self, trouble: OpenTrouble) -> None:
        """Keep something wrong, in place of what was known of it."""

    def close(self, trouble: Trouble) -> None:
        """Forget something that is well again."""
