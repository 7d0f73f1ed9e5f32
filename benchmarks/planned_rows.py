"""Reminders as Jalon keeps them: the schedule alone, on a database that is given, in a process of its own.

`python -m benchmarks.planned_rows FILE DUE_AT EXPECTED NEW` prints what it found as JSON.
"""

import asyncio
import json
import sys
import time
from bisect import bisect_left
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, select

from benchmarks.loop_watch import LoopWatch
from benchmarks.processes import TERRITORY, peak_megabytes
from bot.clock import SystemClock
from bot.schedule import Schedule
from bot.territory_file import load_territory
from programme.leads import EventKind
from programme.reminders import meeting_reminders
from programme.territory import Territory
from storage.engine import Database
from storage.reminders import SqlReminders
from storage.tables.delivery import outbox

NEW_EVENTS: Final = 10_000_000
"""Ids from here on are of the events planned while it runs."""
LEADS: Final = 3
WAITS: Final = 120.0


async def watched(file: Path, due_at: float, expected: int, new: int) -> dict[str, float | list[float]]:
    """Start, plan `new` reminders more, and wait until `expected` people are told; times are in seconds."""
    database, territory = Database(f"sqlite+aiosqlite:///{file}"), load_territory(TERRITORY)
    told_at: list[float] = []
    schedule = Schedule(database, territory, frozenset(), SystemClock(), lambda: told_at.append(time.time()))
    watch = LoopWatch()
    async with asyncio.TaskGroup() as tasks:
        began_at = time.perf_counter()
        schedule.start()
        await schedule.tick()
        started = time.perf_counter() - began_at
        planning = await _planning(database, territory, new)
        watching = tasks.create_task(watch.run())
        async with asyncio.timeout(WAITS + max(0.0, due_at - time.time())):
            while len(rows := await database.read(_created)) < expected:  # noqa: ASYNC110 (it lives in a database)
                await asyncio.sleep(max(0.5, due_at - time.time() + 0.5))
        watching.cancel()
    await schedule.stop()
    await database.close()
    late = [told_at[bisect_left(told_at, created)] - due_at for created in rows]
    return {
        "start": started,
        "planning": planning,
        "memory": peak_megabytes(),
        "block": watch.longest_block,
        "late": late,
    }


async def _planning(database: Database, territory: Territory, new: int) -> float:
    began_at = time.perf_counter()
    for number in range(0, new, LEADS):
        await database.write(_plan(territory, NEW_EVENTS + number))
    return time.perf_counter() - began_at


def _plan(territory: Territory, event_id: int) -> Callable[[Connection], None]:
    planned = meeting_reminders(SystemClock().now() + timedelta(days=60), territory.zone)
    return lambda connection: SqlReminders(connection).plan(EventKind.MEETING, event_id, 0, planned)


def _created(connection: Connection) -> list[float]:
    """Give when each notice was made, before its transaction ended."""
    instants: list[datetime] = list(connection.scalars(select(outbox.c.created_at)))
    return sorted(instant.astimezone(UTC).timestamp() for instant in instants)


if __name__ == "__main__":
    _file, _due_at, _expected, _new = sys.argv[1:]
    _watch = partial(watched, Path(_file), float(_due_at), int(_expected), int(_new))
    sys.stdout.write(json.dumps(asyncio.run(_watch())))
