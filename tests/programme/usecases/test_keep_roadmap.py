from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from programme.actions import Action, ActionState, RoadmapState, When
from programme.territory import VoteRules
from programme.usecases.change_action import (
    ActionCorrected,
    change_action,
    delete_action,
    move_action_on,
    restore_action,
)
from programme.usecases.propose_action import ActionProposed, propose_action, put_on_roadmap, take_off_roadmap
from programme.usecases.vote import ROADMAP_ID, cast_ballot, open_vote
from programme.votes import Ballot, Vote, VoteState, VoteSubject
from tests.programme.usecases.actions import PLAN_CLIMAT
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW

TODAY = date(2026, 11, 24)
DUE = When(date(2027, 3, 1))
Deed = Callable[[Town, Action], object]


def plan(town: Town, **otherwise: object) -> ActionProposed:
    return replace(ActionProposed("Isoler", "Deux jours", "12 MWh", DUE, town.member.id), **otherwise)  # type: ignore[arg-type]  # fields by name


def as_it_is(action: Action, **otherwise: object) -> ActionCorrected:
    """The review of an action, confirmed but for some lines."""
    lines = ActionCorrected(
        title=action.title,
        state=action.state,
        when=action.when,
        means=action.details.means,
        expected_result=action.details.expected_result,
    )
    return replace(lines, **otherwise)  # type: ignore[arg-type]  # fields by name


def correct(**otherwise: object) -> Deed:
    return lambda town, action: change_action(
        town.uow, town.facilitator.id, action.id, as_it_is(action, **otherwise), PLAN_CLIMAT, NOW
    )


def put(**otherwise: object) -> Deed:
    return lambda town, action: put_on_roadmap(
        town.uow, town.facilitator.id, action.id, plan(town, **otherwise), PLAN_CLIMAT, NOW
    )


def move_on(town: Town, action: Action) -> None:
    move_action_on(town.uow, town.member.id, action.id, action.state, TODAY, NOW)


def finish(town: Town, action: Action) -> None:
    for state in (ActionState.PLANNED, ActionState.UNDER_WAY):
        move_action_on(town.uow, town.member.id, action.id, state, TODAY, NOW)


def hand_over(town: Town, action: Action) -> None:
    put_on_roadmap(town.uow, town.facilitator.id, action.id, plan(town, owner=town.facilitator.id), PLAN_CLIMAT, NOW)


def delete(town: Town, action: Action) -> None:
    delete_action(town.uow, town.facilitator.id, action.id, NOW)


def take_off(town: Town, action: Action) -> None:
    take_off_roadmap(town.uow, town.facilitator.id, action.id, NOW)


ANOTHER_PROMISE = [
    pytest.param(put(title="Isoler les combles"), id="title"),
    pytest.param(put(means="Trois jours"), id="means"),
    pytest.param(put(target="9 MWh"), id="target"),
    pytest.param(put(due=When(date(2027, 6, 1))), id="date"),
    pytest.param(correct(expected_result="9 MWh"), id="target among the actions"),
]
THE_SAME = [
    pytest.param(move_on, id="under way"),
    pytest.param(finish, id="done before its date"),
    pytest.param(hand_over, id="another owner"),
    pytest.param(correct(public="Le quartier"), id="another line"),
]


@pytest.mark.parametrize("deed", ANOTHER_PROMISE)
def test_validated_action_that_promises_something_else_is_proposed_again(town: Town, deed: Deed) -> None:
    action = validated(town)
    deed(town, action)
    assert town.uow.actions.get(action.id).roadmap is RoadmapState.PROPOSED


@pytest.mark.parametrize("deed", THE_SAME)
def test_validated_action_stays_so_while_it_promises_the_same(town: Town, deed: Deed) -> None:
    action = validated(town)
    deed(town, action)
    assert town.uow.actions.get(action.id).roadmap is RoadmapState.VALIDATED


@pytest.mark.parametrize(
    "deed",
    [
        *ANOTHER_PROMISE,
        pytest.param(delete, id="deleted"),
        pytest.param(take_off, id="off the roadmap"),
        pytest.param(correct(state=ActionState.GIVEN_UP), id="given up"),
        pytest.param(lambda town, _: proposed(town, title="Former"), id="one more"),
    ],
)
def test_vote_is_withdrawn_where_it_was_opened_on_something_else(town: Town, deed: Deed) -> None:
    action = proposed(town)
    vote = opened(town)
    deed(town, action)
    assert town.uow.votes.get(vote.id).state is VoteState.WITHDRAWN


@pytest.mark.parametrize("deed", THE_SAME)
def test_vote_goes_on_where_what_is_voted_on_is_the_same(town: Town, deed: Deed) -> None:
    action = proposed(town)
    vote = opened(town)
    deed(town, action)
    assert town.uow.votes.get(vote.id) == vote


def test_deleted_action_that_comes_back_was_not_voted_on(town: Town) -> None:
    proposed(town)
    second = proposed(town, title="Former")
    delete(town, second)
    vote = opened(town)

    restore_action(town.uow, town.facilitator.id, second.id, NOW)
    assert town.uow.votes.get(vote.id).state is VoteState.WITHDRAWN


def proposed(town: Town, **otherwise: object) -> Action:
    return propose_action(town.uow, town.facilitator.id, town.toits.id, plan(town, **otherwise), PLAN_CLIMAT, NOW)


def opened(town: Town) -> Vote:
    rules = VoteRules()
    return open_vote(town.uow, town.facilitator.id, town.toits.id, VoteSubject.ROADMAP, ROADMAP_ID, rules, NOW)


def validated(town: Town) -> Action:
    action = proposed(town)
    vote = opened(town)
    for who in (town.member, town.facilitator):
        cast_ballot(town.uow, who.id, vote.id, Ballot.FOR, NOW)
    kept = town.uow.actions.get(action.id)
    assert kept.roadmap is RoadmapState.VALIDATED
    return kept
