"""Announcements: written with Telegram's own formatting, approved, sent once, stopped, corrected and withdrawn."""

import io
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from programme.announcements import AnnouncementState, AudienceKind, Content, Part
from programme.groups import Group
from programme.ids import AnnouncementId
from programme.usecases.change_preferences import change_preferences
from programme.usecases.erase_person import erase_person
from programme.usecases.leave_coalition import leave_coalition
from programme.usecases.register import RegistrationAsked, register
from programme.usecases.send_announcement import approve_announcement, send_announcement
from programme.usecases.write_announcement import write_announcement
from simulator.chats import Message
from simulator.people import Person
from storage.tables.delivery import outbox
from tests.journeys.group_life import group_of, said_by_the_bot
from tests.world import COLLEAGUE_ID, MONDAY_NOON, PARIS, World, plain_spaces

BOLD = 'Le <b>forum</b> ouvre 🌱, <a href="https://www.brest.fr/">inscrivez-vous</a>'
NOON = MONDAY_NOON.replace(tzinfo=None)
PLAIN = "Le forum ouvre 🌱, inscrivez-vous"


def received(person: Person) -> list[Message]:
    """The announcements that somebody has."""
    chat = person.chat_with()
    return [one for one in chat.messages if one.sender_id != person.id and not one.deleted and one.text == PLAIN]


def document_of(world: World, person: Person) -> bytes:
    """The latest file that somebody was sent."""
    document = next(one.fields["document"] for one in person.chat_with().latest() if "document" in one.fields)
    return world.telegram.files.by_id[document["file_id"]].content


def spreadsheet(world: World, person: Person) -> list[list[Any]]:
    """The cells of the latest workbook that somebody was sent."""
    page = load_workbook(io.BytesIO(document_of(world, person))).worksheets[0]
    return [[cell.value for cell in row] for row in page.iter_rows()]


async def writes(world: World, anne: Person, html: str = BOLD, audience: str = "Tout le monde") -> None:
    """Write an announcement to everybody, up to the draft."""
    await world.says(anne, "/annonce")
    await world.taps(anne, "Écrire une annonce")
    anne.says_formatted(html)
    await world.settle()
    await world.taps(anne, audience)
    await world.taps(anne, "Terminer (1)")
    await world.taps(anne, "Non")
    await world.taps(anne, "Confirmer")


async def states(world: World) -> list[tuple[str, str | None]]:
    """What became of every delivery, in order."""
    rows = select(outbox.c.state, outbox.c.reason).where(outbox.c.announcement_id.is_not(None)).order_by(outbox.c.id)
    return [(row.state, row.reason) for row in await world.jalon.database.read(lambda c: c.execute(rows).all())]


async def test_announcement_is_received_exactly_as_it_was_written(world: World) -> None:
    anne, lea = await world.staff(), await world.known("Léa")
    await writes(world, anne)

    assert world.reads(anne) == (
        "Annonce 1 : brouillon\nLe forum ouvre 🌱, inscrivez-vous\nÀ : tout le monde\n\n2 destinataires en ce moment"
    )
    await world.taps(anne, "Envoyer maintenant")
    await world.settle()

    [there] = received(lea)
    assert there.fields["entities"] == [
        {"type": "bold", "offset": 3, "length": 5},
        {"type": "text_link", "offset": 19, "length": 14, "url": "https://www.brest.fr/"},
    ]
    assert there.buttons == []
    assert await states(world) == [("sent", None), ("sent", None)]


async def test_photo_keeps_its_caption_and_what_marks_it_up(world: World) -> None:
    anne, lea = await world.staff(), await world.known("Léa")
    await world.says(anne, "/annonce")
    await world.taps(anne, "Écrire une annonce")
    sent = anne.sends_formatted_photo(b"\xff\xd8\xff", "Le <i>plan</i> des salles")
    await world.settle()
    await world.taps(anne, "Tout le monde")
    await world.taps(anne, "Terminer (1)")
    await world.taps(anne, "Non")
    await world.taps(anne, "Confirmer")
    await world.taps(anne, "Envoyer maintenant")

    there = next(one for one in lea.chat_with().latest() if "photo" in one.fields)
    assert there.fields["photo"] == sent.fields["photo"]
    assert there.fields["caption"] == "Le plan des salles"
    assert there.fields["caption_entities"] == [{"type": "italic", "offset": 3, "length": 4}]


async def test_progress_is_one_message_that_ends_with_what_became_of_all(world: World) -> None:
    anne = await world.staff()
    lea, sam = await world.known("Léa"), await world.known("Sam")
    sam.blocks()
    await writes(world, anne)
    await world.taps(anne, "Envoyer maintenant")
    await world.moves_by(timedelta(seconds=5))

    assert len(received(lea)) == 1
    [progress] = [one for one in anne.chat_with().messages if one.text.startswith("Annonce 1")]
    assert plain_spaces(progress.text) == (
        "Annonce 1 : envoyée\nLe forum ouvre 🌱, inscrivez-vous\nÀ : tout le monde\n\n"
        "Envoi commencé le lundi 23 novembre 2026 à 12 h\n\n3 envois faits sur 3\n✓ 2 envoyés\n1 bloqué"
    )


async def test_paused_gone_and_blocked_get_nothing_and_the_report_says_why(world: World) -> None:
    anne = await world.staff()
    lea, sam, ines = await world.known("Léa"), await world.known("Sam"), await world.known("Inès")
    await writes(world, anne)
    paused = (await world.record_of(lea)).preferences
    until = world.clock.now().date() + timedelta(days=9)
    lea_id, sam_id = (await world.record_of(lea)).id, (await world.record_of(sam)).id
    now = world.clock.now()
    await world.does(lambda uow: change_preferences(uow, lea_id, replace(paused, paused_until=until), now))
    await world.does(lambda uow: erase_person(uow, sam_id, now, world.territory.zone))
    ines.blocks()
    await world.settle()
    await world.taps(anne, "Envoyer maintenant")
    await world.moves_by(timedelta(seconds=5))

    assert (received(lea), received(sam), received(ines)) == ([], [], [])
    assert await states(world) == [("sent", None), ("skipped", "paused"), ("skipped", "unreachable")]

    await world.taps(anne, "Bilan")
    assert world.reads(anne) == (
        "Bilan de l’annonce 1\nLe forum ouvre 🌱, inscrivez-vous\nEnvoi commencé le lundi 23 novembre 2026 à 12 h\n\n"
        "✓ 1 envoyé\n1 bloqué\n1 écarté\n\n• bloqué, déjà injoignable avant l’envoi : 1\n"
        "• écarté, messages en pause : 1"
    )
    assert spreadsheet(world, anne) == [
        ["Nom", "Structure", "Résultat", "Raison", "Moment"],
        ["Anne", None, "envoyée", None, NOON],
        ["Léa", None, "écarté", "messages en pause", NOON],
        ["Inès", None, "bloqué", "déjà injoignable avant l’envoi", NOON],
    ]


async def test_formula_as_a_name_stays_text_in_the_report(world: World) -> None:
    anne = await world.staff()
    await world.known('=HYPERLINK("https://x.example")')
    await writes(world, anne)
    await world.taps(anne, "Envoyer maintenant")
    await world.moves_by(timedelta(seconds=5))

    await world.taps(anne, "Bilan")

    cell = load_workbook(io.BytesIO(document_of(world, anne))).worksheets[0]["A3"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ('=HYPERLINK("https://x.example")', "s", True)


async def test_stopped_sending_holds_what_waits_until_it_is_resumed(world: World) -> None:
    anne, lea = await world.staff(), await world.known("Léa")
    await writes(world, anne)
    await world.moves_to(datetime(2026, 11, 23, 22, tzinfo=PARIS))
    await world.taps(anne, "Envoyer maintenant")
    await world.moves_by(timedelta(seconds=5))
    assert world.reads(anne).endswith("0 envois faits sur 2\n2 en attente\ndont 2 après les heures calmes")
    await world.taps(anne, "Arrêter")
    assert await states(world) == [("held", "quiet hours")] * 2

    await world.moves_to(datetime(2026, 11, 24, 9, tzinfo=PARIS))
    assert received(lea) == []
    await world.taps(anne, "Reprendre l’envoi")
    assert len(received(lea)) == 1
    assert await states(world) == [("sent", None)] * 2


async def test_group_of_a_coalition_gets_it_in_its_group(world: World) -> None:
    anne, lea = await world.staff(), await world.known("Léa")
    toits = await world.coalition("Mobilités alternatives")
    await world.belongs(lea, toits, facilitator=True)
    group = await group_of(world, lea)
    now = world.clock.now()
    await world.does(lambda uow: uow.groups.bind(Group(group.id, None, toits.id), now))
    by = (await world.record_of(anne)).id
    audience = (Part(AudienceKind.GROUP, str(toits.id)), Part(AudienceKind.STAFF))
    draft = await world.does(lambda uow: write_announcement(uow, by, Content("Bonjour à tous"), audience, now))

    await world.does(lambda uow: send_announcement(uow, by, draft.id, 0, now, world.territory.zone, approval_above=100))

    assert [one.text for one in said_by_the_bot(world, group)][-1] == "Bonjour à tous"
    assert await states(world) == [("sent", None)] * 2


async def test_two_of_the_team_who_send_at_once_send_it_once(world: World) -> None:
    anne, colleague = await world.staff(), await world.staff("Bruno", COLLEAGUE_ID)
    lea = await world.known("Léa")
    await writes(world, anne)
    await world.says(colleague, "/annonce")
    await world.taps(colleague, f"{PLAIN} · brouillon")

    anne.taps("Envoyer maintenant")
    colleague.taps("Envoyer maintenant")
    await world.settle()

    assert len(received(lea)) == 1
    assert await states(world) == [("sent", None)] * 3


async def test_announcement_to_many_waits_for_somebody_else(world: World) -> None:
    anne, colleague = await world.staff(), await world.staff("Bruno", COLLEAGUE_ID)
    lea = await world.known("Léa")
    await writes(world, anne)
    by, now = (await world.record_of(anne)).id, world.clock.now()
    await world.does(
        lambda uow: send_announcement(uow, by, AnnouncementId(1), 0, now, world.territory.zone, approval_above=2)
    )
    assert received(lea) == []
    assert world.reads(colleague).startswith("Une personne de l’équipe veut envoyer cette annonce :")

    await world.forges(anne, "announcement.approve:1:1")
    assert received(lea) == []
    await world.taps(colleague, "Approuver")
    assert len(received(lea)) == 1


async def test_whom_a_draft_is_for_can_be_changed_before_it_is_sent(world: World) -> None:
    anne, lea = await world.staff(), await world.known("Léa")
    forum = await world.forum("Forum des acteurs", starts_at=MONDAY_NOON + timedelta(days=1))
    await world.taps(lea, "Forum")
    lea_id, now = (await world.record_of(lea)).id, world.clock.now()
    await world.does(lambda uow: register(uow, lea_id, forum.id, RegistrationAsked(1), now, world.territory.zone))
    await world.moves_by(timedelta(days=9))
    await writes(world, anne)

    await world.taps(anne, "Changer les destinataires")
    await world.taps(anne, "Les personnes inscrites à un forum")
    await world.taps(anne, "Terminer (1)")
    await world.says(anne, "Forum des acteurs (mar. 24 nov.)")
    await world.taps(anne, "Oui")
    await world.taps(anne, "Confirmer")
    assert world.reads(anne) == (
        "Annonce 1 : brouillon\nLe forum ouvre 🌱, inscrivez-vous\n"
        "À : les personnes inscrites à « Forum des acteurs (mar. 24 nov.) »\n"
        "Urgente : elle part aussi pendant les heures calmes.\n\n1 destinataire en ce moment"
    )
    await world.taps(anne, "Envoyer maintenant")

    assert (len(received(lea)), await states(world)) == (1, [("sent", None)])
    await world.forges(anne, "announcement.readdress:1")
    assert world.reads(anne) == "C’est déjà passé ou déjà décidé : rien n’a été modifié."


async def test_whose_announcement_a_colleague_approves_or_returns_reads_it(world: World) -> None:
    anne, colleague = await world.staff(), await world.staff("Bruno", COLLEAGUE_ID)
    by, now, zone = (await world.record_of(anne)).id, world.clock.now(), world.territory.zone
    other, due_at = (await world.record_of(colleague)).id, world.clock.now() + timedelta(hours=1)
    audience = (Part(AudienceKind.EVERYBODY),)
    draft = await world.does(lambda uow: write_announcement(uow, by, Content("Bonjour"), audience, now))
    send = partial(send_announcement, approval_above=1, due_at=due_at)
    await world.does(lambda uow: send(uow, by, draft.id, 0, now, zone))

    await world.taps(colleague, "Revenir au brouillon")
    assert world.reads(anne).startswith("Annonce 1 : brouillon")

    await world.moves_by(timedelta(seconds=5))
    await world.does(lambda uow: send(uow, by, draft.id, 2, now, zone))
    await world.does(lambda uow: approve_announcement(uow, other, draft.id, 3, now))
    await world.moves_by(timedelta(seconds=5))
    assert world.reads(anne).startswith("Annonce 1 : programmée")


async def test_log_names_the_announcement_and_the_list_that_was_taken_out(world: World) -> None:
    anne = await world.staff()
    await writes(world, anne)
    await world.forges(anne, "take:members:csv")

    await world.says(anne, "/journal")

    assert world.reads(anne) == (
        "Journal\n\nlun. 23 nov., 12 h · Anne\nDocument exporté : Membres\n\n"
        "lun. 23 nov., 12 h · Anne\nAnnonce rédigée : Le forum ouvre 🌱, inscrivez-vous"
    )


async def test_who_leaves_between_the_preview_and_the_sending_gets_nothing(world: World) -> None:
    anne, lea, sam = await world.staff(), await world.known("Léa"), await world.known("Sam")
    toits = await world.coalition("Mobilités alternatives")
    await world.belongs(lea, toits)
    await world.belongs(sam, toits)
    await world.says(anne, "/annonce")
    await world.taps(anne, "Écrire une annonce")
    anne.says_formatted(BOLD)
    await world.settle()
    await world.taps(anne, "Les membres d’une coalition")
    await world.taps(anne, "Terminer (1)")
    await world.says(anne, "Mobilités alternatives")
    await world.taps(anne, "Non")
    await world.taps(anne, "Confirmer")
    assert "2 destinataires en ce moment" in world.reads(anne)

    lea_id, now = (await world.record_of(lea)).id, world.clock.now()
    await world.does(lambda uow: leave_coalition(uow, lea_id, toits.id, now))
    await world.taps(anne, "Envoyer maintenant")

    assert (len(received(lea)), len(received(sam))) == (0, 1)


async def test_scheduled_one_keeps_the_clock_on_the_wall_and_quiet_hours(world: World) -> None:
    anne, lea = await world.staff(), await world.known("Léa")
    await writes(world, anne)
    await world.taps(anne, "À un moment choisi")
    await world.says(anne, "mardi 22:30")
    assert world.reads(anne).startswith("Annonce 1 : programmée")

    await world.moves_to(world.clock.now() + timedelta(hours=34, minutes=31))
    assert received(lea) == []
    await world.moves_by(timedelta(hours=9, minutes=30))
    assert len(received(lea)) == 1


async def test_sent_one_is_corrected_in_place_and_then_withdrawn(world: World) -> None:
    anne, lea = await world.staff(), await world.known("Léa")
    await writes(world, anne)
    await world.taps(anne, "Envoyer maintenant")
    await world.moves_by(timedelta(seconds=5))
    [there] = received(lea)

    await world.taps(anne, "Corriger")
    anne.says_formatted("Le forum est <u>reporté</u>")
    await world.settle()
    await world.taps(anne, "Confirmer")
    await world.settle()
    assert there.fields["text"] == "Le forum est reporté"
    assert there.fields["entities"] == [{"type": "underline", "offset": 13, "length": 7}]

    await world.taps(anne, "Retirer")
    await world.taps(anne, "Oui, retirer")
    assert there.deleted


async def test_withdrawn_after_two_days_it_becomes_a_short_sentence(world: World) -> None:
    anne, lea = await world.staff(), await world.known("Léa")
    await writes(world, anne)
    await world.taps(anne, "Envoyer maintenant")
    [there] = received(lea)
    await world.moves_by(timedelta(days=3))

    await world.taps(anne, "Retirer")
    await world.taps(anne, "Oui, retirer")
    assert (there.deleted, there.fields["text"]) == (False, "Cette annonce a été retirée.")


@pytest.mark.parametrize("data", ["announcement.send:1:0", "announcement.takeback:1", "announcement.report:1"])
async def test_forged_taps_of_who_is_not_staff_do_nothing(world: World, data: str) -> None:
    anne, lea = await world.staff(), await world.known("Léa")
    await writes(world, anne)

    await world.forges(lea, data)

    assert received(lea) == []
    kept = await world.finds(lambda uow: uow.announcements.get(AnnouncementId(1)))
    assert kept.state is AnnouncementState.DRAFT
