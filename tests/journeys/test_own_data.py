import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select
from structlog.testing import capture_logs

from bot.command_menu import register
from handlers.members.own_data import PARTS
from programme.actions import Action, ActionState, When
from programme.audit import AuditLine
from programme.coalitions import Coalition
from programme.forums import Forum, ForumState, RegistrationState
from programme.ids import ForumId
from programme.notices import MeetingPlanned
from programme.usecases.calendar_feed import open_feed
from programme.usecases.change_action import delete_action
from programme.usecases.log_action import ActionLogged, log_action
from programme.usecases.plan_meeting import MeetingPlan, plan_meeting
from programme.usecases.propose_coalition import Proposal, propose_coalition
from programme.usecases.register import RegistrationAsked
from programme.usecases.register import register as registers
from simulator.people import Person
from storage.engine import sqlite_file
from storage.erasures import Erasures
from storage.outbox import NewOutgoing, Outbox
from storage.tables.delivery import outbox
from storage.tables.programme import audit
from storage.unit_of_work import SqlUnitOfWork
from tests.world import PARIS, STAFF_ID, World, plain_spaces

GROUP = "Mobilités alternatives"
NAME = "Gwenaëlle Le Guéhennec"
OFFICE = "Cabinet Kérouédan"
TELEGRAM_ID = 7_312_345_678
KEPT_ACTION = "Garage à vélos de la rue de Siam"
DELETED_ACTION = "Désimperméabiliser la cour"
HALF_WRITTEN = "Végétaliser les façades"
IDEA = "Composter à plusieurs"
NOTHING_KEPT = (
    "Rien n’est conservé sur vous : vous n’avez pas encore fait connaissance avec moi.\n"
    "Si des questions sont restées en cours, /annuler fait oublier vos réponses."
)
DONE = (
    "C’est fait : plus rien n’est conservé sur vous.\n"
    "Cette conversation reste dans votre Telegram : vous pouvez l’y supprimer. Pour revenir : /start"
)


def _file(world: World, person: Person) -> dict[str, Any]:
    """Read the data file in somebody's latest message."""
    message = person.last_message
    assert message is not None
    stored = world.telegram.files.by_id[message.fields["document"]["file_id"]]
    assert (stored.name, stored.mime_type) == ("jalon-mes-donnees.json", "application/json")
    told: dict[str, Any] = json.loads(stored.content.decode("utf-8"))
    return told


async def _gwenaelle(world: World) -> Person:
    """Somebody who came by first contact, with an organisation of her own."""
    gwenaelle = world.stranger(NAME, id=TELEGRAM_ID)
    await world.says(gwenaelle, "/start")
    await world.taps(gwenaelle, "J’accepte")
    await world.says(gwenaelle, NAME)
    await world.says(gwenaelle, OFFICE)
    await world.taps(gwenaelle, f"Nouvelle : {OFFICE}")
    await world.taps(gwenaelle, "Entreprise")
    return gwenaelle


async def _forum(world: World, places: int) -> Forum:
    starts_at = datetime(2026, 12, 15, 9, 0, tzinfo=PARIS)
    planned = Forum(
        ForumId(0),
        "hiver",
        "Forum d’hiver",
        starts_at,
        starts_at + timedelta(hours=8),
        "Capucins",
        "",
        places,
        ForumState.PLANNED,
        0,
    )
    return await world.does(lambda uow: uow.forums.add(planned))


async def _comes_to(world: World, person: Person, forum: Forum) -> None:
    known, now, zone = await world.record_of(person), world.clock.now(), world.territory.zone
    await world.does(lambda uow: registers(uow, known.id, forum.id, RegistrationAsked(1), now, zone))


async def _leaves_traces_everywhere(world: World, her: Person, forum: Forum) -> Action:
    """Let her do whatever can be done, and be told what can be told; gives the action that others need."""
    coalition, she, zone, now = await world.coalition(GROUP), await world.record_of(her), PARIS, world.clock.now()
    await world.belongs(her, coalition, facilitator=True)

    def happens(uow: SqlUnitOfWork) -> Action:
        when = When(date(2026, 11, 20))
        uow.people.save(replace(she, organisation_id=None))
        told = ActionLogged(KEPT_ACTION, coalition.id, ActionState.DONE, when, photo="photo-of-a-garage")
        kept = log_action(uow, she.id, told, world.territory, now)
        undone = log_action(uow, she.id, replace(told, title=DELETED_ACTION), world.territory, now)
        delete_action(uow, she.id, undone.id, now)
        uow.people.save(she)
        propose_coalition(uow, she.id, Proposal("Un besoin", IDEA, "Une idée", "theme"), now)
        open_feed(uow, she.id, now)
        uow.audit.add(AuditLine(now, she.id, "appoint", f"person:{she.id}", {"person": she.id}))
        return kept

    kept = await world.does(happens)
    await world.does(
        lambda uow: plan_meeting(uow, she.id, _plan(coalition, "La sienne", now + timedelta(days=9)), now, zone)
    )
    await _comes_to(world, her, forum)
    await world.says(her, "/agenda")
    await world.taps(her, "mer. 2 déc. · La sienne")
    await world.taps(her, "Oui")
    her.blocks()
    await world.settle()
    await world.does(lambda uow: uow.notices.tell([she.id], MeetingPlanned(1, 0), "while_blocked", now))  # type: ignore[arg-type]  # the first meeting
    her.unblocks()
    await world.settle()
    later = now + timedelta(days=300)
    waits = NewOutgoing(TELEGRAM_ID, {"text": f"Bonjour {NAME}"}, 1, person_id=she.id, key="later", due_at=later)
    await world.jalon.database.write(lambda c: Outbox(c).add(waits, now))
    await world.says(her, "/proposer")
    await world.says(her, HALF_WRITTEN)
    return kept


def _plan(coalition: Coalition, title: str, starts_at: datetime) -> MeetingPlan:
    return MeetingPlan(coalition.id, title, starts_at, "Les Capucins")


async def _erases(world: World, person: Person) -> None:
    await world.says(person, "/supprimer")
    await world.taps(person, "Continuer")
    await world.taps(person, "Oui, tout effacer")


async def _traces(world: World) -> list[str]:
    """Which files of the database hold something of hers, and what."""
    sought = {
        "name": NAME.encode(),
        "name as JSON": json.dumps(NAME)[1:-1].encode(),
        "family name": "Guéhennec".encode(),
        "name without accents": b"gwenaelle",
        "organisation": OFFICE.encode(),
        "organisation without accents": b"kerouedan",
        "deleted action": DELETED_ACTION.encode(),
        "half-written words": HALF_WRITTEN.encode(),
        "half-written words as JSON": json.dumps(HALF_WRITTEN)[1:-1].encode(),
        "proposal": IDEA.encode(),
        "Telegram id": str(TELEGRAM_ID).encode(),
        # As a record of SQLite holds it: big-endian, in six bytes.
        "Telegram id as a number": TELEGRAM_ID.to_bytes(6, "big"),
    }
    main = sqlite_file(world.jalon.database.url)
    assert main is not None
    files = sorted(main.parent.glob(f"{main.name}*"))
    assert [file.name for file in files] == ["jalon.db", "jalon.db-shm", "jalon.db-wal", "jalon.db.lock"]
    return [f"{what} in {file.name}" for file in files for what, trace in sought.items() if trace in file.read_bytes()]


async def _told_telegram(world: World) -> None:
    """Let the command menu be looked at, as the running bot does each minute."""
    staff_ids = frozenset(world.settings.staff_ids)
    await register(world.jalon.application.bot, world.jalon.database, world.territory, staff_ids)


async def test_all_that_is_kept_comes_at_once_as_one_file(world: World) -> None:
    forum = await _forum(world, places=5)
    gwenaelle = await _gwenaelle(world)
    await _leaves_traces_everywhere(world, gwenaelle, forum)
    await _told_telegram(world)

    assert await world.says(gwenaelle, "/mesdonnees") == (
        "Voici tout ce qui est conservé sur vous, dans un fichier que tout éditeur de texte sait ouvrir."
    )
    assert world.buttons(gwenaelle) == [["Tout effacer"], ["Menu"]]
    told = _file(world, gwenaelle)
    assert (
        plain_spaces(told["À propos de ce fichier"])
        == "Tout ce que Jalon conserve sur vous, le lundi 23 novembre 2026 à 12 h"
    )
    assert list(told)[1] == "À qui s’adresser"
    parts = {name.rpartition(" (")[2].removesuffix(")"): rows for name, rows in list(told.items())[2:]}
    assert set(parts) == set(PARTS)
    [who] = told["Qui vous êtes, et vos réglages (people)"]
    assert (who["name"], who["telegram_id"], who["language"]) == (NAME, TELEGRAM_ID, "fr")
    titles = [action["title"] for action in told["Les actions que vous avez ajoutées ou que vous suivez (actions)"]]
    assert titles == [KEPT_ACTION, DELETED_ACTION]
    assert [entry["forum"] for entry in told["Vos places aux forums (registrations)"]] == ["Forum d’hiver"]
    assert HALF_WRITTEN in json.dumps(told["Les questions que vous avez en cours (drafts)"], ensure_ascii=False)


async def test_the_file_holds_nothing_of_others_and_settings_lead_to_it(world: World) -> None:
    await world.member("Zacharie", "ENIB")
    lea = await world.member("Léa", "ENIB")
    await world.says(lea, "/reglages")

    await world.taps(lea, "Mes données")

    told = _file(world, lea)
    assert "Zacharie" not in json.dumps(told, ensure_ascii=False)
    assert [row["name"] for row in told["Votre structure (organisations)"]] == ["ENIB"]


async def test_a_file_that_waits_to_be_sent_is_not_in_the_next_one(world: World) -> None:
    lea = await world.known("Léa")
    waiting = {"text": "Voici", "file": {"name": "a.json", "media_type": "application/json", "content": "e30="}}
    later = NewOutgoing(lea.id, waiting, due_at=world.clock.now() + timedelta(days=300), lane=1)
    await world.jalon.database.write(lambda c: Outbox(c).add(later, world.clock.now()))
    await world.says(lea, "/mesdonnees")

    [row] = _file(world, lea)["Les messages qui vous sont envoyés, sans leur texte (outbox)"]
    assert row["content"] == {"text": "Voici"}


async def test_the_file_is_in_english_for_who_reads_english(world: World) -> None:
    lea = await world.known("Léa")
    await world.says(lea, "/reglages")
    await world.taps(lea, "Langue")
    await world.taps(lea, "English")
    await world.says(lea, "/mesdonnees")

    assert list(_file(world, lea))[:3] == ["About this file", "Whom to ask", "Who you are, and your settings (people)"]


@pytest.mark.parametrize("command", ["/mesdonnees", "/supprimer"])
async def test_a_stranger_hears_that_nothing_is_kept(world: World, command: str) -> None:
    zoe = world.stranger("Zoé")

    assert await world.says(zoe, command) == NOTHING_KEPT
    assert world.buttons(zoe) == [["Ce qui est conservé et pourquoi"]]


async def test_two_screens_say_what_goes_what_stays_and_what_is_lost(world: World) -> None:
    lea = await world.known("Léa")
    await world.belongs(lea, await world.coalition(GROUP), facilitator=True)

    assert await world.says(lea, "/supprimer") == (
        "Effacer tout ce qui vous concerne ?\n\n"
        "• Effacés : votre nom, vos coalitions, réponses, votes, réglages, brouillons et l’adresse de votre "
        "calendrier.\n"
        "• Restent sans votre nom : vos actions, comme celles d’un « ancien membre », et ce qui sert à vos coalitions, "
        "comme les comptes rendus.\n"
        "• Restent comme un nombre : vos places aux forums passés.\n"
        "• Perdues : vos places aux forums à venir, qui vont à celles et ceux qui attendent.\n"
        f"• Perdue : l’animation. Plus personne n’animera {GROUP}."
    )
    assert world.buttons(lea) == [["Continuer", "Non, garder"]]
    await world.taps(lea, "Continuer")
    assert world.reads(lea) == (
        "Vraiment tout, pour toujours ?\n"
        "Personne ne pourra revenir en arrière. Pour en garder une copie, touchez « Non, garder », puis "
        "« Voir mes données »."
    )
    await world.taps(lea, "Non, garder")
    assert world.reads(lea) == "Rien n’est effacé : tout reste comme avant."
    assert world.buttons(lea) == [["Voir mes données"], ["‹ Retour", "Menu"]]
    assert (await world.record_of(lea)).name == "Léa"


async def test_the_buttons_that_erase_are_good_for_ten_minutes(world: World) -> None:
    lea = await world.known("Léa")
    await world.says(lea, "/supprimer")
    await world.taps(lea, "Continuer")
    sure = lea.last_message
    await world.moves_by(timedelta(minutes=11))

    words = "Plus de dix minutes ont passé : recommencez, s’il vous plaît."
    assert await world.taps(lea, "Oui, tout effacer", on=sure) == words
    assert world.reads(lea).startswith("Effacer tout ce qui vous concerne ?\n")
    assert (await world.record_of(lea)).name == "Léa"


async def test_nobody_erases_with_somebody_elses_button(world: World) -> None:
    lea, sam = await world.known("Léa"), await world.known("Sam")
    of_lea = (await world.record_of(lea)).id
    late = int(world.clock.now().timestamp()) // 60 + 10
    for data in (f"erase.now:{of_lea}:{late}", f"erase.sure:{of_lea}:{late}", "erase.now", "erase.now:x:y"):
        await world.forges(sam, data)

    assert {(await world.record_of(person)).name for person in (lea, sam)} == {"Léa", "Sam"}


async def test_a_second_tap_finds_nobody_any_more(world: World) -> None:
    lea = await world.known("Léa")
    await world.says(lea, "/supprimer")
    await world.taps(lea, "Continuer")
    late = int(world.clock.now().timestamp()) // 60 + 10
    of_lea = (await world.record_of(lea)).id
    await world.taps(lea, "Oui, tout effacer")
    assert world.reads(lea) == DONE

    await world.forges(lea, f"erase.now:{of_lea}:{late}")
    assert world.reads(lea) == NOTHING_KEPT


@pytest.mark.usefixtures("untroubled")
async def test_a_tap_that_comes_right_after_is_answered_as_a_strangers(world: World) -> None:
    lea = await world.known("Léa")
    await world.says(lea, "/supprimer")
    await world.taps(lea, "Continuer")
    late = int(world.clock.now().timestamp()) // 60 + 10
    sure = f"erase.now:{(await world.record_of(lea)).id}:{late}"

    taps = [lea.taps_data(sure, lea.last_message or lea.chat_with().last) for _ in range(3)]
    await world.settle()
    await world.moves_by(timedelta(minutes=1))

    assert [tap.answered is None for tap in taps] == [False, False, False]
    assert await world.jalon.database.read(lambda c: Erasures(c).unscrubbed()) is None


@pytest.mark.usefixtures("untroubled")
async def test_a_place_at_a_forum_goes_to_who_waits(world: World) -> None:
    lea, sam = await world.known("Léa"), await world.known("Sam")
    forum = await _forum(world, places=1)
    await _comes_to(world, lea, forum)
    await _comes_to(world, sam, forum)

    await _erases(world, lea)

    assert world.reads(lea) == DONE
    assert world.reads(sam).startswith("Une place s’est libérée : votre inscription est confirmée.")
    who = await world.record_of(sam)
    registration = await world.finds(lambda uow: uow.registrations.of(who.id, forum.id))
    assert registration is not None
    assert registration.state is RegistrationState.CONFIRMED


async def test_no_byte_of_the_database_and_no_line_of_the_logs_remembers_who_was_erased(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    with capture_logs() as ours:
        forum = await _forum(world, places=5)
        sam = await world.known("Sam")
        await world.belongs(sam, await world.coalition(GROUP))
        gwenaelle = await _gwenaelle(world)
        action = await _leaves_traces_everywhere(world, gwenaelle, forum)
        await _told_telegram(world)
        assert {trace.split(" in ")[0] for trace in await _traces(world)} >= {"name", "Telegram id as a number"}

        await _erases(world, gwenaelle)
        assert world.reads(gwenaelle) == DONE
        await _told_telegram(world)
        await world.moves_by(timedelta(minutes=1))

        assert await _traces(world) == []
        assert await world.jalon.database.read(lambda c: Erasures(c).unscrubbed()) is None
    hers = [NAME, OFFICE, DELETED_ACTION, HALF_WRITTEN, IDEA, str(TELEGRAM_ID)]
    heard = str(ours) + "".join(record.getMessage() for record in caplog.records)
    assert [word for word in hers if word in heard] == []

    kept = await world.finds(lambda uow: uow.actions.get(action.id))
    assert (kept.title, kept.logged_by, kept.photo) == (KEPT_ACTION, None, "photo-of-a-garage")
    await world.forges(sam, f"action:{action.id}")
    assert "Ajoutée par un ancien membre" in world.reads(sam)


async def test_commands_of_a_role_are_taken_back_in_her_chat(world: World) -> None:
    gwenaelle = await _gwenaelle(world)
    await world.belongs(gwenaelle, await world.coalition(GROUP), facilitator=True)
    await _told_telegram(world)
    commands = world.bot.profile.commands
    assert [key for key in commands if str(TELEGRAM_ID) in str(key)] != []

    await _erases(world, gwenaelle)
    await _told_telegram(world)

    assert [key for key in commands if str(TELEGRAM_ID) in str(key)] == []


async def test_the_audit_log_says_that_somebody_was_erased_and_not_who(world: World) -> None:
    lea = await world.known("Léa")
    coalition = await world.coalition(GROUP)
    await world.belongs(lea, coalition, facilitator=True)
    await _erases(world, lea)

    def lines(connection: Connection) -> list[tuple[Any, ...]]:
        found = select(audit.c.by_person, audit.c.deed, audit.c.subject, audit.c.details).order_by(audit.c.id)
        return [tuple(row) for row in connection.execute(found)]

    assert await world.jalon.database.read(lines) == [
        (None, "leave_facilitation", f"coalition:{coalition.id}", {}),
        (None, "erase_person", "person:erased", {"without_facilitator": str(coalition.id)}),
    ]


async def test_who_comes_back_is_a_stranger_and_begins_anew(world: World) -> None:
    lea = await world.known("Léa")
    before = (await world.record_of(lea)).id
    await _erases(world, lea)

    assert (await world.says(lea, "/menu")).startswith("Bonjour ! Je suis Jalon")
    await world.introduces(lea, "Léa Martin")
    assert world.reads(lea).startswith("Menu · ")
    again = await world.record_of(lea)
    assert (again.name, again.id > before) == ("Léa Martin", True)
    await world.moves_by(timedelta(minutes=1))
    assert (await world.record_of(lea)).name == "Léa Martin"


async def test_staff_whom_the_settings_name_may_erase_themselves_too(world: World) -> None:
    anne = await world.staff()
    await _erases(world, anne)
    await _told_telegram(world)
    await world.moves_by(timedelta(minutes=1))

    assert await world.finds(lambda uow: [person.name for person in uow.people.staff()]) == []
    left = select(outbox.c.id).where(outbox.c.chat_id == STAFF_ID)
    assert await world.jalon.database.read(lambda c: c.execute(left).all()) == []
    assert await world.jalon.database.read(lambda c: Erasures(c).unscrubbed()) is None


async def test_privacy_names_both_commands(world: World) -> None:
    lea = await world.known("Léa")

    assert (await world.says(lea, "/confidentialite")).split("\n\n")[-1].split("\n")[:2] == [
        "Pour tout voir : /mesdonnees",
        "Pour tout effacer : /supprimer",
    ]
