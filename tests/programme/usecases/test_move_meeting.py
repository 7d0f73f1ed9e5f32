from dataclasses import replace
from datetime import timedelta

import pytest

from programme.audit import AuditLine
from programme.errors import InThePast, NotAllowed, NotFound, NotWellFormed, TooLate
from programme.ids import MeetingId
from programme.leads import EventKind, Lead
from programme.meetings import Answer, AnswerCounts, Meeting, MeetingState
from programme.notices import MeetingCancelled, MeetingMoved, MeetingPlanned
from programme.reminders import Reminder, ReminderState
from programme.usecases.answer_meeting import answer_meeting
from programme.usecases.leave_coalition import leave_coalition
from programme.usecases.move_meeting import Move, cancel_meeting, move_meeting
from programme.usecases.plan_meeting import MeetingPlan, plan_meeting
from tests.programme.usecases.town import PARIS, Town
from tests.storage.brest import NOW

STARTS_AT = NOW + timedelta(days=10)
A_WEEK_LATER = Move(STARTS_AT + timedelta(days=7))
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def workshop(town: Town) -> Meeting:
    """Maude plans a meeting of « Toits solaires »."""
    plan = MeetingPlan(town.toits.id, "Premier atelier", STARTS_AT, "Maison de l’International")
    return plan_meeting(town.uow, town.facilitator.id, plan, NOW, PARIS)


def reminder(town: Town, meeting: Meeting, version: int, lead: Lead) -> Reminder:
    kept = town.uow.reminders.get(EventKind.MEETING, meeting.id, version, lead)
    assert kept is not None
    return kept


def test_a_moved_meeting_has_a_new_moment_and_version(town: Town, workshop: Meeting) -> None:
    moved = move_meeting(town.uow, town.facilitator.id, workshop.id, A_WEEK_LATER, LATER, PARIS)

    assert moved == replace(workshop, starts_at=A_WEEK_LATER.starts_at, version=1)
    assert town.uow.meetings.get(workshop.id) == moved
    assert town.audited()[1:] == [
        AuditLine(LATER, town.facilitator.id, "move_meeting", f"meeting:{workshop.id}", {"version": 1})
    ]


@pytest.mark.parametrize(("role", "others"), [("facilitator", ["Léa"]), ("staff", ["Léa", "Maude"])])
def test_the_facilitator_or_staff_move_and_cancel_and_the_other_members_are_told(
    town: Town, workshop: Meeting, role: str, others: list[str]
) -> None:
    by = town.who(role).id
    move_meeting(town.uow, by, workshop.id, A_WEEK_LATER, LATER, PARIS)
    cancelled = cancel_meeting(town.uow, by, workshop.id, LATER)

    assert (cancelled.state, cancelled.version) == (MeetingState.CANCELLED, 2)
    assert town.told() == [
        ("Léa", MeetingPlanned(workshop.id, 0)),
        *((name, MeetingMoved(workshop.id, 1)) for name in others),
        *((name, MeetingCancelled(workshop.id, 2)) for name in others),
    ]


@pytest.mark.parametrize("role", ["member", "stranger"])
def test_nobody_else_moves_or_cancels(town: Town, workshop: Meeting, role: str) -> None:
    with pytest.raises(NotAllowed):
        move_meeting(town.uow, town.who(role).id, workshop.id, A_WEEK_LATER, LATER, PARIS)
    with pytest.raises(NotAllowed):
        cancel_meeting(town.uow, town.who(role).id, workshop.id, LATER)

    assert town.uow.meetings.get(workshop.id) == workshop
    assert town.told() == [("Léa", MeetingPlanned(workshop.id, 0))]


def test_a_move_stops_the_old_reminders_and_plans_the_new_ones(town: Town, workshop: Meeting) -> None:
    move_meeting(town.uow, town.facilitator.id, workshop.id, A_WEEK_LATER, LATER, PARIS)

    for lead in (Lead.WEEK, Lead.DAY, Lead.HOURS):
        old, new = reminder(town, workshop, 0, lead), reminder(town, workshop, 1, lead)
        assert (old.state, new.state) == (ReminderState.CANCELLED, ReminderState.PLANNED)
        assert new.due_at == old.due_at + timedelta(days=7)


def test_a_move_asks_everybody_again(town: Town, workshop: Meeting) -> None:
    answer_meeting(town.uow, town.member.id, workshop.id, 0, Answer.NO, LATER)
    answer_meeting(town.uow, town.facilitator.id, workshop.id, 0, Answer.YES, LATER)

    move_meeting(town.uow, town.facilitator.id, workshop.id, A_WEEK_LATER, LATER, PARIS)

    assert town.uow.meetings.counts(workshop.id) == AnswerCounts()


def test_a_meeting_may_change_its_place_only(town: Town, workshop: Meeting) -> None:
    move = Move(workshop.starts_at, "  Les  Capucins ")

    moved = move_meeting(town.uow, town.facilitator.id, workshop.id, move, LATER, PARIS)

    assert moved == replace(workshop, place="Les Capucins", version=1)
    assert town.told()[1:] == [("Léa", MeetingMoved(workshop.id, 1))]


@pytest.mark.parametrize("place", ["", "Maison de l’International"])
def test_a_move_that_moves_nothing_is_harmless(town: Town, workshop: Meeting, place: str) -> None:
    answer_meeting(town.uow, town.member.id, workshop.id, 0, Answer.YES, LATER)

    same = Move(workshop.starts_at.astimezone(PARIS), place)
    assert move_meeting(town.uow, town.facilitator.id, workshop.id, same, LATER, PARIS) == workshop

    assert town.uow.meetings.counts(workshop.id) == AnswerCounts(yes=1)
    assert reminder(town, workshop, 0, Lead.DAY).state is ReminderState.PLANNED
    assert (len(town.told()), len(town.audited())) == (1, 1)


def test_a_meeting_that_moves_there_and_back_is_told_each_time(town: Town, workshop: Meeting) -> None:
    move_meeting(town.uow, town.facilitator.id, workshop.id, A_WEEK_LATER, LATER, PARIS)
    back = move_meeting(town.uow, town.facilitator.id, workshop.id, Move(STARTS_AT), LATER, PARIS)

    assert back == replace(workshop, version=2)
    assert town.told()[1:] == [("Léa", MeetingMoved(workshop.id, 1)), ("Léa", MeetingMoved(workshop.id, 2))]
    assert reminder(town, workshop, 2, Lead.DAY).state is ReminderState.PLANNED


@pytest.mark.parametrize("late", [timedelta(0), timedelta(days=3)])
def test_it_does_not_move_into_the_past(town: Town, workshop: Meeting, late: timedelta) -> None:
    with pytest.raises(InThePast):
        move_meeting(town.uow, town.facilitator.id, workshop.id, Move(LATER - late), LATER, PARIS)

    assert town.uow.meetings.get(workshop.id) == workshop


def test_a_place_that_does_not_fit_moves_nothing(town: Town, workshop: Meeting) -> None:
    with pytest.raises(NotWellFormed):
        move_meeting(town.uow, town.facilitator.id, workshop.id, Move(STARTS_AT, "é" * 201), LATER, PARIS)

    assert town.uow.meetings.get(workshop.id) == workshop


def test_once_begun_it_neither_moves_nor_is_cancelled(town: Town, workshop: Meeting) -> None:
    with pytest.raises(TooLate):
        move_meeting(town.uow, town.facilitator.id, workshop.id, A_WEEK_LATER, STARTS_AT, PARIS)
    with pytest.raises(TooLate):
        cancel_meeting(town.uow, town.facilitator.id, workshop.id, STARTS_AT)


def test_cancelling_stops_every_reminder(town: Town, workshop: Meeting) -> None:
    cancelled = cancel_meeting(town.uow, town.facilitator.id, workshop.id, LATER)

    assert cancelled == replace(workshop, state=MeetingState.CANCELLED, version=1)
    assert town.uow.reminders.next_at() is None
    assert town.audited()[1:] == [AuditLine(LATER, town.facilitator.id, "cancel_meeting", f"meeting:{workshop.id}")]


def test_cancelling_twice_is_too_late_and_tells_nobody_again(town: Town, workshop: Meeting) -> None:
    cancel_meeting(town.uow, town.facilitator.id, workshop.id, LATER)
    before = (town.told(), town.audited())

    with pytest.raises(TooLate):
        cancel_meeting(town.uow, town.facilitator.id, workshop.id, LATER)
    with pytest.raises(TooLate):
        move_meeting(town.uow, town.facilitator.id, workshop.id, A_WEEK_LATER, LATER, PARIS)

    assert (town.told(), town.audited()) == before


def test_who_left_meanwhile_is_not_told(town: Town, workshop: Meeting) -> None:
    leave_coalition(town.uow, town.member.id, town.toits.id, LATER)

    move_meeting(town.uow, town.staff.id, workshop.id, A_WEEK_LATER, LATER, PARIS)

    assert town.told()[1:] == [("Maude", MeetingMoved(workshop.id, 1))]


def test_who_declined_is_told_since_the_new_day_may_suit(town: Town, workshop: Meeting) -> None:
    answer_meeting(town.uow, town.member.id, workshop.id, 0, Answer.NO, LATER)

    move_meeting(town.uow, town.facilitator.id, workshop.id, A_WEEK_LATER, LATER, PARIS)

    assert town.told()[1:] == [("Léa", MeetingMoved(workshop.id, 1))]


def test_what_is_nowhere_is_not_found(town: Town) -> None:
    with pytest.raises(NotFound):
        move_meeting(town.uow, town.staff.id, MeetingId(99), A_WEEK_LATER, NOW, PARIS)
    with pytest.raises(NotFound):
        cancel_meeting(town.uow, town.staff.id, MeetingId(99), NOW)
