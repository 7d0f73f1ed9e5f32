"""How well the running bot does, and what counts as something wrong."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

LATE: Final = timedelta(minutes=5)
"""How late a reminder, a message or an answer may be before it is late."""
BACKUP_EVERY: Final = timedelta(hours=26)
"""The longest without a backup: one a night, and two hours."""
FAILURES_MOST: Final = 5
"""How many turns may fail within an hour."""
WRONG_FOR: Final = timedelta(minutes=10)
"""How long something stays wrong before staff are told."""


class Trouble(StrEnum):
    """What can be wrong."""

    REMINDERS = "reminders"
    OUTBOX = "outbox"
    INBOX = "inbox"
    FAILURES = "failures"
    BACKUP = "backup"


@dataclass(frozen=True, slots=True)
class Health:
    """How things stand: since when what is due waits, how much failed within a day, and when there were backups.

    `backups_wanted_at` is None where backups are not the bot's to make.
    """

    reminders_since: datetime | None = None
    outbox_waiting: int = 0
    outbox_since: datetime | None = None
    inbox_waiting: int = 0
    inbox_since: datetime | None = None
    failed: int = 0
    failed_this_hour: int = 0
    given_up: int = 0
    backups_wanted_at: datetime | None = None
    backup_at: datetime | None = None
    backup_failed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OpenTrouble:
    """Something that is wrong since a moment; `told_at` once staff know."""

    trouble: Trouble
    since: datetime
    told_at: datetime | None = None


def troubles_of(health: Health, now: datetime) -> frozenset[Trouble]:
    """Give what is wrong."""
    last_backup = health.backup_at or health.backups_wanted_at
    wrong = {
        Trouble.REMINDERS: _late(health.reminders_since, now),
        Trouble.OUTBOX: _late(health.outbox_since, now),
        Trouble.INBOX: _late(health.inbox_since, now),
        Trouble.FAILURES: health.failed_this_hour >= FAILURES_MOST,
        Trouble.BACKUP: last_backup is not None
        and (now - last_backup > BACKUP_EVERY or (health.backup_failed_at or last_backup) > last_backup),
    }
    return frozenset(trouble for trouble, is_wrong in wrong.items() if is_wrong)


def _late(since: datetime | None, now: datetime) -> bool:
    return since is not None and now - since > LATE
