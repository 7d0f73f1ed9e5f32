from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from programme.errors import NotFound
from programme.ids import PersonId, ReminderId
from programme.leads import EventKind, Lead
from programme.reminders import EARLIEST, Planned, Reminder, ReminderState
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NEXT_WEEK, NOW

MEETING = EventKind.MEETING
DAY_BEFORE = Planned(Lead.DAY, NEXT_WEEK - timedelta(days=1), NEXT_WEEK - timedelta(hours=2))
HOURS_BEFORE = Planned(Lead.HOURS, NEXT_WEEK - timedelta(hours=2), NEXT_WEEK)


def stands(uow: SqlUnitOfWork, lead: Lead, version: int = 0) -> Reminder:
    kept = uow.reminders.get(MEETING, 1, version, lead)
    assert kept is not None
    return kept


def looked_at(uow: SqlUnitOfWork, at: datetime) -> Lead | None:
    due = uow.reminders.next_due(at)
    return None if due is None else due.lead


def test_a_planned_reminder_is_first_looked_at_as_early_as_quiet_hours_may_bring_it(uow: SqlUnitOfWork) -> None:
    uow.reminders.plan(MEETING, 1, 0, [DAY_BEFORE, HOURS_BEFORE])

    kept = stands(uow, Lead.DAY)
    assert kept == Reminder(
        kept.id, MEETING, 1, 0, Lead.DAY, DAY_BEFORE.due_at, DAY_BEFORE.useful_until, DAY_BEFORE.due_at - EARLIEST
    )
    assert uow.reminders.by_id(kept.id) == kept
    assert uow.reminders.next_at() == kept.next_at


def test_what_is_not_planned_is_not_found(uow: SqlUnitOfWork) -> None:
    assert uow.reminders.get(MEETING, 1, 0, Lead.DAY) is None
    assert uow.reminders.next_at() is None
    assert uow.reminders.next_due(NOW) is None
    with pytest.raises(NotFound):
        uow.reminders.by_id(ReminderId(1))


def test_planning_again_leaves_what_is_under_way_alone(uow: SqlUnitOfWork) -> None:
    uow.reminders.plan(MEETING, 1, 0, [DAY_BEFORE])
    under_way = replace(
        stands(uow, Lead.DAY), after_person=PersonId(7), later_at=NEXT_WEEK, next_at=NOW + timedelta(minutes=1)
    )
    uow.reminders.save(under_way)

    uow.reminders.plan(MEETING, 1, 0, [DAY_BEFORE, HOURS_BEFORE])

    assert stands(uow, Lead.DAY) == under_way
    assert stands(uow, Lead.HOURS).state is ReminderState.PLANNED


def test_a_move_cancels_the_reminders_of_the_version_before(uow: SqlUnitOfWork) -> None:
    uow.reminders.plan(MEETING, 1, 0, [DAY_BEFORE, HOURS_BEFORE])
    uow.reminders.save(replace(stands(uow, Lead.DAY), state=ReminderState.DONE))
    uow.reminders.plan(EventKind.MILESTONE, 1, 0, [DAY_BEFORE])

    uow.reminders.plan(MEETING, 1, 1, [DAY_BEFORE, HOURS_BEFORE])

    assert stands(uow, Lead.DAY, version=0).state is ReminderState.DONE
    assert stands(uow, Lead.HOURS, version=0).state is ReminderState.CANCELLED
    assert stands(uow, Lead.DAY, version=1).state is ReminderState.PLANNED
    other = uow.reminders.get(EventKind.MILESTONE, 1, 0, Lead.DAY)
    assert other is not None
    assert other.state is ReminderState.PLANNED


def test_a_cancelled_event_has_nothing_left_to_look_at(uow: SqlUnitOfWork) -> None:
    uow.reminders.plan(MEETING, 1, 0, [DAY_BEFORE, HOURS_BEFORE])

    uow.reminders.cancel(MEETING, 1)

    assert uow.reminders.next_at() is None
    assert looked_at(uow, NEXT_WEEK) is None


def test_reminders_are_looked_at_in_the_order_of_time(uow: SqlUnitOfWork) -> None:
    uow.reminders.plan(MEETING, 1, 0, [HOURS_BEFORE, DAY_BEFORE])
    first = DAY_BEFORE.due_at - EARLIEST

    assert looked_at(uow, first - timedelta(seconds=1)) is None
    assert looked_at(uow, first) is Lead.DAY

    uow.reminders.save(replace(stands(uow, Lead.DAY), next_at=NEXT_WEEK))
    assert looked_at(uow, NEXT_WEEK - timedelta(minutes=1)) is Lead.HOURS


def test_a_change_of_somebodys_situation_reopens_what_is_under_way(uow: SqlUnitOfWork) -> None:
    uow.reminders.plan(MEETING, 1, 0, [DAY_BEFORE, HOURS_BEFORE])
    opened = DAY_BEFORE.due_at - EARLIEST
    everybody_later = replace(stands(uow, Lead.DAY), next_at=DAY_BEFORE.due_at)
    uow.reminders.save(everybody_later)
    still_closed = stands(uow, Lead.HOURS)

    uow.reminders.look_again(opened)

    assert stands(uow, Lead.DAY) == replace(everybody_later, next_at=opened)
    assert stands(uow, Lead.HOURS) == still_closed


def test_a_pass_under_way_starts_again_for_who_may_have_been_passed_over(uow: SqlUnitOfWork) -> None:
    uow.reminders.plan(MEETING, 1, 0, [DAY_BEFORE])
    opened = DAY_BEFORE.due_at
    halfway = replace(stands(uow, Lead.DAY), next_at=opened, after_person=PersonId(200), later_at=opened)
    uow.reminders.save(halfway)

    uow.reminders.look_again(opened)

    assert stands(uow, Lead.DAY) == replace(halfway, after_person=PersonId(0), later_at=None)


def test_what_is_done_is_not_looked_at_again(uow: SqlUnitOfWork) -> None:
    uow.reminders.plan(MEETING, 1, 0, [DAY_BEFORE])
    uow.reminders.save(replace(stands(uow, Lead.DAY), state=ReminderState.DONE))

    uow.reminders.look_again(DAY_BEFORE.due_at)

    assert looked_at(uow, NEXT_WEEK) is None
