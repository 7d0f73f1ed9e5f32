from dataclasses import replace
from datetime import date, timedelta

import pytest

from programme.leads import EventKind, Lead
from programme.meetings import Answer
from programme.memberships import MembershipState
from programme.notices import MeetingReminder
from programme.reminders import ReminderState
from programme.usecases.answer_meeting import answer_meeting
from programme.usecases.introduce_person import mark_reachable
from programme.usecases.leave_coalition import leave_coalition
from programme.usecases.move_meeting import Move, cancel_meeting, move_meeting
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
    remind_at,
    remind_until,
)
from tests.storage.brest import NOW


def test_members_are_reminded_a_week_a_day_and_two_hours_before(town: Town) -> None:
    town.plans()

    remind_until(town.uow, EVENING, NOW)

    assert town.reminded() == [
        Reminded("Léa", "d-7", WEEK_BEFORE),
        Reminded("Maude", "d-7", WEEK_BEFORE),
        Reminded("Léa", "d-1", DAY_BEFORE),
        Reminded("Maude", "d-1", DAY_BEFORE),
        Reminded("Léa", "h-2", HOURS_BEFORE),
        Reminded("Maude", "h-2", HOURS_BEFORE),
    ]


def test_a_reminder_names_the_meeting_its_version_and_the_lead(town: Town) -> None:
    workshop = town.plans()

    remind_until(town.uow, WEEK_BEFORE, NOW)

    notice = MeetingReminder(workshop.id, 0, Lead.WEEK)
    assert town.told()[1:] == [("Léa", notice), ("Maude", notice)]


def test_once_all_is_over_there_is_nothing_to_wake_for(town: Town) -> None:
    town.plans()
    remind_until(town.uow, EVENING + timedelta(days=30), NOW)
    before = town.reminded()

    assert town.uow.reminders.next_at() is None
    assert remind_at(town.uow, EVENING + timedelta(days=60)) == 0
    assert town.reminded() == before


def test_calling_again_at_one_instant_tells_nobody_twice(town: Town) -> None:
    town.plans()

    for _ in range(3):
        remind_at(town.uow, DAY_BEFORE)
        town.uow.reminders.look_again(DAY_BEFORE)
    remind_at(town.uow, DAY_BEFORE)

    assert town.leads_of(town.member) == ["d-1"]


@pytest.mark.parametrize("state", [MembershipState.ASKED, MembershipState.REFUSED, MembershipState.LEFT])
def test_who_is_not_accepted_is_not_reminded(town: Town, state: MembershipState) -> None:
    town.plans()
    town.uow.memberships.put(town.member.id, town.toits.id, state, NOW)
    town.uow.memberships.put(town.newcomer().id, town.toits.id, state, NOW)

    remind_until(town.uow, EVENING, NOW)

    assert {each.name for each in town.reminded()} == {"Maude"}


def test_who_declined_is_not_reminded_and_who_hesitates_is(town: Town) -> None:
    workshop = town.plans()
    answer_meeting(town.uow, town.member.id, workshop.id, 0, Answer.NO, NOW)
    answer_meeting(town.uow, town.facilitator.id, workshop.id, 0, Answer.MAYBE, NOW)

    remind_until(town.uow, EVENING, NOW)

    assert (town.leads_of(town.member), town.leads_of(town.facilitator)) == ([], ["d-7", "d-1", "h-2"])


def test_who_leaves_or_declines_between_two_reminders_gets_no_more(town: Town) -> None:
    workshop = town.plans()
    remind_until(town.uow, WEEK_BEFORE, NOW)
    leave_coalition(town.uow, town.member.id, town.toits.id, WEEK_BEFORE)
    answer_meeting(town.uow, town.facilitator.id, workshop.id, 0, Answer.NO, WEEK_BEFORE)

    remind_until(town.uow, EVENING, WEEK_BEFORE)

    assert (town.leads_of(town.member), town.leads_of(town.facilitator)) == (["d-7"], ["d-7"])


def test_who_blocked_the_bot_is_not_reminded(town: Town) -> None:
    town.plans()
    mark_reachable(town.uow, town.member.id, NOW, reachable=False)

    remind_until(town.uow, EVENING, NOW)

    assert town.reminders_of(town.member) == []


def test_a_lead_that_was_switched_off_stays_away(town: Town) -> None:
    town.plans()
    town.prefers(town.member, leads=frozenset({Lead.DAY}))

    remind_until(town.uow, EVENING, NOW)

    assert town.reminders_of(town.member) == [Reminded("Léa", "d-1", DAY_BEFORE)]


def test_a_pause_ends_on_its_day(town: Town) -> None:
    town.plans()
    town.prefers(town.member, paused_until=date(2026, 12, 8))

    remind_until(town.uow, EVENING, NOW)

    assert town.reminders_of(town.member) == [Reminded("Léa", "h-2", HOURS_BEFORE)]


def test_after_three_hours_of_outage_what_is_late_but_useful_is_told(town: Town) -> None:
    town.plans()
    remind_until(town.uow, paris(7, 17), NOW)

    remind_until(town.uow, EVENING, paris(7, 20))

    assert town.reminders_of(town.member)[1:] == [
        Reminded("Léa", "d-1", paris(7, 20)),
        Reminded("Léa", "h-2", HOURS_BEFORE),
    ]


def test_after_three_hours_of_outage_what_is_too_late_is_recorded(town: Town) -> None:
    workshop = town.plans()
    remind_until(town.uow, paris(8, 16), NOW)

    remind_until(town.uow, paris(9, 12), paris(8, 19))

    assert town.reminders_of(town.member)[2:] == [Reminded("Léa", "h-2", paris(8, 19), skipped="too late")]
    last = town.uow.reminders.get(EventKind.MEETING, workshop.id, 0, Lead.HOURS)
    assert (last and last.state) is ReminderState.DONE


def test_after_an_outage_over_the_meeting_only_who_would_have_been_told_is_recorded(town: Town) -> None:
    workshop = town.plans()
    answer_meeting(town.uow, town.facilitator.id, workshop.id, 0, Answer.NO, NOW)

    remind_until(town.uow, paris(9, 12), paris(9, 12))

    assert town.reminded() == [
        *(Reminded("Léa", lead, paris(9, 12), skipped="too late") for lead in ("d-7", "d-1", "h-2")),
        Reminded("Maude", "h+1", paris(9, 12)),
    ]


def test_after_an_outage_into_the_night_it_waits_for_the_morning(town: Town) -> None:
    town.plans()
    town.prefers(town.facilitator, quiet_hours=NO_QUIET_HOURS)
    remind_until(town.uow, paris(7, 17), NOW)

    remind_until(town.uow, paris(8, 12), paris(7, 22))

    assert town.reminders_of(town.member)[1:] == [Reminded("Léa", "d-1", paris(8, 8))]
    assert town.reminders_of(town.facilitator)[1:] == [Reminded("Maude", "d-1", paris(7, 22))]


def test_after_an_outage_nobody_is_woken_for_what_the_morning_is_too_late_for(town: Town) -> None:
    late_evening = paris(8, 22, 30)
    town.plans(late_evening)
    remind_until(town.uow, paris(8, 20), NOW)

    remind_until(town.uow, paris(9, 12), paris(8, 21, 15))

    assert town.reminders_of(town.member)[2:] == [Reminded("Léa", "h-2", late_evening, skipped="too late")]


def test_a_meeting_planned_at_night_for_the_next_morning_wakes_nobody(town: Town) -> None:
    planned_at = paris(7, 22)
    plan = MeetingPlan(town.toits.id, "Petit déjeuner", paris(8, 8, 30), "Les Capucins")
    plan_meeting(town.uow, town.facilitator.id, plan, planned_at, PARIS)

    remind_until(town.uow, paris(8, 12), planned_at)

    assert town.reminders_of(town.member) == [Reminded("Léa", "h-2", paris(8, 8))]


def test_of_a_moved_meeting_only_the_new_moment_is_reminded(town: Town) -> None:
    workshop = town.plans()
    remind_until(town.uow, WEEK_BEFORE, NOW)

    move_meeting(town.uow, town.facilitator.id, workshop.id, Move(paris(15, 18, 30)), paris(2, 9), PARIS)
    remind_until(town.uow, paris(15, 18, 30), paris(2, 9))

    assert town.reminders_of(town.member) == [
        Reminded("Léa", "d-7", WEEK_BEFORE),
        Reminded("Léa", "d-7", paris(8, 18, 30)),
        Reminded("Léa", "d-1", paris(14, 18, 30)),
        Reminded("Léa", "h-2", paris(15, 16, 30)),
    ]


def test_a_meeting_that_moves_to_the_same_day_does_not_repeat_what_is_over(town: Town) -> None:
    workshop = town.plans()
    remind_until(town.uow, DAY_BEFORE, NOW)

    move_meeting(town.uow, town.facilitator.id, workshop.id, Move(paris(8, 17)), DAY_BEFORE, PARIS)
    remind_until(town.uow, EVENING, DAY_BEFORE)

    assert town.reminders_of(town.member)[2:] == [Reminded("Léa", "h-2", paris(8, 15))]


def test_who_declined_the_old_moment_is_reminded_of_the_new_one(town: Town) -> None:
    workshop = town.plans()
    answer_meeting(town.uow, town.member.id, workshop.id, 0, Answer.NO, NOW)

    move_meeting(town.uow, town.facilitator.id, workshop.id, Move(paris(9, 18, 30)), NOW, PARIS)
    remind_until(town.uow, paris(9, 18, 30), NOW)

    assert town.leads_of(town.member) == ["d-7", "d-1", "h-2"]


def test_a_cancelled_meeting_is_reminded_to_nobody(town: Town) -> None:
    workshop = town.plans()
    remind_until(town.uow, WEEK_BEFORE, NOW)

    cancel_meeting(town.uow, town.facilitator.id, workshop.id, paris(2, 9))
    remind_until(town.uow, EVENING, paris(2, 9))

    assert town.leads_of(town.member) == ["d-7"]


def test_a_reminder_of_what_is_no_longer_so_is_dropped_even_if_nobody_cancelled_it(town: Town) -> None:
    workshop = town.plans()
    town.uow.meetings.save(replace(workshop, version=1))

    remind_until(town.uow, EVENING + timedelta(days=30), NOW)

    assert town.reminded() == []
    assert town.uow.reminders.next_at() is None


def test_an_event_that_is_gone_holds_up_no_other(town: Town) -> None:
    gone, kept = town.plans(), town.plans()
    town.connection.exec_driver_sql("DELETE FROM meetings WHERE id = ?", (gone.id,))

    remind_until(town.uow, WEEK_BEFORE, NOW)

    notice = MeetingReminder(kept.id, 0, Lead.WEEK)
    assert [told for _, told in town.told() if isinstance(told, MeetingReminder)] == [notice, notice]
