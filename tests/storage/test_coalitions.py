from dataclasses import replace

import pytest

from programme.coalitions import CoalitionState
from programme.errors import NameTaken, NotFound
from programme.ids import CoalitionId
from programme.memberships import MembershipState
from programme.territory import ScopeKind
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NOW, a_coalition, coalition, joins, person


def test_a_coalition_is_found_by_id_code_and_name(uow: SqlUnitOfWork) -> None:
    lea = person(uow, "Léa")
    kept = uow.coalitions.add(
        replace(
            a_coalition("Mobilités d’été"), proposed_by=lea.id, need="Moins de voitures", invited="Bibus", open=True
        )
    )

    assert uow.coalitions.get(kept.id) == kept
    assert uow.coalitions.by_code(kept.code) == kept
    assert uow.coalitions.by_name("MOBILITES D'ETE") == kept
    assert uow.coalitions.by_code("nothing") is None
    assert uow.coalitions.by_name("Autre") is None
    with pytest.raises(NotFound):
        uow.coalitions.get(CoalitionId(99))


def test_a_name_is_taken_while_its_coalition_is_proposed_or_active(uow: SqlUnitOfWork) -> None:
    proposed = coalition(uow, "Bureaux sobres", state=CoalitionState.PROPOSED)

    with pytest.raises(NameTaken) as refusal:
        uow.coalitions.add(replace(a_coalition("bureaux SOBRES"), code="other"))

    assert refusal.value.name == "bureaux SOBRES"
    assert uow.coalitions.proposed() == [proposed]


def test_a_refused_proposal_frees_its_name(uow: SqlUnitOfWork) -> None:
    refused = coalition(uow, "Bureaux sobres", state=CoalitionState.PROPOSED)
    uow.coalitions.save(replace(refused, state=CoalitionState.REFUSED))

    again = uow.coalitions.add(replace(a_coalition("Bureaux sobres"), code="other"))

    assert uow.coalitions.by_name("Bureaux sobres") == again
    with pytest.raises(NameTaken):
        uow.coalitions.save(refused)


def test_active_ones_come_by_name_whatever_its_accents(uow: SqlUnitOfWork) -> None:
    zones = uow.coalitions.add(replace(a_coalition("Zones humides"), scope=ScopeKind.AREA))
    water = coalition(uow, "Eau")
    energy = coalition(uow, "Énergie")
    coalition(uow, "À venir", state=CoalitionState.PROPOSED)
    coalition(uow, "Refusée", state=CoalitionState.REFUSED)

    assert uow.coalitions.active() == [water, energy, zones]
    assert uow.coalitions.active(ScopeKind.AREA) == [zones]
    assert uow.coalitions.active(ScopeKind.SECTOR) == []


def test_approving_a_proposal_keeps_what_changed(uow: SqlUnitOfWork) -> None:
    second = coalition(uow, "Second", state=CoalitionState.PROPOSED)
    third = coalition(uow, "Autre", state=CoalitionState.PROPOSED)
    assert uow.coalitions.proposed() == [second, third]

    approved = replace(second, state=CoalitionState.ACTIVE, objective="Mieux", stakes=("water",), open=True)
    uow.coalitions.save(approved)

    assert uow.coalitions.get(second.id) == approved
    assert uow.coalitions.proposed() == [third]


def test_a_person_has_the_active_coalitions_that_accepted_them(uow: SqlUnitOfWork) -> None:
    lea = person(uow, "Léa")
    led, joined, asked = (coalition(uow, name) for name in ("Toits", "Eau", "Bois"))
    closed = coalition(uow, "Refusée", state=CoalitionState.REFUSED)
    joins(uow, lea, led, facilitator=True)
    joins(uow, lea, joined)
    joins(uow, lea, closed, facilitator=True)
    uow.memberships.put(lea.id, asked.id, MembershipState.ASKED, NOW)

    assert uow.coalitions.of_person(lea.id) == [joined, led]
    assert uow.coalitions.led_by(lea.id) == [led]
