from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection

from programme.errors import NotFound
from programme.forums import ForumDay, ForumState
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
        opens_at=NOW,
        closes_at=NOW + timedelta(days=3),
        days=(
            ForumDay(
                2, NEXT_WEEK + timedelta(days=1), NEXT_WEEK + timedelta(days=1, hours=3), "Océanopolis", "Bassins"
            ),
            ForumDay(1, NEXT_WEEK + timedelta(days=2), NEXT_WEEK + timedelta(days=2, hours=3)),
        ),
        series_code="petit-dejeuner",
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
    long_over = forum(uow, "long-over", NOW - timedelta(days=400))
    over = forum(uow, "over", NOW - timedelta(hours=4))
    cancelled = forum(uow, "cancelled", NEXT_WEEK)
    uow.forums.save(replace(cancelled, state=ForumState.CANCELLED))

    assert uow.forums.upcoming(NOW) == [under_way, late]
    assert uow.forums.past(NOW) == [over, long_over]


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


def test_rendezvous_are_found_together_in_their_order(uow: SqlUnitOfWork) -> None:
    late, soon = (
        replace(forum(uow, code, NEXT_WEEK + timedelta(days=days)), series_code="petit-dejeuner")
        for code, days in (("late", 14), ("soon", 7))
    )
    other = replace(forum(uow, "other"), series_code="visites")
    forum(uow, "alone")
    for one in (late, soon, other):
        uow.forums.save(one)

    assert uow.forums.in_series("petit-dejeuner") == [soon, late]


def test_a_pitch_keeps_its_other_title_and_seats(uow: SqlUnitOfWork) -> None:
    here = forum(uow)
    first, second = pitch(uow, here, "Un toit pour tous"), pitch(uow, here, "Bilan de l’année")

    uow.forums.save_pitch(replace(first, title="Cent toits", seats=12))

    assert uow.forums.pitches(here.id) == [replace(first, title="Cent toits", seats=12), second]
