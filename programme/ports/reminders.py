"""What is to be reminded, and what is to be told."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from programme.ids import PersonId, ReminderId
from programme.leads import EventKind
from programme.notices import Notice
from programme.reminders import Planned, Reminder


class Reminders(Protocol):
    """Reminders of events, kept until everybody they concern has theirs."""

    def plan(self, event: EventKind, event_id: int, version: int, planned: Sequence[Planned]) -> None:
        """Keep an event's reminders; those of earlier versions are cancelled, those already there stay."""

    def cancel(self, event: EventKind, event_id: int) -> None:
        """Cancel every planned reminder of an event."""

    def next_due(self, now: datetime) -> Reminder | None:
        """Give the planned reminder to look at first, if its time has come."""

    def next_at(self) -> datetime | None:
        """Tell when the next planned reminder is to be looked at."""

    def save(self, reminder: Reminder) -> None:
        """Keep where a reminder stands."""

    def look_again(self, now: datetime) -> None:
        """Have every reminder whose window is open looked at again, since somebody's situation changed."""

    def get(self, event: EventKind, event_id: int, version: int, lead: str) -> Reminder | None:
        """Give one reminder of an event."""

    def by_id(self, reminder_id: ReminderId) -> Reminder:
        """Give a reminder; raises NotFound."""


class Notices(Protocol):
    """What is to be told to people, each in their private chat, once per key."""

    def tell(self, people: Iterable[PersonId], notice: Notice, key: str, now: datetime, anchor: str = "") -> int:
        """Tell each of these people once: « key:person » is kept for ever. Gives how many were new.

        Under an `anchor` the message is found again, so that a reply to it says what it answers.
        """

    def skip(self, people: Iterable[PersonId], notice: Notice, key: str, now: datetime, reason: str) -> int:
        """Record that these people are not told, and why. Gives how many were new."""
