from dataclasses import replace
from datetime import timedelta

import pytest

from programme.errors import InThePast, NotAllowed, NotWellFormed, TooLate
from programme.milestones import Milestone, MilestoneState
from programme.notices import MilestoneReminder
from programme.usecases.apply_territory import apply_territory
from programme.usecases.change_milestone import complete_milestone, give_up_milestone, reopen_milestone
from programme.usecases.programme_milestones import ProgrammePlan, add_programme_milestone, change_programme_milestone
from tests.programme.usecases.support_life import BREST
from tests.programme.usecases.town import PARIS, Town, remind_until
from tests.storage.brest import NOW, TODAY, milestone

PLAN = ProgrammePlan("Bilan  de l’année", TODAY + timedelta(days=20), "Un formulaire vous sera envoyé.")


def added(town: Town, plan: ProgrammePlan = PLAN) -> Milestone:
    return add_programme_milestone(town.uow, town.staff.id, plan, NOW, PARIS)


def test_every_member_is_reminded_of_it(town: Town) -> None:
    kept = added(town)
    remind_until(town.uow, NOW + timedelta(days=8), NOW)

    assert (kept.title, kept.detail, kept.coalition_id, kept.from_file) == (
        "Bilan de l’année",
        PLAN.detail,
        None,
        False,
    )
    assert [(name, type(notice)) for name, notice in town.told()] == [
        (name, MilestoneReminder) for name in ("Léa", "Maude", "Sam")
    ]
    assert [(line.by, line.deed, line.subject) for line in town.audited()] == [
        (town.staff.id, "add_milestone", f"milestone:{kept.id}")
    ]


def test_the_territory_file_leaves_it_alone(town: Town) -> None:
    kept = added(town)
    apply_territory(town.uow, BREST, NOW)
    assert town.uow.milestones.get(kept.id) == kept
    assert [one.code for one in town.uow.milestones.programme_ones()] == [kept.code, "commitment_cards_2027"]


def test_moved_it_is_reminded_by_its_new_day(town: Town) -> None:
    kept = added(town)
    later = replace(PLAN, due_on=PLAN.due_on + timedelta(days=30))
    moved = change_programme_milestone(town.uow, town.staff.id, kept.id, later, NOW, PARIS)
    assert (moved.due_on, moved.version) == (later.due_on, 1)
    assert change_programme_milestone(town.uow, town.staff.id, kept.id, later, NOW, PARIS) == moved

    remind_until(town.uow, NOW + timedelta(days=19), NOW)
    assert [notice for name, notice in town.told() if name == "Sam"] == []
    remind_until(town.uow, NOW + timedelta(days=20), NOW)
    assert [each.lead for each in town.reminders_of(town.stranger)] == ["d-30"]


def test_reached_dropped_and_taken_up_again_by_staff(town: Town) -> None:
    kept = added(town)
    assert complete_milestone(town.uow, town.staff.id, kept.id, NOW).state is MilestoneState.DONE
    assert reopen_milestone(town.uow, town.staff.id, kept.id, NOW, PARIS).state is MilestoneState.OPEN
    assert give_up_milestone(town.uow, town.staff.id, kept.id, NOW).state is MilestoneState.GIVEN_UP
    with pytest.raises(TooLate):
        change_programme_milestone(town.uow, town.staff.id, kept.id, PLAN, NOW, PARIS)
    remind_until(town.uow, NOW + timedelta(days=40), NOW)
    assert town.told() == []


def test_one_of_the_territory_file_is_changed_there_only(town: Town) -> None:
    named = milestone(town.uow, "cards_2027")
    for deed in (complete_milestone, give_up_milestone):
        with pytest.raises(NotAllowed):
            deed(town.uow, town.staff.id, named.id, NOW)
    with pytest.raises(NotAllowed):
        change_programme_milestone(town.uow, town.staff.id, named.id, PLAN, NOW, PARIS)
    assert town.uow.milestones.get(named.id) == named


def test_staff_alone_and_well_formed(town: Town) -> None:
    kept = added(town)
    for who in (town.member, town.facilitator, town.stranger):
        with pytest.raises(NotAllowed):
            add_programme_milestone(town.uow, who.id, PLAN, NOW, PARIS)
        with pytest.raises(NotAllowed):
            change_programme_milestone(town.uow, who.id, kept.id, PLAN, NOW, PARIS)
        with pytest.raises(NotAllowed):
            complete_milestone(town.uow, who.id, kept.id, NOW)
    own = milestone(town.uow, "own-1", of=town.toits)
    with pytest.raises(NotAllowed):
        change_programme_milestone(town.uow, town.staff.id, own.id, PLAN, NOW, PARIS)
    with pytest.raises(InThePast):
        added(town, replace(PLAN, due_on=TODAY - timedelta(days=1)))
    with pytest.raises(NotWellFormed):
        added(town, replace(PLAN, title=""))
