from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from programme.actions import ActionState, Figure, FigureUnit, When
from programme.errors import NotAllowed, NotFound, NotWellFormed
from programme.usecases.leave_coalition import leave_coalition
from programme.usecases.log_action import ActionLogged, log_action
from tests.programme.usecases.actions import PLAN_CLIMAT, told
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW


def test_member_logs_an_action_of_their_own_coalition(town: Town) -> None:
    action = log_action(town.uow, town.member.id, told(town.toits), PLAN_CLIMAT, NOW)

    assert town.uow.actions.get(action.id) == action
    assert (action.title, action.state, action.when) == ("Poser des panneaux", ActionState.DONE, When(date(2026, 5, 1)))
    assert (action.logged_by, action.organisation_id) == (town.member.id, town.member.organisation_id)
    assert action.stakes == ("energy", "air")


def test_facilitator_and_staff_log_one_too(town: Town) -> None:
    for person in (town.facilitator, town.staff):
        assert log_action(town.uow, person.id, told(town.toits), PLAN_CLIMAT, NOW).logged_by == person.id


def test_nobody_logs_for_a_coalition_they_are_not_in(town: Town) -> None:
    leave_coalition(town.uow, town.member.id, town.toits.id, NOW)

    for person in (town.stranger, town.member):
        with pytest.raises(NotAllowed):
            log_action(town.uow, person.id, told(town.toits), PLAN_CLIMAT, NOW)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"title": " \u200b "}, NotWellFormed),
        ({"title": "a" * 141}, NotWellFormed),
        ({"stakes": ("energy", "magic")}, NotFound),
        ({"figure": Figure(Decimal(-1), FigureUnit.KWH)}, NotWellFormed),
        ({"figure": Figure(Decimal(10**13), FigureUnit.KWH)}, NotWellFormed),
    ],
)
def test_what_makes_no_sense_is_refused(town: Town, change: dict[str, object], refusal: type[Exception]) -> None:
    wrong: ActionLogged = replace(told(town.toits), **change)  # type: ignore[arg-type]  # fields by name

    with pytest.raises(refusal):
        log_action(town.uow, town.member.id, wrong, PLAN_CLIMAT, NOW)
    assert town.uow.actions.of_coalitions([town.toits.id]) == []
