"""Telegram failing in every way it does: everything arrives in the end."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot.receiving import USUAL_WAITS
from bot.territory_file import load_territory
from simulator.faults import Fault
from simulator.people import Person
from storage.unit_of_work import SqlUnitOfWork
from tests.resilience.a_crowd import crowd, meets, reminders
from tests.resilience.failing_town import Town, a_town
from tests.resilience.patient import offers, reads
from tests.resilience.programme_evening import OPEN_COALITION, Actor
from tests.resilience.records import rows, states
from tests.world import BREST, PARIS

MOST_STOP_SECONDS: Final = 8.0
FIRST_NAMES: Final = ("Léa", "Sam", "Noé", "Zoé", "Max", "Eva")


async def test_everything_arrives_through_errors_breaks_and_lost_answers(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        faults = town.telegram.faults
        faults.often(Fault.SERVER_ERROR, 0.10)
        faults.often(Fault.DROPPED, 0.05)
        faults.often(Fault.LOST_ANSWER, 0.05)
        actors = [
            Actor(town.newcomer(name), f"{name} Le Gall", f"Atelier {name}", new=True, answer="yes")
            for name in FIRST_NAMES
        ]

        async def comes(actor: Actor) -> None:
            await actor.arrives()
            await actor.joins()
            await actor.proposes()
            await actor.sets_reminders()

        async with asyncio.TaskGroup() as group:
            for actor in actors:
                group.create_task(comes(actor))
        await town.all_is_settled()

    assert min(faults.happened[fault] for fault in (Fault.SERVER_ERROR, Fault.DROPPED, Fault.LOST_ANSWER)) >= 5
    assert_kept_once(town, actors)


def assert_kept_once(town: Town, actors: list[Actor]) -> None:
    """All that was said is found once, and nothing was given up."""
    people = rows(town.database, "SELECT telegram_id, name FROM people")
    assert Counter(people) == Counter((actor.telegram_id, actor.name) for actor in actors)
    proposals = rows(town.database, "SELECT name, need, objective, invited FROM coalitions WHERE state = 'proposed'")
    assert Counter(proposals) == Counter(
        (one.name, one.need, one.idea, one.invited) for actor in actors for one in actor.proposed
    )
    joined = rows(
        town.database,
        "SELECT telegram_id, coalitions.name FROM memberships JOIN people ON people.id = person_id"
        " JOIN coalitions ON coalitions.id = coalition_id",
    )
    assert Counter(joined) == Counter((actor.telegram_id, OPEN_COALITION) for actor in actors)
    leads = rows(town.database, "SELECT leads FROM people WHERE leads NOT LIKE '%d-7%' AND leads NOT LIKE '%d-14%'")
    assert len(leads) == len(actors)
    assert set(states(town.database, "inbox")) == {"done"}
    assert states(town.database, "outbox")["dead"] == 0


async def test_flood_is_waited_for_and_then_everybody_is_answered(tmp_path: Path) -> None:
    # Three seconds stand for twenty: what counts is that nothing is called before they are over.
    flood = 3.0
    async with a_town(tmp_path) as town:
        people = [town.newcomer(name) for name in FIRST_NAMES]
        for one in people:
            await one.says("/start", reads("Bonjour"))
        town.telegram.faults.flood(flood)
        async with asyncio.TaskGroup() as group:
            for one in people:
                group.create_task(one.says("/start", reads("Bonjour")))
        await town.all_is_settled()
        called = town.telegram.faults.happened[Fault.FLOOD]

    assert called <= 2 * len(people)
    assert [len(one.read) for one in people] == [2] * len(people)
    assert states(town.database, "outbox")["dead"] == 0


async def test_after_hours_of_silence_everything_arrives_and_reminders_say_what_is_true(tmp_path: Path) -> None:
    start = datetime(2026, 12, 8, 16, 0, tzinfo=PARIS)
    starts_at = datetime(2026, 12, 8, 18, 30, tzinfo=PARIS)
    async with a_town(tmp_path, start=start) as town:
        _, *others = people = crowd(town.telegram, 12)
        zone = load_territory(BREST).zone
        await town.jalon.database.write(
            lambda connection: meets(SqlUnitOfWork(connection, frozenset()), people, starts_at, start, zone)
        )
        await town.all_is_settled()

        # A hundred minutes pass on the bot's clock within five real seconds of silence.
        town.telegram.faults.silence()
        for one in others:
            one.says("/agenda")
        for _ in range(100):
            town.clock.move_to(town.clock.now() + timedelta(minutes=1))
            await town.jalon.schedule.tick()
            await asyncio.sleep(5 / 100)
        assert [reminders(one) for one in people] == [[]] * len(people)
        town.telegram.faults.calm()

        await town.telegram.until(lambda: all(reminders(one) for one in people), 60, "the reminders")
        await town.telegram.until(lambda: all("Mon agenda" in texts(one) for one in others), 60, "the answers")
        await town.all_is_settled()

    for one in people:
        ((reminder,),) = [reminders(one)]
        assert reminder.startswith("Rappel : votre rencontre a lieu dans ")
        assert reminder.endswith(" minutes.")
    assert [texts(one).count("Mon agenda") for one in others] == [1] * len(others)
    assert states(town.database, "outbox")["dead"] == 0
    assert rows(town.database, "SELECT reason FROM outbox WHERE reason LIKE 'unknown%'") == []


async def test_bot_ends_in_time_while_telegram_is_silent(tmp_path: Path) -> None:
    async with a_town(tmp_path, USUAL_WAITS) as town:
        people = [town.newcomer(name) for name in FIRST_NAMES]
        screens = [await one.says("/start", offers("J’accepte")) for one in people]
        town.telegram.faults.next(Fault.SILENCE, 100)
        for one, screen in zip(people, screens, strict=True):
            one.person.taps("J’accepte", screen)
        await town.telegram.until(lambda: town.telegram.faults.happened.get(Fault.SILENCE, 0) > 5, 20)
        asked_at = asyncio.get_running_loop().time()

    assert asyncio.get_running_loop().time() - asked_at < MOST_STOP_SECONDS
    assert states(town.database, "inbox") == {"done": 2 * len(people)}
    assert states(town.database, "outbox")["dead"] == 0


def texts(person: Person) -> str:
    """Everything that stands in somebody's chat."""
    return "\n".join(message.text for message in person.chat_with().messages)
