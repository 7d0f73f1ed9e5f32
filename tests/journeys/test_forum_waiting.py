"""The waiting list: first come, first served; near the start a place is offered, to be confirmed in time."""

from datetime import timedelta

import pytest

from programme.forums import RegistrationState
from tests.journeys.forum_life import (
    CARD,
    CONFIRMED,
    FIRST_IN_LINE,
    OVER,
    PLACE_IS_OFFERED,
    PLACE_IS_YOURS,
    TITLE,
    WAIT,
    gives_up,
    holders_of,
    line_of,
    opens,
    paris,
    registers,
    standing_of,
    told,
)
from tests.world import IN_A_MONTH, World

pytestmark = pytest.mark.usefixtures("untroubled")

HELD_FOR_YOU = "Réservé pour vous : 1 place. À confirmer au plus tard {when}."
LAPSED = "La place réservée pour vous n’a pas été confirmée à temps : elle ne vous est plus réservée."


async def test_freed_place_goes_to_the_first_who_waits(world: World) -> None:
    lea, sam, zoe = [await world.known(name) for name in ("Léa", "Sam", "Zoé")]
    forum = await world.forum(TITLE, places=1)
    await registers(world, forum, lea)

    assert await opens(world, sam, forum) == f"{CARD}\n\nComplet : la liste d’attente est ouverte."
    assert await world.taps(sam, WAIT) == "Vous êtes en liste d’attente."
    assert world.reads(sam) == f"{CARD}\n\nComplet : 1 personne attend.\n\n{FIRST_IN_LINE}"
    assert world.buttons(sam)[0] == ["Modifier", "Quitter la liste d’attente"]
    await registers(world, forum, zoe)
    assert world.reads(zoe).endswith(
        "Complet : 2 personnes attendent.\n\n"
        "Vous êtes en liste d’attente pour 1 place : 1 inscription est avant la vôtre."
    )
    assert (await world.says(sam, "/agenda")).endswith(f"à 14 h : {TITLE} (en liste d’attente)")

    await gives_up(world, lea, forum)

    assert world.reads(sam) == f"{PLACE_IS_YOURS}\n\n{CARD}\n\n{CONFIRMED}"
    assert world.buttons(sam) == [["Mon billet"], ["Annuler mon inscription"], ["Pourquoi ce message ?"]]
    assert [told(person) for person in (lea, sam, zoe)] == [[], [PLACE_IS_YOURS], []]
    assert (await opens(world, zoe, forum)).endswith(FIRST_IN_LINE)
    await world.taps(sam, "Pourquoi ce message ?")
    assert world.reads(sam).startswith("Vous avez une inscription à ce forum : ")

    await registers(world, forum, lea)
    assert (await line_of(world, forum), await holders_of(world, forum)) == (["Zoé", "Léa"], ["Sam"])
    await world.taps(lea, "Quitter la liste d’attente")
    assert world.reads(lea).endswith("Quitter la liste d’attente ? Si vous y reveniez, vous seriez en fin de liste.")
    assert await world.taps(lea, "Oui, quitter la liste") == "Vous n’êtes plus en liste d’attente."
    assert await line_of(world, forum) == ["Zoé"]


async def test_nobody_passes_the_first_who_may_ask_for_fewer(world: World) -> None:
    lea, sam, zoe = [await world.known(name) for name in ("Léa", "Sam", "Zoé")]
    forum = await world.forum(TITLE, places=2)
    await registers(world, forum, lea)
    await opens(world, sam, forum)
    await world.taps(sam, "Plusieurs places…")
    await world.taps(sam, "2 places")
    assert world.reads(sam).endswith(
        "Vous êtes en tête de la liste d’attente, pour 2 places.\n"
        "1 place est déjà libre : demandez moins de places pour l’avoir aussitôt."
    )
    await registers(world, forum, zoe)
    assert (await line_of(world, forum), await holders_of(world, forum)) == (["Sam", "Zoé"], ["Léa"])

    await world.taps(sam, "Modifier")
    await world.taps(sam, "1 place")

    assert world.reads(sam).endswith(CONFIRMED)
    assert (await line_of(world, forum), await holders_of(world, forum)) == (["Zoé"], ["Léa", "Sam"])
    assert [told(person) for person in (lea, sam, zoe)] == [[], [], []]


async def test_place_freed_within_two_days_is_to_be_confirmed_and_then_passed_on(world: World) -> None:
    lea, sam, zoe, tom = [await world.known(name) for name in ("Léa", "Sam", "Zoé", "Tom")]
    forum = await world.forum(TITLE, places=1)
    await registers(world, forum, lea, sam, zoe, tom)
    await world.moves_to(paris(16, 10))
    await gives_up(world, lea, forum)
    until_four = HELD_FOR_YOU.format(when="aujourd’hui à 16 h")
    assert world.reads(sam) == f"{PLACE_IS_OFFERED}\n\n{CARD}\n\n{until_four}"
    assert world.buttons(sam) == [["Confirmer ma place"], ["La laisser à d’autres"], ["Pourquoi ce message ?"]]
    assert (await opens(world, sam, forum)).endswith(until_four)
    await world.forges(sam, f"forum.in:{forum.id}")
    assert world.reads(sam).endswith(until_four)
    assert await standing_of(world, sam, forum) is RegistrationState.OFFERED

    await world.moves_to(paris(16, 15, 59))
    assert [told(person) for person in (sam, zoe)] == [[PLACE_IS_OFFERED], []]
    await world.moves_to(paris(16, 16))
    assert world.reads(sam) == f"{LAPSED}\n\n{CARD}\n\nVous pouvez vous inscrire à nouveau."
    # Six hours on it is night: who reads it in the morning still has time.
    assert world.reads(zoe) == f"{PLACE_IS_OFFERED}\n\n{CARD}\n\n" + HELD_FOR_YOU.format(when="demain à 10 h")
    await world.forges(sam, f"forum.confirm:{forum.id}")
    assert world.reads(sam) == OVER

    assert await world.taps(zoe, "La laisser à d’autres") == "C’est noté : la place est libre pour d’autres."
    assert told(tom) == [PLACE_IS_OFFERED]
    offer = tom.last_message
    assert await world.taps(tom, "Confirmer ma place") == "Votre place est confirmée."
    assert world.reads(tom).endswith(CONFIRMED)
    for deed in ("confirm", "decline"):
        await world.forges(tom, f"forum.{deed}:{forum.id}", offer)
    assert await standing_of(world, tom, forum) is RegistrationState.CONFIRMED

    await world.moves_to(paris(17, 12))
    assert [told(person) for person in (sam, zoe, tom)] == [
        [PLACE_IS_OFFERED, LAPSED],
        [],
        ["Le forum commence aujourd’hui à 14 h."],
    ]


async def test_who_cannot_be_reached_is_passed_over_near_the_start_and_keeps_the_place_in_line(world: World) -> None:
    lea, mia, sam, zoe = [await world.known(name) for name in ("Léa", "Mia", "Sam", "Zoé")]
    forum = await world.forum(TITLE, places=2)
    await registers(world, forum, lea, mia, sam, zoe)
    sam.blocks()
    await world.moves_to(paris(16, 10))

    await gives_up(world, lea, forum)
    assert (told(sam), told(zoe)) == ([], [PLACE_IS_OFFERED])
    assert await line_of(world, forum) == ["Sam"]

    await gives_up(world, mia, forum)
    assert (told(sam), await standing_of(world, sam, forum)) == ([], RegistrationState.WAITING)
    sam.unblocks()
    await world.settle()
    await world.moves_by(timedelta(minutes=1))
    assert told(sam) == [PLACE_IS_OFFERED]
    assert await line_of(world, forum) == []


async def test_no_place_is_given_once_it_has_begun(world: World) -> None:
    lea, sam, zoe = [await world.known(name) for name in ("Léa", "Sam", "Zoé")]
    forum = await world.forum(TITLE, places=1)
    await registers(world, forum, lea, sam, zoe)
    await world.moves_to(IN_A_MONTH - timedelta(minutes=20))
    await gives_up(world, lea, forum)
    assert world.reads(sam).endswith(HELD_FOR_YOU.format(when="aujourd’hui à 14 h"))

    for moment in (IN_A_MONTH, IN_A_MONTH + timedelta(minutes=1), IN_A_MONTH + timedelta(hours=6)):
        await world.moves_to(moment)

    assert [told(person) for person in (sam, zoe)] == [[PLACE_IS_OFFERED], []]
    assert [await standing_of(world, person, forum) for person in (sam, zoe)] == [None, RegistrationState.WAITING]
    await world.taps(sam, "Confirmer ma place")
    assert world.reads(sam) == OVER
