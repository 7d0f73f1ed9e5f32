from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from programme.errors import NotFound, NotWellFormed
from programme.ids import PersonId, TelegramId
from programme.people import Person, Preferences
from programme.territory import OrganisationKind
from programme.usecases.introduce_person import Introduction, introduce_person, mark_reachable
from storage.tables.programme import organisations, people
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW

NOLWENN = TelegramId(7_123_456_789)
ON_HER_OWN = Introduction("Nolwenn", "own")


def introduced(town: Town, introduction: Introduction) -> Person:
    return introduce_person(town.uow, NOLWENN, introduction, "fr", NOW)


def count(town: Town) -> tuple[int, int]:
    """How many people and organisations are known."""
    return (
        town.connection.scalars(select(func.count()).select_from(people)).one(),
        town.connection.scalars(select(func.count()).select_from(organisations)).one(),
    )


def test_somebody_comes_in_their_own_name(town: Town) -> None:
    nolwenn = introduce_person(town.uow, NOLWENN, ON_HER_OWN, "en", NOW)

    assert nolwenn == Person(nolwenn.id, NOLWENN, "Nolwenn", None, NOW, Preferences(language="en"))
    assert town.uow.people.by_telegram(NOLWENN) == nolwenn
    assert (town.told(), town.audited()) == ([], [])


def test_somebody_speaks_for_a_known_organisation(town: Town) -> None:
    imt = town.uow.organisations.add("IMT Atlantique", OrganisationKind.INSTITUTION)

    assert introduced(town, Introduction("Nolwenn", str(imt.id))).organisation_id == imt.id


def test_somebody_brings_a_new_organisation(town: Town) -> None:
    nolwenn = introduced(town, Introduction("Nolwenn", "new:  Énergies  d’Iroise\n", "association"))

    assert nolwenn.organisation_id is not None
    brought = town.uow.organisations.get(nolwenn.organisation_id)
    assert (brought.name, brought.kind) == ("Énergies d’Iroise", OrganisationKind.ASSOCIATION)


@pytest.mark.parametrize("typed", ["Énergies d’Iroise", "ENERGIES D'IROISE", "énergies d iroise"])
def test_an_organisation_typed_anew_is_the_one_that_is_known(town: Town, typed: str) -> None:
    known = town.uow.organisations.add("Énergies d’Iroise", OrganisationKind.ASSOCIATION)

    assert introduced(town, Introduction("Nolwenn", f"new:{typed}", "company")).organisation_id == known.id
    assert town.uow.organisations.get(known.id) == known
    assert count(town) == (5, 1)


def test_who_comes_back_is_the_same_person_with_what_they_say_now(town: Town) -> None:
    first = introduced(town, ON_HER_OWN)
    chosen = replace(first, preferences=Preferences(language="en"))
    town.uow.people.save(chosen)

    again = introduce_person(
        town.uow, NOLWENN, Introduction("Nolwenn Le Goff", "new:IMT", "institution"), "fr", NOW + timedelta(days=1)
    )

    assert again == replace(chosen, name="Nolwenn Le Goff", organisation_id=again.organisation_id)
    assert town.uow.people.get(first.id) == again
    assert count(town) == (5, 1)


def test_saying_the_same_twice_is_harmless(town: Town) -> None:
    assert introduced(town, ON_HER_OWN) == introduced(town, ON_HER_OWN)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Léa-Gwenaëlle Çavuşoğlu", "Léa-Gwenaëlle Çavuşoğlu"),
        ("Nolwe\u0000nn\u0007", "Nolwenn"),
        ("<b>Nolwenn</b> &lt;script&gt;", "<b>Nolwenn</b> &lt;script&gt;"),
        ("'; DROP TABLE people; --", "'; DROP TABLE people; --"),
        ("\u202enneWloN\u202c", "nneWloN"),
        ("נעמי\u200f", "נעמי\u200f"),
        ("👩🏽\u200d🌾 Nolwenn", "👩🏽\u200d🌾 Nolwenn"),
        ("  Nolwenn \n Le\u00a0Goff ", "Nolwenn Le Goff"),
        ("N" * 64, "N" * 64),
        ("e\u0301" * 64, "é" * 64),
    ],
)
def test_a_name_is_kept_as_it_is_read(town: Town, typed: str, kept: str) -> None:
    nolwenn = introduced(town, Introduction(typed, "own"))

    assert town.uow.people.get(nolwenn.id).name == kept


@pytest.mark.parametrize("typed", ["", "  \n", "\u0000", "\u200b\u200f", "\u3164", "N" * 65, "🌱" * 4_096])
def test_a_name_that_shows_nothing_or_is_too_long_is_refused(town: Town, typed: str) -> None:
    with pytest.raises(NotWellFormed) as refusal:
        introduced(town, Introduction(typed, "new:IMT", "institution"))

    assert (refusal.value.field, refusal.value.longest) == ("name", 64)
    assert count(town) == (4, 0)


@pytest.mark.parametrize("typed", ["new:", "new:\u0000 \n", f"new:{'É' * 81}"])
def test_the_name_of_an_organisation_is_held_to_the_same(town: Town, typed: str) -> None:
    with pytest.raises(NotWellFormed) as refusal:
        introduced(town, Introduction("Nolwenn", typed, "company"))

    assert (refusal.value.field, refusal.value.longest) == ("organisation", 80)
    assert count(town) == (4, 0)


@pytest.mark.parametrize("forged", ["99", "", "-1", "1.5", "²", "own ", "1; DROP TABLE people", "9" * 60, "🌱" * 16])
def test_an_organisation_that_is_nowhere_is_not_found(town: Town, forged: str) -> None:
    with pytest.raises(NotFound):
        introduced(town, Introduction("Nolwenn", forged, "company"))

    assert count(town) == (4, 0)


def test_who_blocks_the_bot_is_noted_until_they_come_back(town: Town) -> None:
    for reachable in (False, False, True, True):
        mark_reachable(town.uow, town.member.id, NOW, reachable=reachable)
        assert town.uow.people.get(town.member.id) == replace(town.member, reachable=reachable)

    with pytest.raises(NotFound):
        mark_reachable(town.uow, PersonId(99), NOW, reachable=False)


def test_who_introduces_themself_again_stays_as_reachable_as_they_were(town: Town) -> None:
    mark_reachable(town.uow, town.member.id, NOW, reachable=False)

    again = introduce_person(town.uow, town.member.telegram_id, Introduction("Léa", "own"), "fr", NOW)

    assert again == replace(town.member, reachable=False)
