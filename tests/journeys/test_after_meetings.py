"""After a meeting: who came, the minutes, and the questions that ask for them until they are there."""

from datetime import datetime, timedelta

import pytest

from programme.ids import MeetingId
from programme.meetings import Answer, Meeting
from programme.usecases.note_attendance import note_attendance
from programme.usecases.plan_meeting import MeetingPlan, plan_meeting
from simulator.chats import Chat
from simulator.people import Person
from storage.unit_of_work import SqlUnitOfWork
from tests.journeys.group_life import group_of, says_there
from tests.storage.brest import joins, person
from tests.world import PARIS, World

pytestmark = pytest.mark.usefixtures("untroubled")

GROUP = "Mobilités alternatives"
NOT_ALLOWED = "Cela ne vous est pas ouvert. Le menu montre ce que vous pouvez faire."
NOT_THERE = "Cet élément n’existe plus. Le menu montre ce que vous pouvez faire."
TOO_EARLY = "L’évènement n’a pas encore commencé : la question vous sera posée après."
STARTS_AT = datetime(2026, 11, 24, 14, 0, tzinfo=PARIS)
DURING, AFTERWARDS = STARTS_AT + timedelta(hours=1), STARTS_AT + timedelta(hours=3)
DAY_3, DAY_7 = datetime(2026, 11, 27, 9, 0, tzinfo=PARIS), datetime(2026, 12, 1, 9, 0, tzinfo=PARIS)
CARD = f"Atelier\nCoalition : {GROUP}\nQuand : mardi 24 novembre 2026 à 14 h\nOù : ENIB"
HOW = "Touchez un nom une fois : présence (✓) ; deux fois : absence (✗). Qui avait dit oui vient en premier."


async def test_presences_takes_all_who_said_yes_in_one_tap_then_the_others_by_name(world: World) -> None:
    lea, *_ = await _coalition(world, "Léa", "Sam", "Zoé")
    await _meeting(world, lea, {"Sam": Answer.YES, "Zoé": Answer.NO})
    await world.moves_to(DURING)

    head = "Présences : Atelier\nQuand : mardi 24 novembre 2026 à 14 h\n"
    assert await world.says(lea, "/presences") == f"{head}Présences : 0 · Absences : 0 · Non noté : 3\n\n{HOW}"
    assert world.buttons(lea) == [
        ["Cocher qui avait dit oui (1)"],
        ["Sam"],
        ["Léa"],
        ["Zoé"],
        ["Ajouter le compte rendu"],
        ["‹ Retour", "Menu"],
    ]
    assert await world.taps(lea, "Cocher qui avait dit oui (1)") == "1 présence notée."
    await world.taps(lea, "Zoé")
    await world.taps(lea, "Léa")
    await world.taps(lea, "✓ Léa")

    assert world.reads(lea) == f"{head}Présences : 2 · Absences : 1 · Non noté : 0\n\n{HOW}"
    assert world.buttons(lea)[1:4] == [["✓ Sam"], ["✗ Léa"], ["✓ Zoé"]]
    await world.taps(lea, "✗ Léa")
    assert world.buttons(lea)[2] == ["Léa"]


async def test_presences_in_the_group_goes_on_in_private(world: World) -> None:
    lea, sam = await _coalition(world, "Léa", "Sam")
    group = await _bound_group(world, lea, sam)
    await _meeting(world, lea, {})
    await world.moves_to(DURING)

    assert await says_there(world, lea, group, "/presences") == []
    assert world.reads(lea).startswith("Présences : Atelier")
    assert await says_there(world, lea, group, "/compterendu") == []
    assert world.reads(lea).startswith("Quel est le compte rendu ?")
    for command in ("/presences", "/compterendu"):
        assert await says_there(world, sam, group, command) == []
        assert world.reads(sam) == (f"Seules les personnes qui animent la coalition « {GROUP} » peuvent le faire.")


async def test_of_several_past_meetings_one_is_chosen_latest_first(world: World) -> None:
    lea, sam = await _coalition(world, "Léa", "Sam")
    first = await _meeting(world, lea, {})
    await _meeting(world, lea, {}, title="Visite", starts_at=STARTS_AT + timedelta(hours=2))
    await world.moves_to(AFTERWARDS)
    known, by, now = await world.record_of(sam), await world.record_of(lea), world.clock.now()
    await world.does(lambda uow: note_attendance(uow, by.id, first.id, known.id, True, now))

    assert await world.says(lea, "/presences") == (
        f"Les présences de quelle rencontre ? ✓ déjà notées\nCoalition : {GROUP}"
    )
    assert world.buttons(lea) == [["mar. 24 nov. · Visite"], ["✓ mar. 24 nov. · Atelier"], ["Menu"]]
    await world.taps(lea, "✓ mar. 24 nov. · Atelier")
    assert world.buttons(lea)[:2] == [["Léa"], ["✓ Sam"]]


async def test_before_any_meeting_there_is_nothing_to_note(world: World) -> None:
    (lea,) = await _coalition(world, "Léa")
    await _meeting(world, lea, {})
    for command in ("/presences", "/compterendu"):
        assert (await world.says(lea, command)).endswith("Aucune rencontre n’a encore eu lieu.")


async def test_three_hundred_members_are_turned_page_by_page(world: World) -> None:
    (lea,) = await _coalition(world, "Léa")
    coalition, meeting = await world.coalition(GROUP), await _meeting(world, lea, {})
    by, now = (await world.record_of(lea)).id, world.clock.now()

    def fills(uow: SqlUnitOfWork) -> None:
        for number in range(299):
            one = person(uow, f"Membre {number:03}")
            joins(uow, one, coalition)
            if number >= 288:
                uow.meetings.put_answer(meeting.id, one.id, Answer.YES, now)
            elif number < 280:
                uow.meetings.put_answer(meeting.id, one.id, Answer.NO, now)

    await world.does(fills)
    await world.moves_to(DURING)
    await world.says(lea, "/presences")
    pages = [_names(world, lea)]
    await world.taps(lea, "Cocher qui avait dit oui (11)")
    assert "Présences : 11 · Absences : 0 · Non noté : 289" in world.reads(lea)
    while ["Page suivante ›"] in [row[-1:] for row in world.buttons(lea)]:
        await world.taps(lea, "Page suivante ›")
        pages.append([name.removeprefix("✓ ") for name in _names(world, lea)])

    yes, silent, no = range(288, 299), range(280, 288), range(280)
    assert [name for page in pages for name in page] == [
        *(f"Membre {number:03}" for number in yes),
        "Léa",
        *(f"Membre {number:03}" for number in (*silent, *no)),
    ]
    assert (len(pages), max(map(len, pages))) == (38, 8)
    await world.taps(lea, "Membre 279")
    assert world.buttons(lea)[4] == ["✓ Membre 279"]
    noted = await world.finds(lambda uow: uow.afterwards.attendance(meeting.id))
    assert (len(noted), by in noted) == (12, False)


async def test_minutes_as_a_text_are_reviewed_and_sent_to_who_said_yes_or_came(world: World) -> None:
    lea, sam, zoe, tom = await _coalition(world, "Léa", "Sam", "Zoé", "Tom")
    meeting = await _meeting(world, lea, {"Sam": Answer.YES})
    await world.moves_to(DURING)
    known, by, now = await world.record_of(zoe), await world.record_of(lea), world.clock.now()
    await world.does(lambda uow: note_attendance(uow, by.id, meeting.id, known.id, True, now))
    tom_read = world.reads(tom)

    assert await world.says(lea, "/compterendu") == (
        "Quel est le compte rendu ?\nÉcrivez-le, envoyez un fichier ou une photo, ou donnez un lien."
    )
    assert await world.says(lea, "Dix présents.\nOn isole.") == (
        "Ce compte rendu ira aux personnes qui avaient dit oui ou étaient là :\n\n"
        "Compte rendu : Dix présents.\nOn isole."
    )
    await world.taps(lea, "Confirmer")

    minutes = (
        f"Compte rendu : Atelier\nCoalition : {GROUP}\nQuand : mardi 24 novembre 2026 à 14 h\n\n"
        "Dix présents.\nOn isole."
    )
    assert [world.reads(one) for one in (sam, zoe)] == [minutes, minutes]
    assert world.buttons(sam) == [["Pourquoi ce message ?"], ["‹ Retour", "Menu"]]
    assert world.reads(tom) == tom_read
    assert world.reads(lea).startswith(CARD)
    assert world.buttons(lea)[-3:] == [
        ["Lire le compte rendu"],
        ["Présences", "Remplacer le compte rendu"],
        ["‹ Retour", "Menu"],
    ]

    await world.says(tom, "/rencontres")
    await world.taps(tom, "Rencontres passées")
    assert world.reads(tom) == f"Rencontres passées : ✓ avec un compte rendu\nCoalition : {GROUP}"
    await world.taps(tom, "✓ mar. 24 nov. · Atelier")
    await world.taps(tom, "Lire le compte rendu")
    assert world.reads(tom) == minutes


async def test_minutes_as_a_link_a_document_and_a_photo_come_as_they_were(world: World) -> None:
    lea, sam = await _coalition(world, "Léa", "Sam")
    await _meeting(world, lea, {"Sam": Answer.YES})
    await world.moves_to(DURING)
    title = f"Compte rendu : Atelier\nCoalition : {GROUP}\nQuand : mardi 24 novembre 2026 à 14 h"

    await world.says(lea, "/compterendu")
    await world.says(lea, "https://exemple.fr/compte-rendu")
    await world.taps(lea, "Confirmer")
    assert world.reads(sam) == f"{title}\n\nhttps://exemple.fr/compte-rendu"

    await world.says(lea, "/compterendu")
    lea.sends_document(b"%PDF-1.4", "notes.pdf", "application/pdf", "Voici")
    await world.settle()
    assert world.reads(lea).endswith("Compte rendu : notes.pdf\nVoici")
    await world.taps(lea, "Confirmer")
    last = sam.last_message
    assert last is not None
    assert (world.reads(sam), last.fields["document"]["file_name"]) == (f"{title}\n\nVoici", "notes.pdf")

    await world.says(lea, "/compterendu")
    lea.sends_photo(b"\xff\xd8\xff\xe0 a board")
    await world.settle()
    await world.taps(lea, "Confirmer")
    last = sam.last_message
    assert last is not None
    assert (world.reads(sam), "photo" in last.fields) == (title, True)


async def test_long_minutes_with_a_file_come_as_a_text_and_the_file(world: World) -> None:
    lea, sam = await _coalition(world, "Léa", "Sam")
    await _meeting(world, lea, {"Sam": Answer.YES})
    await world.moves_to(DURING)
    await world.says(lea, "/compterendu")
    lea.sends_document(b"%PDF-1.4", "notes.pdf", "application/pdf", "ö" * 1024)
    await world.settle()
    await world.taps(lea, "Confirmer")

    text, file = sam.chat_with().messages[-2:]
    assert (text.text.count("ö"), file.fields["document"]["file_name"]) == (1024, "notes.pdf")


async def test_it_is_asked_afterwards_on_day_3_and_day_7_then_no_more(world: World) -> None:
    lea, sam = await _coalition(world, "Léa", "Sam")
    await _meeting(world, lea, {})
    sam_read = len(sam.chat_with().messages)

    both = f"Qui était là, et où est le compte rendu ?\n\n{CARD}"
    await world.moves_to(AFTERWARDS)
    assert world.reads(lea) == both
    assert world.buttons(lea) == [
        ["Présences", "Ajouter le compte rendu"],
        ["Pourquoi ce message ?"],
        ["‹ Retour", "Menu"],
    ]
    await world.taps(lea, "Présences")
    await world.taps(lea, "Sam")
    await world.moves_to(DAY_3)
    assert world.reads(lea) == f"Où est le compte rendu ?\n\n{CARD}"
    await world.moves_to(DAY_7)
    assert world.reads(lea) == f"Où est le compte rendu ?\n\n{CARD}\n\nJe ne le redemanderai plus."

    told = len(lea.chat_with().messages)
    await world.moves_by(timedelta(days=30))
    assert (len(lea.chat_with().messages), len(sam.chat_with().messages)) == (told, sam_read)


async def test_minutes_kept_in_time_are_not_asked_for(world: World) -> None:
    lea, _ = await _coalition(world, "Léa", "Sam")
    await _meeting(world, lea, {"Sam": Answer.YES})
    await world.moves_to(DURING)
    await world.says(lea, "/presences")
    await world.taps(lea, "Cocher qui avait dit oui (1)")
    await world.taps(lea, "Ajouter le compte rendu")
    await world.says(lea, "Dix présents.")
    await world.taps(lea, "Confirmer")
    told = len(lea.chat_with().messages)

    await world.moves_to(DAY_7)
    assert len(lea.chat_with().messages) == told


async def test_notice_tells_why_it_comes(world: World) -> None:
    lea, _ = await _coalition(world, "Léa", "Sam")
    await _meeting(world, lea, {})
    await world.moves_to(AFTERWARDS)
    await world.taps(lea, "Pourquoi ce message ?")
    assert world.reads(lea) == (
        "Vous animez cette coalition ou avez animé cette rencontre : juste après, puis 3 et 7 jours plus tard, je "
        "demande les présences et le compte rendu, s’ils manquent.\n"
        "Pour ne plus recevoir ce message : notez les présences et ajoutez le compte rendu, ou choisissez une pause "
        "dans les réglages."
    )


async def test_two_who_note_one_person_at_once_leave_what_the_last_said(world: World) -> None:
    lea, maude, sam = await _coalition(world, "Léa", "Maude", "Sam", facilitators=2)
    meeting, known = await _meeting(world, lea, {}), await world.record_of(sam)
    await world.moves_to(DURING)

    for one, word in ((lea, "yes"), (maude, "no")):
        one.taps_data(f"attendance.note:{meeting.id}:{known.id}:{word}:0", one.chat_with().last)
    await world.settle()

    noted = await world.finds(lambda uow: uow.afterwards.attendance(meeting.id))
    assert noted == {known.id: False}


async def test_forged_taps_change_nothing(world: World) -> None:
    lea, sam, zoe = *await _coalition(world, "Léa", "Sam"), await world.known("Zoé")
    meeting, coming = await _meeting(world, lea, {}), await _meeting(world, lea, {}, starts_at=DAY_7)
    known, outsider = await world.record_of(sam), await world.record_of(zoe)
    await world.moves_to(DURING)
    coalition, before = await world.coalition(GROUP), await world.kept()

    for one in (sam, zoe):
        for data in (
            f"attendance:{meeting.id}:0",
            f"attendance.note:{meeting.id}:{known.id}:yes:0",
            f"attendance.all:{meeting.id}",
            f"minutes.keep:{meeting.id}",
            f"past:{coalition.id}:came:0",
            f"past:{coalition.id}:minutes:0",
            f"attendance.of:{coalition.id}",
            f"minutes.of:{coalition.id}",
        ):
            await world.forges(one, data)
            assert (data, world.reads(one)) == (data, NOT_ALLOWED)
    for data in (f"minutes:{meeting.id}", f"past:{coalition.id}:read:0"):
        await world.forges(zoe, data)
        assert world.reads(zoe) == NOT_ALLOWED
    for data in (
        f"attendance.note:{meeting.id}:{known.id}:perhaps:0",
        f"attendance.note:{meeting.id}:{outsider.id}:yes:0",
        f"attendance.note:{meeting.id}:x:yes:0",
        f"minutes:{meeting.id}",
        "minutes.keep:99",
        "attendance:99:0",
        f"past:{coalition.id}:else:0",
    ):
        await world.forges(lea, data)
        assert (data, world.reads(lea)) == (data, NOT_THERE)
    for data in (f"attendance:{coming.id}:0", f"minutes.keep:{coming.id}", f"attendance.all:{coming.id}"):
        await world.forges(lea, data)
        assert world.reads(lea) == TOO_EARLY
    assert await world.kept() == before


async def _coalition(world: World, *names: str, facilitators: int = 1) -> list[Person]:
    """Put people into a coalition, the first ones as its facilitators."""
    coalition = await world.coalition(GROUP)
    people = [await world.known(name) for name in names]
    for number, one in enumerate(people):
        await world.belongs(one, coalition, facilitator=number < facilitators)
    return people


async def _bound_group(world: World, facilitator: Person, *others: Person) -> Chat:
    group = await group_of(world, facilitator, *others)
    await says_there(world, facilitator, group, "/lier")
    return group


async def _meeting(
    world: World,
    facilitator: Person,
    answers: dict[str, Answer],
    title: str = "Atelier",
    starts_at: datetime = STARTS_AT,
) -> Meeting:
    """Plan a meeting with what people answered, without the words that lead to it."""
    coalition, by, now = await world.coalition(GROUP), await world.record_of(facilitator), world.clock.now()
    known = {name: (await world.record_of(world.people[name])).id for name in answers}

    def planned(uow: SqlUnitOfWork) -> Meeting:
        meeting = plan_meeting(uow, by.id, MeetingPlan(coalition.id, title, starts_at, "ENIB"), now, PARIS)
        for name, answer in answers.items():
            uow.meetings.put_answer(MeetingId(meeting.id), known[name], answer, now)
        return meeting

    return await world.does(planned)


def _names(world: World, one: Person) -> list[str]:
    """Give the names on the page that somebody sees."""
    return [row[0] for row in world.buttons(one) if row[0].removeprefix("✓ ").startswith(("Membre", "Léa"))]
