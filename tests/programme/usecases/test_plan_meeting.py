from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from programme.audit import AuditLine
from programme.errors import InThePast, NotAllowed, NotFound, NotWellFormed
from programme.ids import CoalitionId
from programme.leads import EventKind, Lead
from programme.meetings import Meeting, MeetingKind, MeetingState
from programme.memberships import MembershipState
from programme.notices import MeetingPlanned
from programme.path import Agreement
from programme.people import Person
from programme.usecases.move_meeting import cancel_meeting
from programme.usecases.plan_meeting import BY_ROTATION, MeetingPlan, plan_meeting
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


def test_whose_turn_it_is_chairs_and_goes_to_the_end_of_the_order(town: Town) -> None:
    _rotates(town, town.member, town.facilitator)

    planned = plan_meeting(town.uow, town.facilitator.id, replace(plan(town), chair=BY_ROTATION), NOW, PARIS)

    assert planned.chair_id == town.member.id
    assert list(town.uow.path.chairs(town.toits.id)) == [town.facilitator.id, town.member.id]


def test_who_is_named_chairs_and_has_had_their_turn(town: Town) -> None:
    _rotates(town, town.member, town.facilitator)

    named = replace(plan(town), chair=str(town.member.id))
    planned = plan_meeting(town.uow, town.facilitator.id, named, NOW, PARIS)

    assert planned.chair_id == town.member.id
    assert list(town.uow.path.chairs(town.toits.id)) == [town.facilitator.id, town.member.id]


def test_a_cancelled_meeting_gives_the_turn_back(town: Town) -> None:
    _rotates(town, town.member, town.facilitator)
    planned = plan_meeting(town.uow, town.facilitator.id, replace(plan(town), chair=BY_ROTATION), NOW, PARIS)

    cancel_meeting(town.uow, town.facilitator.id, planned.id, NOW)

    assert list(town.uow.path.chairs(town.toits.id)) == [town.member.id, town.facilitator.id]


@pytest.mark.parametrize("strange", ["999", "-1", "٣", "9" * 30, "rotations", ""])
def test_nobody_but_a_member_is_named(town: Town, strange: str) -> None:
    for chair in (strange, str(town.stranger.id)):
        with pytest.raises(NotFound):
            plan_meeting(town.uow, town.facilitator.id, replace(plan(town), chair=chair), NOW, PARIS)

    assert town.uow.meetings.next_of(town.toits.id, NOW) is None


def test_kind_and_agenda_are_kept_clean(town: Town) -> None:
    told = replace(plan(town), kind=MeetingKind.VISIT, agenda=" 1. Toits\u0000\r\n\r\n\r\n\r\n2. Suite ")

    planned = plan_meeting(town.uow, town.facilitator.id, told, NOW, PARIS)

    assert (planned.kind, planned.agenda) == (MeetingKind.VISIT, "1. Toits\n\n2. Suite")


def _rotates(town: Town, *people: Person) -> None:
    town.uow.path.put_agreement(Agreement(town.toits.id, True, None, "", "", "", ""), NOW)
    town.uow.path.put_chairs(town.toits.id, [person.id for person in people])
