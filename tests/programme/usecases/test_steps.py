from dataclasses import replace
from datetime import date, timedelta

import pytest

from programme.audit import AuditLine
from programme.errors import NotAllowed, NotFound
from programme.groups import CardKind, Group, GroupCard
from programme.ids import CoalitionId
from programme.meetings import MEETING_LASTS, MeetingKind, MeetingState
from programme.memberships import MembershipState
from programme.path import Agreement, Step, StepProgress, current_step
from programme.territory import OrganisationKind
from programme.usecases.steps import entrust, mark_done, open_again, road, seem_done, set_due
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW, TODAY, joins, meeting

DUE = date(2026, 12, 18)


def progress(town: Town, step: Step) -> StepProgress:
    return town.uow.path.steps(town.toits.id)[step]


@pytest.mark.parametrize("role", ["facilitator", "staff"])
def test_who_facilitates_marks_a_step_and_opens_it_again(town: Town, role: str) -> None:
    by = town.who(role).id

    assert mark_done(town.uow, by, town.toits.id, Step.NEED, TODAY, NOW) == StepProgress(Step.NEED, done_on=TODAY)
    assert current_step(town.uow.path.steps(town.toits.id)) is Step.INVITE
    open_again(town.uow, by, town.toits.id, Step.NEED, NOW)

    assert progress(town, Step.NEED) == StepProgress(Step.NEED)
    assert current_step(town.uow.path.steps(town.toits.id)) is Step.NEED


def test_a_step_that_is_done_keeps_its_day(town: Town) -> None:
    mark_done(town.uow, town.facilitator.id, town.toits.id, Step.NEED, TODAY, NOW)

    mark_done(town.uow, town.staff.id, town.toits.id, Step.NEED, DUE, NOW)

    assert progress(town, Step.NEED).done_on == TODAY


def test_at_the_end_of_the_road_no_step_is_the_present_one(town: Town) -> None:
    for step in Step:
        mark_done(town.uow, town.facilitator.id, town.toits.id, step, TODAY, NOW)

    assert current_step(town.uow.path.steps(town.toits.id)) is None


def test_a_step_gets_its_date_and_loses_it(town: Town) -> None:
    set_due(town.uow, town.facilitator.id, town.toits.id, Step.MEET, DUE, NOW)
    assert progress(town, Step.MEET).due_on == DUE

    set_due(town.uow, town.facilitator.id, town.toits.id, Step.MEET, None, NOW)

    assert progress(town, Step.MEET) == StepProgress(Step.MEET)


def test_a_step_is_entrusted_to_a_member_and_that_is_written_down(town: Town) -> None:
    entrust(town.uow, town.facilitator.id, town.toits.id, Step.MEET, town.member.id, NOW)
    entrust(town.uow, town.facilitator.id, town.toits.id, Step.AGREE, town.facilitator.id, NOW)

    assert progress(town, Step.MEET).owner_id == town.member.id
    details: dict[str, str | int] = {"step": "meet", "person": town.member.id}
    assert town.audited() == [
        AuditLine(NOW, town.facilitator.id, "entrust_step", f"coalition:{town.toits.id}", details)
    ]
    entrust(town.uow, town.facilitator.id, town.toits.id, Step.MEET, None, NOW)
    assert progress(town, Step.MEET).owner_id is None


def test_only_a_member_is_in_charge_and_only_while_they_are_one(town: Town) -> None:
    with pytest.raises(NotFound):
        entrust(town.uow, town.facilitator.id, town.toits.id, Step.MEET, town.stranger.id, NOW)
    entrust(town.uow, town.facilitator.id, town.toits.id, Step.MEET, town.member.id, NOW)

    town.uow.memberships.put(town.member.id, town.toits.id, MembershipState.LEFT, NOW)

    assert progress(town, Step.MEET) == StepProgress(Step.MEET)


@pytest.mark.parametrize("role", ["member", "stranger"])
def test_nobody_else_changes_a_step(town: Town, role: str) -> None:
    by, toits = town.who(role).id, town.toits.id

    with pytest.raises(NotAllowed):
        mark_done(town.uow, by, toits, Step.NEED, TODAY, NOW)
    with pytest.raises(NotAllowed):
        open_again(town.uow, by, toits, Step.NEED, NOW)
    with pytest.raises(NotAllowed):
        set_due(town.uow, by, toits, Step.NEED, DUE, NOW)
    with pytest.raises(NotAllowed):
        entrust(town.uow, by, toits, Step.NEED, by, NOW)

    assert town.uow.path.steps(toits) == {step: StepProgress(step) for step in Step}


def test_members_read_the_road_and_outsiders_do_not(town: Town) -> None:
    for role in ("member", "facilitator", "staff"):
        assert list(road(town.uow, town.who(role).id, town.toits.id)) == list(Step)
    with pytest.raises(NotAllowed):
        road(town.uow, town.stranger.id, town.toits.id)
    with pytest.raises(NotFound):
        mark_done(town.uow, town.staff.id, CoalitionId(99), Step.NEED, TODAY, NOW)


def test_the_card_in_the_group_is_changed_with_the_road(town: Town) -> None:
    card, group = GroupCard(CardKind.STEPS, town.toits.id), Group(-100, None, town.toits.id)
    town.uow.group_cards.show(card, group, NOW)
    told = len(town.uow.group_cards.places(card))

    mark_done(town.uow, town.facilitator.id, town.toits.id, Step.NEED, TODAY, NOW)

    assert (told, town.uow.group_cards.places(card)) == (1, [group])


def test_three_organisations_seem_to_be_enough(town: Town) -> None:
    for number in range(3):
        assert seem_done(town.uow, town.toits.id, NOW) == frozenset()
        ally = town.uow.organisations.add(f"Structure {number}", OrganisationKind.COMPANY)
        town.uow.organisations.attach(ally.id, town.toits.id)

    assert seem_done(town.uow, town.toits.id, NOW) == {Step.INVITE}
    mark_done(town.uow, town.facilitator.id, town.toits.id, Step.INVITE, TODAY, NOW)
    assert seem_done(town.uow, town.toits.id, NOW) == frozenset()


def test_a_launch_meeting_that_is_over_seems_to_be_the_first_one(town: Town) -> None:
    over = meeting(town.uow, town.toits, NOW - MEETING_LASTS - timedelta(minutes=1))
    assert seem_done(town.uow, town.toits.id, NOW) == frozenset()

    town.uow.meetings.save(replace(over, kind=MeetingKind.LAUNCH))
    assert seem_done(town.uow, town.toits.id, NOW) == {Step.MEET}
    assert seem_done(town.uow, town.lagune.id, NOW) == frozenset()
    town.uow.meetings.save(replace(over, kind=MeetingKind.LAUNCH, starts_at=NOW - MEETING_LASTS + timedelta(minutes=1)))
    assert seem_done(town.uow, town.toits.id, NOW) == frozenset()
    town.uow.meetings.save(replace(over, kind=MeetingKind.LAUNCH, state=MeetingState.CANCELLED))
    assert seem_done(town.uow, town.toits.id, NOW) == frozenset()


def test_an_agreement_seems_to_be_the_fourth_step(town: Town) -> None:
    joins(town.uow, town.stranger, town.lagune)
    agreed = Agreement(
        town.toits.id,
        rotating=True,
        chair_id=None,
        frequency="Le mardi",
        tools="Ici",
        authority_link="Léa",
        outside_link="Sam",
    )
    town.uow.path.put_agreement(agreed, NOW)

    assert seem_done(town.uow, town.toits.id, NOW) == {Step.AGREE}
    assert seem_done(town.uow, town.lagune.id, NOW) == frozenset()
