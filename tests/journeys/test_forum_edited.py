"""A forum changed line by line: when people can register, its days, its pitches; only a date or a place is told."""

import pytest

from programme.ids import PersonId
from programme.usecases.edit_forum import change_window
from programme.usecases.offer_pitch import offer_pitch
from simulator.people import Person
from tests.journeys.forum_life import CARD, CONFIRMED, IN, MOVED, TITLE, opens, paris, registers, told
from tests.world import CAPUCINS, World

pytestmark = pytest.mark.usefixtures("untroubled")

NOT_YET = "Les inscriptions ouvrent le mardi 1er décembre 2026 à 9 h."
CLOSED = "Les inscriptions sont closes : plus de nouvelle inscription ni de place supplémentaire."
NOBODY_TOLD = "C’est noté. Aucun message n’est envoyé."
TWO_DAYS = (
    f"{TITLE}\nQuand :\n• jeudi 17 décembre 2026, de 14 h à 18 h\n"
    "• vendredi 18 décembre 2026, de 9 h à 12 h : Le Quartz\nOù : Les Capucins, Brest"
)


async def test_registration_opens_and_closes_when_the_team_says(world: World) -> None:
    lea, sam, anne = await world.known("Léa"), await world.known("Sam"), await world.staff()
    forum = await world.forum(TITLE, places=1)
    await opens(world, lea, forum)
    old_card = lea.last_message
    await opens(world, anne, forum)

    await world.taps(anne, "Modifier le forum")
    await world.taps(anne, "Inscriptions")
    await world.says(anne, "1/12 9h")
    await world.says(anne, "10/12 18h")
    await world.taps(anne, "Confirmer")

    assert _said_before_card(world, anne) == NOBODY_TOLD
    assert await opens(world, lea, forum) == f"{CARD}\n\n{NOT_YET}"
    assert world.buttons(lea) == [["Ajouter à mon calendrier"], ["Menu"]]
    for button in (IN, "Plusieurs places…"):
        await world.taps(lea, button, old_card)
        assert world.reads(lea) == NOT_YET, button

    await world.moves_to(paris(1, 9))
    assert (await opens(world, lea, forum)).endswith(
        "1 place restante sur 1.\nLes inscriptions ferment le jeudi 10 décembre 2026 à 18 h."
    )
    await registers(world, forum, lea, sam)
    await world.moves_to(paris(10, 18))
    assert (await opens(world, lea, forum)).endswith(f"Les inscriptions sont closes.\n\n{CONFIRMED}")
    await world.taps(lea, "Modifier")
    await world.taps(lea, "2 places")
    assert world.reads(lea) == CLOSED
    await world.taps(lea, "Annuler")
    await opens(world, lea, forum)
    await world.taps(lea, "Annuler mon inscription")
    await world.taps(lea, "Oui, annuler")
    assert world.reads(lea) == f"{CARD}\n\nLes inscriptions sont closes."
    assert world.reads(sam).endswith(CONFIRMED)


async def test_a_forum_is_announced_with_its_opening(world: World) -> None:
    anne, lea = await world.staff(), await world.known("Léa")
    await world.forges(anne, "forum.plan")
    for words in (TITLE, "17/12 14h", "4 h", CAPUCINS):
        await world.says(anne, words)
    await world.taps(anne, "Passer")
    await world.says(anne, "120")
    await world.taps(anne, "Choisir l’ouverture ou la clôture")
    await world.says(anne, "18/12 9h")
    await world.taps(anne, "Passer")
    await world.taps(anne, "Confirmer")
    assert world.reads(anne) == (
        "Les inscriptions ouvrent, puis ferment, avant le début du forum : remettez ces moments dans l’ordre."
    )

    await world.taps(anne, "Corriger")
    await world.taps(anne, "Ouverture : vendredi 18 décembre 2026 à 9 h")
    await world.says(anne, "1/12 9h")
    await world.taps(anne, "Confirmer")

    assert await world.says(lea, "/forum") == f"{CARD}\n\n{NOT_YET}"


async def test_a_second_day_is_told_once_and_shown_day_by_day(world: World) -> None:
    lea, anne = await world.known("Léa"), await world.staff()
    forum = await world.forum(TITLE)
    await registers(world, forum, lea)
    await opens(world, anne, forum)
    await world.taps(anne, "Modifier le forum")
    await world.taps(anne, "Jours")
    await world.taps(anne, "Ajouter un jour")
    for words in ("18/12 9h", "3 h", "Le Quartz", "Visites des toits"):
        await world.says(anne, words)
    await world.taps(anne, "Confirmer")

    assert _said_before_card(world, anne) == (
        "Les jours sont modifiés : les personnes inscrites ou en attente sont prévenues."
    )
    assert world.reads(lea) == f"{MOVED}\n\n{TWO_DAYS}\n\n{CONFIRMED}"
    assert await opens(world, lea, forum) == f"{TWO_DAYS}\n\n119 places restantes sur 120.\n\n{CONFIRMED}"
    await world.taps(lea, "Jour par jour")
    assert world.reads(lea) == (
        f"{TITLE}\n\nJeudi 17 décembre 2026, de 14 h à 18 h\nOù : Les Capucins, Brest\n\n"
        "Vendredi 18 décembre 2026, de 9 h à 12 h\nOù : Le Quartz\nVisites des toits"
    )

    await opens(world, anne, forum)
    await world.taps(anne, "Jours")
    await world.taps(anne, "ven. 18 déc., 9 h")
    await world.taps(anne, "Modifier ce jour")
    assert world.reads(anne) == (
        "Le jour\n\nDébut : vendredi 18 décembre 2026 à 9 h\nDurée : 3 heures\nOù : Le Quartz\n"
        "Programme : Visites des toits"
    )
    await world.taps(anne, "Corriger")
    await world.taps(anne, "Début : vendredi 18 décembre 2026 à 9 h")
    await world.says(anne, "18/12 10h")
    await world.taps(anne, "Confirmer")
    assert "• vendredi 18 décembre 2026, de 10 h à 13 h : Le Quartz\n" in world.reads(lea)

    await opens(world, anne, forum)
    await world.taps(anne, "Jours")
    await world.taps(anne, "ven. 18 déc., 10 h")
    await world.taps(anne, "Retirer ce jour")
    assert await world.taps(anne, "Oui, retirer") == "Le jour est retiré."
    await world.forges(anne, f"forum.day.sure:{forum.id}:2:2")
    assert world.reads(anne) == "Cela a changé entre-temps. Rouvrez-le depuis le menu."
    assert world.reads(lea) == f"{MOVED}\n\n{CARD}\n\n{CONFIRMED}"
    assert told(lea) == [MOVED, MOVED, MOVED]


async def test_title_and_programme_change_quietly_and_the_place_is_told(world: World) -> None:
    lea, anne = await world.known("Léa"), await world.staff()
    forum = await world.forum(TITLE)
    await registers(world, forum, lea)

    await _edits(world, anne, forum.code, "Titre")
    await world.says(anne, "Forum d’hiver")
    assert _said_before_card(world, anne) == NOBODY_TOLD
    await _edits(world, anne, forum.code, "Programme")
    await world.says(anne, "14 h : accueil")
    assert told(lea) == []
    await _edits(world, anne, forum.code, "Lieu")
    await world.says(anne, "Le Quartz")
    await world.taps(anne, "Confirmer")

    when = "Forum d’hiver\nQuand : jeudi 17 décembre 2026, de 14 h à 18 h\nOù : Le Quartz"
    assert world.reads(lea) == f"{MOVED}\n\n{when}\n\n{CONFIRMED}"
    assert (await opens(world, lea, forum)).startswith(f"{when}\n\n14 h : accueil\n\n")


async def test_a_full_pitch_is_shown_as_full_and_refused(world: World) -> None:
    lea, sam, anne = await world.known("Léa"), await world.known("Sam"), await world.staff()
    forum = await world.forum(TITLE)
    team, now = await _id(world, anne), world.clock.now()
    await world.does(lambda uow: offer_pitch(uow, team, forum.id, None, "Un toit frais", now, 2))

    await opens(world, sam, forum)
    await world.taps(sam, "Plusieurs places, présentations…")
    await world.taps(sam, "1 place")
    await world.taps(sam, "Un toit frais · 2 places restantes")
    await opens(world, lea, forum)
    await world.taps(lea, "Plusieurs places, présentations…")
    await world.taps(lea, "2 places")
    await world.taps(lea, "Un toit frais · 2 places restantes")
    await world.taps(lea, "Terminer (1)")
    assert "\n• Un toit frais · complet\n" in world.reads(lea)

    await world.taps(sam, "Terminer (1)")
    assert world.reads(sam) == "« Un toit frais » n’a plus assez de places. Choisissez d’autres présentations."

    await _edits(world, anne, forum.code, "Présentations éclair")
    await world.taps(anne, "Un toit frais")
    assert world.reads(anne) == "Votre présentation éclair\n\nPrésentation éclair : Un toit frais\nPlaces : 2"
    await world.taps(anne, "Corriger")
    await world.taps(anne, "Places : 2")
    await world.says(anne, "1")
    await world.taps(anne, "Confirmer")
    assert _said_before_card(world, anne) == (
        "La présentation éclair est modifiée.\n1 place déjà choisie dépasse ce nombre : elle reste acquise."
    )
    assert (await opens(world, lea, forum)).endswith("Présentations choisies : Un toit frais")


async def test_what_was_begun_before_the_forum_is_refused_once_it_has_begun(world: World) -> None:
    anne = await world.staff()
    forum = await world.forum(TITLE)
    team, closes_at = await _id(world, anne), paris(10, 18)
    await world.does(lambda uow: change_window(uow, team, forum.id, None, closes_at, world.clock.now()))

    await world.moves_to(paris(16, 10))
    await _edits(world, anne, forum.code, "Inscriptions")
    await world.taps(anne, "Passer")
    await world.taps(anne, "Passer")
    await world.moves_to(paris(17, 14))
    await world.taps(anne, "Confirmer")

    assert world.reads(anne).startswith("C’est déjà passé")
    assert (await world.finds(lambda uow: uow.forums.get(forum.id))).closes_at == closes_at


async def _edits(world: World, anne: Person, code: str, line: str) -> None:
    """Open a forum by its link, and choose the line to change."""
    await world.says(anne, f"/start forum_{code}")
    await world.taps(anne, "Modifier le forum")
    await world.taps(anne, line)


def _said_before_card(world: World, person: Person) -> str:
    """What was said of the deed, above the card as it is now."""
    latest = [message.text for message in person.chat_with().messages if message.sender_id == world.bot.id][-2]
    return latest.replace("\N{NO-BREAK SPACE}", " ")


async def _id(world: World, person: Person) -> PersonId:
    return (await world.record_of(person)).id
