"""The dashboard counts what is there and true now, for the project team alone."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from programme.actions import Action, ActionState, Figure, FigureUnit
from programme.commitment_cards import CardFields, CommitmentCard
from programme.errors import NotAllowed
from programme.forums import RegistrationState
from programme.ids import CommitmentCardId
from programme.path import Step, StepProgress
from programme.statistics import DateKind, FigureFamily, FigureTotal, ForumAttendance, OrganisationCount
from programme.territory import OrganisationKind
from programme.usecases.dashboard import dashboard
from tests.programme.usecases.actions import PLAN_CLIMAT
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW, action, coalition, forum, meeting, milestone, person, registration

A_MONTH = timedelta(days=30)


def logged(town: Town, state: ActionState, stakes: tuple[str, ...], figure: Figure | None = None) -> Action:
    kept = action(town.uow, town.toits, by=town.member, state=state)
    changed = replace(kept, stakes=stakes, figure=figure)
    town.uow.actions.save(changed)
    return changed


@pytest.mark.parametrize("role", ["member", "facilitator", "stranger"])
def test_dashboard_is_for_the_project_team_only(town: Town, role: str) -> None:
    with pytest.raises(NotAllowed):
        dashboard(town.uow, town.who(role).id, PLAN_CLIMAT, NOW)


def test_coalitions_stand_at_their_first_step_that_is_not_done(town: Town) -> None:
    for step in Step:
        town.uow.path.put_step(town.toits.id, StepProgress(step, done_on=NOW.date()))
    town.uow.path.put_step(town.lagune.id, StepProgress(Step.NEED, done_on=NOW.date()))

    known = dashboard(town.uow, town.staff.id, PLAN_CLIMAT, NOW)

    assert {step: n for step, n in known.stages.items() if n} == {Step.INVITE: 1, None: 1}
    assert known.coalitions == 2


def test_a_coalition_without_a_sign_for_thirty_days_is_dormant(town: Town) -> None:
    coalition(town.uow, "Plage sans voiture")
    later = NOW + A_MONTH
    meeting(town.uow, town.toits, later - timedelta(days=29))

    known = dashboard(town.uow, town.staff.id, PLAN_CLIMAT, later)
    assert [one.name for one in known.dormant] == ["Lagune", "Plage sans voiture"]

    known = dashboard(town.uow, town.staff.id, PLAN_CLIMAT, later - timedelta(seconds=1))
    assert [one.name for one in known.dormant] == ["Plage sans voiture"]


def test_a_meeting_to_come_is_a_sign_of_life(town: Town) -> None:
    meeting(town.uow, town.lagune, NOW + 2 * A_MONTH)

    known = dashboard(town.uow, town.staff.id, PLAN_CLIMAT, NOW + A_MONTH)

    assert [one.name for one in known.dormant] == ["Toits solaires"]


def test_organisations_are_counted_by_kind_with_who_speaks_for_them(town: Town) -> None:
    bapav = town.uow.organisations.add("BAPAV", OrganisationKind.ASSOCIATION)
    town.uow.organisations.add("Labocéa", OrganisationKind.PUBLIC_BODY)
    person(town.uow, "Yann", speaks_for=bapav.id)

    assert dashboard(town.uow, town.staff.id, PLAN_CLIMAT, NOW).organisations == [
        OrganisationCount(OrganisationKind.ASSOCIATION, 1, 1),
        OrganisationCount(OrganisationKind.PUBLIC_BODY, 1, 0),
        OrganisationCount(OrganisationKind.INHABITANT, 0, 4),
    ]


def test_organisations_are_counted_by_their_level_of_commitment(town: Town) -> None:
    for name, level in (("BAPAV", "act"), ("ENIB", "act"), ("UBO", "quantify"), ("Labocéa", None)):
        organisation = town.uow.organisations.add(name, OrganisationKind.ASSOCIATION)
        town.uow.organisations.put_level(organisation.id, level, "")

    assert dashboard(town.uow, town.staff.id, PLAN_CLIMAT, NOW).levels == {"act": 2, "quantify": 1}


def test_an_action_counts_once_by_state_and_for_each_of_its_stakes(town: Town) -> None:
    logged(town, ActionState.DONE, ("energy", "air"))
    logged(town, ActionState.PLANNED, ("air",))
    logged(town, ActionState.GIVEN_UP, ("air",))
    deleted = logged(town, ActionState.DONE, ("air",))
    town.uow.actions.save(replace(deleted, deleted_at=NOW))

    known = dashboard(town.uow, town.staff.id, PLAN_CLIMAT, NOW)

    done, under_way, planned = ActionState.DONE, ActionState.UNDER_WAY, ActionState.PLANNED
    assert known.by_state == {planned: 1, under_way: 0, done: 1, ActionState.GIVEN_UP: 1}
    assert known.by_stake == {
        "energy": {done: 1, under_way: 0, planned: 0},
        "air": {done: 1, under_way: 0, planned: 1},
        "water": {done: 0, under_way: 0, planned: 0},
    }


def test_figures_are_added_up_exactly_in_their_family(town: Town) -> None:
    logged(town, ActionState.DONE, (), Figure(Decimal("1500.1"), FigureUnit.KWH))
    logged(town, ActionState.DONE, (), Figure(Decimal("0.2"), FigureUnit.MWH))
    logged(town, ActionState.PLANNED, (), Figure(Decimal(3), FigureUnit.MWH))
    logged(town, ActionState.GIVEN_UP, (), Figure(Decimal(99), FigureUnit.MWH))
    logged(town, ActionState.UNDER_WAY, (), Figure(Decimal(40), FigureUnit.PEOPLE))

    assert dashboard(town.uow, town.staff.id, PLAN_CLIMAT, NOW).figures == [
        FigureTotal(FigureFamily.ENERGY, Decimal("1.7001"), Decimal(3)),
        FigureTotal(FigureFamily.PEOPLE, Decimal(0), Decimal(40)),
    ]


def test_forums_that_took_place_tell_who_had_a_place_and_who_came(town: Town) -> None:
    held = forum(town.uow, "held", NOW - timedelta(days=9))
    came = registration(town.uow, town.member, held, seats=2)
    town.uow.registrations.save(replace(came, checked_in_at=NOW - timedelta(days=9)))
    registration(town.uow, town.facilitator, held)
    registration(town.uow, town.stranger, held, RegistrationState.WAITING)

    assert dashboard(town.uow, town.staff.id, PLAN_CLIMAT, NOW).forums == [
        ForumAttendance(held.id, held.title, held.starts_at, registered=2, came=1, seats=3)
    ]


def test_next_dates_come_soonest_first(town: Town) -> None:
    meeting(town.uow, town.toits, NOW + timedelta(days=3), title="Atelier")
    forum(town.uow, starts_at=NOW + timedelta(days=1))
    milestone(town.uow, "cards")
    meeting(town.uow, town.toits, NOW - timedelta(days=3), title="Passée")

    assert [
        (one.kind, one.title, one.coalition) for one in dashboard(town.uow, town.staff.id, PLAN_CLIMAT, NOW).dates
    ] == [
        (DateKind.FORUM, "Forum des acteurs engagés", ""),
        (DateKind.MEETING, "Atelier", "Toits solaires"),
        (DateKind.MILESTONE, "Publier la fiche d’engagement", ""),
    ]


def test_published_cards_count_once_a_coalition(town: Town) -> None:
    for version in (1, 2):
        card = CommitmentCard(
            CommitmentCardId(0), town.toits.id, version, "Toits solaires", CardFields("O"), (), None, NOW
        )
        town.uow.commitment_cards.publish(card)

    assert dashboard(town.uow, town.staff.id, PLAN_CLIMAT, NOW).with_card == 1
    assert [card.version for card in town.uow.commitment_cards.latest_of_each()] == [2]
