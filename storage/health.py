"""How well the running bot does, from what waits and what failed in its tables."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, bindparam, delete, func, literal, or_, select, update

from programme.health import Health, OpenTrouble, Trouble
from programme.reminders import ReminderState
from storage.engine import insert_new
from storage.outbox_statements import state_is
from storage.remembered import Remembered
from storage.tables.delivery import inbox, outbox
from storage.tables.operations import troubles
from storage.tables.programme import reminders

BACKUP: Final = "backup "
BACKUPS_WANTED, BACKUP_DONE, BACKUP_FAILED = f"{BACKUP}wanted", f"{BACKUP}done", f"{BACKUP}failed"
A_DAY: Final = timedelta(days=1)
AN_HOUR: Final = timedelta(hours=1)
ANNOUNCEMENTS: Final = 2

_WANTED_SINCE: Final = func.coalesce(outbox.c.first_tried_at, outbox.c.due_at)
OLDEST_REMINDER: Final = select(func.min(reminders.c.next_at)).where(
    reminders.c.state == literal(ReminderState.PLANNED.value, literal_execute=True),
    reminders.c.next_at <= bindparam("now"),
)
# Announcements take their time: thousands of them are paced on purpose.
OUTBOX: Final = select(func.count(), func.min(_WANTED_SINCE)).where(
    or_(state_is("waiting"), state_is("sending")),
    outbox.c.lane < ANNOUNCEMENTS,
    bindparam("now", type_=outbox.c.due_at.type) >= _WANTED_SINCE,
)
INBOX: Final = select(func.count(), func.min(inbox.c.received_at)).where(
    inbox.c.state == literal("waiting", literal_execute=True)
)
FAILED: Final = (
    select(func.count()).select_from(inbox).where(inbox.c.state == "failed", inbox.c.done_at > bindparam("since"))
)
GIVEN_UP: Final = (
    select(func.count()).select_from(outbox).where(outbox.c.state == "dead", outbox.c.finished_at > bindparam("since"))
)
OPEN: Final = select(troubles).order_by(troubles.c.trouble)
CHANGE: Final = update(troubles).where(troubles.c.trouble == bindparam("which"))
CLOSE: Final = delete(troubles).where(troubles.c.trouble == bindparam("which"))


class SqlHealth:
    """What tells how well the bot does, in the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def look(self, now: datetime) -> Health:
        """Give how things stand."""
        at = {"now": now}
        outbox_waiting, outbox_since = self._connection.execute(OUTBOX, at).one()
        inbox_waiting, inbox_since = self._connection.execute(INBOX).one()
        backups = Remembered(self._connection).starting_with(BACKUP)
        return Health(
            reminders_since=self._connection.scalar(OLDEST_REMINDER, at),
            outbox_waiting=outbox_waiting,
            outbox_since=outbox_since,
            inbox_waiting=inbox_waiting,
            inbox_since=inbox_since,
            failed=self._count(FAILED, now - A_DAY),
            failed_this_hour=self._count(FAILED, now - AN_HOUR),
            given_up=self._count(GIVEN_UP, now - A_DAY),
            backups_wanted_at=_moment(backups.get(BACKUPS_WANTED)),
            backup_at=_moment(backups.get(BACKUP_DONE)),
            backup_failed_at=_moment(backups.get(BACKUP_FAILED)),
        )

    def open_troubles(self) -> Sequence[OpenTrouble]:
        """Give what is known to be wrong."""
        rows = self._connection.execute(OPEN)
        return [OpenTrouble(Trouble(row.trouble), row.since, row.told_at) for row in rows]

    def keep(self, trouble: OpenTrouble) -> None:
        """Keep something wrong, in place of what was known of it."""
        values = {"since": trouble.since, "told_at": trouble.told_at}
        if not insert_new(self._connection, troubles, [{"trouble": trouble.trouble, **values}]):
            self._connection.execute(CHANGE, {"which": trouble.trouble, **values})

    def close(self, trouble: Trouble) -> None:
        """Forget something that is well again."""
        self._connection.execute(CLOSE, {"which": trouble})

    def _count(self, statement: object, since: datetime) -> int:
        return int(self._connection.scalar(statement, {"since": since}) or 0)  # type: ignore[call-overload]  # a select of one count


def _moment(written: str | None) -> datetime | None:
    return None if written is None else datetime.fromisoformat(written)
