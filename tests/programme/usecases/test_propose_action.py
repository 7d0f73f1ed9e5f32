from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from programme.actions import Action, ActionDetails, ActionState, RoadmapState, When
from programme.errors import NotAllowed, NotFound, NotWellFormed, TooLate
from programme.usecases.change_action import delete_action, move_action_on
from programme.usecases.leave_coalition import leave_coalition
from programme.usecases.log_action import log_action
from programme.usecases.propose_action import ActionProposed, propose_action, put_on_roadmap, take_off_roadmap
from tests.programme.usecases.actions import PLAN_CLIMAT, told
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW, joins

MARCH = When(date(2027, 3, 1), whole_month=True)
TODAY = date(2026, 11, 24)


@pytest.fixture
def plan(town: Town) -> ActionProposed:
    return ActionProposed(
        "Isoler  les combles", "Deux jours", "12 MWh par an", MARCH, town.member.id, ("air", "energy")
    )


def test_proposed_action_is_planned_and_waits_for_the_members(town: Town, plan: ActionProposed) -> None:
    action = propose_action(town.uow, town.facilitator.id, town.toits.id, plan, PLAN_CLIMAT, NOW)

    assert town.uow.actions.roadmap(town.toits.id) == [action]
    assert action == Action(
        id=action.id,
        coalition_id=town.toits.id,
        title="Isoler les combles",
        state=ActionState.PLANNED,
        when=MARCH,
        stakes=("energy", "air"),
        figure=None,
        photo=None,
        details=ActionDetails(means="Deux jours", expected_result="12 MWh par an"),
        logged_by=town.facilitator.id,
        organisation_id=None,
        logged_at=NOW,
        roadmap=RoadmapState.PROPOSED,
        owner_id=town.member.id,
    )
    assert [(line.by, line.deed, line.subject) for line in town.audited()] == [
        (town.facilitator.id, "propose_action", f"action:{action.id}")
    ]


def test_logged_action_goes_on_the_roadmap_and_off_again(town: Town, plan: ActionProposed) -> None:
    logged = log_action(town.uow, town.member.id, told(town.toits, ActionState.PLANNED), PLAN_CLIMAT, NOW)

    put = put_on_roadmap(town.uow, town.facilitator.id, logged.id, plan, PLAN_CLIMAT, NOW)
    assert (put.roadmap, put.owner_id, put.logged_by) == (RoadmapState.PROPOSED, town.member.id, town.member.id)
    assert put_on_roadmap(town.uow, town.facilitator.id, logged.id, plan, PLAN_CLIMAT, NOW) == put

    off = take_off_roadmap(town.uow, town.staff.id, logged.id, NOW)
    assert off == replace(put, roadmap=None, owner_id=None) == town.uow.actions.get(logged.id)
    assert take_off_roadmap(town.uow, town.staff.id, logged.id, NOW) == off
    assert [line.deed for line in town.audited()] == ["put_on_roadmap", "take_off_roadmap"]


def test_only_who_facilitates_steers_the_roadmap(town: Town, plan: ActionProposed) -> None:
    action = propose_action(town.uow, town.facilitator.id, town.toits.id, plan, PLAN_CLIMAT, NOW)
    for who in (town.member, town.stranger):
        deeds: list[Callable[[], Action]] = [
            lambda who=who: propose_action(town.uow, who.id, town.toits.id, plan, PLAN_CLIMAT, NOW),  # type: ignore[misc]  # who it is now
            lambda who=who: put_on_roadmap(town.uow, who.id, action.id, plan, PLAN_CLIMAT, NOW),  # type: ignore[misc]  # who it is now
            lambda who=who: take_off_roadmap(town.uow, who.id, action.id, NOW),  # type: ignore[misc]  # who it is now
        ]
        for deed in deeds:
            with pytest.raises(NotAllowed):
                deed()
    assert town.uow.actions.roadmap(town.toits.id) == [action]


def test_what_is_over_or_deleted_goes_on_no_roadmap(town: Town, plan: ActionProposed) -> None:
    done, gone = (log_action(town.uow, town.member.id, told(town.toits), PLAN_CLIMAT, NOW) for _ in range(2))
    delete_action(town.uow, town.member.id, gone.id, NOW)

    with pytest.raises(TooLate):
        put_on_roadmap(town.uow, town.facilitator.id, done.id, plan, PLAN_CLIMAT, NOW)
    with pytest.raises(NotFound):
        put_on_roadmap(town.uow, town.facilitator.id, gone.id, plan, PLAN_CLIMAT, NOW)


def test_owner_is_a_member_and_every_line_is_there(town: Town, plan: ActionProposed) -> None:
    def propose(wanted: ActionProposed) -> Action:
        return propose_action(town.uow, town.facilitator.id, town.toits.id, wanted, PLAN_CLIMAT, NOW)

    for wrong in (replace(plan, owner=town.stranger.id), replace(plan, stakes=("magic",))):
        with pytest.raises(NotFound):
            propose(wrong)
    for empty in (replace(plan, title=" "), replace(plan, means=""), replace(plan, target="a" * 501)):
        with pytest.raises(NotWellFormed):
            propose(empty)
    assert town.uow.actions.roadmap(town.toits.id) == []


def test_owner_moves_the_action_on_while_it_is_theirs(town: Town, plan: ActionProposed) -> None:
    action = propose_action(town.uow, town.facilitator.id, town.toits.id, plan, PLAN_CLIMAT, NOW)
    joins(town.uow, town.stranger, town.toits)

    with pytest.raises(NotAllowed):
        move_action_on(town.uow, town.stranger.id, action.id, ActionState.PLANNED, TODAY, NOW)
    under_way = move_action_on(town.uow, town.member.id, action.id, ActionState.PLANNED, TODAY, NOW)
    assert under_way.state is ActionState.UNDER_WAY
    with pytest.raises(NotAllowed):
        delete_action(town.uow, town.member.id, action.id, NOW)

    leave_coalition(town.uow, town.member.id, town.toits.id, NOW)
    with pytest.raises(NotAllowed):
        move_action_on(town.uow, town.member.id, action.id, ActionState.UNDER_WAY, TODAY, NOW)
