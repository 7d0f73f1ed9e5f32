"""What is kept after a meeting: who came, and the minutes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import Connection, RowMapping, bindparam, delete, insert, select, update

from programme.errors import NotFound
from programme.ids import MeetingId, MinutesId, PersonId
from programme.meetings import Minutes
from storage.engine import insert_new
from storage.tables.meetings import attendance, minutes

ATTENDANCE: Final = (
    select(attendance.c.person_id, attendance.c.present)
    .where(attendance.c.meeting_id == bindparam("meeting"))
    .order_by(attendance.c.person_id)
)
OF_PERSON: Final = (attendance.c.meeting_id == bindparam("meeting"), attendance.c.person_id == bindparam("person"))
CHANGE: Final = update(attendance).where(*OF_PERSON).values(present=bindparam("came"), noted_at=bindparam("moment"))
FORGET: Final = delete(attendance).where(*OF_PERSON)
LATEST: Final = (
    select(minutes).where(minutes.c.meeting_id == bindparam("meeting")).order_by(minutes.c.id.desc()).limit(1)
)
BY_ID: Final = select(minutes).where(minutes.c.id == bindparam("wanted"))
ADD: Final = insert(minutes)


class SqlAfterwards:
    """Attendance and minutes in the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def attendance(self, meeting_id: MeetingId) -> Mapping[PersonId, bool]:
        """Give who came and who did not, as far as it was noted, by id."""
        rows = self._connection.execute(ATTENDANCE, {"meeting": meeting_id})
        return {row.person_id: row.present for row in rows}

    def note_attendance(self, meeting_id: MeetingId, present: Mapping[PersonId, bool], at: datetime) -> None:
        """Keep who came and who did not, in place of what was noted of them."""
        known = self.attendance(meeting_id)
        new = [
            {"meeting_id": meeting_id, "person_id": person, "present": came, "noted_at": at}
            for person, came in present.items()
            if person not in known
        ]
        insert_new(self._connection, attendance, new)
        changed = [
            {"meeting": meeting_id, "person": person, "came": came, "moment": at}
            for person, came in present.items()
            if known.get(person, came) is not came
        ]
        if changed:
            self._connection.execute(CHANGE, changed)

    def forget_attendance(self, meeting_id: MeetingId, person_id: PersonId) -> None:
        """Forget what was noted of a person."""
        self._connection.execute(FORGET, {"meeting": meeting_id, "person": person_id})

    def minutes(self, meeting_id: MeetingId) -> Minutes | None:
        """Give the latest minutes of a meeting."""
        row = self._connection.execute(LATEST, {"meeting": meeting_id}).mappings().one_or_none()
        return None if row is None else _minutes(row)

    def minutes_by_id(self, minutes_id: MinutesId) -> Minutes:
        """Give minutes; raises NotFound."""
        row = self._connection.execute(BY_ID, {"wanted": minutes_id}).mappings().one_or_none()
        if row is None:
            raise NotFound
        return _minutes(row)

    def add_minutes(self, minutes: Minutes) -> Minutes:
        """Keep new minutes, in place of those before, under an id given here."""
        values: dict[str, Any] = {
            "meeting_id": minutes.meeting_id,
            "text": minutes.text,
            "file_id": minutes.file_id,
            "file_name": minutes.file_name,
            "link": minutes.link,
            "added_by": minutes.added_by,
            "added_at": minutes.added_at,
        }
        (new_id,) = cast("tuple[int]", self._connection.execute(ADD, values).inserted_primary_key)
        return replace(minutes, id=MinutesId(new_id))


def _minutes(row: RowMapping) -> Minutes:
    return Minutes(
        id=row[minutes.c.id],
        meeting_id=row[minutes.c.meeting_id],
        text=row[minutes.c.text],
        file_id=row[minutes.c.file_id],
        file_name=row[minutes.c.file_name],
        link=row[minutes.c.link],
        added_by=row[minutes.c.added_by],
        added_at=row[minutes.c.added_at],
    )
