"""A forum that fills up: five hundred people register within a minute, for three hundred places."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection, select
from telegram import Update

from bot.bridge import heard_in
from programme.forums import Forum, RegistrationState
from programme.usecases.plan_forum import ForumPlan, plan_forum
from simulator.people import Person
from storage.engine import insert_new
from storage.tables.delivery import outbox
from storage.tables.programme import people
from storage.unit_of_work import SqlUnitOfWork
from tests.bot.stage import BREST, Stage
from tests.storage.brest import NOW, STAFF_ID, person

COMING: Final = 500
PLACES: Final = 300
AT_ONCE: Final = 64
"""How many chats the bot answers at once (bot/turn_order.py)."""
REGISTER: Final = "M’inscrire : 1 place"


async def test_five_hundred_come_within_a_minute_and_three_hundred_have_a_place(stage: Stage) -> None:
    crowd = [stage.telegram.new_person(f"Personne {number}") for number in range(COMING)]
    forum = await stage.database.write(lambda connection: _announced_to(connection, crowd))
    for one in crowd:
        one.says("/start")
        stage.asks((REGISTER, f"forum.in:{forum.id}"), chat=one.chat_with())
    stage.account.updates.drop()
    taps = [one.taps(REGISTER) for one in crowd]
    await stage.receives()

    async with asyncio.timeout(60):
        await _all_answered(stage)

    registered = await stage.database.read(lambda c: _uow(c).registrations.registrants(forum.id))
    assert len({one.registration.person_id for one in registered}) == len(registered) == COMING
    assert [one.registration.state for one in registered] == [
        *[RegistrationState.CONFIRMED] * PLACES,
        *[RegistrationState.WAITING] * (COMING - PLACES),
    ]
    assert await stage.database.read(lambda c: _uow(c).registrations.seats_taken(forum.id)) == PLACES
    assert {state for state, _ in await stage.inbox()} == {"done"}
    toasts = [tap.toast for tap in taps]
    assert (toasts.count("Votre inscription est confirmée."), toasts.count("Vous êtes en liste d’attente.")) == (
        PLACES,
        COMING - PLACES,
    )
    assert sorted(await _spoken_to(stage)) == sorted(one.id for one in crowd)


async def _all_answered(stage: Stage) -> None:
    """Run the turn of every tap as the bot does, so many at once."""
    free = asyncio.Semaphore(AT_ONCE)

    async def run(update_id: int, update: dict[str, object]) -> None:
        async with free:
            await stage.turns.run(update_id, heard_in(Update.de_json(update, None), stage.account.username))

    async with asyncio.TaskGroup() as group:
        for pending in list(stage.account.updates.pending):
            group.create_task(run(pending.id, pending.json))


def _announced_to(connection: Connection, crowd: Sequence[Person]) -> Forum:
    """Have all of them known as Anne is, who announces a forum."""
    uow = _uow(connection)
    anne = person(uow, "Anne", telegram_id=STAFF_ID)
    row = dict(connection.execute(select(people).where(people.c.id == anne.id)).mappings().one())
    del row["id"]
    known = [{**row, "telegram_id": one.id, "name": f"Personne {number}"} for number, one in enumerate(crowd)]
    insert_new(connection, people, known)
    starts_at = NOW + timedelta(days=40)
    plan = ForumPlan("Forum 2027", starts_at, starts_at + timedelta(hours=4), "Les Capucins", "", PLACES)
    return plan_forum(uow, anne.id, plan, NOW, BREST.zone)


def _uow(connection: Connection) -> SqlUnitOfWork:
    return SqlUnitOfWork(connection, frozenset({STAFF_ID}))


async def _spoken_to(stage: Stage) -> list[int]:
    """Whose new card waits to be sent."""
    chats = select(outbox.c.chat_id).distinct()
    return await stage.database.read(lambda c: list(c.scalars(chats)))
