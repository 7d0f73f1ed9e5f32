import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection

from programme.ids import PersonId
from programme.leads import EventKind, Lead
from programme.reminders import ReminderState
from programme.usecases.join_coalition import join_coalition
from programme.usecases.move_meeting import Move, move_meeting
from programme.usecases.remind import remind
from storage.engine import Database
from storage.tables import metadata
from storage.unit_of_work import SqlUnitOfWork
from tests.programme.usecases.town import (
    EVENING,
    HOURS_BEFORE,
    PARIS,
    WEEK_BEFORE,
    Reminded,
    Town,
    crowd,
    found,
    remind_at,
    remind_batch,
    remind_until,
    reminded,
)

A_SECOND = timedelta(seconds=1)


def names(told: list[Reminded]) -> list[str]:
    return sorted(each.name for each in told)


@pytest.mark.parametrize("how_many", [199, 200, 201, 400, 450])
def test_hundreds_are_reminded_batch_by_batch_and_each_once(town: Town, how_many: int) -> None:
    everybody = crowd(town, how_many)
    town.plans()

    batches = remind_at(town.uow, WEEK_BEFORE)

    assert names(town.reminded()) == sorted(everybody)
    assert batches == how_many // 200 + 1


def test_somebody_who_stirs_in_the_middle_makes_nobody_be_told_twice_or_forgotten(town: Town) -> None:
    everybody = crowd(town)
    town.opens()
    town.plans()

    remind_batch(town.uow, WEEK_BEFORE)
    join_coalition(town.uow, town.stranger.id, town.toits.id, WEEK_BEFORE)
    remind_batch(town.uow, WEEK_BEFORE)
    town.prefers(town.member, WEEK_BEFORE, language="en")
    remind_at(town.uow, WEEK_BEFORE)

    assert names(town.reminded()) == sorted([*everybody, "Sam"])


def test_who_comes_due_while_hundreds_of_others_are_seen_is_not_passed_over(town: Town) -> None:
    everybody = crowd(town)
    town.plans()
    remind_until(town.uow, WEEK_BEFORE - A_SECOND, WEEK_BEFORE - timedelta(days=1))
    town.uow.reminders.look_again(WEEK_BEFORE - A_SECOND)

    remind_batch(town.uow, WEEK_BEFORE - A_SECOND)
    remind_at(town.uow, WEEK_BEFORE)

    assert names(town.reminded()) == sorted(everybody)
    assert {each.at for each in town.reminded()} == {WEEK_BEFORE}


def test_an_outage_in_the_middle_of_hundreds_leaves_nobody_without_a_trace(town: Town) -> None:
    everybody = crowd(town)
    workshop = town.plans()
    remind_until(town.uow, HOURS_BEFORE - A_SECOND, HOURS_BEFORE - A_SECOND)
    town.uow.reminders.look_again(HOURS_BEFORE - A_SECOND)

    remind_batch(town.uow, HOURS_BEFORE - A_SECOND)
    remind_at(town.uow, EVENING)

    too_late = [each for each in town.reminded() if each.lead == "h-2"]
    assert names(too_late) == sorted(everybody)
    assert {each.skipped for each in too_late} == {"too late"}
    last = town.uow.reminders.get(EventKind.MEETING, workshop.id, 0, Lead.HOURS)
    assert (last and last.state) is ReminderState.DONE


def test_people_who_are_gone_leave_no_gap(town: Town) -> None:
    crowd(town)
    town.connection.exec_driver_sql("DELETE FROM people WHERE id % 3 = 0 AND id > 4")
    left = [town.uow.people.get(PersonId(one)).name for one in town.uow.memberships.members(town.toits.id)]
    town.plans()

    remind_at(town.uow, WEEK_BEFORE)

    assert names(town.reminded()) == sorted(left)


@pytest.fixture
async def processes(tmp_path: Path) -> AsyncIterator[tuple[Database, Database]]:
    """Two processes' databases on one file."""
    url = f"sqlite+aiosqlite:///{tmp_path}/jalon.db"
    first, second = Database(url), Database(url)
    await first.write(metadata.create_all)
    yield first, second
    await first.close()
    await second.close()


async def reminds(process: Database, now: datetime) -> int:
    """Carry out what is due as the schedule does, one transaction a batch; gives how many batches it took."""

    def batch(connection: Connection) -> bool:
        return remind(SqlUnitOfWork(connection, frozenset()), now, PARIS)

    batches = 0
    while await process.write(batch):
        batches += 1
    return batches


async def test_two_processes_tell_everybody_once_between_them(processes: tuple[Database, Database]) -> None:
    first, second = processes

    def begins(connection: Connection) -> list[str]:
        town = found(connection)
        town.plans()
        return crowd(town)

    everybody = await first.write(begins)
    async with asyncio.TaskGroup() as both:
        tasks = [both.create_task(reminds(process, WEEK_BEFORE)) for process in (first, second)]

    assert names(await first.read(reminded)) == sorted(everybody)
    assert sum(task.result() for task in tasks) == 3


async def test_two_processes_and_people_who_stir_still_tell_everybody_once(
    processes: tuple[Database, Database],
) -> None:
    first, second = processes

    def begins(connection: Connection) -> list[str]:
        town = found(connection)
        for hours in range(4):
            town.plans(EVENING + timedelta(hours=hours))
        return crowd(town)

    async def stirs(process: Database, now: datetime) -> None:
        for _ in range(5):
            await process.write(lambda c: SqlUnitOfWork(c, frozenset()).reminders.look_again(now))

    everybody = await first.write(begins)
    for moment in (WEEK_BEFORE, WEEK_BEFORE + timedelta(days=1)):
        async with asyncio.TaskGroup() as all_at_once:
            for work, process in ((reminds, first), (reminds, second), (stirs, first), (stirs, second)):
                all_at_once.create_task(partial(work, process, moment)())
        await reminds(first, moment)

    assert names(await first.read(reminded)) == sorted(everybody * 4)


def test_a_move_between_two_batches_reminds_the_others_of_the_new_moment_only(town: Town) -> None:
    everybody = crowd(town)
    workshop, later = town.plans(), EVENING + timedelta(days=2)

    remind_batch(town.uow, WEEK_BEFORE)
    move_meeting(town.uow, town.facilitator.id, workshop.id, Move(later), WEEK_BEFORE, PARIS)
    remind_at(town.uow, WEEK_BEFORE)
    assert len(town.reminded()) == 200

    remind_at(town.uow, WEEK_BEFORE + timedelta(days=2))
    assert names(town.reminded()[200:]) == sorted(everybody)
