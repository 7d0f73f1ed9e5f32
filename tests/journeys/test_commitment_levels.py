"""Levels of commitment: asked for by who speaks for an organisation, decided by staff, shown where it is shown."""

from dataclasses import dataclass
from datetime import datetime

import pytest

from simulator.people import Person
from tests.world import PARIS, World

pytestmark = pytest.mark.usefixtures("untroubled")

CHARTER = "La charte compte 3 niveaux. Touchez-en un pour voir ce qu’il demande."
NOT_ALLOWED = "Cela ne vous est pas ouvert. Le menu montre ce que vous pouvez faire."
NOT_THERE = "Cet élément n’existe plus. Le menu montre ce que vous pouvez faire."
OBJECTIVES = "20 % d’énergie en moins en 2028"


@dataclass(frozen=True)
class Asking:
    """Anne is staff, Léa speaks for the ENIB."""

    world: World
    anne: Person
    lea: Person

    async def asks_to_act(self) -> None:
        await self.world.says(self.lea, "/engagement")
        await self.world.taps(self.lea, "Agir")
        assert await self.world.taps(self.lea, "Demander ce niveau") == "Demande envoyée : l’équipe projet décide."


@pytest.fixture
async def asking(world: World) -> Asking:
    return Asking(world, await world.staff(), await world.member("Léa", "ENIB"))


async def test_a_level_is_asked_for_confirmed_and_shown_with_the_organisation(asking: Asking) -> None:
    world, anne, lea = asking.world, asking.anne, asking.lea
    await world.says(lea, "/reglages")
    await world.taps(lea, "Engagement de ma structure")
    assert world.reads(lea) == f"Engagement · ENIB\nPas encore de niveau.\n\n{CHARTER}"
    await world.taps(lea, "Agir")
    assert world.reads(lea) == (
        "Agir · ENIB\n\nVotre structure mène au moins une action pour le climat et la fait connaître ici.\n\n"
        "L’équipe projet le confirme ; vous aurez sa réponse ici."
    )
    await world.taps(lea, "Demander ce niveau")
    assert world.reads(lea).splitlines()[2] == ("Demandé le lundi 23 novembre 2026 : Agir. L’équipe projet décide.")

    asked = "Niveau d’engagement · ENIB\nNiveau demandé : Agir\n"
    by_lea = "Demandé par Léa le lundi 23 novembre 2026"
    assert world.reads(anne) == f"{asked}Niveau actuel : aucun\n{by_lea}"
    await world.says(anne, "/equipe")
    assert world.reads(anne).splitlines()[-1].endswith(" : 1")
    await world.taps(anne, world.buttons(anne)[0][0])
    for label in ("Niveaux d’engagement (1)", "ENIB"):
        await world.taps(anne, label)
    assert await world.taps(anne, "Confirmer") == "C’est fait : la personne est prévenue."

    assert world.reads(lea) == f"{asked}{by_lea}\n\n✓ Confirmé"
    coalition = await world.coalition("Acteurs du Technopôle")
    await world.belongs(lea, coalition)
    await world.forges(lea, f"coalition:{coalition.id}")
    assert world.reads(lea).splitlines()[4].startswith("Structures : ENIB (Agir), IFREMER,")
    await world.forges(lea, f"members:{coalition.id}:0")
    assert world.reads(lea).splitlines()[4] == "ENIB (Agir) : Léa"
    await world.forges(anne, "dashboard")
    assert "Par niveau d’engagement : Agir (1)" in world.reads(anne).splitlines()


async def test_objectives_are_asked_for_and_a_refusal_comes_with_a_word(asking: Asking) -> None:
    world, anne, lea = asking.world, asking.anne, asking.lea
    await world.says(lea, "/engagement")
    await world.taps(lea, "Se fixer des objectifs chiffrés")
    await world.taps(lea, "Écrire nos objectifs")
    await world.says(lea, OBJECTIVES)
    assert world.reads(lea) == f"Votre demande\n\nObjectifs : {OBJECTIVES}"
    await world.taps(lea, "Confirmer")
    assert world.reads(anne).endswith(f"\n\nObjectifs : {OBJECTIVES}")

    await world.taps(anne, world.buttons(anne)[0][1])
    await world.says(anne, "Sur quelle base ?")
    await world.taps(anne, "Confirmer")
    assert world.reads(lea) == (
        "Niveau d’engagement · ENIB\nNiveau demandé : Se fixer des objectifs chiffrés\n"
        f"Demandé par Léa le lundi 23 novembre 2026\n\nObjectifs : {OBJECTIVES}\n\n"
        "✕ Refusé\nSon message : Sur quelle base ?"
    )
    assert world.buttons(lea) == [["Engagement"], ["Pourquoi ce message ?"], ["Menu"]]
    await world.taps(lea, "Engagement")
    assert world.reads(lea) == f"Engagement · ENIB\nPas encore de niveau.\n\n{CHARTER}"


async def test_a_request_that_waits_is_recalled_and_can_be_taken_back(asking: Asking) -> None:
    world, anne, lea = asking.world, asking.anne, asking.lea
    await asking.asks_to_act()
    await world.moves_to(datetime(2026, 11, 27, 9, tzinfo=PARIS))
    assert world.reads(anne).startswith(
        "Cette demande attend depuis plus de trois jours ouvrés.\n\nNiveau d’engagement · ENIB\n"
    )

    await world.says(lea, "/engagement")
    assert await world.taps(lea, "Retirer la demande") == "Votre demande est retirée."
    assert world.reads(lea) == f"Engagement · ENIB\nPas encore de niveau.\n\n{CHARTER}"
    await world.taps(anne, "Confirmer")
    assert world.reads(anne) == "C’est déjà passé ou déjà décidé : rien n’a été modifié."


async def test_an_organisation_goes_down_and_leaves_and_staff_are_told(asking: Asking) -> None:
    world, anne, lea = asking.world, asking.anne, asking.lea
    await asking.asks_to_act()
    await world.taps(anne, "Confirmer")
    await world.says(lea, "/engagement")
    await world.taps(lea, "Adhérer à la charte")
    assert world.reads(lea).endswith(
        "Votre structure est au-dessus. Le changement est immédiat, et l’équipe projet est prévenue."
    )
    await world.taps(lea, "Passer à ce niveau")
    assert world.reads(anne) == "Niveau d’engagement · ENIB\nLa structure passe au niveau : Adhérer à la charte"

    await world.taps(lea, "Retirer l’engagement")
    assert world.reads(lea) == (
        "Retirer l’engagement : ENIB ?\nLa structure n’aura plus de niveau ; elle pourra en redemander un."
    )
    assert await world.taps(lea, "Oui, retirer") == "C’est fait : l’équipe projet est prévenue."
    assert world.reads(anne) == "Niveau d’engagement · ENIB\nLa structure a retiré son engagement."
    assert (await world.says(anne, "/journal")).splitlines()[3] == "Niveau d’engagement abaissé : ENIB"


async def test_levels_are_for_organisations_and_decided_by_staff(asking: Asking) -> None:
    world, lea = asking.world, asking.lea
    sam = await world.known("Sam")
    assert await world.says(sam, "/engagement") == (
        "Engagement\nVous venez en votre nom : les niveaux d’engagement concernent les structures."
    )
    await asking.asks_to_act()
    (request,) = await world.finds(lambda uow: list(uow.level_requests.waiting()))
    before = await world.kept(besides=sam)
    for data in (
        "engagement.level:act",
        "engagement.ask:act",
        "engagement.write:quantify",
        f"engagement.back:{request.id}",
        "engagement.lower:adhere",
        "engagement.leave",
        "engagement.leave.sure",
        "levels:0",
        f"level:{request.id}",
        f"level.confirm:{request.id}",
        f"level.refuse:{request.id}",
    ):
        await world.forges(sam, data)
        assert world.reads(sam) == NOT_ALLOWED, data
    for data in ("engagement.level:gold", "engagement.ask:gold", "engagement.lower:", "engagement.write:1"):
        await world.forges(lea, data)
        assert world.reads(lea) == NOT_THERE, data
    assert await world.kept(besides=sam) == before
