from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection

from programme.errors import NotFound
from programme.forums import ForumState
from programme.ids import ForumId, PitchId
from storage.tables.programme import coalitions
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NEXT_WEEK, NOW, coalition, forum, pitch


def test_a_moved_forum_is_kept_with_its_version(uow: SqlUnitOfWork) -> None:
    planned = forum(uow, "forum-2027", NEXT_WEEK.astimezone(ZoneInfo("Europe/Paris")))
    assert uow.forums.get(planned.id) == planned

    moved = replace(
        planned,
        title="Forum 2027",
        starts_at=NEXT_WEEK + timedelta(days=1),
        ends_at=NEXT_WEEK + timedelta(days=1, hours=3),
        place="Océanopolis",
        programme="",
        places=40,
        state=ForumState.CANCELLED,
        version=2,
    )
    uow.forums.save(moved)

    assert uow.forums.get(planned.id) == uow.forums.get_to_change(planned.id) == moved
    assert uow.forums.by_code("forum-2027") == moved
    assert uow.forums.by_code("forum-2028") is None
    for get in (uow.forums.get, uow.forums.get_to_change):
        with pytest.raises(NotFound):
            get(ForumId(99))


def test_forums_to_come_are_those_that_are_not_over(uow: SqlUnitOfWork) -> None:
    late = forum(uow, "late", NEXT_WEEK)
    under_way = forum(uow, "under-way", NOW - timedelta(hours=1))
    forum(uow, "over", NOW - timedelta(hours=4))
    cancelled = forum(uow, "cancelled", NEXT_WEEK)
    uow.forums.save(replace(cancelled, state=ForumState.CANCELLED))

    assert uow.forums.upcoming(NOW) == [under_way, late]


def test_pitches_come_in_the_order_they_were_offered(uow: SqlUnitOfWork, connection: Connection) -> None:
    toits = coalition(uow, "Toits")
    this, other = forum(uow, "forum-2027"), forum(uow, "forum-2028")
    second, first = pitch(uow, this, "Un toit pour tous", by=toits), pitch(uow, this, "Bilan de l’année")
    pitch(uow, other, "Ailleurs")

    connection.execute(coalitions.delete().where(coalitions.c.id == toits.id))

    second = replace(second, coalition_id=None)
    assert uow.forums.pitches(this.id) == [second, first]
    assert uow.forums.pitch(second.id) == second
    with pytest.raises(NotFound):
        uow.forums.pitch(PitchId(99))
