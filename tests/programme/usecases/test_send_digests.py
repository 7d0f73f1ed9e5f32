from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from programme.notices import Digest
from programme.people import Preferences
from programme.quiet_hours import QuietHours
from programme.usecases.choose_digest import choose_digest
from programme.usecases.send_digests import BATCH, send_digests
from storage.tables.delivery import outbox
from tests.programme.usecases.town import PARIS, Town
from tests.storage.brest import NOW, person

MONDAY = date(2026, 11, 30)
NEXT_MONDAY = MONDAY + timedelta(days=7)
READER = Preferences(digest=True)
SLEEPS_LATE = Preferences(digest=True, quiet_hours=QuietHours(time(20), time(9)))


def paris(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), PARIS).astimezone(UTC)


MORNING = paris(MONDAY, 8)


def send_at(town: Town, now: datetime) -> int:
    """Carry out all that is due; gives how many batches it took."""
    batches = 1
    while send_digests(town.uow, now, PARIS):
        batches += 1
    return batches


def told(town: Town) -> list[tuple[str, date]]:
    return [(name, notice.week) for name, notice in town.told() if isinstance(notice, Digest)]


def records(town: Town) -> list[tuple[str, str, str | None]]:
    rows = town.connection.execute(select(outbox.c.key, outbox.c.state, outbox.c.reason).order_by(outbox.c.id))
    return [(row.key, row.state, row.reason) for row in rows]


def test_who_prefers_it_gets_one_on_monday_morning_and_others_do_not(town: Town) -> None:
    yann = person(town.uow, "Yann", preferences=READER)

    send_at(town, MORNING - timedelta(seconds=1))
    assert told(town) == []
    send_at(town, MORNING)

    assert told(town) == [("Yann", MONDAY)]
    assert records(town) == [(f"digest:2026-W49:{yann.id}", "waiting", None)]


def test_it_comes_once_a_week_however_often_the_schedule_wakes(town: Town) -> None:
    person(town.uow, "Yann", preferences=READER)
    for woken_at in (MORNING, MORNING, MORNING + timedelta(days=1), paris(NEXT_MONDAY, 7, 59), paris(NEXT_MONDAY, 8)):
        send_at(town, woken_at)

    assert told(town) == [("Yann", MONDAY), ("Yann", NEXT_MONDAY)]


def test_the_week_of_the_new_year_has_a_key_of_its_own(town: Town) -> None:
    yann = person(town.uow, "Yann", preferences=READER)
    for monday in (date(2026, 12, 28), date(2027, 1, 4)):
        send_at(town, paris(monday, 8))

    assert [key for key, _, _ in records(town)] == [f"digest:2026-W53:{yann.id}", f"digest:2027-W01:{yann.id}"]


def test_who_sleeps_late_gets_it_when_they_wake(town: Town) -> None:
    person(town.uow, "Yann", preferences=SLEEPS_LATE)
    send_at(town, MORNING)
    assert told(town) == []

    send_at(town, paris(MONDAY, 9))
    assert told(town) == [("Yann", MONDAY)]


def test_it_goes_out_in_batches_and_sleepers_do_not_stand_in_front_of_the_others(town: Town) -> None:
    for number in range(2 * BATCH + 10):
        person(town.uow, f"Dort {number}", preferences=SLEEPS_LATE)
    for number in range(BATCH + 5):
        person(town.uow, f"Lit {number}", preferences=READER)

    assert send_at(town, MORNING) == 2
    assert len(told(town)) == BATCH + 5
    assert send_at(town, paris(MONDAY, 9)) == 3

    assert len({name for name, _ in told(town)}) == len(told(town)) == 3 * BATCH + 15


@pytest.mark.parametrize(("weekday", "hour", "comes"), [(1, 12, True), (2, 20, True), (2, 21, False), (5, 12, False)])
def test_after_an_outage_it_comes_late_until_wednesday_evening(
    town: Town, weekday: int, hour: int, *, comes: bool
) -> None:
    yann = person(town.uow, "Yann", preferences=READER)
    now = paris(MONDAY + timedelta(days=weekday), hour)
    send_at(town, now)
    send_at(town, now + timedelta(minutes=1))

    key = f"digest:2026-W49:{yann.id}"
    assert records(town) == [(key, "waiting", None) if comes else (key, "skipped", "too late")]


def test_after_an_outage_it_does_not_come_at_night(town: Town) -> None:
    person(town.uow, "Yann", preferences=READER)
    send_at(town, paris(MONDAY, 22))
    send_at(town, paris(MONDAY + timedelta(days=1), 7, 59))
    assert told(town) == []

    send_at(town, paris(MONDAY + timedelta(days=1), 8))
    assert told(town) == [("Yann", MONDAY)]


def test_a_pause_swallows_it_even_where_it_ends_in_that_week(town: Town) -> None:
    person(town.uow, "Yann", preferences=replace(READER, paused_until=MONDAY + timedelta(days=1)))
    person(town.uow, "Nour", preferences=replace(READER, paused_until=MONDAY))
    send_at(town, MORNING)
    send_at(town, MORNING + timedelta(days=1))

    assert told(town) == [("Nour", MONDAY)]


def test_who_cannot_be_reached_gets_it_when_they_are_back(town: Town) -> None:
    yann = person(town.uow, "Yann", preferences=READER)
    town.uow.people.save(replace(yann, reachable=False))
    send_at(town, MORNING)
    assert told(town) == []

    town.uow.people.save(yann)
    send_at(town, MORNING + timedelta(hours=3))
    assert told(town) == [("Yann", MONDAY)]


@pytest.mark.parametrize(
    ("chosen_at", "first"), [(NOW, MONDAY), (MORNING - timedelta(minutes=1), MONDAY), (MORNING, NEXT_MONDAY)]
)
def test_the_first_one_comes_on_the_next_monday(town: Town, chosen_at: datetime, first: date) -> None:
    choose_digest(town.uow, town.member.id, chosen_at, PARIS, digest=True)
    for woken_at in (chosen_at, MORNING, MORNING + timedelta(minutes=1), paris(NEXT_MONDAY, 8)):
        if woken_at >= chosen_at:
            send_at(town, woken_at)

    assert told(town)[0] == ("Léa", first)


def test_who_chooses_single_messages_again_gets_none_any_more(town: Town) -> None:
    choose_digest(town.uow, town.member.id, NOW, PARIS, digest=True)
    changed = choose_digest(town.uow, town.member.id, NOW, PARIS, digest=False)
    send_at(town, MORNING)

    assert not changed.preferences.digest
    assert told(town) == []
