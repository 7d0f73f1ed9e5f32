from dataclasses import replace
from zoneinfo import ZoneInfo

from programme.territory import CommitmentLevel, Contact, OrganisationKind, Sector, Stake, SupportKind, Territory

AIR = Stake("air", "Qualité de l’air", "Air quality")
LAGOON = Stake("lagoon", "Lagon")

NOUMEA = Territory(
    name="Nouméa",
    programme="Conversations Carbone",
    zone=ZoneInfo("Pacific/Noumea"),
    contact=Contact("Plan Climat"),
    stakes=(AIR, LAGOON),
    sectors=(Sector("waste", "Déchets"),),
    organisation_kinds=(OrganisationKind.COMPANY,),
    support_kinds=(SupportKind("room", "Une salle"),),
)


def test_label_is_in_the_language_of_the_reader() -> None:
    assert (AIR.label_in("fr"), AIR.label_in("en")) == ("Qualité de l’air", "Air quality")


def test_label_stays_french_where_no_english_is_given() -> None:
    assert LAGOON.label_in("en") == "Lagon"


def test_stake_is_found_by_its_key() -> None:
    assert NOUMEA.stake("lagoon") == LAGOON


def test_stake_that_the_territory_gave_up_is_none() -> None:
    assert NOUMEA.stake("forest") is None


def test_level_says_what_it_wants_in_the_language_of_the_reader() -> None:
    act = CommitmentLevel("act", "Agir", wants="Une action.", wants_en="An action.")
    french_only = CommitmentLevel("adhere", "Adhérer", wants="Un accord.")

    assert [act.wants_in("fr"), act.wants_in("en"), french_only.wants_in("en")] == [
        "Une action.",
        "An action.",
        "Un accord.",
    ]


def test_level_is_found_by_its_key_and_one_that_the_charter_dropped_is_none() -> None:
    act = CommitmentLevel("act", "Agir")
    charter = replace(NOUMEA, commitment_levels=(act,))

    assert [charter.commitment_level(key) for key in ("act", "gold", None)] == [act, None, None]
