import pytest

from programme.errors import NotFound
from programme.ids import OrganisationId
from programme.memberships import MembershipState
from programme.organisations import Organisation
from programme.territory import OrganisationKind
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NOW, coalition, joins, person


def known(uow: SqlUnitOfWork, *names: str) -> None:
    for name in names:
        uow.organisations.add(name, OrganisationKind.ASSOCIATION)


def found(uow: SqlUnitOfWork, words: str) -> list[str]:
    return [organisation.name for organisation in uow.organisations.find(words, limit=10)]


def test_an_organisation_is_found_whatever_its_accents_and_capitals(uow: SqlUnitOfWork) -> None:
    kept = uow.organisations.add("Énergence", OrganisationKind.ASSOCIATION)

    assert kept == Organisation(OrganisationId(1), "Énergence", OrganisationKind.ASSOCIATION)
    assert uow.organisations.get(kept.id) == kept
    assert uow.organisations.by_name("ENERGENCE") == kept
    assert uow.organisations.by_name("Énergie") is None
    with pytest.raises(NotFound):
        uow.organisations.get(OrganisationId(2))


def test_an_organisation_of_the_same_name_is_the_one_that_exists(uow: SqlUnitOfWork) -> None:
    first = uow.organisations.add("Brest’aim", OrganisationKind.COMPANY)

    assert uow.organisations.add("BREST AIM", OrganisationKind.ASSOCIATION) == first


def test_names_of_signs_only_stay_apart(uow: SqlUnitOfWork) -> None:
    tree = uow.organisations.add("🌱", OrganisationKind.ASSOCIATION)
    wave = uow.organisations.add("🌊", OrganisationKind.ASSOCIATION)

    assert uow.organisations.by_name("🌱") == tree
    assert uow.organisations.by_name("🌊") == wave


def test_imt_finds_imt_atlantique(uow: SqlUnitOfWork) -> None:
    known(uow, "ENIB", "IMT Atlantique", "Ifremer")

    assert found(uow, "IMT") == ["IMT Atlantique"]


def test_the_best_match_comes_first(uow: SqlUnitOfWork) -> None:
    known(uow, "Les écomers", "La mer à boire", "Mer et littoral", "Océan, mer", "Ener’gence")

    assert found(uow, "mer") == ["Mer et littoral", "La mer à boire", "Océan, mer", "Les écomers"]


def test_all_words_must_match_in_any_order(uow: SqlUnitOfWork) -> None:
    known(uow, "Brest métropole habitat", "Brest métropole aménagement", "Habitat et énergie")

    assert found(uow, "habitat BREST") == ["Brest métropole habitat"]
    assert found(uow, "metro am") == ["Brest métropole aménagement"]


def test_the_signs_of_patterns_are_plain_letters(uow: SqlUnitOfWork) -> None:
    known(uow, "Club 100 % renouvelable", "snake_case", "snakeXcase")

    assert found(uow, "e_c") == ["snake_case"]
    assert found(uow, "%") == ["Club 100 % renouvelable", "snake_case", "snakeXcase"]


def test_no_words_give_all_by_name_in_pages(uow: SqlUnitOfWork) -> None:
    known(uow, "Zéphyr", "Élorn", "abers")

    assert [each.name for each in uow.organisations.find("", limit=2)] == ["abers", "Élorn"]
    assert [each.name for each in uow.organisations.find("", limit=2, offset=2)] == ["Zéphyr"]


def test_a_whole_letter_typed_as_a_name_finds_nothing(uow: SqlUnitOfWork) -> None:
    known(uow, "Énergence")

    assert found(uow, " ".join(f"mot{number}" for number in range(800))) == []


def test_a_coalition_shows_its_first_organisations_and_those_of_its_members(uow: SqlUnitOfWork) -> None:
    offices = coalition(uow, "Bureaux sobres")
    first = uow.organisations.add("Sodebo", OrganisationKind.COMPANY)
    both = uow.organisations.add("Crédit Mutuel Arkéa", OrganisationKind.COMPANY)
    asked = uow.organisations.add("Naval Group", OrganisationKind.COMPANY)
    for organisation in (first, both, both):
        uow.organisations.attach(organisation.id, offices.id)
    joins(uow, person(uow, "Léa", speaks_for=both.id), offices)
    joins(uow, person(uow, "Sam"), offices)
    uow.memberships.put(person(uow, "Ana", speaks_for=asked.id).id, offices.id, MembershipState.ASKED, NOW)

    assert uow.organisations.in_coalition(offices.id) == [both, first]
