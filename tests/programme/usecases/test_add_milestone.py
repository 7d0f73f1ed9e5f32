from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from programme.errors import InThePast, NotAllowed, NotFound, NotWellFormed
from programme.leads import EventKind
from programme.notices import MilestoneEntrusted
from programme.usecases.add_milestone import MilestonePlan, add_milestone
from tests.programme.usecases.town import PARIS, Town
from tests.storage.brest import NOW

DUE_ON = date(2026, 12, 5)


@pytest.fixture
def plan(town: Town) -> MilestonePlan:
    return MilestonePlan("Charte  signée", DUE_ON, town.member.id)


def test_milestone_is_entrusted_to_its_owner_and_reminded(town: Town, plan: MilestonePlan) -> None:
    milestone = add_milestone(town.uow, town.facilitator.id, town.toits.id, plan, NOW, PARIS)

    assert town.uow.milestones.of_coalition(town.toits.id) == [milestone]
    assert (milestone.title, milestone.due_on, milestone.owner_id) == ("Charte signée", DUE_ON, town.member.id)
    assert town.told() == [("Léa", MilestoneEntrusted(milestone.id, 0))]
    assert [(line.by, line.deed, line.subject) for line in town.audited()] == [
        (town.facilitator.id, "add_milestone", f"milestone:{milestone.id}")
    ]
    week_before = town.uow.reminders.get(EventKind.MILESTONE, milestone.id, 0, "d-7")
    assert week_before is not None
    assert week_before.due_at == datetime(2026, 11, 28, 8, tzinfo=UTC)
    assert town.uow.reminders.get(EventKind.MILESTONE, milestone.id, 0, "d-14") is None


def test_who_entrusts_it_to_themself_is_not_told(town: Town, plan: MilestonePlan) -> None:
    own = replace(plan, owner=town.facilitator.id)
    add_milestone(town.uow, town.facilitator.id, town.toits.id, own, NOW, PARIS)
    assert town.told() == []


def test_two_of_one_name_are_two(town: Town, plan: MilestonePlan) -> None:
    kept = [add_milestone(town.uow, town.facilitator.id, town.toits.id, plan, NOW, PARIS) for _ in range(2)]
    assert town.uow.milestones.of_coalition(town.toits.id) == kept


def test_only_who_facilitates_adds_one_for_a_member_and_a_day_to_come(town: Town, plan: MilestonePlan) -> None:
    for who in (town.member, town.stranger):
        with pytest.raises(NotAllowed):
            add_milestone(town.uow, who.id, town.toits.id, plan, NOW, PARIS)
    for wrong, refusal in (
        (replace(plan, owner=town.stranger.id), NotFound),
        (replace(plan, due_on=date(2026, 11, 23)), InThePast),
        (replace(plan, title="\u200b"), NotWellFormed),
    ):
        with pytest.raises(refusal):
            add_milestone(town.uow, town.facilitator.id, town.toits.id, wrong, NOW, PARIS)
    today = replace(plan, due_on=date(2026, 11, 24))
    assert add_milestone(town.uow, town.staff.id, town.toits.id, today, NOW, PARIS).due_on == NOW.date()
