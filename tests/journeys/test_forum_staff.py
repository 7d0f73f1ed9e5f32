"""The project team announces forums and steers them; those who facilitate offer pitches; nobody else can."""

from dataclasses import dataclass

import pytest

from programme.forums import Forum
from simulator.people import Person
from tests.journeys.forum_life import CARD, OVER, TITLE, opens, paris, registers, told
from tests.world import World

pytestmark = pytest.mark.usefixtures("untroubled")

NOT_ALLOWED = "Cela ne vous est pas ouvert. Le menu montre ce que vous pouvez faire."
CHANGED = "Cela a changé entre-temps. Rouvrez-le depuis le menu."
GROUP = "Mobilités alternatives"
STEERING = [
    ["Déplacer", "Nombre de places"],
    ["Modifier le forum"],
    ["Ajouter une présentation éclair"],
    ["Annuler le forum"],
    ["Inscriptions et accueil"],
    ["Menu"],
]


@dataclass(frozen=True)
class _There:
    """Who is at hand: the team, who facilitates, and somebody who belongs nowhere."""

    anne: Person
    maude: Person
    zoe: Person
    forum: Forum


async def test_a_forum_is_announced_in_seven_answers(world: World) -> None:
    anne, lea = await world.staff(), await world.known("Léa")
    await world.says(anne, "/equipe")
    await world.taps(anne, "Forums")
    assert world.reads(anne) == "Forums à venir\n\nAucun n’est annoncé."
    assert world.buttons(anne) == [
        ["Annoncer un forum"],
        ["Annoncer une série de rendez-vous"],
        ["‹ Retour", "Menu"],
    ]

    await world.taps(anne, "Annoncer un forum")
    assert world.reads(anne).startswith("Comment s’appelle ce forum ?\n1 sur 7\n")
    await world.says(anne, TITLE)
    await world.says(anne, "jeudi 17 décembre à 14 h")
    await world.says(anne, "4 h")
    await world.says(anne, "Les Capucins, Brest")
    await world.says(anne, "14 h : accueil\n15 h : présentations éclair")
    await world.says(anne, "120")
    await world.taps(anne, "Dès maintenant, jusqu’au début")
    assert world.reads(anne) == (
        f"Votre forum\n\nTitre : {TITLE}\nDébut : jeudi 17 décembre 2026 à 14 h\nDurée : 4 heures\n"
        "Où : Les Capucins, Brest\nProgramme : 14 h : accueil\n15 h : présentations éclair\nPlaces : 120\n"
        "Inscriptions : Dès maintenant, jusqu’au début"
    )
    await world.taps(anne, "Confirmer")

    (forum,) = await world.finds(lambda uow: uow.forums.upcoming(world.clock.now()))
    link = f"https://t.me/jalon_test_bot?start=forum_{forum.code}"
    said, card = [message.text.replace("\N{NO-BREAK SPACE}", " ") for message in anne.chat_with().messages[-2:]]
    assert said == (
        "Le forum est annoncé : chacun le trouve avec /forum. Pour le faire connaître, partagez ce lien :\n" + link
    )
    programme = "14 h : accueil\n15 h : présentations éclair"
    assert card == f"{CARD}\n\n{programme}\n\n120 places restantes sur 120.\n\nLien à partager : {link}"
    assert world.buttons(anne)[3:] == STEERING
    assert await world.says(lea, "/forum") == f"{CARD}\n\n{programme}\n\n120 places restantes sur 120."
    assert world.buttons(lea)[-2:] == [["Ajouter à mon calendrier"], ["Menu"]]
    assert told(lea) == []

    await registers(world, forum, lea)
    await world.says(anne, "/equipe")
    await world.taps(anne, "Forums")
    assert world.reads(anne) == (f"Forums à venir\n\n• jeudi 17 décembre 2026 à 14 h : {TITLE}\n1 place prise sur 120.")
    await world.taps(anne, f"jeu. 17 déc. · {TITLE}")
    assert world.reads(anne).startswith(CARD)


async def test_an_end_before_the_beginning_is_refused_and_can_be_corrected(world: World) -> None:
    anne = await world.staff()
    await world.forges(anne, "forum.plan")
    for words in (TITLE, "17/12 14h", "Jusqu’à un autre moment", "17/12 10h", "Les Capucins, Brest"):
        await world.says(anne, words)
    await world.taps(anne, "Passer")
    await world.says(anne, "0")
    assert world.reads(anne).startswith("0, c’est trop peu")
    await world.says(anne, "120")
    await world.taps(anne, "Dès maintenant, jusqu’au début")

    await world.taps(anne, "Confirmer")
    assert world.reads(anne) == "La fin doit venir après le début. Corrigez l’un des deux avec « Corriger »."
    assert await world.finds(lambda uow: uow.forums.upcoming(world.clock.now())) == []

    await world.taps(anne, "Corriger")
    await world.taps(anne, "Fin : jeudi 17 décembre 2026 à 10 h")
    await world.says(anne, "19/12 18h")
    await world.taps(anne, "Confirmer")
    assert world.reads(anne).startswith(
        f"{TITLE}\nQuand : de jeudi 17 décembre 2026 à 14 h à samedi 19 décembre 2026 à 18 h\n"
    )


async def test_who_facilitates_offers_a_pitch_that_people_can_choose(world: World) -> None:
    there = await _there(world)
    await opens(world, there.maude, there.forum)
    assert world.buttons(there.maude)[-2:] == [["Proposer une présentation éclair"], ["Menu"]]

    await world.taps(there.maude, "Proposer une présentation éclair")
    assert world.reads(there.maude).startswith("Quel est son sujet, en quelques mots ?\n")
    await world.says(there.maude, "Prêter un vélo cargo")
    await world.says(there.maude, "20")
    await world.taps(there.maude, "Confirmer")

    assert world.reads(there.maude).startswith(
        f"{CARD}\n\nPrésentations éclair :\n• Prêter un vélo cargo · 20 places restantes ({GROUP})\n\n"
        "120 places restantes"
    )
    await opens(world, there.anne, there.forum)
    await world.taps(there.anne, "Ajouter une présentation éclair")
    await world.says(there.anne, "L’équipe projet")
    await world.says(there.anne, "Le plan climat en 5 minutes")
    await world.taps(there.anne, "Passer")
    await world.taps(there.anne, "Confirmer")
    await opens(world, there.zoe, there.forum)
    assert "• Le plan climat en 5 minutes\n" in world.reads(there.zoe)
    assert world.buttons(there.zoe)[1] == ["Plusieurs places, présentations…"]


async def test_the_teams_buttons_refuse_everybody_else(world: World) -> None:
    there = await _there(world)
    before = await world.kept()
    of = there.forum.id
    deeds = ("move", "places", "off", "off.sure", "edit", "title", "programme", "place", "window", "days.edit", "day",
             "day.new", "day.edit", "day.off", "day.sure", "rest", "rest.sure")  # fmt: skip
    for data in ("team.forums", "forum.plan", "forum.plan.series", *(f"forum.{deed}:{of}:0:0" for deed in deeds)):
        for person in (there.maude, there.zoe):
            await world.forges(person, data)
            assert world.reads(person) == NOT_ALLOWED, data
    for data in (f"forum.pitch:{of}", f"forum.pitches:{of}"):
        await world.forges(there.zoe, data)
        assert world.reads(there.zoe) == NOT_ALLOWED, data
    assert await world.kept() == before


async def test_who_is_taken_off_meanwhile_can_not_finish_what_was_begun(world: World) -> None:
    there = await _there(world)
    await opens(world, there.maude, there.forum)
    await world.taps(there.maude, "Proposer une présentation éclair")
    await world.says(there.maude, "Prêter un vélo cargo")
    await world.taps(there.maude, "Passer")
    await world.belongs(there.maude, await world.coalition(GROUP), facilitator=False)

    await world.taps(there.maude, "Confirmer")

    assert world.reads(there.maude) == NOT_ALLOWED
    assert (await world.kept())["pitches"] == []


async def test_cancelling_needs_the_forum_that_was_shown_and_nothing_changes_once_it_has_begun(world: World) -> None:
    there = await _there(world)
    await opens(world, there.anne, there.forum)
    await world.taps(there.anne, "Annuler le forum")
    question = there.anne.last_message
    await opens(world, there.anne, there.forum)
    await world.taps(there.anne, "Déplacer")
    await world.says(there.anne, "18/12 14h")
    await world.taps(there.anne, "Passer")
    await world.taps(there.anne, "Passer")
    await world.taps(there.anne, "Confirmer")

    await world.taps(there.anne, "Oui, annuler le forum", question)
    assert world.reads(there.anne) == CHANGED

    await world.moves_to(paris(18, 14))
    await world.says(there.anne, "/menu")
    before = await world.kept()
    of = there.forum.id
    for data in ("move", "places", "off", "off.sure", "pitch", "edit", "window", "days.edit", "rest", "rest.sure"):
        await world.forges(there.anne, f"forum.{data}:{of}:1")
        assert world.reads(there.anne) == OVER, data
    assert await world.kept() == before
    await opens(world, there.anne, there.forum)
    assert (world.buttons(there.anne), world.reads(there.anne).endswith("\n\n0 place prise sur 120.")) == (
        [["Inscriptions et accueil"], ["Menu"]],
        True,
    )


async def _there(world: World) -> _There:
    anne, maude, zoe = await world.staff(), await world.known("Maude"), await world.known("Zoé")
    await world.belongs(maude, await world.coalition(GROUP), facilitator=True)
    return _There(anne, maude, zoe, await world.forum(TITLE))
