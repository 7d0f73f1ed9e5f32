"""Meetings that come again by a rule."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any, Final, cast

from sqlalchemy import Connection, RowMapping, bindparam, insert, select, update

from programme.errors import NotFound
from programme.ids import CoalitionId, SeriesId
from programme.meetings import MeetingKind
from programme.series import Frequency, Series
from storage.tables.meetings import series
from storage.tables.programme import meetings

BY_ID: Final = select(series).where(series.c.id == bindparam("wanted"))
TO_CHANGE: Final = BY_ID.with_for_update()
ADD: Final = insert(series)
SAVE: Final = update(series).where(series.c.id == bindparam("wanted"))
RUNNING: Final = select(series).where(series.c.ended_at.is_(None)).order_by(series.c.id)
RUNNING_OF: Final = RUNNING.where(series.c.coalition_id == bindparam("coalition"))
SLOTS: Final = select(meetings.c.slot_on).where(
    meetings.c.series_id == bindparam("wanted"), meetings.c.slot_on.is_not(None)
)


class SqlSeries:
    """The series in the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, series_id: SeriesId) -> Series:
        """Give a series; raises NotFound."""
        return self._one(BY_ID, series_id)

    def get_to_change(self, series_id: SeriesId) -> Series:
        """Give a series, and hold up whoever wants to change it until this turn is over; raises NotFound."""
        return self._one(TO_CHANGE, series_id)

    def add(self, series: Series) -> Series:
        """Keep a new series under an id given here."""
        values = {"coalition_id": series.coalition_id, "planned_by": series.planned_by, **_columns(series)}
        (new_id,) = cast("tuple[int]", self._connection.execute(ADD, values).inserted_primary_key)
        return replace(series, id=SeriesId(new_id))

    def save(self, series: Series) -> None:
        """Keep what changed of a series, its coalition and planner excepted."""
        self._connection.execute(SAVE, {"wanted": series.id, **_columns(series)})

    def running(self, coalition_id: CoalitionId | None = None) -> Sequence[Series]:
        """Give the series that have not ended, of one coalition or all, oldest first."""
        if coalition_id is None:
            return [_series(row) for row in self._connection.execute(RUNNING).mappings()]
        rows = self._connection.execute(RUNNING_OF, {"coalition": coalition_id}).mappings()
        return [_series(row) for row in rows]

    def slots_taken(self, series_id: SeriesId) -> frozenset[date]:
        """Give the days of the rule for which a meeting was made, wherever it was moved to."""
        return frozenset(self._connection.scalars(SLOTS, {"wanted": series_id}))

    def _one(self, statement: Any, series_id: SeriesId) -> Series:
        row = self._connection.execute(statement, {"wanted": series_id}).mappings().one_or_none()
        if row is None:
            raise NotFound
        return _series(row)


def _series(row: RowMapping) -> Series:
    return Series(
        id=row[series.c.id],
        coalition_id=row[series.c.coalition_id],
        title=row[series.c.title],
        kind=MeetingKind(row[series.c.kind]),
        place=row[series.c.place],
        agenda=row[series.c.agenda],
        frequency=Frequency(row[series.c.frequency]),
        starts_on=row[series.c.starts_on],
        at=time.fromisoformat(row[series.c.at]),
        nth=row[series.c.nth],
        until_on=row[series.c.until_on],
        planned_by=row[series.c.planned_by],
        ended_at=row[series.c.ended_at],
    )


def _columns(series: Series) -> dict[str, Any]:
    return {
        "title": series.title,
        "kind": series.kind,
        "place": series.place,
        "agenda": series.agenda,
        "frequency": series.frequency,
        "starts_on": series.starts_on,
        "at": f"{series.at:%H:%M}",
        "nth": series.nth,
        "until_on": series.until_on,
        "ended_at": series.ended_at,
    }
