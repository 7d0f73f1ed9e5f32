"""The project team's desk: requests by kind and age, what was found for them, files, and what waits too long."""

from datetime import datetime, timedelta

import pytest

from simulator.chats import Message
from simulator.people import Person
from tests.journeys.group_life import read_in, says_there
from tests.journeys.support_life import MOBILITY, NOT_ALLOWED, NOT_THERE, ROOM, TO_THE_TEAM, Life, latest, life
from tests.world import PARIS, World, plain_spaces

__all__ = ["life"]

pytestmark = pytest.mark.usefixtures("untroubled")

SPEAKER = "Prise en charge d’un intervenant extérieur"
NOTE = "Noter une salle, une intervention…"
A_MINUTE = timedelta(minutes=1)
PICTURE = b"\x89PNG a plan of the room"
WRITE_BACK = "Répondez à ce message pour écrire à votre tour."
NOT_PASSED_ON = "Ceci n’a pas été transmis : écrivez-le, ou envoyez-le en photo ou en document."


async def opens_desk(world: World, person: Person) -> str:
    """Open the queue from the team's menu, and give what one reads."""
    await world.says(person, "/equipe")
    label = next(one for row in world.buttons(person) for one in row if one.startswith("Demandes d’appui"))
    await world.taps(person, label)
    return world.reads(person)


async def asks_for_a_speaker(world: World, life: Life) -> None:
    await says_there(world, life.maude, life.group, "/appui")
    await world.taps(life.maude, SPEAKER)
    await world.says(life.maude, "Un témoin")
    await world.taps(life.maude, "Passer")
    await world.taps(life.maude, "Confirmer")


async def test_team_works_through_its_queue_by_kind_and_age(world: World, life: Life) -> None:
    await life.asks()
    await world.moves_by(timedelta(days=1))
    await asks_for_a_speaker(world, life)

    await world.says(life.anne, "/equipe")
    assert "• Demandes d’appui : 2" in world.reads(life.anne)
    assert await opens_desk(world, life.anne) == (
        f"Demandes d’appui\n• lun. 23 nov. : {ROOM} (reçue par l’équipe projet, attend depuis 1 jour ouvré)\n"
        f"• mar. 24 nov. : {SPEAKER} (reçue par l’équipe projet)"
    )
    assert world.buttons(life.anne) == [
        [f"{ROOM} · {MOBILITY}"],
        [f"{SPEAKER} · {MOBILITY}"],
        ["À prendre (2)", "Prises (0)", "Closes (0)"],
        ["Appui : tous"],
        ["‹ Retour", "Menu"],
    ]
    await world.taps(life.anne, f"{ROOM} · {MOBILITY}")
    await world.taps(life.anne, "Prendre en charge")
    assert "État : suivie par Anne" in world.reads(life.anne)
    await world.taps(life.anne, "‹ Retour")
    await world.taps(life.anne, "À prendre (1)")
    assert [row[0] for row in world.buttons(life.anne)[:2]] == [f"{SPEAKER} · {MOBILITY}", "✓ À prendre (1)"]
    await world.taps(life.anne, "Appui : tous")
    await world.taps(life.anne, ROOM)
    assert world.reads(life.anne) == f"Demandes d’appui\nSeulement : {ROOM}\nRien ici."
    await world.taps(life.anne, "Prises (1)")
    assert world.reads(life.anne).endswith(f"• lun. 23 nov. : {ROOM} (suivie par Anne)")
    await world.taps(life.anne, f"{ROOM} · {MOBILITY}")
    assert await world.taps(life.anne, "Clore") == "Close : la coalition est prévenue."
    await world.taps(life.anne, "‹ Retour")
    await world.taps(life.anne, "Closes (1)")
    assert world.reads(life.anne) == f"Demandes d’appui\n• lun. 23 nov. : {ROOM} (close)"


async def test_long_queue_has_pages_in_what_it_is_narrowed_to(world: World, life: Life) -> None:
    for _ in range(9):
        await world.says(life.maude, "/appui")
        if "Demander un appui" in str(world.buttons(life.maude)):
            await world.taps(life.maude, "Demander un appui")
        await life.words_of_asking()

    await opens_desk(world, life.anne)
    await world.taps(life.anne, "À prendre (9)")
    await world.taps(life.anne, "Page suivante ›")

    assert world.buttons(life.anne)[:3] == [
        [f"{ROOM} · {MOBILITY}"],
        ["‹ Page précédente"],
        ["✓ À prendre (9)", "Prises (0)", "Closes (0)"],
    ]


async def test_closing_what_is_closed_says_so(world: World, life: Life) -> None:
    await life.asks()
    older = latest(life.paul)
    await world.taps(life.anne, "Clore")

    assert await world.taps(life.paul, "Clore", on=older) == "Elle est déjà close, depuis le lundi 23 novembre."
    assert "État : close" in plain_spaces(older.text)
    assert [row["deed"] for row in (await world.kept())["audit"]].count("close_support") == 1


async def test_room_is_noted_told_once_and_shown_to_both_sides(world: World, life: Life) -> None:
    await life.asks()
    card = life.group.last
    await opens_desk(world, life.anne)
    await world.taps(life.anne, f"{ROOM} · {MOBILITY}")
    await world.taps(life.anne, NOTE)
    await world.taps(life.anne, "Salle réservée")
    await world.says(life.anne, "Maison des associations")
    await world.says(life.anne, "mardi 8 décembre")
    await world.says(life.anne, "120,50 €")
    assert world.reads(life.anne) == (
        "Ce que la coalition lira\n\nTrouvé : Salle réservée\nNom ou lieu : Maison des associations\n"
        "Jour : mardi 8 décembre 2026\nCoût : 120,50 €"
    )
    await world.taps(life.anne, "Confirmer")

    found = "Salle réservée : Maison des associations, mardi 8 décembre 2026, 120,50 €"
    assert world.reads(life.maude) == (
        f"{found}\n\nÀ propos de la demande d’appui : {ROOM} ({MOBILITY})\n\n"
        "Répondez à ce message pour écrire à votre tour."
    )
    told = latest(life.maude)
    await world.moves_by(A_MINUTE)
    assert f"État : réponse donnée par Anne\n✓ {found}" in read_in(card)
    assert f"État : réponse donnée par Anne\n✓ {found}" in world.reads(life.anne)

    await world.taps(life.anne, f"✏️ {found}"[:39] + "…")
    await world.taps(life.anne, "Modifier")
    await world.taps(life.anne, "Corriger")
    await world.taps(life.anne, "Coût : 120,50 €")
    await world.taps(life.anne, "Gratuit")
    await world.taps(life.anne, "Confirmer")
    await world.moves_by(A_MINUTE)
    assert read_in(card).splitlines()[3] == "✓ " + found.replace("120,50 €", "gratuit")
    assert latest(life.maude) == told
    assert (await opens_desk(world, life.anne)).endswith("Trouvé en 2026\n• Salle réservée : 1 (gratuit)")
    assert await life.answers(life.maude, "Parfait, merci.", told) == TO_THE_TEAM


async def test_what_came_to_nothing_is_removed_after_a_question(world: World, life: Life) -> None:
    await life.asks()
    await opens_desk(world, life.anne)
    await world.taps(life.anne, f"{ROOM} · {MOBILITY}")
    await world.taps(life.anne, NOTE)
    await world.taps(life.anne, "Intervention trouvée")
    await world.says(life.anne, "Marie Durand")
    await world.taps(life.anne, "Passer")
    await world.taps(life.anne, "Passer")
    await world.taps(life.anne, "Confirmer")
    await world.taps(life.anne, "✏️ Intervention trouvée : Marie Durand")
    await world.taps(life.anne, "Retirer")
    assert world.reads(life.anne) == "Retirer « Intervention trouvée : Marie Durand » ?"

    assert await world.taps(life.anne, "Oui, retirer") == "C’est retiré."
    assert "Marie Durand" not in world.reads(life.anne)
    assert [row["deed"] for row in (await world.kept())["audit"]] == ["bind_group", "note_finding", "remove_finding"]
    await world.says(life.anne, "/journal")
    assert "Solution d’une demande d’appui retirée : " + MOBILITY in world.reads(life.anne)


async def test_photo_and_document_pass_on_with_their_words_both_ways(world: World, life: Life) -> None:
    await life.asks()
    card = life.group.last
    life.lea.sends_photo(PICTURE, "Voici la salle", card.chat, reply_to=card)
    await world.settle()
    read = latest(life.anne)
    assert ("photo" in read.fields, plain_spaces(read.text)) == (
        True,
        f"Léa\nÀ propos de la demande d’appui : {ROOM} ({MOBILITY})\n\nVoici la salle\n\n{WRITE_BACK}",
    )

    life.anne.sends_document(b"%PDF", "plan.pdf", reply_to=read)
    await world.settle()
    assert world.reads(life.anne) == "Transmis au groupe de la coalition."
    there = life.group.last
    assert ("document" in there.fields, read_in(there)) == (
        True,
        f"Équipe projet (Anne)\nÀ propos de votre demande : {ROOM}\n\nRépondez à ce message pour écrire à votre tour.",
    )
    await life.answers(life.anne, "Et ceci.", read)
    await world.taps(life.anne, "Voir les échanges", on=_told_of_it(life.anne))
    assert world.buttons(life.anne)[:2] == [["📎 Photo"], ["📎 plan.pdf"]]
    assert "Léa · lun. 23 nov.\n📎 Photo\nVoici la salle" in world.reads(life.anne)
    await world.taps(life.anne, "📎 plan.pdf")
    assert ("document" in latest(life.anne).fields, world.reads(life.anne)) == (True, "Équipe projet (Anne)")


async def test_photo_answers_the_question_of_the_button_too(world: World, life: Life) -> None:
    await world.says(life.maude, "/appui")
    await life.words_of_asking()
    await world.taps(life.anne, "Répondre")
    life.anne.sends_photo(PICTURE)
    await world.settle()

    assert world.reads(life.anne) == "Transmis à la coalition."
    assert "photo" in latest(life.maude).fields


async def test_voice_is_not_lost_in_silence(world: World, life: Life) -> None:
    await life.asks()
    notice = latest(life.anne)
    life.anne.sends_voice(reply_to=notice)
    await world.settle()
    assert world.reads(life.anne) == NOT_PASSED_ON
    life.lea.sends_voice(life.group, reply_to=life.group.last)
    await world.settle()
    assert read_in(life.group.last) == NOT_PASSED_ON


async def test_what_waits_too_long_is_recalled_in_one_message_until_it_is_answered(world: World, life: Life) -> None:
    await life.asks()
    await asks_for_a_speaker(world, life)
    for day in (26, 27):
        await world.moves_to(datetime(2026, 11, day, 9, tzinfo=PARIS))

    assert world.reads(life.anne) == (
        "2 demandes d’appui attendent depuis plusieurs jours.\n\n"
        f"• {ROOM} ({MOBILITY}) : attend depuis le lundi 23 novembre\n"
        f"• {SPEAKER} ({MOBILITY}) : attend depuis le lundi 23 novembre\n\n"
        "Pour mettre fin à l’attente : prendre en charge, répondre ou clore."
    )
    assert world.buttons(life.anne) == [
        [f"{ROOM} · {MOBILITY}"],
        [f"{SPEAKER} · {MOBILITY}"],
        ["Toutes les demandes d’appui"],
        ["Pourquoi ce message ?"],
    ]
    await world.taps(life.anne, f"{ROOM} · {MOBILITY}")
    await world.taps(life.anne, "Prendre en charge")
    taken = latest(life.anne)
    await world.moves_to(datetime(2026, 12, 1, 9, tzinfo=PARIS))
    assert latest(life.anne) == taken
    await world.moves_to(datetime(2026, 12, 2, 9, tzinfo=PARIS))
    assert world.reads(life.anne).startswith("1 demande d’appui attend depuis plusieurs jours.\n\n• " + SPEAKER)


async def test_forged_taps_at_the_desk_get_a_refusal(world: World, life: Life) -> None:
    await life.asks()
    sam = await world.known("Sam")
    before = await world.kept()

    for data in ("support.desk:open:all:0", "support.kinds:open", "found.note:1"):
        await world.forges(sam, data)
        assert (data, world.reads(sam)) == (data, NOT_ALLOWED)
    for data in (
        "support.desk:nowhere:all:0",
        "support.desk:open:nothing:0",
        "support.desk:open:all:x",
        "support.kinds:nowhere",
        "support.file:99",
        "found:1",
        "found.edit:1",
        "found.remove:1",
        "found.drop:1",
        "found.note:99",
    ):
        await world.forges(life.anne, data)
        assert (data, world.reads(life.anne)) == (data, NOT_THERE)
    assert await world.kept() == before


def _told_of_it(person: Person) -> Message:
    return next(one for one in person.chat_with().latest() if one.text.startswith("Demande d’appui"))
