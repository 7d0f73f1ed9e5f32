from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from programme.leads import EventKind, Lead
from programme.meetings import Answer
from programme.quiet_hours import QuietHours
from programme.usecases.answer_meeting import answer_meeting
from programme.usecases.decide_membership import decide_membership
from programme.usecases.join_coalition import join_coalition
from programme.usecases.leave_coalition import leave_coalition
from programme.usecases.plan_meeting import MeetingPlan, plan_meeting
from tests.programme.usecases.town import (
    DAY_BEFORE,
    EVENING,
    HOURS_BEFORE,
    NO_QUIET_HOURS,
    PARIS,
    WEEK_BEFORE,
    Reminded,
    Town,
    paris,
    remind_until,
)
from tests.storage.brest import NOW

NOUMEA = ZoneInfo("Pacific/Noumea")


def test_what_quiet_hours_move_out_of_a_pause_is_told(town: Town) -> None:
    starts_at = paris(8, 22)
    town.plans(starts_at)
    town.prefers(town.member, paused_until=date(2026, 12, 8))

    remind_until(town.uow, starts_at, NOW)

    assert town.reminders_of(town.member) == [
        Reminded("Léa", "d-1", paris(8, 8)),
        Reminded("Léa", "h-2", paris(8, 20)),
    ]


def test_a_pause_that_is_ended_early_lets_in_what_is_still_useful(town: Town) -> None:
    town.plans()
    town.prefers(town.member, paused_until=date(2026, 12, 24))
    remind_until(town.uow, paris(3, 10), NOW)

    town.prefers(town.member, paris(3, 10), paused_until=None)
    remind_until(town.uow, EVENING, paris(3, 10))

    assert town.reminders_of(town.member) == [
        Reminded("Léa", "d-7", paris(3, 10)),
        Reminded("Léa", "d-1", DAY_BEFORE),
        Reminded("Léa", "h-2", HOURS_BEFORE),
    ]


def test_who_is_accepted_while_a_reminder_goes_out_gets_theirs_at_once(town: Town) -> None:
    town.plans()
    asked = join_coalition(town.uow, town.stranger.id, town.toits.id, paris(2, 9))
    remind_until(town.uow, paris(4, 9), NOW)
    assert town.reminders_of(town.stranger) == []

    decide_membership(town.uow, town.facilitator.id, asked.id, paris(4, 10), accepted=True)
    remind_until(town.uow, EVENING, paris(4, 10))

    assert town.reminders_of(town.stranger) == [
        Reminded("Sam", "d-7", paris(4, 10)),
        Reminded("Sam", "d-1", DAY_BEFORE),
        Reminded("Sam", "h-2", HOURS_BEFORE),
    ]


def test_who_joins_an_open_coalition_while_a_reminder_goes_out_gets_theirs_at_once(town: Town) -> None:
    town.opens()
    town.plans()
    remind_until(town.uow, paris(8, 17), NOW)

    join_coalition(town.uow, town.stranger.id, town.toits.id, paris(8, 17))
    remind_until(town.uow, EVENING, paris(8, 17))

    assert town.reminders_of(town.stranger) == [Reminded("Sam", "h-2", paris(8, 17))]


def test_who_joins_at_night_gets_theirs_in_the_morning(town: Town) -> None:
    town.opens()
    town.plans()
    remind_until(town.uow, paris(4, 23), NOW)

    join_coalition(town.uow, town.stranger.id, town.toits.id, paris(4, 23))
    remind_until(town.uow, paris(5, 12), paris(4, 23))

    assert town.reminders_of(town.stranger) == [Reminded("Sam", "d-7", paris(5, 8))]


def test_who_changes_a_no_into_a_yes_while_a_reminder_goes_out_gets_theirs_at_once(town: Town) -> None:
    workshop = town.plans()
    answer_meeting(town.uow, town.member.id, workshop.id, 0, Answer.NO, NOW)
    remind_until(town.uow, paris(7, 19), NOW)
    assert town.reminders_of(town.member) == []

    answer_meeting(town.uow, town.member.id, workshop.id, 0, Answer.YES, paris(7, 20))
    remind_until(town.uow, EVENING, paris(7, 20))

    assert town.reminders_of(town.member) == [
        Reminded("Léa", "d-1", paris(7, 20)),
        Reminded("Léa", "h-2", HOURS_BEFORE),
    ]


def test_who_goes_and_comes_back_is_not_reminded_twice(town: Town) -> None:
    town.opens()
    town.plans()
    remind_until(town.uow, WEEK_BEFORE, NOW)

    leave_coalition(town.uow, town.member.id, town.toits.id, paris(2, 9))
    join_coalition(town.uow, town.member.id, town.toits.id, paris(2, 10))
    remind_until(town.uow, paris(7, 12), paris(2, 10))

    assert town.reminders_of(town.member) == [Reminded("Léa", "d-7", WEEK_BEFORE)]


def test_a_lead_switched_on_while_its_reminder_goes_out_comes_at_once(town: Town) -> None:
    town.plans()
    town.prefers(town.member, leads=frozenset())
    remind_until(town.uow, paris(7, 19), NOW)

    town.prefers(town.member, paris(7, 19), leads=frozenset({Lead.DAY}))
    remind_until(town.uow, EVENING, paris(7, 19))

    assert town.reminders_of(town.member) == [Reminded("Léa", "d-1", paris(7, 19))]


def test_a_late_evenings_reminder_comes_by_each_ones_quiet_hours(town: Town) -> None:
    town.plans(paris(8, 22))
    town.prefers(town.facilitator, quiet_hours=NO_QUIET_HOURS)

    remind_until(town.uow, paris(8, 22), NOW)

    assert town.reminded() == [
        Reminded("Maude", "d-7", paris(1, 22)),
        Reminded("Léa", "d-7", paris(2, 8)),
        Reminded("Maude", "d-1", paris(7, 22)),
        Reminded("Léa", "d-1", paris(8, 8)),
        Reminded("Léa", "h-2", paris(8, 20)),
        Reminded("Maude", "h-2", paris(8, 20)),
    ]


def test_an_early_meeting_is_reminded_in_the_morning_or_on_the_evening_before(town: Town) -> None:
    town.plans(paris(8, 8, 30))
    town.prefers(town.facilitator, quiet_hours=QuietHours(time(22), time(7)))

    remind_until(town.uow, paris(8, 8, 30), NOW)

    assert [each for each in town.reminded() if each.lead == "h-2"] == [
        Reminded("Léa", "h-2", paris(7, 20, 30)),
        Reminded("Maude", "h-2", paris(8, 7)),
    ]


def test_quiet_hours_that_change_before_the_moment_are_followed(town: Town) -> None:
    town.plans(paris(8, 8, 30))
    remind_until(town.uow, paris(7, 18), NOW)

    town.prefers(town.member, paris(7, 18), quiet_hours=NO_QUIET_HOURS)
    remind_until(town.uow, paris(8, 8, 30), paris(7, 18))

    assert town.reminders_of(town.member)[2:] == [Reminded("Léa", "h-2", paris(8, 6, 30))]


def test_quiet_hours_given_up_after_the_moment_let_the_reminder_in_at_once(town: Town) -> None:
    town.plans(paris(8, 22))
    remind_until(town.uow, paris(7, 23), NOW)

    town.prefers(town.member, paris(7, 23), quiet_hours=NO_QUIET_HOURS)
    remind_until(town.uow, paris(8, 12), paris(7, 23))

    assert town.reminders_of(town.member)[1:] == [Reminded("Léa", "d-1", paris(7, 23))]


@pytest.mark.parametrize("change", [datetime(2026, 10, 25, tzinfo=PARIS), datetime(2027, 3, 28, tzinfo=PARIS)])
def test_over_a_change_of_clock_the_hours_on_the_wall_stay(town: Town, change: datetime) -> None:
    start = (change - timedelta(days=10)).astimezone(UTC)
    starts_at = change.replace(hour=18, minute=30).astimezone(UTC)
    plan = MeetingPlan(town.toits.id, "Premier atelier", starts_at, "Les Capucins")
    plan_meeting(town.uow, town.facilitator.id, plan, start, PARIS)

    remind_until(town.uow, starts_at, start)

    assert [f"{each.at.astimezone(PARIS):%d %H:%M}" for each in town.reminders_of(town.member)] == [
        f"{change - timedelta(days=7):%d} 18:30",
        f"{change - timedelta(days=1):%d} 18:30",
        f"{change:%d} 16:30",
    ]


@pytest.mark.parametrize("change", [date(2026, 10, 25), date(2027, 3, 28)])
def test_in_noumea_the_hours_and_the_night_are_those_of_its_own_clock(town: Town, change: date) -> None:
    starts_at = datetime.combine(change, time(8, 30), NOUMEA).astimezone(UTC)
    start = starts_at - timedelta(days=10)
    plan = MeetingPlan(town.toits.id, "Premier atelier", starts_at, "Nouville")
    plan_meeting(town.uow, town.facilitator.id, plan, start, NOUMEA)

    remind_until(town.uow, starts_at, start, NOUMEA)

    assert [each.at for each in town.reminders_of(town.member)] == [
        starts_at - timedelta(days=7),
        starts_at - timedelta(days=1),
        starts_at - timedelta(hours=12),
    ]


def test_a_reminder_that_waits_for_the_morning_holds_up_no_other(town: Town) -> None:
    town.plans(paris(8, 22))
    other = MeetingPlan(town.lagune.id, "Lagune", paris(8, 22, 30), "Le Relecq")
    plan_meeting(town.uow, town.stranger.id, other, NOW, PARIS)
    town.prefers(town.stranger, quiet_hours=NO_QUIET_HOURS)

    remind_until(town.uow, paris(7, 23), paris(7, 12))

    assert [each for each in town.reminded() if each.lead == "d-1"] == [Reminded("Sam", "d-1", paris(7, 22, 30))]


def test_next_time_to_wake_is_when_the_next_person_is_due(town: Town) -> None:
    workshop = town.plans(paris(8, 22))
    remind_until(town.uow, paris(7, 22), NOW)

    waiting = town.uow.reminders.get(EventKind.MEETING, workshop.id, 0, Lead.DAY)
    assert waiting is not None
    assert waiting.next_at == paris(8, 8)
