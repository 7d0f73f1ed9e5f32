"""A forum moved, called off, made larger or smaller: everybody concerned is told once, and what is true then."""

from datetime import UTC, timedelta

import pytest

from programme.forums import Forum, RegistrationState
from programme.ids import PersonId
from programme.usecases.cancel_registration import cancel_registration
from programme.usecases.change_forum import ForumMove, cancel_forum, move_forum, resize_forum
from simulator.people import Person
from storage.unit_of_work import SqlUnitOfWork
from tests.journeys.forum_life import (
    CARD,
    CONFIRMED,
    FIRST_IN_LINE,
    MOVED,
    PLACE_IS_OFFERED,
    PLACE_IS_YOURS,
    TITLE,
    gives_up,
    holders_of,
    line_of,
    opens,
    paris,
    registers,
    standing_of,
    told,
)
from tests.world import A_HALF_DAY, IN_A_MONTH, World

pytestmark = pytest.mark.usefixtures("untroubled")

CALLED_OFF = "Ce forum n’aura pas lieu. Avec toutes nos excuses."
TAKEN_BACK = (
    "Ce forum compte moins de places qu’avant : celle qui vous était réservée a dû être reprise. "
    "Avec toutes nos excuses."
)
A_DAY_LATER = CARD.replace("jeudi 17", "vendredi 18")


async def test_a_move_is_told_to_all_registered_with_where_they_stand(world: World) -> None:
    lea, sam, zoe = [await world.known(name) for name in ("Léa", "Sam", "Zoé")]
    anne = await world.staff()
    forum = await world.forum(TITLE, places=1)
    await registers(world, forum, lea, sam)
    await opens(world, anne, forum)

    await world.taps(anne, "Déplacer")
    assert world.reads(anne).startswith("Quand le forum commencera-t-il ?\n1 sur 3\n")
    await world.says(anne, "vendredi 18 décembre à 14 h")
    await world.taps(anne, "Passer")
    await world.taps(anne, "Passer")
    await world.taps(anne, "Confirmer")

    assert _answered(world, anne)[0] == "Le forum est déplacé : 2 personnes sont prévenues."
    assert world.reads(lea) == f"{MOVED}\n\n{A_DAY_LATER}\n\n{CONFIRMED}"
    assert world.reads(sam) == f"{MOVED}\n\n{A_DAY_LATER}\n\n{FIRST_IN_LINE}"
    assert [told(person) for person in (lea, sam, zoe)] == [[MOVED], [MOVED], []]
    assert world.buttons(lea) == [
        ["Annuler mon inscription"],
        ["Ajouter à mon calendrier"],
        ["Pourquoi ce message ?"],
    ]

    for moment in (IN_A_MONTH - timedelta(days=7), IN_A_MONTH - timedelta(days=6), paris(17, 12), paris(17, 19)):
        await world.moves_to(moment)
    assert told(lea) == [
        MOVED,
        "Le forum commence le vendredi 18 décembre 2026 à 14 h.",
        "Le forum commence demain à 14 h.",
    ]
    await world.moves_to(paris(18, 12))
    assert told(lea)[3:] == ["Le forum commence aujourd’hui à 14 h."]
    assert told(sam) == [MOVED]


async def test_a_move_that_changes_nothing_is_told_to_nobody(world: World) -> None:
    lea, anne = await world.known("Léa"), await world.staff()
    forum = await world.forum(TITLE)
    await registers(world, forum, lea)
    await opens(world, anne, forum)
    await world.taps(anne, "Déplacer")
    await world.says(anne, "17/12 14h")
    await world.taps(anne, "Passer")
    await world.taps(anne, "Passer")
    await world.taps(anne, "Confirmer")
    assert _answered(world, anne)[0] == "Rien n’a changé : aucun message n’est envoyé."
    assert told(lea) == []


async def test_a_forum_called_off_is_told_once_and_is_over(world: World) -> None:
    lea, sam, zoe = [await world.known(name) for name in ("Léa", "Sam", "Zoé")]
    anne = await world.staff()
    forum = await world.forum(TITLE, places=1)
    await registers(world, forum, lea, sam)
    await opens(world, anne, forum)
    await world.taps(anne, "Annuler le forum")
    assert world.reads(anne) == (
        f"{CARD}\n\nAnnuler ce forum ? Impossible de revenir en arrière ensuite.\n\n"
        "2 personnes inscrites ou en attente seront prévenues aussitôt."
    )
    question = anne.last_message
    assert await world.taps(anne, "Oui, annuler le forum") == "Le forum est annulé."

    called_off = f"{CARD}\nCe forum est annulé."
    assert [world.reads(person) for person in (lea, sam)] == [f"{CALLED_OFF}\n\n{called_off}"] * 2
    await world.forges(anne, f"forum.off.sure:{forum.id}:0", question)
    await world.moves_to(IN_A_MONTH + timedelta(days=1))
    assert [told(person) for person in (lea, sam, zoe)] == [[CALLED_OFF], [CALLED_OFF], []]
    assert await opens(world, lea, forum) == called_off
    assert (world.buttons(lea), (await world.says(lea, "/agenda")).count(TITLE)) == ([["Menu"]], 0)


async def test_more_places_go_to_those_who_wait_each_told_once(world: World) -> None:
    people = [await world.known(name) for name in ("Léa", "Sam", "Zoé", "Tom")]
    anne = await world.staff()
    forum = await world.forum(TITLE, places=1)
    await registers(world, forum, *people)
    await opens(world, anne, forum)
    assert "Complet : 3 personnes attendent.\n\n1 place prise sur 1.\n" in world.reads(anne)

    await _resizes(world, anne, "3")

    assert _answered(world, anne)[0] == (
        "Le forum compte maintenant 3 places.\n2 inscriptions en attente ont désormais une place et en sont prévenues."
    )
    assert [told(person) for person in people] == [[], [PLACE_IS_YOURS], [PLACE_IS_YOURS], []]
    assert (await holders_of(world, forum), await line_of(world, forum)) == (["Léa", "Sam", "Zoé"], ["Tom"])


async def test_fewer_places_throw_nobody_out(world: World) -> None:
    lea, sam, zoe = people = [await world.known(name) for name in ("Léa", "Sam", "Zoé")]
    anne = await world.staff()
    forum = await world.forum(TITLE, places=2)
    await registers(world, forum, *people)
    await opens(world, anne, forum)

    await _resizes(world, anne, "1")

    assert _answered(world, anne)[0] == (
        "Le forum compte maintenant 1 place.\n1 place confirmée dépasse ce nombre : elle reste confirmée. "
        "Aucune autre n’est donnée tant qu’il en reste trop."
    )
    assert [told(person) for person in people] == [[], [], []]
    assert (await opens(world, sam, forum)).endswith(CONFIRMED)
    await gives_up(world, lea, forum)
    assert (told(zoe), await holders_of(world, forum)) == ([], ["Sam"])
    await gives_up(world, sam, forum)
    assert (told(zoe), await holders_of(world, forum)) == ([PLACE_IS_YOURS], ["Zoé"])


async def test_fewer_places_near_the_start_take_back_what_was_only_offered(world: World) -> None:
    lea, sam, zoe = [await world.known(name) for name in ("Léa", "Sam", "Zoé")]
    anne = await world.staff()
    forum = await world.forum(TITLE, places=2)
    await registers(world, forum, lea, zoe, sam)
    await world.moves_to(paris(16, 10))
    await gives_up(world, lea, forum)
    offer = sam.last_message
    await opens(world, anne, forum)

    await _resizes(world, anne, "1")

    assert _answered(world, anne)[0] == (
        "Le forum compte maintenant 1 place.\n1 place proposée et non confirmée est reprise : "
        "la personne est prévenue et attend de nouveau."
    )
    assert told(sam) == [PLACE_IS_OFFERED, TAKEN_BACK]
    assert world.reads(sam) == f"{TAKEN_BACK}\n\n{CARD}\n\n{FIRST_IN_LINE}"
    await world.taps(sam, "Confirmer ma place", offer)
    assert (await standing_of(world, sam, forum), await holders_of(world, forum)) == (
        RegistrationState.WAITING,
        ["Zoé"],
    )


async def test_a_move_far_away_confirms_what_was_only_offered(world: World) -> None:
    lea, sam = await world.known("Léa"), await world.known("Sam")
    forum = await world.forum(TITLE, places=1)
    await registers(world, forum, lea, sam)
    await world.moves_to(paris(16, 10))
    await gives_up(world, lea, forum)
    team = await _id(world, world.people["Anne"])

    await world.does(lambda uow: _moves(uow, world, team, forum, by=timedelta(hours=3)))
    assert world.reads(sam).endswith("À confirmer au plus tard aujourd’hui à 16 h.")
    assert world.buttons(sam)[0] == ["Confirmer ma place"]
    await world.does(lambda uow: _moves(uow, world, team, forum, by=timedelta(days=30)))

    assert told(sam) == [PLACE_IS_OFFERED, MOVED, MOVED]
    assert world.reads(sam).endswith(
        f"Quand : samedi 16 janvier 2027, de 14 h à 18 h\nOù : Les Capucins, Brest\n\n{CONFIRMED}"
    )


async def test_what_waits_to_be_sent_is_not_told_once_it_is_untrue(world: World) -> None:
    lea, sam, _ = people = [await world.known(name) for name in ("Léa", "Sam", "Zoé")]
    forum = await world.forum(TITLE, places=1)
    await registers(world, forum, *people)
    team, of_lea, of_sam = [await _id(world, person) for person in (world.people["Anne"], lea, sam)]
    now, zone = world.clock.now(), world.territory.zone

    def moved_twice(uow: SqlUnitOfWork) -> None:
        _moves(uow, world, team, forum, by=timedelta(days=3))
        _moves(uow, world, team, forum, by=timedelta(days=1))

    await world.does(moved_twice)
    assert [told(person) for person in people] == [[MOVED]] * 3
    assert world.reads(lea) == f"{MOVED}\n\n{A_DAY_LATER}\n\n{CONFIRMED}"

    def freed_and_freed_again(uow: SqlUnitOfWork) -> None:
        cancel_registration(uow, of_lea, forum.id, now, zone)
        cancel_registration(uow, of_sam, forum.id, now, zone)

    await world.does(freed_and_freed_again)
    assert [told(person) for person in people] == [[MOVED], [MOVED], [MOVED, PLACE_IS_YOURS]]

    await registers(world, forum, sam)

    def enlarged_and_called_off(uow: SqlUnitOfWork) -> None:
        resize_forum(uow, team, forum.id, 2, now, zone)
        _moves(uow, world, team, forum, by=timedelta(days=4))
        cancel_forum(uow, team, forum.id, now)

    await world.does(enlarged_and_called_off)
    assert [told(person) for person in people] == [
        [MOVED],
        [MOVED, CALLED_OFF],
        [MOVED, PLACE_IS_YOURS, CALLED_OFF],
    ]


async def test_an_offer_that_waits_to_be_sent_is_not_told_once_it_is_taken_back(world: World) -> None:
    lea, sam = await world.known("Léa"), await world.known("Sam")
    forum = await world.forum(TITLE, places=1)
    await registers(world, forum, lea, sam)
    await world.moves_to(paris(16, 10))
    of_lea, team = await _id(world, lea), await _id(world, world.people["Anne"])
    now, zone = world.clock.now(), world.territory.zone

    def freed_and_moved(uow: SqlUnitOfWork) -> None:
        cancel_registration(uow, of_lea, forum.id, now, zone)
        _moves(uow, world, team, forum, by=timedelta(days=30))

    await world.does(freed_and_moved)
    assert told(sam) == [MOVED]
    assert world.reads(sam).endswith(CONFIRMED)


def _answered(world: World, person: Person) -> list[str]:
    """The two latest messages: what was done, and the card as it is now."""
    latest = [message.text for message in person.chat_with().messages if message.sender_id == world.bot.id][-2:]
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in latest]


async def _resizes(world: World, anne: Person, places: str) -> None:
    """Give the forum whose card is open another number of places."""
    await world.taps(anne, "Nombre de places")
    await world.says(anne, places)
    await world.taps(anne, "Confirmer")


async def _id(world: World, person: Person) -> PersonId:
    return (await world.record_of(person)).id


def _moves(uow: SqlUnitOfWork, world: World, team: PersonId, forum: Forum, by: timedelta) -> Forum:
    """Move a forum to so long after its first date."""
    starts_at = (IN_A_MONTH + by).astimezone(UTC)
    move = ForumMove(starts_at, starts_at + A_HALF_DAY)
    return move_forum(uow, team, forum.id, move, world.clock.now(), world.territory.zone)
