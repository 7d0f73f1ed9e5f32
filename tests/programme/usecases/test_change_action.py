from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from programme.actions import Action, ActionDetails, ActionState, Figure, FigureUnit, When
from programme.errors import NotAllowed, NotFound, NotWellFormed, Outdated, TooLate
from programme.usecases.change_action import (
    ActionCorrected,
    change_action,
    delete_action,
    move_action_on,
    restore_action,
)
from programme.usecases.leave_coalition import leave_coalition
from programme.usecases.log_action import log_action
from tests.programme.usecases.actions import PLAN_CLIMAT, told
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW, joins

TODAY = date(2026, 11, 21)
CORRECTED = ActionCorrected(
    title="Poser trente panneaux",
    state=ActionState.UNDER_WAY,
    when=When(date(2027, 1, 1), whole_month=True),
    stakes=("water",),
    figure=Figure(Decimal("12.5"), FigureUnit.MWH),
    photo="a-file-id",
    means="Deux jours\n\n\n\nde travail",
    public="Le quartier",
    partners="La mairie",
    expected_result="12,5 MWh par an",
    sector="tertiary",
)


@pytest.fixture
def action(town: Town) -> Action:
    return log_action(town.uow, town.member.id, told(town.toits), PLAN_CLIMAT, NOW)


def test_author_corrects_every_line(town: Town, action: Action) -> None:
    changed = change_action(town.uow, town.member.id, action.id, CORRECTED, PLAN_CLIMAT, NOW)

    details = ActionDetails("Deux jours\n\nde travail", "Le quartier", "La mairie", "12,5 MWh par an", "tertiary")
    assert changed == replace(
        action,
        title="Poser trente panneaux",
        state=ActionState.UNDER_WAY,
        when=When(date(2027, 1, 1), whole_month=True),
        stakes=("water",),
        figure=Figure(Decimal("12.5"), FigureUnit.MWH),
        photo="a-file-id",
        details=details,
    )
    assert town.uow.actions.get(action.id) == changed


def test_facilitator_and_staff_correct_it_and_that_is_on_record(town: Town, action: Action) -> None:
    change_action(town.uow, town.facilitator.id, action.id, CORRECTED, PLAN_CLIMAT, NOW)
    move_action_on(town.uow, town.staff.id, action.id, ActionState.UNDER_WAY, TODAY, NOW)

    assert [(line.by, line.deed) for line in town.audited()] == [
        (town.facilitator.id, "change_action"),
        (town.staff.id, "move_action_on"),
    ]


def test_nobody_else_touches_it(town: Town, action: Action) -> None:
    other = town.stranger
    joins(town.uow, other, town.toits)
    deeds: list[Callable[[], Action]] = [
        lambda: change_action(town.uow, other.id, action.id, CORRECTED, PLAN_CLIMAT, NOW),
        lambda: move_action_on(town.uow, other.id, action.id, ActionState.DONE, TODAY, NOW),
        lambda: delete_action(town.uow, other.id, action.id, NOW),
        lambda: restore_action(town.uow, other.id, action.id, NOW),
    ]
    for deed in deeds:
        with pytest.raises(NotAllowed):
            deed()
    assert town.uow.actions.get(action.id) == action


def test_author_who_left_the_coalition_leaves_the_action_to_it(town: Town, action: Action) -> None:
    leave_coalition(town.uow, town.member.id, town.toits.id, NOW)

    with pytest.raises(NotAllowed):
        delete_action(town.uow, town.member.id, action.id, NOW)


def test_action_moves_on_step_by_step_and_an_old_button_changes_nothing(town: Town) -> None:
    planned = log_action(
        town.uow, town.member.id, told(town.toits, ActionState.PLANNED, date(2027, 3, 1)), PLAN_CLIMAT, NOW
    )

    under_way = move_action_on(town.uow, town.member.id, planned.id, ActionState.PLANNED, TODAY, NOW)
    with pytest.raises(Outdated):
        move_action_on(town.uow, town.member.id, planned.id, ActionState.PLANNED, TODAY, NOW)
    done = move_action_on(town.uow, town.member.id, planned.id, ActionState.UNDER_WAY, TODAY, NOW)
    with pytest.raises(TooLate):
        move_action_on(town.uow, town.member.id, planned.id, ActionState.DONE, TODAY, NOW)

    assert (under_way.state, under_way.when) == (ActionState.UNDER_WAY, When(date(2027, 3, 1)))
    assert (done.state, done.when) == (ActionState.DONE, When(TODAY))


def test_action_done_after_its_date_keeps_it(town: Town) -> None:
    late = log_action(
        town.uow, town.member.id, told(town.toits, ActionState.UNDER_WAY, date(2026, 10, 1)), PLAN_CLIMAT, NOW
    )

    done = move_action_on(town.uow, town.member.id, late.id, ActionState.UNDER_WAY, TODAY, NOW)

    assert done.when == When(date(2026, 10, 1))


def test_deleted_action_comes_back_within_a_minute_and_not_later(town: Town, action: Action) -> None:
    delete_action(town.uow, town.member.id, action.id, NOW)
    assert town.uow.actions.of_person(town.member.id) == []
    with pytest.raises(NotFound):
        change_action(town.uow, town.member.id, action.id, CORRECTED, PLAN_CLIMAT, NOW)

    assert restore_action(town.uow, town.member.id, action.id, NOW + timedelta(seconds=60)) == action
    assert restore_action(town.uow, town.member.id, action.id, NOW + timedelta(hours=1)) == action

    delete_action(town.uow, town.member.id, action.id, NOW)
    with pytest.raises(TooLate):
        restore_action(town.uow, town.member.id, action.id, NOW + timedelta(seconds=61))


def test_stake_that_the_territory_dropped_stays_where_it_was(town: Town, action: Action) -> None:
    fewer = replace(PLAN_CLIMAT, stakes=PLAN_CLIMAT.stakes[1:])
    kept = replace(CORRECTED, stakes=("energy", "water"))

    assert change_action(town.uow, town.member.id, action.id, kept, fewer, NOW).stakes == ("energy", "water")
    with pytest.raises(NotFound):
        change_action(town.uow, town.member.id, action.id, replace(CORRECTED, stakes=("magic",)), fewer, NOW)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"sector": "magic"}, NotFound),
        ({"means": "a" * 501}, NotWellFormed),
        ({"title": ""}, NotWellFormed),
    ],
)
def test_wrong_line_changes_nothing(
    town: Town, action: Action, change: dict[str, str], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        change_action(
            town.uow,
            town.member.id,
            action.id,
            replace(CORRECTED, **change),  # type: ignore[arg-type]  # fields by name
            PLAN_CLIMAT,
            NOW,
        )
    assert town.uow.actions.get(action.id) == action
