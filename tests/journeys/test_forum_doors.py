"""The doors on the day: tickets scanned, names found, helpers, and who registered, as the project team reads it."""

from datetime import timedelta

import pytest

from programme.forums import Forum
from programme.usecases.name_helper import name_helper
from simulator.people import Person
from tests.journeys.forum_life import CARD, TITLE, gives_up, opens, registers
from tests.world import A_HALF_DAY, IN_A_MONTH, World, plain_spaces

pytestmark = pytest.mark.usefixtures("untroubled")

NOT_ALLOWED = "Cela ne vous est pas ouvert. Le menu montre ce que vous pouvez faire."
SCAN = "Visez le code QR d’un billet avec l’appareil photo, ou cherchez un nom."
TWO_PAST_NOON = IN_A_MONTH - timedelta(hours=1, minutes=58)


async def ticket_of(world: World, person: Person, forum: Forum) -> str:
    """The link in somebody's QR code."""
    known = await world.record_of(person)
    registration = await world.finds(lambda uow: uow.registrations.of(known.id, forum.id))
    assert registration is not None
    return f"/start ticket_{registration.ticket}"


async def test_a_ticket_is_noted_by_scanning_and_says_so_the_second_time(world: World) -> None:
    lea, anne = await world.member("Léa", "ENIB"), await world.staff()
    forum = await world.forum(TITLE)
    await registers(world, forum, lea)
    ticket = await ticket_of(world, lea, forum)
    closed = f"✓ Billet valable\n\n{CARD}\n\nLéa, ENIB : 1 place\nL’accueil n’est pas ouvert : rien n’a été noté."
    assert await world.says(anne, ticket) == closed

    await world.moves_to(TWO_PAST_NOON)
    noted = f"✓ Billet valable\n\nLéa, ENIB : 1 place\nArrivée notée à 12 h 02.\n\n{TITLE}"
    assert await world.says(anne, ticket) == noted
    assert world.buttons(anne) == [["Annuler l’arrivée"], ["Chercher un nom"], ["‹ Retour", "Menu"]]
    await world.moves_by(timedelta(minutes=5))
    assert await world.says(anne, ticket) == (
        f"⚠ Arrivée déjà notée\n\nLéa, ENIB : 1 place\nNotée à 12 h 02 : ce billet a déjà servi aujourd’hui.\n\n{TITLE}"
    )

    assert await world.taps(anne, "Annuler l’arrivée") == "Arrivée annulée."
    assert world.reads(anne) == "Arrivée annulée\nLéa, ENIB : 1 place"
    await world.taps(anne, "Noter l’arrivée")
    assert world.reads(anne).startswith("✓ Billet valable\n\nLéa, ENIB : 1 place\nArrivée notée à 12 h 07.")
    assert (await world.says(anne, "/start ticket_nobody")) == (
        "✕ Ce billet n’est pas valable\n\nAucune inscription ne correspond à ce billet."
    )
    await gives_up(world, lea, forum)
    assert (await world.says(anne, ticket)).endswith("Léa, ENIB : 1 place\nCette inscription a été annulée.")


async def test_two_people_scan_one_ticket_at_once_and_it_is_noted_once(world: World) -> None:
    lea, anne, paul = await world.known("Léa"), await world.staff(), await world.known("Paul")
    forum = await world.forum(TITLE)
    await registers(world, forum, lea)
    await _helps(world, paul, forum)
    ticket = await ticket_of(world, lea, forum)
    await world.moves_to(IN_A_MONTH)

    anne.says(ticket)
    paul.says(ticket)
    await world.settle()

    heads = sorted(world.reads(person).split("\n")[0] for person in (anne, paul))
    assert heads == ["⚠ Arrivée déjà notée", "✓ Billet valable"]
    assert len((await world.kept())["arrivals"]) == 1


async def test_who_helps_finds_a_name_while_the_doors_are_open_and_sees_nothing_else(world: World) -> None:
    lea, sam, paul = await world.known("Léa"), await world.known("Sam"), await world.known("Paul")
    anne = await world.staff()
    forum = await world.forum(TITLE)
    await registers(world, forum, lea, sam)
    await opens(world, anne, forum)
    await world.taps(anne, "Inscriptions et accueil")
    await world.taps(anne, "Aides à l’accueil")
    await world.taps(anne, "Ajouter quelqu’un")
    await world.says(anne, "Paul")
    assert world.buttons(anne)[0] == ["✕ Paul"]

    assert world.reads(paul) == (
        "Vous aidez à l’accueil de ce forum : vous notez les arrivées, par le billet ou par le nom.\n\n"
        f"{CARD}\n\nVous pourrez noter les arrivées le jeudi 17 décembre 2026 à 11 h."
    )
    await world.taps(paul, "Accueil")
    assert world.reads(paul) == f"{CARD}\n\nVous pourrez noter les arrivées le jeudi 17 décembre 2026 à 11 h."
    assert world.buttons(paul) == [["‹ Retour", "Menu"]]
    assert await world.says(paul, await ticket_of(world, lea, forum)) == world.reads(paul)

    await world.moves_to(IN_A_MONTH - timedelta(hours=3))
    await opens(world, paul, forum)
    await world.taps(paul, "Accueil")
    assert world.reads(paul) == f"{CARD}\n\nArrivée notée aujourd’hui : 0 sur 2.\n{SCAN}"
    await world.taps(paul, "Chercher un nom")
    await world.says(paul, "le")
    await world.taps(paul, "Léa")
    assert world.reads(paul) == f"✓ Billet valable\n\nLéa : 1 place\nArrivée notée à 11 h.\n\n{TITLE}"
    await world.taps(paul, "Chercher un nom")
    assert world.buttons(paul)[:2] == [["Léa ✓"], ["Sam"]]
    await world.says(paul, "/annuler")

    await opens(world, sam, forum)
    before = await world.kept()
    known = await world.record_of(lea)
    registration = await world.finds(lambda uow: uow.registrations.of(known.id, forum.id))
    assert registration is not None
    for data in (f"registrants:{forum.id}", f"registrants.of:{forum.id}:confirmed:0", f"registrants.find:{forum.id}",
                 f"registrant:{registration.id}", f"helpers:{forum.id}", f"helpers.name:{forum.id}",
                 f"helpers.link:{forum.id}", f"questions:{forum.id}", f"after:{forum.id}"):  # fmt: skip
        await world.forges(paul, data)
        assert world.reads(paul) == NOT_ALLOWED, data
    for data in (f"doors:{forum.id}", f"doors.find:{forum.id}", f"doors.in:{registration.id}",
                 f"doors.undo:{registration.id}:20261217"):  # fmt: skip
        await world.forges(sam, data)
        assert world.reads(sam) == NOT_ALLOWED, data
    assert await world.kept() == before


async def test_a_link_brings_helpers_and_taking_somebody_off_is_told(world: World) -> None:
    paul, anne = await world.known("Paul"), await world.staff()
    forum = await world.forum(TITLE)
    await world.forges(anne, f"helpers:{forum.id}")
    await world.taps(anne, "Créer un lien")
    link = world.reads(anne).split("?start=")[1]

    card = await world.says(paul, f"/start {link}")
    assert card == f"{CARD}\n\nVous pourrez noter les arrivées le jeudi 17 décembre 2026 à 11 h."
    await world.forges(anne, f"helpers:{forum.id}")
    await world.taps(anne, "✕ Paul")

    assert world.reads(paul) == (
        f"Vous n’aidez plus à l’accueil de ce forum. Merci d’avoir proposé votre aide.\n\n{CARD}"
    )
    assert await world.taps(anne, "Retirer le lien") == "Le lien est retiré."
    assert (await world.says(paul, f"/start {link}")).startswith("Cet élément n’existe plus.")


async def test_the_team_reads_who_registered_by_state_and_finds_a_name(world: World) -> None:
    people = [await world.known(name) for name in ("Léa", "Sam", "Nour")]
    anne = await world.staff()
    forum = await world.forum(TITLE, places=2)
    await registers(world, forum, *people)
    await gives_up(world, people[0], forum)
    await opens(world, anne, forum)
    await world.taps(anne, "Inscriptions et accueil")
    assert world.reads(anne) == (
        f"{CARD}\n\n2 inscriptions confirmées (2 places).\n\n"
        "Vous pourrez noter les arrivées le jeudi 17 décembre 2026 à 11 h."
    )
    await world.taps(anne, "Inscriptions")
    assert world.reads(anne) == (
        f"Inscriptions · {TITLE}\nConfirmées : 2 inscriptions, 2 places\nAnnulées : 1 inscription, 1 place"
    )
    await world.taps(anne, "Confirmées (2)")
    assert world.reads(anne) == f"Confirmées · {TITLE}\n2 inscriptions, 2 places"
    assert world.buttons(anne)[:2] == [["Sam · 1 place"], ["Nour · 1 place"]]
    await world.taps(anne, "‹ Retour")
    await world.taps(anne, "Chercher un nom")
    await world.says(anne, "nou")
    await world.taps(anne, "Nour")
    assert world.reads(anne) == (
        f"Nour\n{TITLE}\n\nÉtat : inscription confirmée\nPlaces : 1\nDemandée le lundi 23 novembre 2026 à 12 h"
    )


async def test_who_did_not_come_is_listed_once_the_forum_is_over(world: World) -> None:
    lea, sam, anne = await world.known("Léa"), await world.known("Sam"), await world.staff()
    forum = await world.forum(TITLE)
    await registers(world, forum, lea, sam)
    await world.moves_to(IN_A_MONTH)
    await world.says(anne, await ticket_of(world, lea, forum))
    await world.moves_to(IN_A_MONTH + A_HALF_DAY)

    await world.forges(anne, f"registrants:{forum.id}")

    assert plain_spaces(world.reads(anne)) == (
        f"Inscriptions · {TITLE}\nConfirmées : 2 inscriptions, 2 places\nArrivées : 1 inscription, 1 place\n"
        "Absences : 1 inscription, 1 place"
    )
    await world.taps(anne, "Absences (1)")
    await world.taps(anne, "Sam · 1 place")
    assert world.reads(anne).endswith("\n\nAbsence.")
    await world.says(anne, "/equipe")
    await world.taps(anne, "Forums")
    await world.taps(anne, "Forums passés")
    await world.taps(anne, f"décembre 2026 · {TITLE}")
    assert world.reads(anne) == f"{CARD}\n\n2 inscriptions confirmées (2 places).\n1 personne absente."
    assert world.buttons(anne) == [["Inscriptions"], ["Retours"], ["‹ Retour", "Menu"]]


async def _helps(world: World, person: Person, forum: Forum) -> None:
    helper, anne = await world.record_of(person), await world.record_of(world.people["Anne"])
    now = world.clock.now()
    await world.does(lambda uow: name_helper(uow, anne.id, forum.id, helper.id, now))
