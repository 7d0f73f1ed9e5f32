from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from programme.audit import AuditLine
from programme.errors import EndsBeforeStart, InThePast, NotAllowed, NotWellFormed
from programme.leads import EventKind, Lead
from programme.meetings import Meeting, MeetingKind
from programme.notices import SeriesPlanned
from programme.path import Agreement
from programme.series import Frequency, Series
from programme.usecases.plan_series import SeriesPlan, plan_series
from tests.programme.usecases.town import PARIS, Town, paris
from tests.storage.brest import NOW

TUESDAY = paris(1, 18, 30)


def plan(town: Town, frequency: Frequency = Frequency.WEEKLY, starts_at: datetime = TUESDAY) -> SeriesPlan:
    return SeriesPlan(town.toits.id, "Groupe de travail", starts_at, frequency, "ENIB", kind=MeetingKind.WORKSHOP)


def planned(town: Town, told: SeriesPlan) -> tuple[Series, list[Meeting]]:
    series = plan_series(town.uow, town.facilitator.id, told, NOW, PARIS)
    return series, list(town.uow.meetings.of_series(series.id, NOW))


def days(meetings: list[Meeting]) -> list[str]:
    return [f"{one.starts_at.astimezone(PARIS):%d/%m %H:%M}" for one in meetings]


def test_the_meetings_of_two_months_are_made_at_once_and_told_in_one_message(town: Town) -> None:
    series, meetings = planned(town, plan(town))

    assert days(meetings) == [
        "01/12 18:30",
        "08/12 18:30",
        "15/12 18:30",
        "22/12 18:30",
        "29/12 18:30",
        "05/01 18:30",
        "12/01 18:30",
        "19/01 18:30",
    ]
    assert (series.starts_on, series.at, series.nth) == (date(2026, 12, 1), time(18, 30), None)
    assert {(one.title, one.place, one.kind, one.version) for one in meetings} == {
        ("Groupe de travail", "ENIB", MeetingKind.WORKSHOP, 0)
    }
    assert town.told() == [("Léa", SeriesPlanned(series.id))]
    assert town.audited() == [AuditLine(NOW, town.facilitator.id, "plan_series", f"series:{series.id}")]


def test_each_meeting_has_reminders_of_its_own(town: Town) -> None:
    _, meetings = planned(town, plan(town))

    for meeting in meetings[1:]:
        reminder = town.uow.reminders.get(EventKind.MEETING, meeting.id, 0, Lead.DAY)
        assert reminder is not None
        assert reminder.due_at == meeting.starts_at - timedelta(days=1)


@pytest.mark.parametrize(
    ("frequency", "starts_at", "expected"),
    [
        (Frequency.FORTNIGHTLY, paris(1, 18, 30), ["01/12 18:30", "15/12 18:30", "29/12 18:30", "12/01 18:30"]),
        (Frequency.MONTHLY, paris(8, 18, 30), ["08/12 18:30", "12/01 18:30"]),
        (Frequency.MONTHLY, paris(29, 18, 30), ["29/12 18:30", "26/01 18:30"]),
        (Frequency.MONTHLY, paris(4, 9), ["04/12 09:00", "01/01 09:00"]),
    ],
)
def test_a_rule_gives_its_days(town: Town, frequency: Frequency, starts_at: datetime, expected: list[str]) -> None:
    _, meetings = planned(town, plan(town, frequency, starts_at))

    assert days(meetings) == expected


def test_nothing_is_made_after_the_last_day(town: Town) -> None:
    _, meetings = planned(town, replace(plan(town), until_on=date(2026, 12, 8)))

    assert days(meetings) == ["01/12 18:30", "08/12 18:30"]


def test_they_are_chaired_in_turn_where_the_coalition_agreed_so(town: Town) -> None:
    rotating = Agreement(town.toits.id, True, None, "", "", "", "")
    town.uow.path.put_agreement(rotating, NOW)
    town.uow.path.put_chairs(town.toits.id, [town.member.id, town.facilitator.id])

    _, meetings = planned(town, plan(town, Frequency.FORTNIGHTLY))

    lea, maude = town.member.id, town.facilitator.id
    assert [one.chair_id for one in meetings] == [lea, maude, lea, maude]


def test_a_first_meeting_that_is_over_is_refused(town: Town) -> None:
    with pytest.raises(InThePast):
        plan_series(town.uow, town.facilitator.id, plan(town, starts_at=NOW), NOW, PARIS)


def test_a_last_day_before_the_first_is_refused(town: Town) -> None:
    with pytest.raises(EndsBeforeStart):
        planned(town, replace(plan(town), until_on=date(2026, 11, 30)))


def test_a_title_that_shows_nothing_is_refused(town: Town) -> None:
    with pytest.raises(NotWellFormed):
        planned(town, replace(plan(town), title=" \u2800 "))


@pytest.mark.parametrize("role", ["member", "stranger"])
def test_nobody_else_plans(town: Town, role: str) -> None:
    with pytest.raises(NotAllowed):
        plan_series(town.uow, town.who(role).id, plan(town), NOW, PARIS)

    assert (town.uow.series.running(), town.told()) == ([], [])


def test_the_hour_is_that_of_the_wall_whatever_the_zone_of_the_plan(town: Town) -> None:
    series, _ = planned(town, plan(town, starts_at=TUESDAY.astimezone(UTC)))

    assert series.at == time(18, 30)
