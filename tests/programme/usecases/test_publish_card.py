from collections.abc import Callable
from dataclasses import replace

import pytest

from programme.audit import AuditLine
from programme.commitment_cards import CardField, CommitmentCard
from programme.errors import NotAllowed, NotWellFormed, Outdated, TooLate
from programme.ids import CommitmentCardId
from programme.path import Agreement
from programme.people import Person
from programme.territory import Stake
from programme.usecases.commitment_card import card_mark, correct_card, latest_card, next_card
from programme.usecases.publish_card import publish_card
from tests.programme.usecases.actions import PLAN_CLIMAT
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW


def in_words(agreement: Agreement) -> str:
    return agreement.frequency


def seen(town: Town) -> str:
    """What somebody who reads the card now has read."""
    return card_mark(next_card(town.uow, town.toits, PLAN_CLIMAT, in_words))


def publishes(town: Town, by: Person, mark: str) -> CommitmentCard:
    return publish_card(town.uow, by.id, town.toits.id, mark, PLAN_CLIMAT, in_words, NOW)


def writes(town: Town, field: CardField, value: str | tuple[str, ...]) -> None:
    correct_card(town.uow, town.facilitator.id, town.toits.id, field, value, PLAN_CLIMAT, NOW)


@pytest.fixture
def complete(town: Town) -> Town:
    writes(town, CardField.MEMBERS, ("ENIB", "UBO"))
    writes(town, CardField.WAY_OF_WORKING, "Une rencontre par mois")
    writes(town, CardField.FIRST_ACTIONS, ("Poser vingt panneaux",))
    return town


def test_published_card_is_kept_with_its_number_and_on_record(complete: Town) -> None:
    town = complete
    wanted = next_card(town.uow, town.toits, PLAN_CLIMAT, in_words)

    card = publishes(town, town.facilitator, seen(town))

    assert card == replace(wanted, id=card.id, published_by=town.facilitator.id, published_at=NOW)
    assert (card.version, card.stake_names) == (1, ("Énergie",))
    assert latest_card(town.uow, town.toits.id) == card
    details = {"card": card.id, "version": 1}
    assert town.audited() == [
        AuditLine(NOW, town.facilitator.id, "publish_card", f"coalition:{town.toits.id}", details)
    ]


def test_next_version_leaves_the_earlier_one_as_it_was(complete: Town) -> None:
    town = complete
    first = publishes(town, town.facilitator, seen(town))
    town.uow.coalitions.save(replace(town.toits, name="Toits et façades", objective="Davantage"))
    toits = town.uow.coalitions.get(town.toits.id)

    mark = card_mark(next_card(town.uow, toits, PLAN_CLIMAT, in_words))
    second = publishes(town, town.staff, mark)

    assert (second.version, second.coalition_name, second.fields.objective) == (2, "Toits et façades", "Davantage")
    assert list(town.uow.commitment_cards.versions(toits.id)) == [second, first]
    assert town.uow.commitment_cards.get(first.id) == first


def test_territory_that_rewords_its_stakes_rewords_no_published_card(complete: Town) -> None:
    town = complete
    first = publishes(town, town.facilitator, seen(town))
    reworded = replace(PLAN_CLIMAT, stakes=(Stake("energy", "Sobriété"),))

    card = next_card(town.uow, town.toits, reworded, in_words)

    assert (card.stake_names, town.uow.commitment_cards.get(first.id).stake_names) == (("Sobriété",), ("Énergie",))


def test_of_two_who_publish_what_they_read_one_does(complete: Town) -> None:
    town = complete
    mark = seen(town)
    card = publishes(town, town.facilitator, mark)

    with pytest.raises(Outdated):
        publishes(town, town.staff, mark)
    assert list(town.uow.commitment_cards.versions(town.toits.id)) == [card]


@pytest.mark.parametrize(
    "change",
    [
        lambda town: writes(town, CardField.OBJECTIVE, "Autre chose"),
        lambda town: writes(town, CardField.STAKES, ("energy", "water")),
        lambda town: town.uow.coalitions.save(replace(town.toits, name="Façades")),
    ],
)
def test_card_that_changed_since_it_was_read_is_not_published(complete: Town, change: Callable[[Town], None]) -> None:
    mark = seen(complete)
    change(complete)

    with pytest.raises(Outdated):
        publishes(complete, complete.facilitator, mark)
    with pytest.raises(Outdated):
        publishes(complete, complete.facilitator, "")
    assert latest_card(complete.uow, complete.toits.id) is None


def test_card_with_an_empty_field_is_not_published(town: Town) -> None:
    with pytest.raises(NotWellFormed) as refused:
        publishes(town, town.facilitator, seen(town))
    assert (refused.value.field, refused.value.longest) == ("members", 80)


def test_same_card_is_not_published_twice(complete: Town) -> None:
    publishes(complete, complete.facilitator, seen(complete))

    with pytest.raises(TooLate):
        publishes(complete, complete.facilitator, seen(complete))
    assert len(complete.uow.commitment_cards.versions(complete.toits.id)) == 1


@pytest.mark.parametrize("role", ["member", "stranger"])
def test_only_who_facilitates_publishes(complete: Town, role: str) -> None:
    with pytest.raises(NotAllowed):
        publishes(complete, complete.who(role), seen(complete))
    assert complete.audited() == []


def test_version_whose_number_somebody_else_took_at_the_same_instant_is_refused(complete: Town) -> None:
    # On a database that lets two publish side by side, neither sees the other's version; the number tells them apart.
    town = complete
    card = next_card(town.uow, town.toits, PLAN_CLIMAT, in_words)
    town.uow.commitment_cards.publish(replace(card, id=CommitmentCardId(0), published_at=NOW))

    with pytest.raises(Outdated):
        town.uow.commitment_cards.publish(replace(card, published_at=NOW))
