"""A series of rendez-vous: announced in one conversation, found together, and called off from one of them on."""

import pytest

from tests.journeys.forum_life import opens, registers, told
from tests.world import CAPUCINS, World

pytestmark = pytest.mark.usefixtures("untroubled")

BREAKFAST = "Petit-déjeuner climat"
CALLED_OFF = "Ce forum n’aura pas lieu. Avec toutes nos excuses."


async def test_rendezvous_are_announced_together_and_called_off_from_the_second_on(world: World) -> None:
    anne, lea, sam = await world.staff(), await world.known("Léa"), await world.known("Sam")
    await world.forges(anne, "team.forums")
    await world.taps(anne, "Annoncer une série de rendez-vous")
    for words in (BREAKFAST, "jeudi 7 janvier 2027 à 8 h", "2 h", "Chaque mois", "3", CAPUCINS):
        await world.says(anne, words)
    await world.taps(anne, "Passer")
    await world.says(anne, "10")
    assert world.reads(anne) == (
        f"Les rendez-vous\n\nTitre : {BREAKFAST}\nDébut : jeudi 7 janvier 2027 à 8 h\nDurée : 2 heures\n"
        "Rythme : Chaque mois\nNombre : 3\nOù : Les Capucins, Brest\nProgramme : —\nPlaces : 10"
    )
    await world.taps(anne, "Confirmer")

    first, second, third = await world.finds(lambda uow: uow.forums.upcoming(world.clock.now()))
    said = [message.text for message in anne.chat_with().messages if message.sender_id == world.bot.id][-2]
    link = "https://t.me/jalon_test_bot?start=forum_"
    assert said.replace("\N{NO-BREAK SPACE}", " ") == (
        "Les rendez-vous sont annoncés, chacun avec ses places et son lien :\n"
        f"• jeudi 7 janvier 2027 à 8 h : {link}{first.code}\n"
        f"• jeudi 4 février 2027 à 8 h : {link}{second.code}\n"
        f"• jeudi 4 mars 2027 à 8 h : {link}{third.code}"
    )
    assert (await opens(world, lea, second)).startswith(
        f"Rendez-vous 2 sur 3\n\n{BREAKFAST}\nQuand : jeudi 4 février 2027, de 8 h à 10 h\n"
    )
    await registers(world, second, lea, sam)
    await registers(world, third, lea)
    await registers(world, first, sam)
    await world.taps(sam, "Toutes les dates")
    assert world.reads(sam) == (
        f"{BREAKFAST}\n\n• jeudi 7 janvier 2027 à 8 h\n9 places restantes sur 10.\n\n"
        "• jeudi 4 février 2027 à 8 h\n8 places restantes sur 10.\n\n"
        "• jeudi 4 mars 2027 à 8 h\n9 places restantes sur 10."
    )

    await opens(world, anne, second)
    await world.taps(anne, "Annuler celui-ci et les suivants")
    assert world.reads(anne).split("\n\n")[1] == (
        "Annuler 2 rendez-vous ? Impossible de revenir en arrière ensuite.\n"
        "• jeudi 4 février 2027 à 8 h\n• jeudi 4 mars 2027 à 8 h"
    )
    assert await world.taps(anne, "Oui, les annuler") == "2 rendez-vous sont annulés."
    await world.forges(anne, f"forum.rest.sure:{second.id}:0")

    assert [told(person) for person in (lea, sam)] == [[CALLED_OFF, CALLED_OFF], [CALLED_OFF]]
    assert await world.finds(lambda uow: uow.forums.upcoming(world.clock.now())) == [first]
    await opens(world, sam, first)
    await world.taps(sam, "Toutes les dates")
    assert world.reads(sam).endswith("• jeudi 4 février 2027 à 8 h\nAnnulé\n\n• jeudi 4 mars 2027 à 8 h\nAnnulé")
    assert world.buttons(sam) == [[f"jeu. 7 janv. · {BREAKFAST}"], ["‹ Retour", "Menu"]]
