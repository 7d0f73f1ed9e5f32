from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from programme.leads import EventKind, Lead
from programme.meetings import Meeting
from programme.notices import ForumReminder, MeetingCancelled, MeetingMoved, MeetingPlanned
from programme.people import Preferences
from programme.reminders import milestone_reminders
from programme.usecases.move_meeting import Move, cancel_meeting, move_meeting
from programme.usecases.plan_meeting import MeetingPlan, plan_meeting
from storage.tables.delivery import outbox
from tests.programme.usecases.gathering import ENDS_AT, Gathering, gather
from tests.programme.usecases.town import (
    DAY_BEFORE,
    EVENING,
    HOURS_BEFORE,
    PARIS,
    WEEK_BEFORE,
    Town,
    remind_at,
    remind_until,
)
from tests.storage.brest import NOW, joins, milestone, person

SOON = NOW + timedelta(days=3)


@pytest.fixture
def reading(town: Town) -> Town:
    """Léa wants a digest; Yann, a member too, single notices."""
    town.prefers(town.member, digest=True)
    joins(town.uow, town.newcomer(), town.toits)
    return town


def plans(town: Town, starts_at: datetime) -> Meeting:
    plan = MeetingPlan(town.toits.id, "Premier atelier", starts_at, "Les Capucins")
    return plan_meeting(town.uow, town.facilitator.id, plan, NOW, PARIS)


def test_a_new_meeting_waits_for_the_digest_and_that_is_recorded(reading: Town) -> None:
    planned = plans(reading, EVENING)

    assert reading.told() == [("Yann", MeetingPlanned(planned.id, 0))]
    skipped = reading.connection.execute(select(outbox.c.key, outbox.c.reason).where(outbox.c.state == "skipped"))
    assert [tuple(row) for row in skipped] == [(f"meeting_planned:{planned.id}:{reading.member.id}", "in the digest")]


def test_a_meeting_that_takes_place_before_the_next_digest_is_told_at_once(reading: Town) -> None:
    planned = plans(reading, SOON)

    notice = MeetingPlanned(planned.id, 0)
    assert reading.told() == [("Léa", notice), ("Yann", notice)]


def test_many_members_are_told_apart(reading: Town) -> None:
    readers = [person(reading.uow, f"L{number}", preferences=Preferences(digest=True)) for number in range(501)]
    for reader in readers:
        joins(reading.uow, reader, reading.toits)

    planned = plans(reading, EVENING)

    assert reading.told() == [("Yann", MeetingPlanned(planned.id, 0))]


def test_a_move_and_a_cancellation_are_told_at_once(reading: Town) -> None:
    planned = plans(reading, EVENING)
    moved = move_meeting(reading.uow, reading.facilitator.id, planned.id, Move(EVENING + timedelta(days=7)), NOW, PARIS)
    cancelled = cancel_meeting(reading.uow, reading.facilitator.id, planned.id, NOW)

    assert [notice for name, notice in reading.told() if name == "Léa"] == [
        MeetingMoved(planned.id, moved.version),
        MeetingCancelled(planned.id, cancelled.version),
    ]


def test_no_reminder_of_a_meeting_comes(reading: Town) -> None:
    plans(reading, EVENING)
    for moment in (WEEK_BEFORE, DAY_BEFORE, HOURS_BEFORE):
        remind_at(reading.uow, moment)

    assert reading.leads_of(reading.member) == []
    assert reading.leads_of(reading.facilitator) == ["d-7", "d-1", "h-2"]


def test_no_reminder_of_a_milestone_comes(reading: Town) -> None:
    spring = milestone(reading.uow, "spring")
    planned = milestone_reminders(spring.due_on, PARIS)
    reading.uow.reminders.plan(EventKind.MILESTONE, spring.id, 0, planned)
    remind_until(reading.uow, NOW + timedelta(days=30), NOW)

    assert reading.reminders_of(reading.member) == []
    assert len(reading.reminders_of(reading.facilitator)) == len(planned)


def test_of_a_forum_only_the_question_afterwards_comes(reading: Town) -> None:
    gathering = Gathering(reading, gather(reading).forum, {"Léa": reading.member})
    gathering.come("Léa")
    remind_until(reading.uow, ENDS_AT + timedelta(days=1), NOW)

    reminders = [notice for name, notice in reading.told() if name == "Léa"]
    assert reminders == [ForumReminder(gathering.forum.id, 0, Lead.AFTERWARDS)]


def test_who_goes_back_to_single_messages_is_reminded_again(reading: Town) -> None:
    plans(reading, EVENING)
    remind_at(reading.uow, WEEK_BEFORE)
    reading.prefers(reading.member, WEEK_BEFORE, digest=False)
    for moment in (DAY_BEFORE, HOURS_BEFORE):
        remind_at(reading.uow, moment)

    assert reading.leads_of(reading.member)[-2:] == ["d-1", "h-2"]
