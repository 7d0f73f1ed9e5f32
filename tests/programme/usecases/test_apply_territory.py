from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from programme.coalitions import CoalitionState
from programme.leads import LEADS, EventKind, Lead
from programme.milestones import Milestone
from programme.reminders import ReminderState
from programme.territory import (
    Contact,
    FirstCoalition,
    FirstOrganisation,
    OrganisationKind,
    ProgrammeMilestone,
    ScopeKind,
    Stake,
    Territory,
)
from programme.usecases.apply_territory import apply_territory
from programme.usecases.join_coalition import join_coalition
from tests.programme.usecases.town import PARIS, Town
from tests.storage.brest import NOW
from tests.storage.brest import milestone as own_milestone

SPRING = ProgrammeMilestone("spring-2027", "Publier les fiches d’engagement", date(2027, 4, 1), "Une par coalition.")
IMT = FirstOrganisation("IMT Atlantique", OrganisationKind.INSTITUTION)
BREST = Territory(
    name="Brest métropole",
    programme="Coalitions d’acteurs",
    zone=PARIS,
    contact=Contact("Plan Climat"),
    stakes=(Stake("energy", "Énergie"),),
    sectors=(),
    organisation_kinds=tuple(OrganisationKind),
    support_kinds=(),
    coalitions=(
        FirstCoalition("heat", "Chaleur", "Moins de gaz.", ScopeKind.THEME, ("energy",), organisations=(IMT,)),
        FirstCoalition("port", "Port", "Un port sobre.", ScopeKind.AREA, open=True, organisations=(IMT,)),
    ),
    milestones=(SPRING,),
)
MOVED = replace(BREST, milestones=(replace(SPRING, due_on=date(2027, 4, 15)),))


def milestone(town: Town) -> Milestone:
    (only,) = town.uow.milestones.programme_ones()
    return only


def leads_at(town: Town, version: int) -> dict[Lead, ReminderState]:
    kept = {
        lead: town.uow.reminders.get(EventKind.MILESTONE, milestone(town).id, version, lead)
        for lead in LEADS[EventKind.MILESTONE]
    }
    return {lead: reminder.state for lead, reminder in kept.items() if reminder is not None}


def test_the_first_coalitions_exist_with_their_organisations(town: Town) -> None:
    apply_territory(town.uow, BREST, NOW)

    heat, port = town.uow.coalitions.by_name("Chaleur"), town.uow.coalitions.by_name("Port")
    assert heat is not None
    assert port is not None
    assert (heat.objective, heat.scope, heat.stakes, heat.open, heat.state, heat.proposed_by) == (
        "Moins de gaz.",
        ScopeKind.THEME,
        ("energy",),
        False,
        CoalitionState.ACTIVE,
        None,
    )
    assert port.open
    assert heat.code != port.code
    assert (
        [one.name for one in town.uow.organisations.in_coalition(heat.id)]
        == [one.name for one in town.uow.organisations.in_coalition(port.id)]
        == ["IMT Atlantique"]
    )
    assert (town.told(), town.audited()) == ([], [])


def test_a_first_coalition_takes_people_in(town: Town) -> None:
    apply_territory(town.uow, BREST, NOW)
    port = town.uow.coalitions.by_name("Port")
    assert port is not None

    join_coalition(town.uow, town.member.id, port.id, NOW)

    assert town.uow.memberships.members(port.id) == [town.member.id]


def test_the_programmes_milestones_exist_with_their_reminders(town: Town) -> None:
    apply_territory(town.uow, BREST, NOW)

    kept = milestone(town)
    assert kept == Milestone(
        kept.id, "spring-2027", None, SPRING.title, SPRING.detail, SPRING.due_on, version=0, done_at=None
    )
    assert leads_at(town, 0) == dict.fromkeys(LEADS[EventKind.MILESTONE], ReminderState.PLANNED)


def test_a_second_start_changes_nothing(town: Town) -> None:
    apply_territory(town.uow, BREST, NOW)
    before = (town.uow.coalitions.active(), town.uow.milestones.programme_ones(), town.uow.reminders.next_at())

    apply_territory(town.uow, BREST, NOW + timedelta(days=1))

    assert (
        town.uow.coalitions.active(),
        town.uow.milestones.programme_ones(),
        town.uow.reminders.next_at(),
    ) == before


def test_a_coalition_stays_as_its_members_made_it(town: Town) -> None:
    own = replace(town.toits, objective="Cent toits en 2028.")
    town.uow.coalitions.save(own)
    first = FirstCoalition("roofs", "TOITS SOLAIRES", "Des toits.", ScopeKind.SECTOR, organisations=(IMT,))

    apply_territory(town.uow, replace(BREST, coalitions=(first,)), NOW)

    assert town.uow.coalitions.active() == [town.lagune, own]
    assert town.uow.organisations.in_coalition(own.id) == []


def test_an_organisation_that_is_known_is_not_made_twice(town: Town) -> None:
    known = town.uow.organisations.add("IMT ATLANTIQUE", OrganisationKind.PUBLIC_BODY)

    apply_territory(town.uow, BREST, NOW)

    assert town.uow.organisations.find("", limit=10) == [known]


def test_a_milestone_that_moved_in_the_file_moves_with_its_reminders(town: Town) -> None:
    apply_territory(town.uow, BREST, NOW)
    before = milestone(town)

    apply_territory(town.uow, MOVED, NOW)

    assert milestone(town) == replace(before, due_on=date(2027, 4, 15), version=1)
    assert leads_at(town, 0) == dict.fromkeys(LEADS[EventKind.MILESTONE], ReminderState.CANCELLED)
    assert leads_at(town, 1) == dict.fromkeys(LEADS[EventKind.MILESTONE], ReminderState.PLANNED)


def test_other_words_for_a_milestone_leave_its_reminders_alone(town: Town) -> None:
    apply_territory(town.uow, BREST, NOW)
    before = milestone(town)

    reworded = replace(SPRING, title="Publier", detail="")
    apply_territory(town.uow, replace(BREST, milestones=(reworded,)), NOW)

    assert milestone(town) == replace(before, title="Publier", detail="")
    assert leads_at(town, 0)[Lead.DAY] is ReminderState.PLANNED


def test_a_milestone_that_moves_back_is_reminded_by_its_third_version(town: Town) -> None:
    for territory in (BREST, MOVED, BREST):
        apply_territory(town.uow, territory, NOW)

    assert (milestone(town).due_on, milestone(town).version) == (SPRING.due_on, 2)
    assert leads_at(town, 2)[Lead.WEEK] is ReminderState.PLANNED
    assert leads_at(town, 0)[Lead.WEEK] is ReminderState.CANCELLED


def test_a_milestone_stays_done_when_its_words_change(town: Town) -> None:
    apply_territory(town.uow, BREST, NOW)
    done = replace(milestone(town), done_at=NOW)
    town.uow.milestones.save(done)

    apply_territory(town.uow, replace(BREST, milestones=(replace(SPRING, title="Publier"),)), NOW)

    assert milestone(town) == replace(done, title="Publier")


@pytest.mark.parametrize(
    ("now", "leads"),
    [
        (datetime(2027, 3, 31, 12, tzinfo=PARIS), [Lead.SAME_DAY, Lead.THREE_DAYS_AFTER, Lead.TEN_DAYS_AFTER]),
        (datetime(2027, 4, 1, 9, tzinfo=PARIS), [Lead.THREE_DAYS_AFTER, Lead.TEN_DAYS_AFTER]),
        (datetime(2028, 1, 1, 9, tzinfo=PARIS), []),
    ],
)
def test_reminders_whose_moment_is_over_are_left_out(town: Town, now: datetime, leads: list[Lead]) -> None:
    apply_territory(town.uow, BREST, now)

    assert list(leads_at(town, 0)) == leads


def test_a_territory_without_coalitions_nor_milestones_is_fine(town: Town) -> None:
    apply_territory(town.uow, replace(BREST, coalitions=(), milestones=()), NOW)

    assert town.uow.coalitions.active() == [town.lagune, town.toits]
    assert town.uow.milestones.programme_ones() == []


def test_a_milestone_that_the_file_no_longer_names_is_reminded_no_more_until_it_comes_back(town: Town) -> None:
    apply_territory(town.uow, BREST, NOW)
    before = milestone(town)

    for _ in range(2):
        apply_territory(town.uow, replace(BREST, milestones=()), NOW)
    assert milestone(town) == replace(before, given_up_at=NOW)
    assert leads_at(town, 0) == dict.fromkeys(LEADS[EventKind.MILESTONE], ReminderState.CANCELLED)
    assert [(line.by, line.deed, line.subject) for line in town.audited()] == [
        (None, "give_up_milestone", f"milestone:{before.id}")
    ]

    apply_territory(town.uow, BREST, NOW)
    assert milestone(town) == replace(before, version=1)
    assert leads_at(town, 1) == dict.fromkeys(LEADS[EventKind.MILESTONE], ReminderState.PLANNED)


def test_what_is_done_or_a_coalitions_own_does_not_follow_the_file(town: Town) -> None:
    apply_territory(town.uow, BREST, NOW)
    done = replace(milestone(town), done_at=NOW)
    town.uow.milestones.save(done)
    own = own_milestone(town.uow, "own-charter", of=town.toits)

    apply_territory(town.uow, replace(BREST, milestones=()), NOW)

    assert (milestone(town), town.uow.milestones.of_coalition(town.toits.id)) == (done, [own])
