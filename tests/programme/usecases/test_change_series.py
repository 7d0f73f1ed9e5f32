from datetime import date, datetime, timedelta

import pytest

from programme.errors import InThePast, NotAllowed, Outdated, TooLate
from programme.meetings import Answer, AnswerCounts, Meeting, MeetingState
from programme.notices import SeriesEnded, SeriesPlanned
from programme.path import Agreement
from programme.series import Frequency, Series
from programme.usecases.answer_meeting import answer_meeting
from programme.usecases.change_series import end_series, move_series
from programme.usecases.extend_series import extend_every_series
from programme.usecases.move_meeting import Move, cancel_meeting, move_meeting
from programme.usecases.plan_series import SeriesPlan, plan_series
from tests.programme.usecases.town import PARIS, Town, paris
from tests.storage.brest import NOW

THURSDAY = paris(3, 19)


def weekly(town: Town, until: date | None = None) -> Series:
    """Every Tuesday from December the 1st at 18:30."""
    plan = SeriesPlan(town.toits.id, "Point", paris(1, 18, 30), Frequency.WEEKLY, "ENIB", until)
    return plan_series(town.uow, town.facilitator.id, plan, NOW, PARIS)


def coming(town: Town, series: Series, at: datetime = NOW) -> list[Meeting]:
    return list(town.uow.meetings.of_series(series.id, at))


def days(meetings: list[Meeting]) -> list[str]:
    return [
        f"{one.starts_at.astimezone(PARIS):%d/%m %H:%M}" + (" x" if one.state is MeetingState.CANCELLED else "")
        for one in meetings
    ]


def test_all_to_come_move_to_the_new_weekday_and_hour(town: Town) -> None:
    series = weekly(town)
    before = coming(town, series)
    answer_meeting(town.uow, town.member.id, before[0].id, 0, Answer.YES, NOW)

    moved = move_series(town.uow, town.facilitator.id, series.id, Move(THURSDAY, "IMT", 0), NOW, PARIS)

    after = coming(town, series)
    assert days(after)[:3] == ["03/12 19:00", "10/12 19:00", "17/12 19:00"]
    assert [one.id for one in after[: len(before)]] == [one.id for one in before]
    assert {(one.version, one.place) for one in after[: len(before)]} == {(1, "IMT")}
    assert (moved.starts_on, moved.place) == (date(2026, 12, 3), "IMT")
    assert town.uow.meetings.counts(before[0].id) == AnswerCounts()
    assert town.told() == [("Léa", SeriesPlanned(series.id))] * 2


def test_what_is_over_stays_and_what_follows_keeps_the_new_rule(town: Town) -> None:
    series, later = weekly(town), paris(2, 9)

    move_series(town.uow, town.facilitator.id, series.id, Move(THURSDAY), later, PARIS)
    extend_every_series(town.uow, later + timedelta(days=7), PARIS)

    meetings = coming(town, series)
    assert days(meetings)[:3] == ["01/12 18:30", "03/12 19:00", "10/12 19:00"]
    assert {f"{one.starts_at.astimezone(PARIS):%A}" for one in meetings[1:]} == {"Thursday"}


def test_one_that_was_moved_by_hand_and_one_that_was_cancelled_stay_so(town: Town) -> None:
    series = weekly(town)
    _, second, third, *_ = coming(town, series)
    move_meeting(town.uow, town.facilitator.id, second.id, Move(paris(9, 12)), NOW, PARIS)
    cancel_meeting(town.uow, town.facilitator.id, third.id, NOW)

    move_series(town.uow, town.facilitator.id, series.id, Move(THURSDAY), NOW, PARIS)
    extend_every_series(town.uow, NOW, PARIS)

    assert days(coming(town, series))[:5] == [
        "03/12 19:00",
        "09/12 12:00",
        "15/12 18:30 x",
        "24/12 19:00",
        "31/12 19:00",
    ]


@pytest.mark.parametrize("later", [timedelta(days=7), timedelta(days=21), timedelta(days=-7)])
def test_a_move_onto_the_days_of_the_old_rule_makes_none_twice(town: Town, later: timedelta) -> None:
    series = weekly(town)
    first, second, *_ = coming(town, series)
    at = NOW if later > timedelta(0) else first.starts_at

    begins = (first if later > timedelta(0) else second).starts_at + later + timedelta(minutes=30)
    move_series(town.uow, town.facilitator.id, series.id, Move(begins), at, PARIS)

    after = coming(town, series, at)
    assert len({one.slot_on for one in after}) == len(after)
    assert after[0].starts_at == begins


def test_a_last_day_goes_on_as_far_as_the_meetings_moved(town: Town) -> None:
    series = weekly(town, until=date(2026, 12, 8))

    moved = move_series(town.uow, town.facilitator.id, series.id, Move(paris(10, 19)), NOW, PARIS)

    assert days(coming(town, series)) == ["10/12 19:00", "17/12 19:00"]
    assert moved.until_on == date(2026, 12, 17)


def test_of_two_who_move_at_once_the_second_is_told(town: Town) -> None:
    series = weekly(town)
    move_series(town.uow, town.facilitator.id, series.id, Move(THURSDAY, version=0), NOW, PARIS)

    with pytest.raises(Outdated):
        move_series(town.uow, town.staff.id, series.id, Move(paris(4, 19), version=0), NOW, PARIS)


def test_a_moment_that_is_over_is_refused(town: Town) -> None:
    with pytest.raises(InThePast):
        move_series(town.uow, town.facilitator.id, weekly(town).id, Move(NOW), NOW, PARIS)


def test_an_ended_series_cancels_what_is_to_come_and_tells_once(town: Town) -> None:
    series, later = weekly(town), paris(9, 9)

    cancelled = end_series(town.uow, town.facilitator.id, series.id, later)

    assert cancelled == len(coming(town, series, later))
    assert {one.state for one in coming(town, series, later)} == {MeetingState.CANCELLED}
    assert {one.state for one in coming(town, series)[:2]} == {MeetingState.PLANNED}
    assert town.told()[1:] == [("Léa", SeriesEnded(series.id))]
    with pytest.raises(TooLate):
        end_series(town.uow, town.facilitator.id, series.id, later)
    assert not extend_every_series(town.uow, later, PARIS)


def test_the_end_gives_the_turns_back_in_their_order(town: Town) -> None:
    town.uow.path.put_agreement(Agreement(town.toits.id, True, None, "", "", "", ""), NOW)
    town.uow.path.put_chairs(town.toits.id, [town.member.id, town.facilitator.id])
    series = weekly(town, until=date(2026, 12, 1))
    assert list(town.uow.path.chairs(town.toits.id)) == [town.facilitator.id, town.member.id]

    end_series(town.uow, town.facilitator.id, series.id, NOW)

    assert list(town.uow.path.chairs(town.toits.id)) == [town.member.id, town.facilitator.id]


@pytest.mark.parametrize("role", ["member", "stranger"])
def test_nobody_else_changes_it(town: Town, role: str) -> None:
    series = weekly(town)

    with pytest.raises(NotAllowed):
        move_series(town.uow, town.who(role).id, series.id, Move(THURSDAY), NOW, PARIS)
    with pytest.raises(NotAllowed):
        end_series(town.uow, town.who(role).id, series.id, NOW)

    assert town.uow.series.get(series.id) == series
