from datetime import datetime
from typing import Any

from icalendar import Calendar

from programme.ids import MeetingId
from simulator.people import Person
from tests.world import PARIS, World, plain_spaces

GROUP = "Mobilités alternatives"
FIRST = "Première rencontre"
CARD = f"{FIRST}\nCoalition : {GROUP}\nQuand : mardi 1er décembre 2026 à 18 h 30\nOù : ENIB, salle 2"


async def _coalition(world: World, *members: Person, facilitator: Person) -> None:
    """Put people into a coalition, one of them as its facilitator."""
    coalition = await world.coalition(GROUP)
    for person in (facilitator, *members):
        await world.belongs(person, coalition, facilitator=person is facilitator)


async def _plans(world: World, facilitator: Person) -> None:
    await world.says(facilitator, "/rencontre")
    await world.taps(facilitator, "Une seule date")
    await world.says(facilitator, FIRST)
    await world.taps(facilitator, "Réunion de travail")
    await world.says(facilitator, "mardi 1er décembre 18h30")
    await world.says(facilitator, "ENIB, salle 2")
    await world.taps(facilitator, "Passer")
    await world.taps(facilitator, "Personne pour l’instant")
    await world.taps(facilitator, "Confirmer")


async def test_planned_meeting_tells_the_members_and_asks_them(world: World) -> None:
    lea, sam, zoe = await world.member("Léa"), await world.member("Sam"), await world.member("Zoé")
    await _coalition(world, sam, facilitator=lea)

    await _plans(world, lea)

    assert world.reads(sam) == f"Une nouvelle rencontre est prévue :\n\n{CARD}\n\nViendrez-vous ?"
    assert world.buttons(sam) == [
        ["Oui", "Peut-être", "Non"],
        ["Ajouter à mon calendrier"],
        ["Pourquoi ce message ?"],
    ]
    assert world.reads(zoe).startswith("Menu")
    assert world.reads(lea) == f"{CARD}\n\nRéponses : 0 oui, 0 peut-être, 0 non\n\nViendrez-vous ?"


async def test_answer_is_one_tap_and_may_change(world: World) -> None:
    lea, sam = await world.member("Léa"), await world.member("Sam")
    await _coalition(world, sam, facilitator=lea)
    await _plans(world, lea)

    assert await world.taps(sam, "Oui") == "C’est noté : Oui"
    assert world.buttons(sam)[0] == ["✓ Oui", "Peut-être", "Non"]
    assert await world.taps(sam, "Peut-être") == "C’est noté : Peut-être"

    assert world.buttons(sam)[0] == ["Oui", "✓ Peut-être", "Non"]
    await world.says(lea, "/agenda")
    await world.taps(lea, "mar. 1er déc. · Première rencontre")
    assert "Réponses : 0 oui, 1 peut-être, 0 non" in world.reads(lea)


async def test_moved_meeting_asks_again_and_old_cards_show_the_new_moment(world: World) -> None:
    lea, sam = await world.member("Léa"), await world.member("Sam")
    await _coalition(world, sam, facilitator=lea)
    await _plans(world, lea)
    await world.taps(sam, "Oui")
    old_card = sam.last_message

    await world.taps(lea, "Déplacer")
    await world.says(lea, "jeudi 3 décembre à 18 h")
    await world.taps(lea, "Passer")
    await world.taps(lea, "Confirmer")

    moved = CARD.replace("mardi 1er décembre 2026 à 18 h 30", "jeudi 3 décembre 2026 à 18 h")
    assert world.reads(sam) == (
        f"Cette rencontre a changé. Merci de répondre à nouveau :\n\n{moved}\n\nViendrez-vous ?"
    )
    words = await world.taps(sam, "Non", on=old_card)
    assert words == "Cette rencontre a changé entre-temps : répondez pour la nouvelle date."
    assert old_card is not None
    assert "jeudi 3 décembre 2026" in old_card.text
    counts = await world.finds(lambda uow: uow.meetings.counts(MeetingId(1)))
    assert (counts.yes, counts.maybe, counts.no) == (0, 0, 0)


async def test_cancelled_meeting_is_told_at_once_and_leaves_the_agenda(world: World) -> None:
    lea, sam = await world.member("Léa"), await world.member("Sam")
    await _coalition(world, sam, facilitator=lea)
    await _plans(world, lea)

    await world.taps(lea, "Annuler la rencontre")
    assert world.reads(lea) == (f"{CARD}\n\nAnnuler cette rencontre ? Les membres seront prévenus aussitôt.")
    await world.taps(lea, "Oui, annuler la rencontre")

    assert world.reads(sam) == f"Cette rencontre n’aura pas lieu :\n\n{CARD}\nRencontre annulée."
    assert await world.says(sam, "/agenda") == (
        "Mon agenda\n\nRien n’est encore prévu dans vos coalitions, et vous n’avez d’inscription à aucun forum."
    )


async def test_agenda_lists_mine_with_my_answers(world: World) -> None:
    lea, sam = await world.member("Léa"), await world.member("Sam")
    await _coalition(world, sam, facilitator=lea)
    await _plans(world, lea)

    assert await world.says(sam, "/agenda") == (
        "Mon agenda\n\n• mardi 1er décembre 2026 à 18 h 30 : Première rencontre (sans réponse)"
    )
    await world.taps(sam, "mar. 1er déc. · Première rencontre")
    await world.taps(sam, "Oui")
    await world.taps(sam, "‹ Retour")
    assert world.reads(sam).endswith("Première rencontre (oui)")
    assert world.buttons(sam)[0] == ["✓ mar. 1er déc. · Première rencontre"]


async def test_calendar_file_keeps_its_uid_and_grows_its_sequence(world: World) -> None:
    lea, sam = await world.member("Léa"), await world.member("Sam")
    await _coalition(world, sam, facilitator=lea)
    await _plans(world, lea)
    await world.taps(sam, "Ajouter à mon calendrier")
    first = _event(world, sam)

    await world.taps(lea, "Déplacer")
    await world.says(lea, "jeudi 3 décembre à 18 h")
    await world.says(lea, "IMT Atlantique")
    await world.taps(lea, "Confirmer")
    await world.taps(sam, "Ajouter à mon calendrier")
    second = _event(world, sam)

    assert first == {
        "uid": "meeting-1@jalon_test_bot.jalon",
        "sequence": 0,
        "starts": datetime(2026, 12, 1, 18, 30, tzinfo=PARIS),
        "zone": "Europe/Paris",
        "location": "ENIB, salle 2",
        "summary": f"{FIRST} ({GROUP})",
    }
    assert second == first | {
        "sequence": 1,
        "starts": datetime(2026, 12, 3, 18, 0, tzinfo=PARIS),
        "location": "IMT Atlantique",
    }


async def test_moment_that_is_over_is_refused_and_nothing_else_is_lost(world: World) -> None:
    lea = await world.member("Léa")
    await _coalition(world, facilitator=lea)
    await world.says(lea, "/rencontre")
    await world.taps(lea, "Une seule date")
    await world.says(lea, FIRST)
    await world.taps(lea, "Atelier")

    await world.says(lea, "hier à 18 h")

    assert world.reads(lea).startswith(
        "J’ai compris dimanche 22 novembre 2026, qui est passé : indiquez un jour à venir."
    )
    await world.says(lea, "demain midi")
    await world.says(lea, "ENIB")
    await world.says(lea, "1. Se présenter\n2. La suite")
    await world.says(lea, "Léa")
    assert world.reads(lea) == (
        f"Votre rencontre\n\nCoalition : {GROUP}\nSujet : {FIRST}\nType de rencontre : Atelier\n"
        "Quand : mardi 24 novembre 2026 à 12 h\nOù : ENIB\nOrdre du jour : 1. Se présenter\n2. La suite\n"
        "Animation : Léa"
    )
    await world.taps(lea, "Confirmer")
    assert plain_spaces(lea.chat_with().messages[-2].text) == (
        f"{FIRST}\nType : Atelier\nCoalition : {GROUP}\nQuand : mardi 24 novembre 2026 à 12 h\nOù : ENIB\n"
        "Animation : Léa\n\nOrdre du jour :\n1. Se présenter\n2. La suite\n\n"
        "Réponses : 0 oui, 0 peut-être, 0 non\n\nViendrez-vous ?"
    )


async def test_member_can_not_plan(world: World) -> None:
    lea, sam = await world.member("Léa"), await world.member("Sam")
    await _coalition(world, sam, facilitator=lea)

    assert await world.says(sam, "/rencontre") == (
        "Cela ne vous est pas ouvert. Le menu montre ce que vous pouvez faire."
    )


def _event(world: World, person: Person) -> dict[str, Any]:
    """Read the calendar file in the latest message."""
    message = person.last_message
    assert message is not None
    stored = world.telegram.files.by_id[message.fields["document"]["file_id"]]
    event: Any = next(iter(Calendar.from_ical(stored.content).walk("VEVENT")))
    return {
        "uid": str(event["uid"]),
        "sequence": event["sequence"],
        "starts": event["dtstart"].dt,
        "zone": event["dtstart"].params["TZID"],
        "location": str(event["location"]),
        "summary": str(event["summary"]),
    }
