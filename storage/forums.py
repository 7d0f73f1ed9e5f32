"""Forums and their pitches."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any, Final, cast

from sqlalchemy import Connection, RowMapping, bindparam, insert, select, update

from programme.errors import NotFound
from programme.forums import Forum, ForumDay, ForumState, Pitch
from programme.ids import ForumId, PitchId
from storage.tables.forums import forums, pitches

BY_ID: Final = select(forums).where(forums.c.id == bindparam("forum"))
# On PostgreSQL whoever changes places waits here for the one before; SQLite has one writer at a time.
TO_CHANGE: Final = BY_ID.with_for_update()
BY_CODE: Final = select(forums).where(forums.c.code == bindparam("wanted"))
ADD: Final = insert(forums)
SAVE: Final = update(forums).where(forums.c.id == bindparam("forum"))
PAST: Final = (
    select(forums)
    .where(forums.c.state == ForumState.PLANNED, forums.c.ends_at <= bindparam("now"))
    .order_by(forums.c.starts_at.desc(), forums.c.id.desc())
)
UPCOMING: Final = (
    select(forums)
    .where(forums.c.state == ForumState.PLANNED, forums.c.ends_at > bindparam("now"))
    .order_by(forums.c.starts_at, forums.c.id)
)
IN_SERIES: Final = (
    select(forums).where(forums.c.series_code == bindparam("wanted")).order_by(forums.c.starts_at, forums.c.id)
)
PITCHES: Final = select(pitches).where(pitches.c.forum_id == bindparam("forum")).order_by(pitches.c.id)
ADD_PITCH: Final = insert(pitches)
PITCH: Final = select(pitches).where(pitches.c.id == bindparam("pitch"))
SAVE_PITCH: Final = update(pitches).where(pitches.c.id == bindparam("pitch"))


class SqlForums:
    """The forums in the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, forum_id: ForumId) -> Forum:
        """Give a forum; raises NotFound."""
        return self._one(BY_ID, forum_id)

    def get_to_change(self, forum_id: ForumId) -> Forum:
        """Give a forum, and hold up whoever wants to change its places until this turn is over; raises NotFound."""
        return self._one(TO_CHANGE, forum_id)

    def by_code(self, code: str) -> Forum | None:
        """Give the forum that a link names."""
        row = self._connection.execute(BY_CODE, {"wanted": code}).mappings().one_or_none()
        return None if row is None else forum_in(row)

    def add(self, forum: Forum) -> Forum:
        """Keep a new forum under an id given here."""
        values = {"code": forum.code, **_columns(forum)}
        (new_id,) = cast("tuple[int]", self._connection.execute(ADD, values).inserted_primary_key)
        return replace(forum, id=ForumId(new_id))

    def save(self, forum: Forum) -> None:
        """Keep what changed of a forum, its code excepted."""
        self._connection.execute(SAVE, {"forum": forum.id, **_columns(forum)})

    def upcoming(self, now: datetime) -> Sequence[Forum]:
        """Give the planned forums that are not over, soonest first."""
        return [forum_in(row) for row in self._connection.execute(UPCOMING, {"now": now}).mappings()]

    def past(self, now: datetime) -> Sequence[Forum]:
        """Give the forums that took place and are over, the latest first."""
        return [forum_in(row) for row in self._connection.execute(PAST, {"now": now}).mappings()]

    def in_series(self, series_code: str) -> Sequence[Forum]:
        """Give the rendez-vous announced together, cancelled and past ones too, soonest first."""
        return [forum_in(row) for row in self._connection.execute(IN_SERIES, {"wanted": series_code}).mappings()]

    def pitches(self, forum_id: ForumId) -> Sequence[Pitch]:
        """Give a forum's pitches in the order they were offered."""
        return [_pitch(row) for row in self._connection.execute(PITCHES, {"forum": forum_id}).mappings()]

    def add_pitch(self, pitch: Pitch) -> Pitch:
        """Keep a new pitch under an id given here."""
        values = {
            "forum_id": pitch.forum_id,
            "coalition_id": pitch.coalition_id,
            "title": pitch.title,
            "seats": pitch.seats,
        }
        (new_id,) = cast("tuple[int]", self._connection.execute(ADD_PITCH, values).inserted_primary_key)
        return replace(pitch, id=PitchId(new_id))

    def pitch(self, pitch_id: PitchId) -> Pitch:
        """Give a pitch; raises NotFound."""
        row = self._connection.execute(PITCH, {"pitch": pitch_id}).mappings().one_or_none()
        if row is None:
            raise NotFound
        return _pitch(row)

    def save_pitch(self, pitch: Pitch) -> None:
        """Keep what changed of a pitch: its title and its seats."""
        self._connection.execute(SAVE_PITCH, {"pitch": pitch.id, "title": pitch.title, "seats": pitch.seats})

    def _one(self, statement: Any, forum_id: ForumId) -> Forum:
        row = self._connection.execute(statement, {"forum": forum_id}).mappings().one_or_none()
        if row is None:
            raise NotFound
        return forum_in(row)


def forum_in(row: RowMapping) -> Forum:
    """Read a forum from a row that holds the columns of forums."""
    return Forum(
        id=row[forums.c.id],
        code=row[forums.c.code],
        title=row[forums.c.title],
        starts_at=row[forums.c.starts_at],
        ends_at=row[forums.c.ends_at],
        place=row[forums.c.place],
        programme=row[forums.c.programme],
        places=row[forums.c.places],
        state=ForumState(row[forums.c.state]),
        version=row[forums.c.version],
        opens_at=row[forums.c.opens_at],
        closes_at=row[forums.c.closes_at],
        days=tuple(_day(day) for day in row[forums.c.days]),
        series_code=row[forums.c.series_code],
    )


def _pitch(row: RowMapping) -> Pitch:
    return Pitch(
        id=row[pitches.c.id],
        forum_id=row[pitches.c.forum_id],
        coalition_id=row[pitches.c.coalition_id],
        title=row[pitches.c.title],
        seats=row[pitches.c.seats],
    )


def _day(kept: Mapping[str, Any]) -> ForumDay:
    moments = {name: datetime.fromisoformat(kept[name]) for name in ("starts_at", "ends_at")}
    return ForumDay(**{**kept, **moments})


def _kept_day(day: ForumDay) -> dict[str, Any]:
    moments = {"starts_at": day.starts_at, "ends_at": day.ends_at}
    return {**asdict(day), **{name: at.astimezone(UTC).isoformat() for name, at in moments.items()}}


def _columns(forum: Forum) -> dict[str, Any]:
    return {
        "title": forum.title,
        "starts_at": forum.starts_at,
        "ends_at": forum.ends_at,
        "place": forum.place,
        "programme": forum.programme,
        "places": forum.places,
        "state": forum.state,
        "version": forum.version,
        "opens_at": forum.opens_at,
        "closes_at": forum.closes_at,
        "days": [_kept_day(day) for day in forum.days],
        "series_code": forum.series_code,
    }
