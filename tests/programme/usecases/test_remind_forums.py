from datetime import date, timedelta

import pytest

from programme.leads import Lead
from programme.notices import ForumReminder
from programme.usecases.change_forum import ForumMove, cancel_forum, move_forum
from tests.programme.usecases.gathering import CLOSE, ENDS_AT, STARTS_AT, Gathering, gather
from tests.programme.usecases.town import PARIS, Reminded, Town, remind_at, remind_until
from tests.storage.brest import NOW

MONTH_BEFORE, WEEK_BEFORE = STARTS_AT - timedelta(days=30), STARTS_AT - timedelta(days=7)
DAY_BEFORE, HOURS_BEFORE = STARTS_AT - timedelta(days=1), STARTS_AT - timedelta(hours=2)
AFTERWARDS = ENDS_AT + timedelta(hours=1)
LONG_AFTER = ENDS_AT + timedelta(days=10)


@pytest.fixture
def gathering(town: Town) -> Gathering:
    return gather(town, places=1)


def leads_of(gathering: Gathering, name: str) -> list[str]:
    return gathering.town.leads_of(gathering.person(name))


def test_who_has_a_place_is_reminded_four_times_and_asked_afterwards(gathering: Gathering) -> None:
    gathering.come("Léa")

    remind_until(gathering.town.uow, LONG_AFTER, NOW)

    assert gathering.town.reminded() == [
        Reminded("Léa", "d-30", MONTH_BEFORE),
        Reminded("Léa", "d-7", WEEK_BEFORE),
        Reminded("Léa", "d-1", DAY_BEFORE),
        Reminded("Léa", "h-2", HOURS_BEFORE),
        Reminded("Léa", "h+1", AFTERWARDS),
    ]
    assert gathering.town.uow.reminders.next_at() is None


def test_a_reminder_names_the_forum_its_version_and_the_lead(gathering: Gathering) -> None:
    gathering.come("Léa")

    remind_at(gathering.town.uow, MONTH_BEFORE)

    assert gathering.told == [("Léa", ForumReminder(gathering.forum.id, 0, Lead.MONTH))]


def test_who_waits_is_offered_a_place_or_cancelled_is_not_reminded(town: Town) -> None:
    gathering = gather(town, places=2)
    gathering.come("Léa", "Sam", "Yann", "Nora")
    remind_until(town.uow, DAY_BEFORE - timedelta(hours=1), NOW)

    gathering.cancels("Léa", now=DAY_BEFORE - timedelta(hours=1))
    remind_until(town.uow, DAY_BEFORE, DAY_BEFORE - timedelta(hours=1))

    assert gathering.states == {"Léa": "cancelled", "Sam": "confirmed", "Yann": "offered", "Nora": "waiting"}
    leads = {name: leads_of(gathering, name) for name in gathering.people}
    assert leads == {"Léa": ["d-30", "d-7"], "Sam": ["d-30", "d-7", "d-1"], "Yann": [], "Nora": []}


def test_who_learns_just_now_that_they_have_a_place_is_spared_what_the_others_got_before(town: Town) -> None:
    gathering = gather(town, places=3)
    gathering.come("Léa", "Sam")
    remind_until(town.uow, CLOSE, NOW)

    gathering.come("Yann", now=CLOSE)
    gathering.come("Nora", now=CLOSE)
    gathering.cancels("Léa", now=CLOSE)
    gathering.confirms("Nora", CLOSE)
    town.uow.reminders.look_again(CLOSE)
    remind_until(town.uow, LONG_AFTER, CLOSE)

    for name in ("Yann", "Nora"):
        told_before, *rest = town.reminders_of(gathering.person(name))
        assert told_before == Reminded(name, "d-7", CLOSE, skipped="just confirmed")
        assert [each.lead for each in rest] == ["d-1", "h-2", "h+1"]


def test_who_comes_back_gets_each_reminder_once_all_the_same(gathering: Gathering) -> None:
    gathering.come("Léa")
    remind_until(gathering.town.uow, WEEK_BEFORE, NOW)

    gathering.cancels("Léa", now=WEEK_BEFORE)
    gathering.come("Léa", now=WEEK_BEFORE)
    remind_until(gathering.town.uow, LONG_AFTER, WEEK_BEFORE)

    assert leads_of(gathering, "Léa") == ["d-30", "d-7", "d-1", "h-2", "h+1"]


def test_the_question_afterwards_is_no_reminder_that_one_switches_off(town: Town) -> None:
    gathering = gather(town, places=2)
    gathering.come("Léa", "Sam")
    town.prefers(gathering.person("Léa"), leads=frozenset({Lead.DAY}))
    town.prefers(gathering.person("Sam"), leads=frozenset())

    remind_until(town.uow, LONG_AFTER, NOW)

    assert (leads_of(gathering, "Léa"), leads_of(gathering, "Sam")) == (["d-1", "h+1"], ["h+1"])


def test_a_pause_swallows_the_question_too(town: Town) -> None:
    gathering = gather(town, places=2)
    gathering.come("Léa", "Sam")
    town.prefers(gathering.person("Léa"), paused_until=date(2027, 1, 10))
    gathering.blocks("Sam")

    remind_until(town.uow, LONG_AFTER, NOW)

    assert town.reminded() == []


def test_after_an_outage_the_question_comes_within_two_days_or_not_at_all(gathering: Gathering) -> None:
    gathering.come("Léa")
    other = Gathering(gathering.town, gather(gathering.town).forum)
    other.come("Sam")
    remind_until(gathering.town.uow, STARTS_AT, NOW)
    last_moment = AFTERWARDS + timedelta(days=2)

    remind_until(gathering.town.uow, last_moment - timedelta(seconds=1), last_moment - timedelta(seconds=1))
    other.come("Yann", now=NOW)
    remind_until(gathering.town.uow, LONG_AFTER, last_moment)

    assert [leads_of(gathering, "Léa")[-1], leads_of(other, "Sam")[-1]] == ["h+1", "h+1"]
    assert gathering.town.reminders_of(other.person("Yann"))[-1] == Reminded(
        "Yann", "h+1", last_moment, skipped="too late"
    )


def test_of_a_moved_forum_only_the_new_moment_is_reminded(gathering: Gathering) -> None:
    gathering.come("Léa")
    remind_until(gathering.town.uow, WEEK_BEFORE, NOW)
    move = ForumMove(STARTS_AT + timedelta(days=7), ENDS_AT + timedelta(days=7))

    move_forum(gathering.town.uow, gathering.town.staff.id, gathering.forum.id, move, WEEK_BEFORE, PARIS)
    remind_until(gathering.town.uow, LONG_AFTER + timedelta(days=7), WEEK_BEFORE)

    assert gathering.town.reminders_of(gathering.person("Léa"))[2:] == [
        Reminded("Léa", "d-7", STARTS_AT),
        Reminded("Léa", "d-1", STARTS_AT + timedelta(days=6)),
        Reminded("Léa", "h-2", STARTS_AT + timedelta(days=6, hours=22)),
        Reminded("Léa", "h+1", AFTERWARDS + timedelta(days=7)),
    ]


def test_a_cancelled_forum_is_reminded_to_nobody_and_nobody_is_asked_about_it(gathering: Gathering) -> None:
    gathering.come("Léa")

    cancel_forum(gathering.town.uow, gathering.town.staff.id, gathering.forum.id, MONTH_BEFORE - timedelta(days=2))
    remind_until(gathering.town.uow, LONG_AFTER, NOW)

    assert gathering.town.reminded() == []


def test_a_forum_that_is_gone_holds_up_no_other(gathering: Gathering) -> None:
    kept = Gathering(gathering.town, gather(gathering.town).forum, gathering.people)
    kept.come("Léa")
    gathering.town.connection.exec_driver_sql("DELETE FROM forums WHERE id = ?", (gathering.forum.id,))

    remind_at(gathering.town.uow, MONTH_BEFORE)

    assert gathering.told == [("Léa", ForumReminder(kept.forum.id, 0, Lead.MONTH))]
