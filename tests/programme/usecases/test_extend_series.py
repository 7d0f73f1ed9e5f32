from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from programme.series import Frequency, Series
from programme.usecases.change_series import end_series
from programme.usecases.extend_series import extend_every_series, extend_series
from programme.usecases.plan_series import SeriesPlan, plan_series
from tests.programme.usecases.town import PARIS, Town, paris
from tests.storage.brest import NOW


def series(
    town: Town, frequency: Frequency = Frequency.WEEKLY, starts_at: datetime | None = None, until: date | None = None
) -> Series:
    plan = SeriesPlan(town.toits.id, "Point", starts_at or paris(1, 18, 30), frequency, "ENIB", until)
    return plan_series(town.uow, town.facilitator.id, plan, NOW, PARIS)


def days(town: Town, which: Series, after: datetime = NOW) -> list[date]:
    return [one.starts_at.astimezone(PARIS).date() for one in town.uow.meetings.of_series(which.id, after)]


def test_a_week_later_the_next_meeting_is_there(town: Town) -> None:
    weekly = series(town)
    before = days(town, weekly)

    assert extend_every_series(town.uow, NOW + timedelta(days=7), PARIS)
    assert not extend_every_series(town.uow, NOW + timedelta(days=7), PARIS)

    assert days(town, weekly) == [*before, date(2027, 1, 26)]


def test_the_next_two_of_a_rare_one_are_always_there(town: Town) -> None:
    monthly = series(town, Frequency.MONTHLY, paris(8, 18, 30))

    extend_every_series(town.uow, datetime(2026, 12, 9, tzinfo=UTC), PARIS)

    assert days(town, monthly) == [date(2026, 12, 8), date(2027, 1, 12), date(2027, 2, 9)]


def test_an_outage_of_weeks_makes_none_of_what_is_over(town: Town) -> None:
    weekly, back = series(town), datetime(2027, 3, 2, 20, tzinfo=UTC)

    extend_every_series(town.uow, back, PARIS)

    assert days(town, weekly, back)[:2] == [date(2027, 3, 9), date(2027, 3, 16)]
    assert date(2027, 2, 9) not in days(town, weekly)


def test_two_who_extend_make_none_twice(town: Town) -> None:
    weekly, later = series(town), NOW + timedelta(days=14)

    made = [len(extend_series(town.uow, weekly.id, later, PARIS)) for _ in range(2)]

    assert made == [2, 0]
    assert len(set(days(town, weekly))) == len(days(town, weekly))


def test_wall_clock_time_is_kept_over_both_changes(town: Town) -> None:
    weekly = series(town)
    for week in range(52):
        extend_every_series(town.uow, NOW + timedelta(weeks=week), PARIS)

    meetings = town.uow.meetings.of_series(weekly.id, NOW)
    assert {one.starts_at.astimezone(PARIS).strftime("%A %H:%M") for one in meetings} == {"Tuesday 18:30"}
    hours = {one.starts_at.astimezone(PARIS).date(): one.starts_at.astimezone(UTC).hour for one in meetings}
    spring, autumn = date(2027, 3, 30), date(2027, 11, 2)
    assert (hours[spring - timedelta(days=7)], hours[spring]) == (17, 16)
    assert (hours[autumn - timedelta(days=7)], hours[autumn]) == (16, 17)


def test_a_series_ends_by_itself_after_its_last_day(town: Town) -> None:
    short = series(town, until=date(2026, 12, 8))

    assert not extend_every_series(town.uow, paris(9, 8), PARIS)

    assert town.uow.series.get(short.id) == replace(short, ended_at=paris(9, 8))


def test_an_ended_series_is_not_extended(town: Town) -> None:
    weekly = series(town)
    end_series(town.uow, town.facilitator.id, weekly.id, NOW)

    assert extend_series(town.uow, weekly.id, NOW + timedelta(days=30), PARIS) == ()
