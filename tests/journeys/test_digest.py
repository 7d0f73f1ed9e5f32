from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from programme.actions import Action, ActionDetails, ActionState, When
from programme.coalitions import Coalition
from programme.forums import Forum, ForumState
from programme.ids import ActionId, ForumId, MilestoneId, PersonId
from programme.meetings import Answer, Meeting
from programme.milestones import Milestone
from programme.notices import Digest
from programme.usecases.move_meeting import Move, cancel_meeting, move_meeting
from programme.usecases.plan_meeting import MeetingPlan, plan_meeting
from programme.usecases.register import RegistrationAsked, register
from simulator.people import Person
from storage.tables.delivery import outbox
from storage.unit_of_work import SqlUnitOfWork
from tests.world import BREST, PARIS, World, a_world, plain_spaces

GROUP = "Mobilités alternatives"
MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=PARIS)
NEXT_MONDAY = datetime(2026, 12, 7, 8, 0, tzinfo=PARIS)
WEEKLY = "Recevoir un résumé par semaine"
SETTINGS = (
    "Réglages\n\nLangue : Français\nRappels : tous\nHeures calmes : de 21 h à 8 h\nPause : non\nMessages : {messages}"
)

WEEK = (
    "Votre semaine\n\n"
    "Rencontres :\n"
    "• jeudi 10 décembre 2026 à 18 h 30 : Atelier vélo (sans réponse)\n"
    "• mardi 8 décembre 2026 à 18 h : Bilan (oui)\n\n"
    "Forums :\n"
    "• mardi 15 décembre 2026 à 9 h : Forum d’hiver (place confirmée)\n\n"
    "Jalons :\n"
    "• vendredi 18 décembre 2026 : Bilan d’étape\n\n"
    "4 nouvelles actions dans vos coalitions :\n"
    "• Action 3\n"
    "• Action 2\n"
    "• Action 1\n"
    "• …"
)


async def _prefers_digest(world: World, person: Person) -> None:
    await world.says(person, "/reglages")
    await world.taps(person, WEEKLY)


async def _plans(world: World, lead: Person, title: str, starts_at: datetime) -> Meeting:
    coalition, by, now = await world.coalition(GROUP), await world.record_of(lead), world.clock.now()
    plan = MeetingPlan(coalition.id, title, starts_at.astimezone(UTC), "ENIB")
    return await world.does(lambda uow: plan_meeting(uow, by.id, plan, now, world.territory.zone))


async def _pair(world: World) -> tuple[Person, Person]:
    """Maël keeps a coalition going; Léa is in it and prefers a digest."""
    mael, lea = await world.known("Maël"), await world.known("Léa")
    coalition = await world.coalition(GROUP)
    await world.belongs(mael, coalition, facilitator=True)
    await world.belongs(lea, coalition)
    await _prefers_digest(world, lea)
    return mael, lea


def _since(person: Person, before: int) -> list[str]:
    """What the bot wrote to somebody after so many messages."""
    return [plain_spaces(message.text) for message in person.chat_with().messages[before:]]


def _so_far(person: Person) -> int:
    return len(person.chat_with().messages)


async def _has_a_full_week(world: World, mael: Person, lea: Person) -> None:
    """Let there be three meetings, a forum, a milestone and what others did."""
    lead, reader, coalition = await world.record_of(mael), await world.record_of(lea), await world.coalition(GROUP)
    zone, now = world.territory.zone, world.clock.now()
    sure = await _plans(world, mael, "Bilan", datetime(2026, 12, 8, 18, 0, tzinfo=PARIS))
    await _plans(world, mael, "Atelier vélo", datetime(2026, 12, 10, 18, 30, tzinfo=PARIS))
    declined = await _plans(world, mael, "Visite", datetime(2026, 12, 9, 18, 30, tzinfo=PARIS))
    await _plans(world, mael, "Plus tard", datetime(2026, 12, 20, 18, 30, tzinfo=PARIS))
    starts_at = datetime(2026, 12, 15, 9, 0, tzinfo=PARIS)
    gathering = Forum(
        ForumId(0), "f26", "Forum d’hiver", starts_at, starts_at + timedelta(hours=8), "Les Capucins", "", 80,
        ForumState.PLANNED, 0,
    )  # fmt: skip

    def happens(uow: SqlUnitOfWork) -> None:
        uow.meetings.put_answer(sure.id, reader.id, Answer.YES, now)
        uow.meetings.put_answer(declined.id, reader.id, Answer.NO, now)
        register(uow, reader.id, uow.forums.add(gathering).id, RegistrationAsked(1), now, zone)
        uow.milestones.add(Milestone(MilestoneId(0), "hiver", None, "Bilan d’étape", "", date(2026, 12, 18), 0))
        for number in range(4):
            _logs(uow, coalition, f"Action {number}", lead.id, now + timedelta(minutes=number))
        _logs(uow, coalition, "La mienne", reader.id, now)

    await world.does(happens)


def _logs(uow: SqlUnitOfWork, coalition: Coalition, title: str, by: PersonId, at: datetime) -> None:
    when = When(date(2026, 11, 23))
    uow.actions.add(
        Action(
            ActionId(0), coalition.id, title, ActionState.DONE, when, (), None, None, ActionDetails(), by, None, at,
        )
    )  # fmt: skip


async def test_settings_switch_in_one_tap_and_say_what_does_not_wait(world: World) -> None:
    lea = await world.known("Léa")
    assert await world.says(lea, "/reglages") == SETTINGS.format(messages="un par un")

    await world.taps(lea, WEEKLY)
    assert world.reads(lea) == SETTINGS.format(messages="un résumé par semaine") + (
        "\n\nProchain résumé : lundi 30 novembre 2026 à 8 h, s’il y a quelque chose à dire.\n"
        "Ce qui ne peut pas attendre arrive toujours aussitôt : une rencontre d’ici là, un déplacement, une "
        "annulation, une place à un forum, une réponse à vos demandes."
    )
    await world.taps(lea, "Recevoir les messages un par un")
    assert world.reads(lea) == SETTINGS.format(messages="un par un")


@pytest.mark.usefixtures("untroubled")
async def test_the_week_is_told_in_one_message_on_monday_morning(world: World) -> None:
    mael, lea = await _pair(world)
    await _has_a_full_week(world, mael, lea)
    before = _so_far(lea)

    await world.moves_to(MONDAY - timedelta(minutes=1))
    assert _since(lea, before) == []
    await world.moves_to(MONDAY)

    assert _since(lea, before) == [WEEK]
    assert world.buttons(lea) == [
        ["jeu. 10 déc. · Atelier vélo"],
        ["mar. 8 déc. · Bilan"],
        ["mar. 15 déc. · Forum d’hiver"],
        ["Pourquoi ce message ?"],
        ["Menu"],
    ]


async def test_the_digest_opens_a_meeting_a_forum_and_its_reason(world: World) -> None:
    mael, lea = await _pair(world)
    await _has_a_full_week(world, mael, lea)
    await world.moves_to(MONDAY)
    digest = lea.last_message

    await world.taps(lea, "Pourquoi ce message ?", on=digest)
    assert world.reads(lea) == (
        "Vous avez choisi un résumé par semaine : il vient le lundi matin, et jamais quand il n’y a rien à dire.\n"
        "Pour ne plus recevoir ce message : choisissez les messages un par un, ou une pause, dans les réglages."
    )
    await world.taps(lea, "jeu. 10 déc. · Atelier vélo", on=digest)
    assert digest is not None
    assert plain_spaces(digest.text).startswith("Atelier vélo\n")


async def test_nothing_else_comes_in_between_but_what_cannot_wait(world: World) -> None:
    mael, lea = await _pair(world)
    before = _so_far(lea)
    later = await _plans(world, mael, "Bilan", datetime(2026, 12, 10, 18, 0, tzinfo=PARIS))
    for day in (3, 9):
        await world.moves_to(datetime(2026, 12, day, 18, 0, tzinfo=PARIS))
    digests = [text for text in _since(lea, before) if text.startswith("Votre semaine")]
    assert _since(lea, before) == digests
    assert len(digests) == 1  # on the seventh; on the third it came too late for the week of the thirtieth

    lead, now, zone = await world.record_of(mael), world.clock.now(), world.territory.zone
    before = _so_far(lea)
    move = Move(datetime(2026, 12, 17, 18, 0, tzinfo=PARIS))
    await world.does(lambda uow: move_meeting(uow, lead.id, later.id, move, now, zone))
    await world.does(lambda uow: cancel_meeting(uow, lead.id, later.id, now))
    soon = await _plans(world, mael, "Demain", datetime(2026, 12, 10, 18, 0, tzinfo=PARIS))

    assert [text.split("\n")[0] for text in _since(lea, before)] == [
        "Cette rencontre a changé. Merci de répondre à nouveau :",
        "Cette rencontre n’aura pas lieu :",
        "Une nouvelle rencontre est prévue :",
    ]
    assert soon.title in _since(lea, before)[-1]


async def test_a_digest_with_nothing_in_it_is_never_sent(world: World) -> None:
    lea = await world.known("Léa")
    await _prefers_digest(world, lea)
    before = _so_far(lea)
    for monday in (MONDAY, NEXT_MONDAY):
        await world.moves_to(monday)

    assert _since(lea, before) == []
    statement = select(outbox.c.key, outbox.c.state, outbox.c.reason).where(outbox.c.key.is_not(None))
    rows = await world.jalon.database.read(lambda c: c.execute(statement.order_by(outbox.c.id)).all())
    assert [tuple(row) for row in rows] == [
        (f"digest:2026-W{week}:1", "skipped", "nothing to tell") for week in (49, 50)
    ]


async def test_who_facilitates_hears_of_a_milestone_that_is_overdue(world: World) -> None:
    mael, lea = await _pair(world)
    await _prefers_digest(world, mael)
    overdue = Milestone(MilestoneId(0), "automne", None, "Bilan d’automne", "", date(2026, 11, 25), 0)
    await world.does(lambda uow: uow.milestones.add(overdue))
    before = _so_far(lea)
    await world.moves_to(MONDAY)

    assert world.reads(mael) == ("Votre semaine\n\nJalons :\n• mercredi 25 novembre 2026 : Bilan d’automne (en retard)")
    assert _since(lea, before) == []


async def test_many_meetings_are_counted_beyond_five(world: World) -> None:
    mael, lea = await _pair(world)
    for day in range(1, 9):
        await _plans(world, mael, f"Rencontre {day}", datetime(2026, 12, day + 2, 18, 0, tzinfo=PARIS))
    await world.moves_to(MONDAY)

    assert world.reads(lea).split("\n")[-3:] == [
        "• dimanche 6 décembre 2026 à 18 h : Rencontre 4 (sans réponse)",
        "• lundi 7 décembre 2026 à 18 h : Rencontre 5 (sans réponse)",
        "et 3 autres dans votre agenda",
    ]
    assert len(world.buttons(lea)) == 5 + 2


async def test_a_pause_and_a_change_of_mind_are_seen_when_it_is_sent(tmp_path: Path) -> None:
    async with a_world(tmp_path, BREST, datetime(2026, 11, 29, 12, 0, tzinfo=PARIS)) as world:
        mael, lea = await _pair(world)
        await _plans(world, mael, "Bilan", datetime(2026, 12, 8, 18, 0, tzinfo=PARIS))
        before = _so_far(lea)
        reader, lead = await world.record_of(lea), await world.record_of(mael)
        week = date(2026, 11, 30)
        paused = replace(reader, preferences=replace(reader.preferences, paused_until=date(2026, 12, 25)))

        def told_before_the_pause(uow: SqlUnitOfWork) -> None:
            uow.people.save(paused)
            uow.notices.tell([reader.id, lead.id], Digest(week), "digest:2026-W49", world.clock.now())

        await world.does(told_before_the_pause)
        assert _since(lea, before) == []
        reasons = select(outbox.c.reason).where(outbox.c.key.like("digest:%")).order_by(outbox.c.key)
        found = await world.jalon.database.read(lambda c: list(c.scalars(reasons)))
    assert found == ["single notices", "paused"]


async def test_it_is_english_for_who_reads_english(world: World) -> None:
    mael, lea = await _pair(world)
    await world.taps(lea, "Langue")
    await world.taps(lea, "English")
    await _plans(world, mael, "Bilan", datetime(2026, 12, 8, 18, 0, tzinfo=PARIS))
    await world.moves_to(MONDAY)

    assert world.reads(lea) == ("Your week\n\nMeetings:\n• Tuesday 8 December 2026 at 18:00: Bilan (no answer yet)")
