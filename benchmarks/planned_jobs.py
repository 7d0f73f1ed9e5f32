"""The baseline for reminders: APScheduler with one job each in its SQLAlchemyJobStore, in a process of its own.

`python -m benchmarks.planned_jobs FILE DUE_AT EXPECTED NEW` prints what it found as JSON.
"""

import asyncio
import json
import pickle
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger

from benchmarks.loop_watch import LoopWatch
from benchmarks.processes import peak_megabytes
from bot.clock import SystemClock

JOB: Final = "benchmarks.job_that_reminds:remind"
WAITS: Final = 300.0
DEFAULTS: Final = {"coalesce": True, "misfire_grace_time": None}
"""Nothing is dropped for being late."""


def fill(file: Path, moments: Sequence[datetime], first: int) -> None:
    """Put one job for each moment into a store in one transaction, numbered from `first` on."""
    store = SQLAlchemyJobStore(f"sqlite:///{file}")
    scheduler = _scheduler(store)
    scheduler.start(paused=True)
    pattern = scheduler.add_job(JOB, DateTrigger(moments[0]), args=[first], id="pattern")
    state = pattern.__getstate__()
    with store.engine.begin() as connection:
        rows = [_row(store, state, moment, first + number) for number, moment in enumerate(moments)]
        connection.execute(store.jobs_t.insert(), rows)
    pattern.remove()
    scheduler.shutdown()


async def watched(file: Path, due_at: float, expected: int, new: int) -> dict[str, float | list[float]]:
    """Start, add `new` jobs, and wait until `expected` have run; times are in seconds."""
    from benchmarks.job_that_reminds import RAN_AT  # noqa: PLC0415 (the very module that the store names)

    watch = LoopWatch()
    async with asyncio.TaskGroup() as tasks:
        began_at = time.perf_counter()
        scheduler = _scheduler(SQLAlchemyJobStore(f"sqlite:///{file}"))
        scheduler.start()
        await asyncio.sleep(0)
        started = time.perf_counter() - began_at
        later = SystemClock().now() + timedelta(days=60)
        began_at = time.perf_counter()
        for number in range(new):
            scheduler.add_job(JOB, DateTrigger(later), args=[number])
        planning = time.perf_counter() - began_at
        watching = tasks.create_task(watch.run())
        async with asyncio.timeout(WAITS + max(0.0, due_at - time.time())):
            while len(RAN_AT) < expected:  # noqa: ASYNC110 (the baseline’s job tells nobody)
                await asyncio.sleep(max(0.5, due_at - time.time() + 0.5))
        watching.cancel()
    scheduler.shutdown()
    return {
        "start": started,
        "planning": planning,
        "memory": peak_megabytes(),
        "block": watch.longest_block,
        "late": [ran_at - due_at for ran_at in RAN_AT],
    }


def _scheduler(store: SQLAlchemyJobStore) -> AsyncIOScheduler:
    return AsyncIOScheduler(jobstores={"default": store}, timezone=UTC, job_defaults=DEFAULTS)


def _row(store: Any, state: dict[str, Any], moment: datetime, number: int) -> dict[str, Any]:
    own = {"id": str(number), "args": (number,), "trigger": DateTrigger(moment), "next_run_time": moment}
    packed = pickle.dumps({**state, **own}, store.pickle_protocol)
    return {"id": str(number), "next_run_time": moment.timestamp(), "job_state": packed}


if __name__ == "__main__":
    _file, _due_at, _expected, _new = sys.argv[1:]
    sys.stdout.write(json.dumps(asyncio.run(watched(Path(_file), float(_due_at), int(_expected), int(_new)))))
