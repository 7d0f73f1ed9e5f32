"""What 1,000 to 100,000 planned reminders cost, and what happens when 10,000 people are due in one instant."""

import asyncio
import json
import shutil
import sys
import tempfile
import time
from asyncio.subprocess import PIPE
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from sqlalchemy import create_engine

from benchmarks import planned_jobs
from benchmarks.a_territory import add_coalitions, add_meeting, add_people, in_days, make_database, writing
from benchmarks.comparison import ROUNDS, Row, alternating, percentile, show
from benchmarks.processes import ROOT
from programme.leads import EventKind, Lead
from programme.reminders import ReminderState
from storage.engine import insert_new
from storage.tables.programme import reminders

NEW: Final = 300
"""Reminders that are planned while the schedule runs."""
AHEAD: Final = timedelta(seconds=10)
"""How long after a process was started its people are due."""
SPREAD: Final = timedelta(days=365)
FAR_EVENTS: Final = 1_000_000
"""Ids from here on are of events whose reminders only wait."""
MILLISECONDS: Final = 1000


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured: how many are planned, then how many people are due at once, in so many events."""

    planned: tuple[int, ...]
    due: int
    events: tuple[int, ...]
    ahead: timedelta = AHEAD
    new: int = NEW
    rounds: int = ROUNDS


FULL: Final = Sizes(planned=(1000, 10_000, 100_000), due=10_000, events=(1, 500))
QUICK: Final = Sizes(planned=(100,), due=60, events=(3,), ahead=timedelta(seconds=3), new=9, rounds=1)


@dataclass(frozen=True, slots=True)
class Found:
    """What one run found: seconds, MB, and how late each person was told."""

    start: float
    planning: float
    memory: float
    block: float
    late: Sequence[float]


async def rows(base: Path, event_ids: Sequence[int], sizes: Sizes) -> Found:
    """Measure Jalon's schedule on a copy of a database; without events nobody is due."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(shutil.copy(base, Path(name) / base.name))
        due_at = datetime.now(tz=UTC) + sizes.ahead  # noqa: TID251 (both sides go by the machine's clock)
        if event_ids:
            _plan_rows(file, event_ids, [due_at] * len(event_ids), due_at + timedelta(hours=2))
        return await _in_a_process("benchmarks.planned_rows", file, due_at, sizes, sizes.due if event_ids else 0)


async def jobs(base: Path, due: int, sizes: Sizes) -> Found:
    """Measure APScheduler on a copy of a job store."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(shutil.copy(base, Path(name) / base.name))
        due_at = datetime.now(tz=UTC) + sizes.ahead  # noqa: TID251 (both sides go by the machine's clock)
        if due:
            planned_jobs.fill(file, [due_at] * due, FAR_EVENTS)
        return await _in_a_process("benchmarks.planned_jobs", file, due_at, sizes, due)


async def compare(sizes: Sizes) -> None:
    """Measure both sides and print the table."""
    table: list[Row] = []
    with tempfile.TemporaryDirectory() as name:
        for planned in sizes.planned:
            ours, theirs = await _prepared(Path(name), planned)
            found = await alternating(
                sizes.rounds,
                {
                    f"Jalon, {planned:,} planned": partial(rows, ours, (), sizes),
                    f"APScheduler, {planned:,} planned": partial(jobs, theirs, 0, sizes),
                },
            )
            table += _planned_rows(planned, sizes, *found.values())
        for events in sizes.events:
            event_ids = await _with_people(ours, sizes.due, events)
            found = await alternating(
                sizes.rounds,
                {
                    f"Jalon, {sizes.due:,} due in {events:,} events": partial(rows, ours, event_ids, sizes),
                    f"APScheduler, {sizes.due:,} due": partial(jobs, theirs, sizes.due, sizes),
                },
            )
            table += _due_rows(f"{sizes.due:,} due, events: {events:,}", *found.values())
    show(
        "reminders: planned, and due in one instant",
        table,
        [
            (
                "Jalon: its schedule on its database, a row for each event and lead, told when the notice is committed "
                "to the outbox; baseline: AsyncIOScheduler with a job for each person in its SQLAlchemyJobStore, whose "
                "job does nothing but note the time"
            ),
            f"those due come on top of {sizes.planned[-1]:,} planned",
        ],
    )


async def _prepared(folder: Path, planned: int) -> tuple[Path, Path]:
    """Make a database and a job store with so many reminders that only wait."""
    ours, theirs = folder / f"{planned}.db", folder / f"{planned}.jobs.db"
    await make_database(ours)
    step = SPREAD / planned
    moments = [in_days(2) + number * step for number in range(planned)]
    _plan_rows(ours, range(FAR_EVENTS, FAR_EVENTS + planned), moments, moments[-1] + SPREAD)
    planned_jobs.fill(theirs, moments, 0)
    return ours, theirs


async def _with_people(file: Path, people: int, events: int) -> list[int]:
    """Add people in as many coalitions as there are to be events, each with a meeting, and give the meetings' ids."""
    with writing(file) as uow:
        coalitions = add_coalitions(uow, add_people(uow, people), of=-(-people // events))
        return [add_meeting(uow, coalition, in_days(400)).id for coalition in coalitions]


def _plan_rows(file: Path, event_ids: Sequence[int], moments: Sequence[datetime], useful_until: datetime) -> None:
    """Plan one reminder for each event, straight into the table; each is to be looked at when it is due."""
    planned = [
        {
            "event": EventKind.MEETING,
            "event_id": event_id,
            "version": 0,
            "lead": Lead.HOURS,
            "due_at": moment,
            "useful_until": useful_until,
            "next_at": moment,
            "state": ReminderState.PLANNED,
            "after_person": 0,
        }
        for event_id, moment in zip(event_ids, moments, strict=True)
    ]
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        insert_new(connection, reminders, planned)
    engine.dispose()


async def _in_a_process(module: str, file: Path, due_at: datetime, sizes: Sizes, expected: int) -> Found:
    moment = str(due_at.timestamp() if expected else time.time())
    arguments = [str(file), moment, str(expected), str(0 if expected else sizes.new)]
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", module, *arguments, stdout=PIPE, cwd=ROOT)
    printed, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"{module} ended with {process.returncode}")
    found: dict[str, Any] = json.loads(printed)
    return Found(**found)


def _planned_rows(planned: int, sizes: Sizes, ours: list[Found], theirs: list[Found]) -> list[Row]:
    new = f"{sizes.new} more planned, ms"
    return [
        Row(
            f"{planned:,} planned: start, ms",
            [one.start * MILLISECONDS for one in ours],
            [one.start * MILLISECONDS for one in theirs],
            digits=1,
        ),
        Row(
            f"{planned:,} planned: {new}",
            [one.planning * MILLISECONDS for one in ours],
            [one.planning * MILLISECONDS for one in theirs],
        ),
        Row(f"{planned:,} planned: memory, MB", [one.memory for one in ours], [one.memory for one in theirs]),
    ]


def _due_rows(what: str, ours: list[Found], theirs: list[Found]) -> list[Row]:
    def late(found: list[Found], share: float) -> list[float]:
        return [percentile(one.late, share) * MILLISECONDS for one in found]

    return [
        Row(f"{what}: late, median, ms", late(ours, 0.5), late(theirs, 0.5)),
        Row(f"{what}: late, p99, ms", late(ours, 0.99), late(theirs, 0.99)),
        Row(
            f"{what}: longest block of the loop, ms",
            [one.block * MILLISECONDS for one in ours],
            [one.block * MILLISECONDS for one in theirs],
        ),
        Row(f"{what}: memory, MB", [one.memory for one in ours], [one.memory for one in theirs]),
    ]


def main(
    *,
    planned: Annotated[list[int] | None, typer.Option(help="How many are planned; may be given several times.")] = None,
    due: Annotated[int, typer.Option(help="How many people are due in one instant.")] = FULL.due,
    quick: Annotated[bool, typer.Option(help="Tiny sizes and one round, to see that it works.")] = False,
) -> None:
    """Measure reminders as rows beside reminders as jobs."""
    asyncio.run(compare(QUICK if quick else Sizes(tuple(planned or FULL.planned), due, FULL.events)))


if __name__ == "__main__":
    typer.run(main)
