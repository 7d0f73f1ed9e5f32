from dataclasses import replace
from datetime import timedelta

import pytest

from programme.actions import ActionState, RoadmapState
from programme.commitment_cards import CardCorrections, CardField, CardFields
from programme.errors import NotAllowed, NotFound, NotWellFormed, OutOfRange, Refusal
from programme.organisations import Organisation
from programme.path import Agreement
from programme.territory import OrganisationKind
from programme.usecases.commitment_card import (
    card_mark,
    card_so_far,
    correct_card,
    corrected_fields,
    known_fields,
    missing,
    next_card,
    take_back_correction,
)
from tests.programme.usecases.actions import PLAN_CLIMAT
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW, TODAY, action, joins, person


def in_words(agreement: Agreement) -> str:
    return f"{'À tour de rôle' if agreement.rotating else 'Toujours la même'}, {agreement.frequency}"


def known(town: Town) -> CardFields:
    return known_fields(town.uow, town.toits, PLAN_CLIMAT, in_words)


def so_far(town: Town) -> CardFields:
    return card_so_far(town.uow, town.toits, PLAN_CLIMAT, in_words)


def organisation(town: Town, name: str) -> Organisation:
    return town.uow.organisations.add(name, OrganisationKind.ASSOCIATION)


def agrees(town: Town, *, rotating: bool = True, frequency: str = "chaque mois") -> None:
    agreement = Agreement(town.toits.id, rotating, None, frequency, "un dossier partagé", "Anne", "Léa")
    town.uow.path.put_agreement(agreement, NOW)


def test_card_is_built_from_what_is_known(town: Town) -> None:
    bapav = organisation(town, "BAPAV")
    town.uow.organisations.attach(organisation(town, "ENIB").id, town.toits.id)
    joins(town.uow, person(town.uow, "Yann", speaks_for=bapav.id), town.toits)
    agrees(town)
    action(town.uow, town.toits, title="Poser vingt panneaux")

    assert known(town) == CardFields(
        objective="Réduire le chauffage des bureaux.",
        members=("BAPAV", "ENIB"),
        way_of_working="À tour de rôle, chaque mois",
        first_actions=("Poser vingt panneaux",),
        stakes=("energy",),
    )
    assert missing(known(town)) == ()


def test_what_is_not_known_is_missing(town: Town) -> None:
    town.uow.coalitions.save(replace(town.toits, objective="", stakes=("magic",)))
    nothing = known_fields(town.uow, town.uow.coalitions.get(town.toits.id), PLAN_CLIMAT, in_words)

    assert nothing == CardFields()
    assert missing(nothing) == tuple(CardField)
    assert missing(known(town)) == (CardField.MEMBERS, CardField.WAY_OF_WORKING, CardField.FIRST_ACTIONS)


def test_first_actions_are_the_roadmaps_then_those_under_way_planned_and_done(town: Town) -> None:
    done = action(town.uow, town.toits, title="Faite", state=ActionState.DONE)
    action(town.uow, town.toits, title="Prévue")
    action(town.uow, town.toits, title="En cours", state=ActionState.UNDER_WAY)
    action(town.uow, town.toits, title="EN COURS !", state=ActionState.UNDER_WAY, on=TODAY - timedelta(days=9))
    action(town.uow, town.toits, title="Abandonnée", state=ActionState.GIVEN_UP)
    action(town.uow, town.lagune, title="D’une autre coalition")
    for title, days in (("Feuille 2", 20), ("Feuille 1", 10), ("Abandonnée 2", 5)):
        added = action(town.uow, town.toits, title=title, on=TODAY + timedelta(days=days))
        state = ActionState.GIVEN_UP if title == "Abandonnée 2" else added.state
        town.uow.actions.save(replace(added, roadmap=RoadmapState.PROPOSED, state=state))

    wanted = ("Feuille 1", "Feuille 2", "En cours", "Prévue", "Faite")
    assert known(town).first_actions == wanted

    town.uow.actions.save(replace(done, deleted_at=NOW))
    assert known(town).first_actions == wanted[:-1]


def test_card_takes_eight_actions_and_every_organisation(town: Town) -> None:
    for number in range(12):
        action(town.uow, town.toits, title=f"Action {number:02}", state=ActionState.UNDER_WAY)
    for number in range(250):
        town.uow.organisations.attach(organisation(town, f"Structure {number:03}").id, town.toits.id)

    assert known(town).first_actions == tuple(f"Action {number:02}" for number in range(11, 3, -1))
    assert known(town).members == tuple(f"Structure {number:03}" for number in range(250))


def test_corrections_are_laid_over_what_is_known_until_they_are_taken_back(town: Town) -> None:
    agrees(town)
    before = known(town)
    values: dict[CardField, str | tuple[str, ...]] = {
        CardField.OBJECTIVE: "  Un tiers de moins\n\n\n\nd’ici 2028 ",
        CardField.MEMBERS: (" ENIB ", "UBO", "ENIB"),
        CardField.WAY_OF_WORKING: "Ensemble",
        CardField.FIRST_ACTIONS: ("Éteindre", "Éclairer moins"),
        CardField.STAKES: ("energy",),
    }
    for field, value in values.items():
        correct_card(town.uow, town.facilitator.id, town.toits.id, field, value, PLAN_CLIMAT, NOW)

    assert so_far(town) == CardFields(
        objective="Un tiers de moins\n\nd’ici 2028",
        members=("ENIB", "UBO"),
        way_of_working="Ensemble",
        first_actions=("Éteindre", "Éclairer moins"),
        stakes=("energy",),
    )
    assert corrected_fields(town.uow, town.toits.id) == tuple(CardField)

    for field in CardField:
        take_back_correction(town.uow, town.staff.id, town.toits.id, field, NOW)
    assert (so_far(town), corrected_fields(town.uow, town.toits.id)) == (before, ())


def test_corrected_stake_that_the_territory_drops_is_committed_to_no_more(town: Town) -> None:
    town.uow.commitment_cards.put_corrections(town.toits.id, CardCorrections(stakes=("magic", "energy")), NOW)

    card = next_card(town.uow, town.toits, PLAN_CLIMAT, in_words)

    assert (card.fields.stakes, card.stake_names) == (("energy",), ("Énergie",))


@pytest.mark.parametrize(
    ("field", "value", "refusal"),
    [
        (CardField.OBJECTIVE, "a" * 601, NotWellFormed),
        (CardField.OBJECTIVE, " \n ", NotWellFormed),
        (CardField.OBJECTIVE, ("une", "liste"), NotWellFormed),
        (CardField.WAY_OF_WORKING, "a" * 601, NotWellFormed),
        (CardField.MEMBERS, "un texte", NotWellFormed),
        (CardField.MEMBERS, ("a" * 81,), NotWellFormed),
        (CardField.MEMBERS, (), OutOfRange),
        (CardField.MEMBERS, tuple(f"Structure {number}" for number in range(201)), OutOfRange),
        (CardField.FIRST_ACTIONS, ("a" * 201,), NotWellFormed),
        (CardField.FIRST_ACTIONS, ("",), NotWellFormed),
        (CardField.FIRST_ACTIONS, tuple(f"Action {number}" for number in range(9)), OutOfRange),
        (CardField.STAKES, ("energy", "magic"), NotFound),
        (CardField.STAKES, (), OutOfRange),
    ],
)
def test_what_does_not_fit_is_refused(
    town: Town, field: CardField, value: str | tuple[str, ...], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        correct_card(town.uow, town.facilitator.id, town.toits.id, field, value, PLAN_CLIMAT, NOW)
    assert town.uow.commitment_cards.corrections(town.toits.id) == CardCorrections()


@pytest.mark.parametrize("role", ["member", "stranger"])
def test_only_who_facilitates_corrects(town: Town, role: str) -> None:
    by, toits = town.who(role).id, town.toits.id
    with pytest.raises(NotAllowed):
        correct_card(town.uow, by, toits, CardField.OBJECTIVE, "À moi", PLAN_CLIMAT, NOW)
    with pytest.raises(NotAllowed):
        take_back_correction(town.uow, by, toits, CardField.OBJECTIVE, NOW)


def test_mark_changes_with_anything_in_the_card(town: Town) -> None:
    card = next_card(town.uow, town.toits, PLAN_CLIMAT, in_words)
    others = [
        replace(card, version=2),
        replace(card, coalition_name="Autre"),
        replace(card, stake_names=("Les énergies",)),
        *(replace(card, fields=fields) for fields in _other_fields(card.fields)),
    ]

    assert card_mark(card) == card_mark(next_card(town.uow, town.toits, PLAN_CLIMAT, in_words))
    assert len({card_mark(one) for one in (card, *others)}) == 9
    assert {len(card_mark(one)) for one in others} == {12}


def _other_fields(fields: CardFields) -> list[CardFields]:
    return [
        replace(fields, objective="x"),
        replace(fields, members=("x",)),
        replace(fields, way_of_working="x"),
        replace(fields, first_actions=("x",)),
        replace(fields, stakes=("x",)),
    ]
