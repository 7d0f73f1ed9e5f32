"""The forum for everybody: see it, have a place, change it, give it up, show the ticket, come by a link."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from programme.ids import ForumId
from programme.usecases.offer_pitch import offer_pitch
from simulator.images import image_size
from simulator.people import Person
from storage.unit_of_work import SqlUnitOfWork
from tests.journeys.forum_life import CARD, CONFIRMED, IN, MENU, OVER, TITLE, gives_up, opens, registers, told
from tests.world import A_HALF_DAY, IN_A_MONTH, PARIS, World

pytestmark = pytest.mark.usefixtures("untroubled")

PITCHES = ("Prêter un vélo cargo", "Un toit frais")


async def test_a_place_is_one_tap_away(world: World) -> None:
    lea = await world.known("Léa")
    assert await world.says(lea, "/forum") == "Aucun forum n’est annoncé pour le moment. Sa date s’affichera ici."
    await world.forum(TITLE, places=2)

    assert await world.says(lea, "/forum") == f"{CARD}\n\n2 places restantes sur 2."
    assert world.buttons(lea) == [[IN], ["Plusieurs places…"], ["Ajouter à mon calendrier"], ["Menu"]]
    assert await world.taps(lea, IN) == "Votre inscription est confirmée."

    assert world.reads(lea) == f"{CARD}\n\n1 place restante sur 2.\n\n{CONFIRMED}"
    assert world.buttons(lea) == [
        ["Mon billet"],
        ["Modifier", "Annuler mon inscription"],
        ["Ajouter à mon calendrier"],
        ["Menu"],
    ]
    assert await world.says(lea, "/agenda") == (
        f"Mon agenda\n\n• jeudi 17 décembre 2026 à 14 h : {TITLE} (inscription confirmée)"
    )
    await world.forum("Forum du printemps", starts_at=IN_A_MONTH + timedelta(days=100))
    assert await world.says(lea, "/forum") == "Forums à venir"
    assert world.buttons(lea) == [[f"jeu. 17 déc. · {TITLE}"], ["sam. 27 mars · Forum du printemps"], ["Menu"]]
    await world.taps(lea, f"jeu. 17 déc. · {TITLE}")
    assert world.buttons(lea)[-1] == ["‹ Retour", "Menu"]


async def test_several_places_with_organisation_and_pitches(world: World) -> None:
    lea = await world.member("Léa", "ENIB")
    forum = await world.forum(TITLE, places=5)
    await _pitches(world, forum.id)
    await opens(world, lea, forum)

    await world.taps(lea, "Plusieurs places, présentations…")
    assert world.reads(lea) == "Combien de places, la vôtre comprise ?\n1 sur 3"
    await world.taps(lea, "3 places")
    assert world.reads(lea) == "Au nom de qui venez-vous ?\n2 sur 3"
    await world.taps(lea, "ENIB")
    await world.taps(lea, PITCHES[1])
    await world.taps(lea, "Terminer (1)")

    enib = (await world.record_of(lea)).organisation_id
    assert enib is not None
    assert world.reads(lea) == (
        f"{CARD}\n\nPrésentations éclair :\n• {PITCHES[0]} (Acteurs du Technopôle)\n• {PITCHES[1]}\n\n"
        f"2 places restantes sur 5.\n\n✓ Votre inscription est confirmée : 3 places.\n"
        f"Présentations choisies : {PITCHES[1]}"
    )
    rows = (await world.kept())["registrations"]
    assert [(row["seats"], row["organisation_id"], row["pitches"]) for row in rows] == [(3, enib, [2])]

    await world.taps(lea, "Modifier")
    await world.taps(lea, "5 places")
    await world.taps(lea, "Je viens en mon nom")
    await world.taps(lea, "Passer")
    rows = (await world.kept())["registrations"]
    assert [(row["seats"], row["organisation_id"], row["pitches"]) for row in rows] == [(5, None, [])]
    assert world.reads(lea).endswith(
        "Complet : la liste d’attente est ouverte.\n\n" + CONFIRMED.replace("1 place", "5 places")
    )


async def test_more_places_than_there_are_left_is_refused_and_nothing_changes(world: World) -> None:
    lea, sam = await world.known("Léa"), await world.known("Sam")
    forum = await world.forum(TITLE, places=3)
    await registers(world, forum, lea, sam)

    await world.taps(lea, "Modifier")
    await world.taps(lea, "3 places")

    assert world.reads(lea) == (
        "Il ne reste pas assez de places : vous pouvez en avoir 2 en tout. Votre inscription reste comme elle était."
    )
    assert [row["seats"] for row in (await world.kept())["registrations"]] == [1, 1]
    await world.taps(lea, "2 places")
    assert world.reads(lea).endswith("✓ Votre inscription est confirmée : 2 places.")


async def test_a_place_is_given_up_after_one_question(world: World) -> None:
    lea = await world.known("Léa")
    forum = await world.forum(TITLE)
    await registers(world, forum, lea)
    old_card = lea.last_message

    await world.taps(lea, "Annuler mon inscription")
    assert world.reads(lea) == f"{CARD}\n\nAnnuler votre inscription ? Votre place sera aussitôt libre pour d’autres."
    await world.taps(lea, "Non, garder")
    assert world.reads(lea).endswith(CONFIRMED)
    await world.taps(lea, "Annuler mon inscription")
    assert await world.taps(lea, "Oui, annuler") == "Votre inscription est annulée."

    assert world.reads(lea) == f"{CARD}\n\n120 places restantes sur 120."
    for data in ("out", "leave", "confirm", "decline"):
        await world.forges(lea, f"forum.{data}:{forum.id}", old_card)
        assert world.reads(lea) == OVER
    assert told(lea) == []


async def test_ticket_is_a_picture_and_only_the_team_can_check_it(world: World) -> None:
    lea, sam = await world.known("Léa"), await world.known("Sam")
    anne = await world.staff()
    forum = await world.forum(TITLE)
    await registers(world, forum, lea)

    await world.taps(lea, "Mon billet")

    assert world.reads(lea) == f"{CARD}\n\nPrésentez cette image à l’entrée."
    assert lea.last_message is not None
    stored = world.telegram.files.by_id[lea.last_message.fields["photo"][-1]["file_id"]]
    assert (stored.name, stored.content[:8]) == ("billet-1.png", b"\x89PNG\r\n\x1a\n")
    size = image_size(stored.content)
    assert size is not None
    assert (size[0], 600 < size[1] < 1000) == (944, True)

    (ticket,) = [row["ticket"] for row in (await world.kept())["registrations"]]
    link = f"/start ticket_{ticket}"
    closed = f"✓ Billet valable\n\n{CARD}\n\nLéa : 1 place\nL’accueil n’est pas ouvert : rien n’a été noté."
    assert await world.says(anne, link) == closed
    assert (await world.says(sam, link)).startswith("Cet élément n’existe plus.")
    assert (await world.says(lea, link)).endswith(CONFIRMED)
    await gives_up(world, lea, forum)
    assert (await world.says(anne, link)).startswith("✕ Ce billet n’est pas valable\n")
    await world.forges(lea, f"forum.ticket:{forum.id}")
    assert world.reads(lea).startswith("Cet élément n’existe plus.")


async def test_a_ticket_is_good_until_the_forum_is_over(world: World) -> None:
    lea, anne = await world.known("Léa"), await world.staff()
    forum = await world.forum(TITLE)
    await registers(world, forum, lea)
    (ticket,) = [row["ticket"] for row in (await world.kept())["registrations"]]

    await world.moves_to(IN_A_MONTH)
    assert (await world.says(anne, f"/start ticket_{ticket}")).startswith("✓ Billet valable\n")
    await world.moves_to(IN_A_MONTH + A_HALF_DAY)
    assert (await world.says(anne, f"/start ticket_{ticket}")).startswith("✕ Ce billet n’est pas valable\n")


async def test_calendar_file_grows_its_sequence_with_a_move(world: World) -> None:
    lea, anne = await world.known("Léa"), await world.staff()
    forum = await world.forum(TITLE)
    await opens(world, lea, forum)
    await world.taps(lea, "Ajouter à mon calendrier")
    first = _event(world, lea)

    await opens(world, anne, forum)
    await world.taps(anne, "Déplacer")
    await world.says(anne, "vendredi 18 décembre 10h")
    await world.taps(anne, "Passer")
    await world.says(anne, "Quartz")
    await world.taps(anne, "Confirmer")
    await world.taps(lea, "Ajouter à mon calendrier")

    assert first == {
        "uid": "forum-1@jalon_test_bot.jalon",
        "sequence": 0,
        "starts": datetime(2026, 12, 17, 14, tzinfo=PARIS),
        "ends": datetime(2026, 12, 17, 18, tzinfo=PARIS),
        "location": "Les Capucins, Brest",
        "summary": TITLE,
    }
    assert _event(world, lea) == first | {
        "sequence": 1,
        "starts": datetime(2026, 12, 18, 10, tzinfo=PARIS),
        "ends": datetime(2026, 12, 18, 14, tzinfo=PARIS),
        "location": "Quartz",
    }


async def test_link_leads_a_stranger_to_the_forum_after_first_contact(world: World) -> None:
    forum = await world.forum(TITLE)
    lea = world.stranger("Léa")

    await world.introduces(lea, "Léa Martin", link=f"forum_{forum.code}")

    assert world.reads(lea) == f"{CARD}\n\n120 places restantes sur 120."
    await world.taps(lea, IN)
    assert world.reads(lea).endswith(CONFIRMED)
    assert await world.says(lea, "/start forum_nowhere") == (
        "Ce lien ne mène plus nulle part. Voici où trouver les prochains forums."
    )


async def test_english_for_who_chose_it(world: World) -> None:
    sam = await world.known("Sam", language_code="en")
    await world.says(sam, "/reglages")
    await world.taps(sam, "Langue")
    await world.taps(sam, "English")
    await world.forum(TITLE, places=1)

    assert await world.says(sam, "/forum") == (
        f"{TITLE}\nWhen: Thursday 17 December 2026, from 14:00 to 18:00\nWhere: Les Capucins, Brest\n\n"
        "1 place left of 1."
    )
    assert await world.taps(sam, "Register: 1 place") == "You are registered."
    assert world.reads(sam).endswith("Full: the waiting list is open.\n\n✓ You are registered: 1 place.")
    await world.moves_to(datetime(2026, 12, 17, 12, tzinfo=PARIS))
    assert world.reads(sam) == (
        f"The forum begins today at 14:00.\n\n{TITLE}\nWhen: Thursday 17 December 2026, from 14:00 to 18:00\n"
        "Where: Les Capucins, Brest\n\n✓ You are registered: 1 place."
    )


async def test_nothing_can_be_changed_once_it_has_begun(world: World) -> None:
    lea, sam, zoe = [await world.known(name) for name in ("Léa", "Sam", "Zoé")]
    forum = await world.forum(TITLE, places=1)
    await registers(world, forum, lea, sam)
    await world.moves_to(IN_A_MONTH)
    before = (await world.kept())["registrations"]

    for person, deeds in ((lea, ("choose", "out", "leave")), (sam, ("confirm", "leave")), (zoe, ("in", "choose"))):
        for deed in deeds:
            await world.forges(person, f"forum.{deed}:{forum.id}")
            assert world.reads(person) == OVER, deed

    assert (await world.kept())["registrations"] == before
    assert await opens(world, sam, forum) == CARD
    assert world.buttons(sam) == [["Menu"]]
    assert await opens(world, lea, forum) == f"{CARD}\n\n{CONFIRMED}"
    assert world.buttons(lea) == [["Mon billet"], ["Menu"]]
    assert (await world.says(zoe, "/menu")).startswith(MENU)


async def _pitches(world: World, forum_id: ForumId) -> None:
    """Have the project team offer a pitch for a coalition, and one of its own."""
    team, now = (await world.record_of(world.people["Anne"])).id, world.clock.now()
    coalition = await world.coalition("Acteurs du Technopôle")

    def offers(uow: SqlUnitOfWork) -> None:
        offer_pitch(uow, team, forum_id, coalition.id, PITCHES[0], now)
        offer_pitch(uow, team, forum_id, None, PITCHES[1], now)

    await world.does(offers)


def _event(world: World, person: Person) -> dict[str, Any]:
    """Read the calendar file in the latest message."""
    assert person.last_message is not None
    stored = world.telegram.files.by_id[person.last_message.fields["document"]["file_id"]]
    event: Any = next(iter(Calendar.from_ical(stored.content).walk("VEVENT")))
    return {
        "uid": str(event["uid"]),
        "sequence": event["sequence"],
        "starts": event["dtstart"].dt,
        "ends": event["dtend"].dt,
        "location": str(event["location"]),
        "summary": str(event["summary"]),
    }
