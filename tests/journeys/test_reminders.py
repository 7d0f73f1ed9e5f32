import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from programme.meetings import Meeting
from programme.usecases.plan_meeting import MeetingPlan, plan_meeting
from simulator.people import Person
from storage.tables.delivery import outbox
from tests.world import BREST, PARIS, World, a_world

GROUP = "Mobilités alternatives"


def _paris(day: int, hour: int, minute: int = 0, month: int = 12, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=PARIS)


async def _meeting(world: World, starts_at: datetime, *members: Person) -> Meeting:
    """Put people into a coalition and plan its meeting, by the first of them."""
    coalition = await world.coalition(GROUP)
    for person in members:
        await world.belongs(person, coalition, facilitator=person is members[0])
    by = (await world.record_of(members[0])).id
    plan = MeetingPlan(coalition.id, "Première rencontre", starts_at.astimezone(UTC), "ENIB")
    return await world.does(lambda uow: plan_meeting(uow, by, plan, world.clock.now(), world.territory.zone))


def _reminders(person: Person) -> list[str]:
    """The first lines of the reminders somebody got, in their order."""
    messages = [message.text for message in person.chat_with().messages]
    return [text.split("\n")[0].replace("\N{NO-BREAK SPACE}", " ") for text in messages if text.startswith("Rappel")]


async def test_meeting_is_reminded_at_seven_days_one_day_and_two_hours(world: World) -> None:
    lea, sam = await world.member("Léa"), await world.member("Sam")
    await _meeting(world, _paris(8, 18, 30), lea, sam)

    for moment in (_paris(1, 18, 29), _paris(1, 18, 30), _paris(7, 18, 30), _paris(8, 16, 30), _paris(8, 18, 30)):
        await world.moves_to(moment)

    assert _reminders(sam) == [
        "Rappel : votre rencontre a lieu le mardi 8 décembre 2026 à 18 h 30.",
        "Rappel : votre rencontre a lieu demain à 18 h 30.",
        "Rappel : votre rencontre a lieu aujourd’hui à 18 h 30.",
    ]


async def test_reminder_after_an_outage_says_what_is_true_then(world: World) -> None:
    lea, sam = await world.member("Léa"), await world.member("Sam")
    await _meeting(world, _paris(1, 18, 30), lea, sam)

    await world.moves_to(_paris(1, 17, 50))

    assert _reminders(sam) == ["Rappel : votre rencontre a lieu dans 40 minutes."]


async def test_reminder_that_comes_too_late_is_skipped_and_recorded(world: World) -> None:
    lea, sam = await world.member("Léa"), await world.member("Sam")
    meeting = await _meeting(world, _paris(1, 18, 30), lea, sam)

    await world.moves_to(_paris(1, 18, 31))

    assert _reminders(sam) == []
    skipped = await world.jalon.database.read(
        lambda connection: connection.execute(
            select(outbox.c.key, outbox.c.reason).where(outbox.c.state == "skipped").order_by(outbox.c.key)
        ).all()
    )
    assert [tuple(row) for row in skipped] == [
        (f"meeting:{meeting.id}:0:{lead}:{person}", "too late") for lead in ("d-1", "d-7", "h-2") for person in (1, 2)
    ]


async def test_who_declines_is_left_alone_and_who_changes_their_mind_is_not(world: World) -> None:
    lea, sam, zoe = [await world.member(name) for name in ("Léa", "Sam", "Zoé")]
    await _meeting(world, _paris(1, 18, 30), lea, sam, zoe)
    await world.taps(sam, "Non")
    await world.taps(zoe, "Non")

    await world.moves_to(_paris(30, 18, 30, month=11))
    await world.taps(zoe, "Oui")
    await world.moves_by(timedelta(minutes=1))

    assert _reminders(sam) == []
    assert _reminders(zoe) == ["Rappel : votre rencontre a lieu demain à 18 h 30."]


async def test_moved_meeting_never_gets_an_old_reminder(world: World) -> None:
    lea, sam = await world.member("Léa"), await world.member("Sam")
    await _meeting(world, _paris(1, 18, 30), lea, sam)
    await world.says(lea, "/agenda")
    await world.taps(lea, "mar. 1er déc. · Première rencontre")
    await world.taps(lea, "Déplacer")
    await world.says(lea, "jeudi 3 décembre à 18 h")
    await world.taps(lea, "Passer")
    await world.taps(lea, "Confirmer")

    for moment in (
        _paris(26, 18, month=11),
        _paris(30, 18, 30, month=11),
        _paris(1, 16, 30),
        _paris(2, 18),
        _paris(3, 16),
    ):
        await world.moves_to(moment)

    assert _reminders(sam) == [
        "Rappel : votre rencontre a lieu le jeudi 3 décembre 2026 à 18 h.",
        "Rappel : votre rencontre a lieu demain à 18 h.",
        "Rappel : votre rencontre a lieu aujourd’hui à 18 h.",
    ]


async def test_quiet_hours_put_a_reminder_off_to_the_morning(world: World) -> None:
    lea, sam = await world.member("Léa"), await world.member("Sam")
    await _meeting(world, _paris(24, 9, 30, month=11), lea, sam)

    for moment in (_paris(24, 7, 30, month=11), _paris(24, 7, 59, month=11)):
        await world.moves_to(moment)
    assert _reminders(sam) == []

    await world.moves_to(_paris(24, 8, month=11))
    assert _reminders(sam) == ["Rappel : votre rencontre a lieu aujourd’hui à 9 h 30."]


async def test_quiet_hours_bring_a_reminder_to_the_evening_before_where_the_morning_is_too_late(world: World) -> None:
    lea, sam = await world.member("Léa"), await world.member("Sam")
    await _meeting(world, _paris(24, 8, 30, month=11), lea, sam)

    await world.moves_to(_paris(23, 20, 29, month=11))
    assert _reminders(sam) == []
    await world.moves_to(_paris(23, 20, 30, month=11))
    assert _reminders(sam) == ["Rappel : votre rencontre a lieu demain à 8 h 30."]

    await world.moves_to(_paris(24, 8, month=11))
    assert len(_reminders(sam)) == 1


async def test_the_day_before_is_at_the_same_hour_on_both_sides_of_the_change_of_clock(tmp_path: Path) -> None:
    async with a_world(tmp_path, start=_paris(20, 12, month=10)) as world:
        lea, sam = await world.member("Léa"), await world.member("Sam")
        await _meeting(world, _paris(25, 18, 30, month=10), lea, sam)

        await world.moves_to(_paris(24, 18, 29, month=10))
        assert _reminders(sam) == []
        await world.moves_to(_paris(24, 18, 30, month=10))
        assert _reminders(sam) == ["Rappel : votre rencontre a lieu demain à 18 h 30."]


async def test_milestone_of_the_programme_is_reminded_to_members(world: World) -> None:
    milestone = world.territory.milestones[0]
    sam, zoe = await world.member("Sam"), await world.member("Zoé")
    await _meeting(world, _paris(1, 18, 30), sam)

    await world.moves_to(
        datetime.combine(milestone.due_on - timedelta(days=7), datetime.min.time(), PARIS).replace(hour=9)
    )

    head = f"{milestone.title}\nDans 7 jours : "
    assert world.reads(sam).startswith(head)
    assert not world.reads(zoe).startswith(head)


async def test_pause_silences_reminders_until_its_day(world: World) -> None:
    lea, sam = await world.member("Léa"), await world.member("Sam")
    await _meeting(world, _paris(8, 18, 30), lea, sam)
    await world.says(sam, "/reglages")
    await world.taps(sam, "Pause")
    await world.taps(sam, "Jusqu’à une date")
    await world.says(sam, "7 décembre")
    assert world.reads(sam) == "C’est noté : aucun rappel avant le lundi 7 décembre 2026."

    for moment in (_paris(1, 18, 30), _paris(7, 18, 30)):
        await world.moves_to(moment)

    assert _reminders(sam) == ["Rappel : votre rencontre a lieu demain à 18 h 30."]


async def test_reminder_says_why_it_came_and_how_to_stop_it(world: World) -> None:
    lea, sam = await world.member("Léa"), await world.member("Sam")
    await _meeting(world, _paris(1, 18, 30), lea, sam)
    await world.moves_to(_paris(30, 18, 30, month=11))

    await world.taps(sam, "Pourquoi ce message ?")

    assert world.reads(sam) == (
        "Vous êtes membre et n’avez pas répondu non : je vous rappelle la rencontre la veille.\n"
        "Pour ne plus recevoir ce message : répondez « Non » ou modifiez vos rappels dans les réglages."
    )


async def test_who_blocked_the_bot_is_reminded_again_when_they_come_back(world: World) -> None:
    lea, sam = await world.member("Léa"), await world.member("Sam")
    await _meeting(world, _paris(1, 18, 30), lea, sam)
    sam.blocks()
    await world.settle()

    await world.moves_to(_paris(30, 18, 30, month=11))
    sam.unblocks()
    await world.settle()
    await world.moves_to(_paris(1, 16, 30))

    assert _reminders(sam) == ["Rappel : votre rencontre a lieu aujourd’hui à 18 h 30."]


async def test_conversation_left_open_is_asked_about_once_after_a_day(world: World) -> None:
    sam = await world.member("Sam")
    await world.says(sam, "/proposer")
    await world.says(sam, "Beaucoup viennent sans passager")

    await world.moves_by(timedelta(days=1, minutes=1))
    assert world.reads(sam) == (
        "Une saisie est restée inachevée. Vos réponses sont conservées : voulez-vous continuer ?"
    )
    await world.taps(sam, "Continuer")
    assert world.reads(sam).startswith("Quel nom conviendrait à la coalition ?")

    count = len(sam.chat_with().messages)
    await world.moves_by(timedelta(days=2))
    assert len(sam.chat_with().messages) == count


async def test_reminder_of_noumea_comes_on_its_own_clock(tmp_path: Path) -> None:
    file = _brest_at("Pacific/Noumea", tmp_path)
    async with a_world(tmp_path, territory_file=file, start=datetime(2027, 3, 20, tzinfo=UTC)) as world:
        zone = world.territory.zone
        lea, sam = await world.member("Léa"), await world.member("Sam")
        await _meeting(world, datetime(2027, 3, 28, 18, 30, tzinfo=zone), lea, sam)

        await world.moves_to(datetime(2027, 3, 27, 18, 30, tzinfo=zone))

        assert _reminders(sam)[-1] == "Rappel : votre rencontre a lieu demain à 18 h 30."
        assert world.clock.now().date() == date(2027, 3, 27)


def _brest_at(zone: str, folder: Path) -> Path:
    """Write Brest's territory file with another time zone, what it lends beside it."""
    shutil.copytree(BREST.parent / "brest", folder / "brest")
    file = folder / "territory.toml"
    words = BREST.read_text(encoding="utf-8")
    file.write_text(words.replace('zone = "Europe/Paris"', f'zone = "{zone}"'), encoding="utf-8")
    return file
