"""Reminders of events, kept until everybody they concern has theirs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, RowMapping, bindparam, func, or_, select, update

from programme.errors import NotFound
from programme.ids import ReminderId
from programme.leads import EventKind, Lead
from programme.reminders import EARLIEST, Planned, Reminder, ReminderState
from storage.engine import insert_new
from storage.tables.programme import reminders

BY_ID: Final = select(reminders).where(reminders.c.id == bindparam("reminder"))
BY_LEAD: Final = select(reminders).where(
    reminders.c.event == bindparam("kind"),
    reminders.c.event_id == bindparam("of"),
    reminders.c.version == bindparam("at_version"),
    reminders.c.lead == bindparam("at_lead"),
)
# Of two machines on PostgreSQL each takes another reminder; SQLite has one writer at a time and leaves the lock out.
NEXT_DUE: Final = (
    select(reminders)
    .where(reminders.c.state == ReminderState.PLANNED, reminders.c.next_at <= bindparam("now"))
    .order_by(reminders.c.next_at, reminders.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
NEXT_AT: Final = select(func.min(reminders.c.next_at)).where(reminders.c.state == ReminderState.PLANNED)
SAVE: Final = update(reminders).where(reminders.c.id == bindparam("reminder"))
CANCEL: Final = (
    update(reminders)
    .where(
        reminders.c.event == bindparam("kind"),
        reminders.c.event_id == bindparam("of"),
        reminders.c.state == ReminderState.PLANNED,
    )
    .values(state=ReminderState.CANCELLED)
)
CANCEL_OTHER_VERSIONS: Final = CANCEL.where(reminders.c.version != bindparam("kept_version"))
# A pass under way starts again too: it may have gone past the person whose situation changed.
LOOK_AGAIN: Final = (
    update(reminders)
    .where(
        reminders.c.state == ReminderState.PLANNED,
        reminders.c.due_at <= bindparam("open_until"),
        or_(reminders.c.next_at > bindparam("now"), reminders.c.after_person > 0),
    )
    .values(next_at=bindparam("now"), after_person=0, later_at=None)
)


class SqlReminders:
    """The reminders in the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def plan(self, event: EventKind, event_id: int, version: int, planned: Sequence[Planned]) -> None:
        """Keep an event's reminders; those of its other versions are cancelled, those already there are left alone.

        Each is first looked at as early as anybody's quiet hours may bring it forward.
        """
        of_event = {"kind": event, "of": event_id, "kept_version": version}
        self._connection.execute(CANCEL_OTHER_VERSIONS, of_event)
        rows = [
            {
                "event": event,
                "event_id": event_id,
                "version": version,
                "lead": each.lead,
                "due_at": each.due_at,
                "useful_until": each.useful_until,
                "next_at": each.due_at - EARLIEST,
                "state": ReminderState.PLANNED,
                "after_person": 0,
            }
            for each in planned
        ]
        insert_new(self._connection, reminders, rows)

    def cancel(self, event: EventKind, event_id: int) -> None:
        """Cancel every planned reminder of an event."""
        self._connection.execute(CANCEL, {"kind": event, "of": event_id})

    def next_due(self, now: datetime) -> Reminder | None:
        """Give the planned reminder to look at first, if its time has come."""
        row = self._connection.execute(NEXT_DUE, {"now": now}).mappings().one_or_none()
        return None if row is None else _reminder(row)

    def next_at(self) -> datetime | None:
        """Tell when the next planned reminder is to be looked at."""
        earliest: datetime | None = self._connection.scalar(NEXT_AT)
        return earliest

    def save(self, reminder: Reminder) -> None:
        """Keep where a reminder stands: its state, its pass over the people, and when to look at it again."""
        values = {
            "reminder": reminder.id,
            "next_at": reminder.next_at,
            "state": reminder.state,
            "after_person": reminder.after_person,
            "later_at": reminder.later_at,
        }
        self._connection.execute(SAVE, values)

    def look_again(self, now: datetime) -> None:
        """Have every reminder whose window is open looked at again from the first person on."""
        self._connection.execute(LOOK_AGAIN, {"now": now, "open_until": now + EARLIEST})

    def get(self, event: EventKind, event_id: int, version: int, lead: str) -> Reminder | None:
        """Give one reminder of an event."""
        wanted = {"kind": event, "of": event_id, "at_version": version, "at_lead": lead}
        row = self._connection.execute(BY_LEAD, wanted).mappings().one_or_none()
        return None if row is None else _reminder(row)

    def by_id(self, reminder_id: ReminderId) -> Reminder:
        """Give a reminder; raises NotFound."""
        row = self._connection.execute(BY_ID, {"reminder": reminder_id}).mappings().one_or_none()
        if row is None:
            raise NotFound
        return _reminder(row)


def _reminder(row: RowMapping) -> Reminder:
    return Reminder(
        id=row[reminders.c.id],
        event=EventKind(row[reminders.c.event]),
        event_id=row[reminders.c.event_id],
        version=row[reminders.c.version],
        lead=Lead(row[reminders.c.lead]),
        due_at=row[reminders.c.due_at],
        useful_until=row[reminders.c.useful_until],
        next_at=row[reminders.c.next_at],
        state=ReminderState(row[reminders.c.state]),
        after_person=row[reminders.c.after_person],
        later_at=row[reminders.c.later_at],
    )
