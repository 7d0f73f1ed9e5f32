"""Meetings in a group: one card that everybody answers, true at any time, and quiet."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from icalendar import Calendar

from programme.ids import MeetingId
from programme.usecases.move_meeting import Move, move_meeting
from programme.usecases.remind import remind
from simulator.answering import Tap
from simulator.chats import Chat
from simulator.people import Person
from storage.unit_of_work import SqlUnitOfWork
from tests.journeys.group_life import buttons_of, read_in, said_by_the_bot, says_there, taps_there
from tests.journeys.group_talk import NAME, TUESDAY, meeting_card, meeting_cards, plans, talking
from tests.world import PARIS, World, plain_spaces

ASKING: Final = "Évènementiel durable"
"""A coalition whose members are accepted; the other one is open."""
HEAD: Final = f"Premier pas\nCoalition : {NAME}\nQuand : mardi 1er décembre 2026 à 18 h 30\nOù : ENIB"


async def test_group_reads_one_card_and_answers_it_in_one_tap(world: World) -> None:
    maude, sam, group = await talking(world)
    await plans(world, maude)

    card = meeting_card(world, group)
    assert read_in(card) == f"{HEAD}\n\nOui : 0\nPeut-être : 0\nNon : 0\nSans réponse : 2"
    assert buttons_of(card) == [["Oui", "Peut-être", "Non"], ["Ajouter à mon calendrier"]]
    assert await taps_there(world, sam, group, "Oui") == "C’est noté : Oui"
    await world.moves_by(timedelta(seconds=4))
    assert await taps_there(world, maude, group, "Peut-être") == "C’est noté : Peut-être"
    await world.moves_by(timedelta(seconds=4))

    assert read_in(meeting_card(world, group)) == f"{HEAD}\n\nOui : 1 (Sam)\nPeut-être : 1 (Maude)\nNon : 0"
    assert len(meeting_cards(world, group)) == 1


async def test_answer_given_in_private_changes_the_card(world: World) -> None:
    maude, sam, group = await talking(world)
    await plans(world, maude)

    await world.taps(sam, "Non")
    await world.moves_by(timedelta(seconds=4))

    assert "Non : 1 (Sam)\nSans réponse : 1" in read_in(meeting_card(world, group))


async def test_facilitator_plans_from_the_group_and_goes_on_in_private(world: World) -> None:
    maude, _, group = await talking(world)
    before = len(said_by_the_bot(world, group))

    assert await says_there(world, maude, group, "/rencontre") == []
    assert world.reads(maude) == f"Une rencontre de « {NAME} »\nÀ une seule date, ou à plusieurs ?"
    assert [row[0] for row in world.buttons(maude)] == [
        "Une seule date",
        "Plusieurs dates au choix",
        "Régulièrement",
        "Menu",
    ]
    await world.taps(maude, "Une seule date")
    await world.says(maude, "Visite")
    await world.taps(maude, "Visite")
    await world.says(maude, "24/11 à 18 h")
    await world.says(maude, "Les Capucins")
    await world.says(maude, "Rendez-vous devant l’entrée")
    await world.says(maude, "Sam")
    await world.taps(maude, "Confirmer")

    assert len(said_by_the_bot(world, group)) == before + 1
    assert read_in(meeting_card(world, group)) == (
        f"Visite\nType : Visite\nCoalition : {NAME}\nQuand : mardi 24 novembre 2026 à 18 h\nOù : Les Capucins\n"
        "Animation : Sam\n\nOrdre du jour :\nRendez-vous devant l’entrée\n\n"
        "Oui : 0\nPeut-être : 0\nNon : 0\nSans réponse : 2"
    )


async def test_who_does_not_facilitate_is_told_in_one_line(world: World) -> None:
    _, sam, group = await talking(world)
    refusal = f"Seules les personnes qui animent la coalition « {NAME} » peuvent le faire."

    for command in ("/rencontre", "/relancer"):
        assert await says_there(world, sam, group, command) == []
        assert world.reads(sam) == refusal


async def test_stranger_who_taps_comes_in_through_first_contact_and_then_counts(world: World) -> None:
    maude, _, group = await talking(world)
    await plans(world, maude)
    zoe = world.stranger("Zoé")
    zoe.joins(group)

    tap = await _taps(world, zoe, group, "Oui")
    assert tap.opens == "https://t.me/jalon_test_bot?start=answer_1_0_yes"
    zoe.follows(tap)
    await world.settle()
    await world.taps(zoe, "J’accepte")
    await world.says(zoe, "Zoé")
    await world.taps(zoe, "Je viens en mon nom")

    welcome, noted, card = _texts(zoe)[-3:]
    assert (welcome, noted) == (
        "Bienvenue, Zoé : c’est tout ce qu’il me fallait.",
        f"Vous êtes maintenant membre de « {NAME} ». C’est noté : Oui",
    )
    assert (card, world.buttons(zoe)[0]) == (HEAD, ["✓ Oui", "Peut-être", "Non"])
    await world.moves_by(timedelta(seconds=4))
    assert "Oui : 1 (Zoé)\n" in read_in(meeting_card(world, group))


async def test_answer_of_who_must_be_accepted_waits_and_then_counts(world: World) -> None:
    maude, _, group = await talking(world, ASKING)
    await plans(world, maude, ASKING)
    zoe = await world.known("Zoé")
    zoe.joins(group)

    tap = await _taps(world, zoe, group, "Peut-être")
    zoe.follows(tap)
    await world.settle()
    assert world.reads(zoe) == (
        f"Votre demande pour rejoindre « {ASKING} » est envoyée. "
        "Votre réponse à « Premier pas » est notée (Peut-être) : elle comptera dès que vous serez membre."
    )
    again = await _taps(world, zoe, group, "Oui")
    assert plain_spaces(again.toast) == "C’est noté : Oui. Votre réponse comptera une fois votre adhésion acceptée."
    await world.moves_by(timedelta(seconds=4))
    assert "Oui : 0\nPeut-être : 0\nNon : 0\nSans réponse : 2" in read_in(meeting_card(world, group))

    await world.taps(maude, "Accepter")
    await world.moves_by(timedelta(seconds=4))
    assert "Oui : 1 (Zoé)\nPeut-être : 0\nNon : 0\nSans réponse : 2" in read_in(meeting_card(world, group))


async def test_old_card_does_not_answer_the_moved_meeting_which_is_said_anew(world: World) -> None:
    maude, sam, group = await talking(world)
    await plans(world, maude)
    old = meeting_card(world, group)
    await taps_there(world, sam, group, "Oui")

    await world.says(maude, "/rencontres")
    await world.taps(maude, "mar. 1er déc. · Premier pas")
    await world.taps(maude, "Déplacer")
    await world.says(maude, "jeudi 3 décembre à 18 h")
    await world.taps(maude, "Passer")
    await world.taps(maude, "Confirmer")

    assert old.deleted
    card = meeting_card(world, group)
    assert read_in(card) == (
        f"{HEAD.replace('mardi 1er décembre 2026 à 18 h 30', 'jeudi 3 décembre 2026 à 18 h')}\n\n"
        "Oui : 0\nPeut-être : 0\nNon : 0\nSans réponse : 2"
    )
    stale = sam.taps_data("answer:1:0:no", card)
    await world.settle()
    assert plain_spaces(str((stale.answered or {})["text"])) == (
        "Cette rencontre a changé entre-temps : répondez pour la nouvelle date."
    )
    assert (await world.finds(lambda uow: uow.meetings.answers(MeetingId(1)))) == {}


async def test_cancelled_meeting_says_so_on_its_card_and_takes_no_answer(world: World) -> None:
    maude, sam, group = await talking(world)
    meeting = await plans(world, maude)
    await world.moves_by(timedelta(seconds=4))

    await world.forges(maude, f"cancel.sure:{meeting.id}:0")
    await world.moves_by(timedelta(seconds=4))

    card = meeting_card(world, group)
    assert (read_in(card), buttons_of(card)) == (f"{HEAD}\nRencontre annulée.", [])
    late = sam.taps_data("answer:1:0:yes", card)
    await world.settle()
    assert plain_spaces(str((late.answered or {})["text"])) == "Cette rencontre est passée ou annulée."


async def test_calendar_file_goes_to_the_private_chat(world: World) -> None:
    maude, sam, group = await talking(world)
    await plans(world, maude)
    before = len(said_by_the_bot(world, group))

    assert await taps_there(world, sam, group, "Ajouter à mon calendrier") == (
        "Le fichier est dans notre conversation privée."
    )

    assert len(said_by_the_bot(world, group)) == before
    assert _sequence(world, sam) == 0
    zoe = world.stranger("Zoé")
    zoe.joins(group)
    tap = await _taps(world, zoe, group, "Ajouter à mon calendrier")
    assert tap.opens == "https://t.me/jalon_test_bot?start=meeting_1"


async def test_card_is_pinned_on_the_day_and_comes_off_at_midnight(world: World) -> None:
    maude, _, group = await talking(world)
    maude.promotes(world.bot, group, "can_pin_messages")
    await world.settle()
    await plans(world, maude)

    await world.moves_to(TUESDAY.replace(hour=7, minute=59))
    assert group.pinned == []
    await world.moves_to(TUESDAY.replace(hour=8, minute=0))
    assert group.pinned == [meeting_card(world, group).id]
    await world.moves_to(TUESDAY.replace(hour=23, minute=59))
    assert group.pinned == [meeting_card(world, group).id]
    await world.moves_to(TUESDAY.replace(day=2, hour=0, minute=0))
    assert group.pinned == []


async def test_list_in_the_group_brings_a_card_to_the_end(world: World) -> None:
    maude, sam, group = await talking(world)
    await plans(world, maude)
    await taps_there(world, sam, group, "Oui")
    first = meeting_card(world, group)

    assert await says_there(world, sam, group, "/rencontres") == [
        f"Rencontres de « {NAME} »\n\n• mardi 1er décembre 2026 à 18 h 30 : Premier pas (1 oui, 0 peut-être, 0 non)"
    ]
    assert await taps_there(world, sam, group, "mar. 1er déc. · Premier pas") == "La fiche est plus bas."

    assert first.deleted
    assert read_in(meeting_card(world, group)).endswith("Oui : 1 (Sam)\nPeut-être : 0\nNon : 0\nSans réponse : 1")
    assert said_by_the_bot(world, group)[-1] == meeting_card(world, group)
    stranger = world.stranger("Zoé")
    stranger.joins(group)
    assert await taps_there(world, stranger, group, "mar. 1er déc. · Premier pas") == (
        f"Seuls les membres de la coalition « {NAME} » peuvent le faire."
    )


async def test_nudge_asks_those_without_an_answer_once(world: World) -> None:
    maude, sam, group = await talking(world)
    lea = await world.known("Léa")
    await world.belongs(lea, await world.coalition(NAME))
    await plans(world, maude)
    await world.taps(lea, "Oui")

    assert await says_there(world, maude, group, "/relancer") == [
        "« Premier pas » : 1 personne sans réponse est relancée."
    ]
    assert world.reads(sam) == f"Votre réponse est encore attendue :\n\n{HEAD}\n\nViendrez-vous ?"
    assert await says_there(world, maude, group, "/relancer") == [
        "« Premier pas » : les membres ont déjà été relancés le lundi 23 novembre 2026."
    ]
    assert world.reads(lea) == HEAD
    await world.taps(sam, "Pourquoi ce message ?")
    assert world.reads(sam) == (
        "Vous êtes membre et n’avez pas répondu : la personne qui anime relance une fois par rencontre.\n"
        "Ce message ne vient qu’une fois : il n’y a rien à arrêter."
    )


@pytest.mark.parametrize(
    "data",
    [
        "answer:99:0:yes",
        "answer:1:0:perhaps",
        "answer:1:0",
        "answer:x:0:yes",
        f"answer:{2**40}:0:yes",
        "calendar:99",
        "meeting.here:99",
        "meeting.here:",
    ],
)
async def test_forged_tap_in_the_group_changes_nothing(world: World, data: str) -> None:
    maude, sam, group = await talking(world)
    await plans(world, maude)
    kept, card = await world.kept(), meeting_card(world, group)

    tap = sam.taps_data(data, card)
    await world.settle()

    assert plain_spaces(str((tap.answered or {})["text"])).startswith("Cet élément n’existe plus.")
    assert await world.kept() == kept


async def test_tap_of_another_coalition_is_no_answer(world: World) -> None:
    maude, _, group = await talking(world)
    await plans(world, maude)
    nour = await world.known("Nour")
    await world.belongs(nour, await world.coalition(ASKING), facilitator=True)
    nour.joins(group)

    tap = nour.taps_data("answer:1:0:yes", meeting_card(world, group))
    await world.settle()

    assert (tap.answered or {})["url"] == "https://t.me/jalon_test_bot?start=answer_1_0_yes"
    assert (await world.finds(lambda uow: uow.meetings.counts(MeetingId(1)))).yes == 0
    for data in ("cancel.sure:1:0", "nudge:1:0", "move:1", "meeting:1"):
        await world.forges(nour, data)
        assert world.reads(nour) == "Cela ne vous est pas ouvert. Le menu montre ce que vous pouvez faire."


async def test_of_two_who_move_at_once_the_second_is_told(world: World) -> None:
    maude, _, group = await talking(world)
    tom = await world.known("Tom")
    await world.belongs(tom, await world.coalition(NAME), facilitator=True)
    await plans(world, maude)
    for person in (maude, tom):
        await world.forges(person, "move:1")
        await world.says(person, "jeudi 3 décembre à 18 h" if person is maude else "vendredi 4 décembre à 9 h")
        await world.taps(person, "Passer")

    await world.taps(maude, "Confirmer")
    await world.taps(tom, "Confirmer")

    assert world.reads(tom) == "Cela a changé entre-temps. Rouvrez-le depuis le menu."
    meeting = await world.finds(lambda uow: uow.meetings.get(MeetingId(1)))
    assert (meeting.starts_at, meeting.version) == (datetime(2026, 12, 3, 18, 0, tzinfo=PARIS), 1)
    assert len(meeting_cards(world, group)) == 1


async def test_move_while_its_reminder_goes_out_reminds_nobody_of_the_old_moment(world: World) -> None:
    maude, sam, _ = await talking(world)
    meeting, known = await plans(world, maude), await world.record_of(maude)
    world.clock.move_to(TUESDAY - timedelta(days=7))
    now, later = world.clock.now(), datetime(2026, 12, 3, 18, 0, tzinfo=PARIS).astimezone(UTC)

    def reminds_and_moves(uow: SqlUnitOfWork) -> None:
        assert remind(uow, now, PARIS)
        move_meeting(uow, known.id, meeting.id, Move(later), now, PARIS)

    await world.does(reminds_and_moves)
    await world.moves_by(timedelta(minutes=1))

    assert (_reminders(sam), _reminders(maude)) == ([], [])
    assert world.reads(sam).startswith("Cette rencontre a changé. Merci de répondre à nouveau :")
    await world.moves_to(datetime(2026, 11, 26, 18, 1, tzinfo=PARIS))
    assert _reminders(sam) == ["Rappel : votre rencontre a lieu le jeudi 3 décembre 2026 à 18 h."]


async def _taps(world: World, who: Person, group: Chat, label: str) -> Tap:
    written = (one for message in group.latest() for row in message.buttons for one in row)
    tap = who.taps(next(one for one in written if plain_spaces(one) == label), chat=group)
    await world.settle()
    return tap


def _texts(person: Person) -> list[str]:
    return [plain_spaces(message.text) for message in person.chat_with().messages]


def _reminders(person: Person) -> list[str]:
    return [text.splitlines()[0] for text in _texts(person) if text.startswith("Rappel")]


def _sequence(world: World, person: Person) -> int:
    message = person.last_message
    assert message is not None
    stored = world.telegram.files.by_id[message.fields["document"]["file_id"]]
    event: Any = next(iter(Calendar.from_ical(stored.content).walk("VEVENT")))
    return int(event["sequence"])
