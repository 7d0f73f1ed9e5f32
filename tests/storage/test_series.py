from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from programme.coalitions import Coalition
from programme.errors import NotFound
from programme.ids import SeriesId
from programme.meetings import MeetingKind
from programme.series import LAST_WEEK, Frequency, Series
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NOW, coalition, meeting, person

FIRST_TUESDAY = date(2026, 12, 1)


def series(uow: SqlUnitOfWork, of: Coalition, frequency: Frequency = Frequency.WEEKLY) -> Series:
    return uow.series.add(
        Series(
            id=SeriesId(0),
            coalition_id=of.id,
            title="Point du mardi",
            kind=MeetingKind.WORKING,
            place="Les Capucins",
            agenda="Tour de table",
            frequency=frequency,
            starts_on=FIRST_TUESDAY,
            at=time(18, 30),
            nth=LAST_WEEK if frequency is Frequency.MONTHLY else None,
            until_on=None,
            planned_by=person(uow, "Léa").id,
        )
    )


@pytest.mark.parametrize("frequency", list(Frequency))
def test_a_series_is_kept_with_its_rule(uow: SqlUnitOfWork, frequency: Frequency) -> None:
    kept = series(uow, coalition(uow, "Toits"), frequency)
    assert uow.series.get(kept.id) == kept

    moved = replace(kept, at=time(9, 0), place="En ligne", until_on=date(2027, 6, 30), ended_at=NOW)
    uow.series.save(moved)

    assert uow.series.get(kept.id) == moved
    with pytest.raises(NotFound):
        uow.series.get(SeriesId(99))


def test_a_series_runs_until_it_is_ended(uow: SqlUnitOfWork) -> None:
    toits, eau = coalition(uow, "Toits"), coalition(uow, "Eau")
    first, second, other = series(uow, toits), series(uow, toits), series(uow, eau)
    assert uow.series.running() == [first, second, other]

    uow.series.save(replace(first, ended_at=NOW))

    assert uow.series.running() == [second, other]
    assert uow.series.running(toits.id) == [second]


def test_a_slot_is_taken_wherever_its_meeting_was_moved_to(uow: SqlUnitOfWork) -> None:
    toits = coalition(uow, "Toits")
    weekly, other = series(uow, toits), series(uow, toits)
    for week in range(3):
        slot = FIRST_TUESDAY + timedelta(weeks=week)
        planned = meeting(uow, toits)
        uow.meetings.save(replace(planned, series_id=weekly.id, slot_on=slot, starts_at=NOW + timedelta(days=40)))
    uow.meetings.save(replace(meeting(uow, toits), series_id=other.id, slot_on=FIRST_TUESDAY))

    assert uow.series.slots_taken(weekly.id) == {date(2026, 12, 1), date(2026, 12, 8), date(2026, 12, 15)}
    assert uow.series.slots_taken(other.id) == {FIRST_TUESDAY}
