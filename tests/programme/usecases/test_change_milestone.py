from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from programme.errors import InThePast, NotAllowed, NotFound, TooLate
from programme.leads import EventKind
from programme.milestones import Milestone, MilestoneState
from programme.notices import MilestoneEntrusted
from programme.reminders import ReminderState
from programme.usecases.add_milestone import MilestonePlan, add_milestone
from programme.usecases.change_milestone import (
    change_milestone,
    complete_milestone,
    give_up_milestone,
    reopen_milestone,
    seen_milestone,
)
from programme.usecases.leave_coalition import leave_coalition
from tests.programme.usecases.town import PARIS, Town
from tests.storage.brest import NOW, joins, milestone

DUE_ON, LATER = date(2027, 1, 15), date(2027, 2, 15)


@pytest.fixture
def charter(town: Town) -> Milestone:
    plan = MilestonePlan("Charte signée", DUE_ON, town.member.id)
    return add_milestone(town.uow, town.facilitator.id, town.toits.id, plan, NOW, PARIS)


def test_owner_or_facilitator_says_that_it_is_reached(town: Town, charter: Milestone) -> None:
    for who in (town.member, town.facilitator):
        done = complete_milestone(town.uow, who.id, charter.id, NOW)
        assert (done.state, town.uow.milestones.get(charter.id)) == (MilestoneState.DONE, done)
    assert state_of_reminder(town, charter, 0) is ReminderState.CANCELLED
    assert [line.deed for line in town.audited()] == ["add_milestone", "complete_milestone"]
    with pytest.raises(TooLate):
        give_up_milestone(town.uow, town.facilitator.id, charter.id, NOW)


def test_moved_milestone_is_reminded_by_its_new_day_and_its_owner_told(town: Town, charter: Milestone) -> None:
    moved = change_milestone(town.uow, town.facilitator.id, charter.id, plan(town, due_on=LATER), NOW, PARIS)

    assert (moved.due_on, moved.version) == (LATER, 1)
    assert state_of_reminder(town, charter, 0) is ReminderState.CANCELLED
    assert state_of_reminder(town, charter, 1) is ReminderState.PLANNED
    assert town.told() == [("Léa", MilestoneEntrusted(charter.id, 0)), ("Léa", MilestoneEntrusted(charter.id, 1))]


def test_new_owner_is_told_and_another_title_troubles_nobody(town: Town, charter: Milestone) -> None:
    yann = town.newcomer()
    joins(town.uow, yann, town.toits)
    change_milestone(town.uow, town.facilitator.id, charter.id, plan(town, title="Charte"), NOW, PARIS)
    handed = change_milestone(town.uow, town.facilitator.id, charter.id, plan(town, owner=yann.id), NOW, PARIS)

    assert (handed.owner_id, handed.version) == (yann.id, 1)
    assert town.told() == [("Léa", MilestoneEntrusted(charter.id, 0)), ("Yann", MilestoneEntrusted(charter.id, 1))]
    before = town.audited()
    assert change_milestone(town.uow, town.facilitator.id, charter.id, plan(town, owner=yann.id), NOW, PARIS) == handed
    assert town.audited() == before


def test_day_that_is_over_stays_unless_it_is_moved_to_another_that_is_over(town: Town, charter: Milestone) -> None:
    late = NOW + timedelta(days=90)
    renamed = change_milestone(town.uow, town.facilitator.id, charter.id, plan(town, title="Charte"), late, PARIS)
    assert (renamed.title, renamed.due_on) == ("Charte", DUE_ON)
    with pytest.raises(InThePast):
        change_milestone(town.uow, town.facilitator.id, charter.id, plan(town, due_on=LATER), late, PARIS)
    with pytest.raises(NotFound):
        change_milestone(town.uow, town.facilitator.id, charter.id, plan(town, owner=town.stranger.id), NOW, PARIS)


def test_given_up_is_reminded_no_more_until_it_is_taken_up_again(town: Town, charter: Milestone) -> None:
    given_up = give_up_milestone(town.uow, town.facilitator.id, charter.id, NOW)
    assert (given_up.state, state_of_reminder(town, charter, 0)) == (MilestoneState.GIVEN_UP, ReminderState.CANCELLED)
    with pytest.raises(TooLate):
        complete_milestone(town.uow, town.member.id, charter.id, NOW)
    with pytest.raises(TooLate):
        change_milestone(town.uow, town.facilitator.id, charter.id, plan(town), NOW, PARIS)
    with pytest.raises(NotAllowed):
        reopen_milestone(town.uow, town.member.id, charter.id, NOW, PARIS)

    reopened = reopen_milestone(town.uow, town.facilitator.id, charter.id, NOW, PARIS)
    assert (
        reopened
        == replace(charter, version=1)
        == reopen_milestone(town.uow, town.facilitator.id, charter.id, NOW, PARIS)
    )
    assert state_of_reminder(town, charter, 1) is ReminderState.PLANNED


def test_owner_takes_back_that_it_is_reached(town: Town, charter: Milestone) -> None:
    complete_milestone(town.uow, town.member.id, charter.id, NOW)
    assert reopen_milestone(town.uow, town.member.id, charter.id, NOW, PARIS).state is MilestoneState.OPEN


def test_nobody_else_touches_it(town: Town, charter: Milestone) -> None:
    other = town.stranger
    joins(town.uow, other, town.toits)
    leave_coalition(town.uow, town.member.id, town.toits.id, NOW)
    uow = town.uow
    for who in (other, town.member):
        deeds: list[Callable[[], Milestone]] = [
            lambda who=who: complete_milestone(uow, who.id, charter.id, NOW),  # type: ignore[misc]  # who it is now
            lambda who=who: give_up_milestone(uow, who.id, charter.id, NOW),  # type: ignore[misc]  # who it is now
            lambda who=who: change_milestone(uow, who.id, charter.id, plan(town), NOW, PARIS),  # type: ignore[misc]  # who it is now
        ]
        for deed in deeds:
            with pytest.raises(NotAllowed):
                deed()
    assert seen_milestone(uow, other.id, charter.id).state is MilestoneState.OPEN
    with pytest.raises(NotAllowed):
        seen_milestone(uow, town.member.id, charter.id)


def test_milestone_of_the_programme_follows_the_territory_only(town: Town) -> None:
    spring = milestone(town.uow, "spring")
    for who in (town.staff, town.facilitator):
        with pytest.raises(NotAllowed):
            complete_milestone(town.uow, who.id, spring.id, NOW)
        with pytest.raises(NotAllowed):
            give_up_milestone(town.uow, who.id, spring.id, NOW)
    assert seen_milestone(town.uow, town.newcomer().id, spring.id) == spring


def plan(town: Town, **otherwise: object) -> MilestonePlan:
    return replace(MilestonePlan("Charte signée", DUE_ON, town.member.id), **otherwise)  # type: ignore[arg-type]  # fields by name


def state_of_reminder(town: Town, of: Milestone, version: int) -> ReminderState:
    kept = town.uow.reminders.get(EventKind.MILESTONE, of.id, version, "d-7")
    assert kept is not None
    return kept.state
