"""Milestones of the whole programme: made by staff in chat, read by everybody, reminded to every member."""

from datetime import datetime

import pytest

from tests.world import PARIS, World, plain_spaces

pytestmark = pytest.mark.usefixtures("untroubled")

CARDS = "○ Publication des fiches d’engagement : vendredi 18 juin 2027, dans 207 jours (programme)"
NOT_ALLOWED = "Cela ne vous est pas ouvert. Le menu montre ce que vous pouvez faire."
OVERVIEW = "Bilan de l’année\nJalon du programme\nDans 53 jours : vendredi 15 janvier 2027\n\nUn formulaire suivra."


async def test_staff_make_one_everybody_reads_it_and_members_are_reminded(world: World) -> None:
    anne, lea, sam = await world.staff(), await world.known("Léa"), await world.known("Sam")
    await world.belongs(lea, await world.coalition("Mobilités alternatives"))
    await world.says(anne, "/equipe")
    await world.taps(anne, "Jalons")
    assert world.reads(anne) == f"Jalons du programme\n\n{CARDS}"
    await world.taps(anne, "Ajouter un jalon pour tous")
    for words in ("Bilan de l’année", "15/01", "Un formulaire suivra."):
        await world.says(anne, words)
    await world.taps(anne, "Confirmer")

    assert [plain_spaces(message.text) for message in anne.chat_with().messages[-2:]] == [
        "Le jalon est enregistré. Je le rappelle à temps aux membres de toutes les coalitions.",
        OVERVIEW,
    ]
    assert world.buttons(anne) == [["✓ Jalon atteint"], ["Déplacer ou corriger", "Abandonner"], ["‹ Retour", "Menu"]]
    listed = f"Jalons du programme\n\n○ Bilan de l’année : vendredi 15 janvier 2027, dans 53 jours (programme)\n{CARDS}"
    assert await world.says(sam, "/jalons") == listed
    await world.taps(sam, "○ Bilan de l’année")
    assert (world.reads(sam), world.buttons(sam)) == (OVERVIEW, [["‹ Retour", "Menu"]])

    read_by_sam = world.reads(sam)
    await world.moves_to(datetime(2027, 1, 8, 9, tzinfo=PARIS))
    assert world.reads(lea).splitlines()[:2] == ["Bilan de l’année", "Dans 7 jours : vendredi 15 janvier 2027"]
    assert world.reads(sam) == read_by_sam


async def test_staff_move_it_drop_it_and_take_it_up_again(world: World) -> None:
    anne = await world.staff()
    await world.says(anne, "/jalons")
    await world.taps(anne, "Ajouter un jalon pour tous")
    for words in ("Bilan de l’année", "15/01"):
        await world.says(anne, words)
    await world.taps(anne, "Passer")
    await world.taps(anne, "Confirmer")
    for label in ("Déplacer ou corriger", "Corriger", "Jour : vendredi 15 janvier 2027"):
        await world.taps(anne, label)
    await world.says(anne, "22/01")
    await world.taps(anne, "Confirmer")
    assert world.reads(anne).splitlines()[2] == "Dans 60 jours : vendredi 22 janvier 2027"

    assert await world.taps(anne, "Abandonner") == "C’est noté : jalon abandonné."
    assert await world.says(anne, "/jalons") == f"Jalons du programme\n\n{CARDS}"
    (dropped, _) = await world.finds(lambda uow: list(uow.milestones.programme_ones()))
    await world.forges(anne, f"milestone:{dropped.id}")
    assert await world.taps(anne, "Reprendre") == "Il est de nouveau en cours."
    assert await world.taps(anne, "✓ Jalon atteint") == "C’est noté : jalon atteint. Bravo !"
    await world.taps(anne, "‹ Retour")
    assert world.reads(anne).splitlines()[-1] == ("✓ Bilan de l’année : atteint le lundi 23 novembre 2026 (programme)")


async def test_the_file_s_own_are_changed_there_and_nobody_else_makes_any(world: World) -> None:
    anne, lea = await world.staff(), await world.known("Léa")
    await world.belongs(lea, await world.coalition("Mobilités alternatives"), facilitator=True)
    (named,) = await world.finds(lambda uow: list(uow.milestones.programme_ones()))
    before = await world.kept()
    await world.forges(anne, f"milestone:{named.id}")
    assert world.buttons(anne) == [["‹ Retour", "Menu"]]
    for who, data in (
        (anne, f"milestone.done:{named.id}"),
        (anne, f"milestone.drop:{named.id}"),
        (anne, f"milestone.all.edit:{named.id}"),
        (lea, "milestone.all.new"),
        (lea, f"milestone.all.edit:{named.id}"),
    ):
        await world.forges(who, data)
        assert world.reads(who) == NOT_ALLOWED, data
    assert await world.kept() == before
