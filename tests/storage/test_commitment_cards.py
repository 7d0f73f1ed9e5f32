from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Executable, Table

from programme.commitment_cards import CardCorrections, CardFields, CommitmentCard
from programme.errors import NotFound, Outdated
from programme.ids import CoalitionId, CommitmentCardId
from programme.ports import CommitmentCards
from storage import commitment_cards
from storage.tables.programme import coalitions, people
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NOW, coalition, person

FIELDS = CardFields(
    objective="Éteindre la nuit,\nensemble.",
    members=("Labocéa", "ENIB"),
    way_of_working="Une rencontre par mois.",
    first_actions=("Relever les éclairages", "Éteindre à 22 h"),
    stakes=("energy",),
)


def a_card(of: CoalitionId, version: int = 1) -> CommitmentCard:
    return CommitmentCard(CommitmentCardId(0), of, version, "Toits", FIELDS, ("Énergie",), None, NOW)


def test_published_versions_are_kept_whole_the_latest_first(uow: SqlUnitOfWork) -> None:
    toits, lagune, maude = coalition(uow, "Toits"), coalition(uow, "Lagune"), person(uow, "Maude")
    first = uow.commitment_cards.publish(replace(a_card(toits.id), published_by=maude.id))
    second = uow.commitment_cards.publish(a_card(toits.id, 2))
    uow.commitment_cards.publish(a_card(lagune.id))

    assert first == replace(a_card(toits.id), id=first.id, published_by=maude.id)
    assert uow.commitment_cards.versions(toits.id) == [second, first]
    assert uow.commitment_cards.get(first.id) == first
    with pytest.raises(NotFound):
        uow.commitment_cards.get(CommitmentCardId(99))


def test_number_is_given_to_one_version_only_and_the_first_stays_as_it_was(uow: SqlUnitOfWork) -> None:
    toits = coalition(uow, "Toits")
    first = uow.commitment_cards.publish(a_card(toits.id))

    with pytest.raises(Outdated):
        uow.commitment_cards.publish(replace(a_card(toits.id), fields=replace(FIELDS, objective="Autre chose")))

    assert uow.commitment_cards.versions(toits.id) == [first]


def test_nothing_here_changes_or_deletes_a_published_version() -> None:
    statements = [
        str(one)
        for one in vars(commitment_cards).values()
        if isinstance(one, Executable) and not isinstance(one, Table)
    ]
    promised = {name for name in vars(CommitmentCards) if not name.startswith("_")}

    assert [words.split()[:2] for words in statements if not words.startswith("SELECT")] == [
        ["UPDATE", "card_corrections"]
    ]
    assert promised == {"get", "publish", "versions", "latest_of_each", "corrections", "put_corrections"}


def test_version_stays_when_who_published_it_is_forgotten(uow: SqlUnitOfWork, connection: Connection) -> None:
    toits, maude = coalition(uow, "Toits"), person(uow, "Maude")
    card = uow.commitment_cards.publish(replace(a_card(toits.id), published_by=maude.id))

    connection.execute(people.delete().where(people.c.id == maude.id))
    assert uow.commitment_cards.get(card.id) == replace(card, published_by=None)

    connection.execute(coalitions.delete().where(coalitions.c.id == toits.id))
    assert uow.commitment_cards.versions(toits.id) == []


def test_corrections_are_kept_field_by_field_and_replaced(uow: SqlUnitOfWork) -> None:
    toits, lagune = coalition(uow, "Toits"), coalition(uow, "Lagune")
    assert uow.commitment_cards.corrections(toits.id) == CardCorrections()

    written = CardCorrections(objective="Un tiers de moins", members=("ENIB",), stakes=("energy", "water"))
    uow.commitment_cards.put_corrections(toits.id, written, NOW)
    assert uow.commitment_cards.corrections(toits.id) == written

    taken_back = replace(written, objective=None, first_actions=("Éteindre",))
    uow.commitment_cards.put_corrections(toits.id, taken_back, NOW + timedelta(hours=1))
    assert uow.commitment_cards.corrections(toits.id) == taken_back
    assert uow.commitment_cards.corrections(lagune.id) == CardCorrections()
