from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from programme.audit import AuditLine
from programme.errors import InThePast, NotAllowed, NotFound, NotWellFormed
from programme.ids import CoalitionId
from programme.leads import EventKind, Lead
from programme.meetings import Meeting, MeetingState
from programme.memberships import MembershipState
from programme.notices import MeetingPlanned
from programme.usecases.plan_meeting import MeetingPlan, plan_meeting
from tests.programme.usecases.town import PARIS, Town
from tests.storage.brest import NEXT_WEEK, NOW

MEETING_LEADS = (Lead.WEEK, Lead.DAY, Lead.HOURS)
IN_TEN_DAYS = NOW + timedelta(days=10)


def plan(town: Town, starts_at: datetime = IN_TEN_DAYS) -> MeetingPlan:
    return MeetingPlan(town.toits.id, "Premier atelier", starts_at, "Maison de l’International")


def leads_planned(town: Town, meeting: Meeting) -> list[Lead]:
    return [
        lead
        for lead in MEETING_LEADS
        if town.uow.reminders.get(EventKind.MEETING, meeting.id, meeting.version, lead) is not None
    ]


@pytest.mark.parametrize(("role", "others"), [("facilitator", ["Léa"]), ("staff", ["Léa", "Maude"])])
def test_the_facilitator_or_staff_plan_and_the_other_members_are_told(town: Town, role: str, others: list[str]) -> None:
    planned = plan_meeting(town.uow, town.who(role).id, plan(town), NOW, PARIS)

    assert planned == Meeting(
        planned.id,
        town.toits.id,
        "Premier atelier",
        IN_TEN_DAYS,
        "Maison de l’International",
        MeetingState.PLANNED,
        0,
        town.who(role).id,
    )
    assert town.uow.meetings.get(planned.id) == planned
    assert town.told() == [(name, MeetingPlanned(planned.id, 0)) for name in others]
    assert town.audited() == [AuditLine(NOW, town.who(role).id, "plan_meeting", f"meeting:{planned.id}")]


@pytest.mark.parametrize("role", ["member", "stranger"])
def test_nobody_else_plans_not_even_who_facilitates_another_coalition(town: Town, role: str) -> None:
    with pytest.raises(NotAllowed):
        plan_meeting(town.uow, town.who(role).id, plan(town), NOW, PARIS)

    assert town.uow.meetings.next_of(town.toits.id, NOW) is None
    assert (town.told(), town.audited(), town.uow.reminders.next_at()) == ([], [], None)


def test_only_accepted_members_are_told(town: Town) -> None:
    for state in (MembershipState.ASKED, MembershipState.REFUSED, MembershipState.LEFT):
        town.uow.memberships.put(town.newcomer(state.value).id, town.toits.id, state, NOW)

    plan_meeting(town.uow, town.facilitator.id, plan(town), NOW, PARIS)

    assert [name for name, _ in town.told()] == ["Léa"]


def test_all_three_reminders_are_planned(town: Town) -> None:
    planned = plan_meeting(town.uow, town.facilitator.id, plan(town), NOW, PARIS)

    assert leads_planned(town, planned) == [Lead.WEEK, Lead.DAY, Lead.HOURS]
    day_before = town.uow.reminders.get(EventKind.MEETING, planned.id, 0, Lead.DAY)
    assert day_before is not None
    assert day_before.due_at == IN_TEN_DAYS - timedelta(days=1)


@pytest.mark.parametrize(
    ("ahead", "leads"),
    [
        (timedelta(days=7, minutes=1), [Lead.WEEK, Lead.DAY, Lead.HOURS]),
        (timedelta(days=7), [Lead.DAY, Lead.HOURS]),
        (timedelta(days=1), [Lead.HOURS]),
        (timedelta(hours=2), []),
        (timedelta(seconds=1), []),
    ],
)
def test_a_reminder_whose_moment_is_over_is_left_out(town: Town, ahead: timedelta, leads: list[Lead]) -> None:
    planned = plan_meeting(town.uow, town.facilitator.id, plan(town, NOW + ahead), NOW, PARIS)

    assert leads_planned(town, planned) == leads


@pytest.mark.parametrize("late", [timedelta(0), timedelta(seconds=1), timedelta(days=400)])
def test_a_moment_that_is_over_is_refused(town: Town, late: timedelta) -> None:
    with pytest.raises(InThePast):
        plan_meeting(town.uow, town.facilitator.id, plan(town, NOW - late), NOW, PARIS)

    assert town.told() == []


@pytest.mark.parametrize(
    ("field", "longest", "change"),
    [
        ("title", 100, {"title": ""}),
        ("title", 100, {"title": "é" * 101}),
        ("place", 200, {"place": " \u0000"}),
        ("place", 200, {"place": "é" * 201}),
    ],
)
def test_a_text_that_does_not_fit_is_refused(town: Town, field: str, longest: int, change: dict[str, str]) -> None:
    with pytest.raises(NotWellFormed) as refusal:
        plan_meeting(town.uow, town.facilitator.id, replace(plan(town), **change), NOW, PARIS)  # type: ignore[arg-type]  # texts only

    assert (refusal.value.field, refusal.value.longest) == (field, longest)
    assert town.uow.meetings.next_of(town.toits.id, NOW) is None


def test_texts_are_kept_clean(town: Town) -> None:
    typed = replace(plan(town), title=" Atelier\n<b>toits</b>\u0000 ", place="https://visio.example/a?b=c&d")

    planned = plan_meeting(town.uow, town.facilitator.id, typed, NOW, PARIS)

    assert (planned.title, planned.place) == ("Atelier <b>toits</b>", "https://visio.example/a?b=c&d")


def test_two_meetings_are_told_each_by_itself(town: Town) -> None:
    first = plan_meeting(town.uow, town.facilitator.id, plan(town), NOW, PARIS)
    second = plan_meeting(town.uow, town.facilitator.id, plan(town, NEXT_WEEK), NOW, PARIS)

    assert town.told() == [("Léa", MeetingPlanned(first.id, 0)), ("Léa", MeetingPlanned(second.id, 0))]


def test_a_coalition_that_is_nowhere_is_not_found(town: Town) -> None:
    with pytest.raises(NotFound):
        plan_meeting(town.uow, town.staff.id, replace(plan(town), coalition=CoalitionId(99)), NOW, PARIS)
