from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.leads import LEADS, EventKind, Lead
from programme.quiet_hours import QuietHours
from programme.reminders import (
    EARLIEST,
    TIME_TO_ACT,
    Planned,
    campaign_opening,
    campaign_reminders,
    chair_reminders,
    forum_reminders,
    meeting_reminders,
    milestone_reminders,
    on_the_clock,
    out_of_quiet_hours,
    personal_moment,
)

PARIS = ZoneInfo("Europe/Paris")
NOUMEA = ZoneInfo("Pacific/Noumea")
NIGHT = QuietHours()
NO_QUIET_HOURS = QuietHours(time(0), time(0))
BACK_TO_WINTER = date(2026, 10, 25)
"""At 3:00 it is 2:00 again."""
ON_TO_SUMMER = date(2027, 3, 28)
"""At 2:00 it is 3:00."""


def on_wall(day: date, hour: int, minute: int = 0, zone: ZoneInfo = PARIS) -> datetime:
    return datetime.combine(day, time(hour, minute), zone)


def clock(at: datetime, zone: ZoneInfo = PARIS) -> str:
    """What the clock on the wall shows, with its distance from UTC."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M %z}"


def meeting_clocks(starts_at: datetime, zone: ZoneInfo = PARIS) -> list[str]:
    return [clock(planned.due_at, zone) for planned in meeting_reminders(starts_at, zone)]


def reminder(starts_at: datetime, lead: Lead, zone: ZoneInfo = PARIS) -> Planned:
    return next(planned for planned in meeting_reminders(starts_at, zone) if planned.lead is lead)


def told(starts_at: datetime, lead: Lead, quiet: QuietHours = NIGHT) -> str:
    return clock(personal_moment(reminder(starts_at, lead), quiet, PARIS))


def test_a_meeting_is_reminded_a_week_a_day_and_two_hours_before() -> None:
    assert meeting_clocks(on_wall(date(2026, 11, 24), 18, 30)) == [
        "2026-11-17 18:30 +0100",
        "2026-11-23 18:30 +0100",
        "2026-11-24 16:30 +0100",
    ]


def test_a_reminder_is_worth_sending_until_the_next_one_and_the_last_until_the_meeting_begins() -> None:
    starts_at = on_wall(date(2026, 11, 24), 18, 30).astimezone(UTC)
    week, day, hours = meeting_reminders(starts_at, PARIS)

    assert [week.lead, day.lead, hours.lead] == [Lead.WEEK, Lead.DAY, Lead.HOURS]
    assert [week.useful_until, day.useful_until, hours.useful_until] == [day.due_at, hours.due_at, starts_at]


def test_the_day_before_at_the_same_hour_is_so_on_the_clock_when_summer_ends() -> None:
    starts_at = on_wall(BACK_TO_WINTER, 18, 30)

    assert meeting_clocks(starts_at) == [
        "2026-10-18 18:30 +0200",
        "2026-10-24 18:30 +0200",
        "2026-10-25 16:30 +0100",
    ]
    assert starts_at.astimezone(UTC) - reminder(starts_at, Lead.DAY).due_at == timedelta(hours=25)


def test_the_day_before_at_the_same_hour_is_so_on_the_clock_when_summer_begins() -> None:
    starts_at = on_wall(ON_TO_SUMMER, 18, 30)

    assert meeting_clocks(starts_at) == [
        "2027-03-21 18:30 +0100",
        "2027-03-27 18:30 +0100",
        "2027-03-28 16:30 +0200",
    ]
    assert starts_at.astimezone(UTC) - reminder(starts_at, Lead.DAY).due_at == timedelta(hours=23)


@pytest.mark.parametrize("day", [BACK_TO_WINTER, ON_TO_SUMMER])
def test_noumea_knows_no_change_of_clock(day: date) -> None:
    starts_at = on_wall(day, 18, 30, NOUMEA)
    week, before, hours = meeting_reminders(starts_at, NOUMEA)

    assert starts_at - before.due_at == timedelta(hours=24)
    assert starts_at - week.due_at == timedelta(days=7)
    assert starts_at - hours.due_at == timedelta(hours=2)
    assert clock(before.due_at, NOUMEA) == f"{day - timedelta(days=1)} 18:30 +1100"


@pytest.mark.parametrize(
    ("starts_at", "two_hours_before"),
    [
        (on_wall(ON_TO_SUMMER, 4), "2027-03-28 01:00 +0100"),
        (on_wall(BACK_TO_WINTER, 3), "2026-10-25 02:00 +0200"),
        (on_wall(BACK_TO_WINTER, 4), "2026-10-25 02:00 +0100"),
    ],
)
def test_two_hours_before_are_two_real_hours_over_a_change_of_clock(starts_at: datetime, two_hours_before: str) -> None:
    assert clock(reminder(starts_at, Lead.HOURS).due_at) == two_hours_before


def test_an_hour_that_does_not_exist_is_shifted_forward() -> None:
    starts_at = on_wall(ON_TO_SUMMER + timedelta(days=1), 2, 30)

    assert clock(reminder(starts_at, Lead.DAY).due_at) == "2027-03-28 03:30 +0200"
    assert clock(on_the_clock(ON_TO_SUMMER, time(2, 30), PARIS)) == "2027-03-28 03:30 +0200"


def test_an_hour_that_comes_twice_is_the_first_of_the_two() -> None:
    starts_at = on_wall(BACK_TO_WINTER + timedelta(days=1), 2, 30)

    assert clock(reminder(starts_at, Lead.DAY).due_at) == "2026-10-25 02:30 +0200"
    assert on_the_clock(BACK_TO_WINTER, time(2, 30), PARIS) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_meeting_in_the_hour_that_comes_again_is_reminded_two_hours_before_that_one() -> None:
    second_time = datetime(2026, 10, 25, 2, 30, tzinfo=PARIS, fold=1)

    assert clock(reminder(second_time, Lead.HOURS).due_at) == "2026-10-25 01:30 +0200"
    assert clock(reminder(second_time, Lead.DAY).due_at) == "2026-10-24 02:30 +0200"


def test_a_milestone_is_reminded_at_nine_from_a_month_before_to_ten_days_after() -> None:
    planned = milestone_reminders(date(2027, 4, 1), PARIS)

    assert {each.lead: clock(each.due_at) for each in planned} == {
        Lead.MONTH: "2027-03-02 09:00 +0100",
        Lead.FORTNIGHT: "2027-03-18 09:00 +0100",
        Lead.WEEK: "2027-03-25 09:00 +0100",
        Lead.DAY: "2027-03-31 09:00 +0200",
        Lead.SAME_DAY: "2027-04-01 09:00 +0200",
        Lead.THREE_DAYS_AFTER: "2027-04-04 09:00 +0200",
        Lead.TEN_DAYS_AFTER: "2027-04-11 09:00 +0200",
    }
    assert tuple(each.lead for each in planned) == LEADS[EventKind.MILESTONE]


def test_a_campaign_is_told_of_on_its_first_day_until_its_last_is_over() -> None:
    planned = campaign_opening(date(2027, 3, 2), date(2027, 4, 1), PARIS)

    assert (planned.lead, clock(planned.due_at)) == (Lead.SAME_DAY, "2027-03-02 09:00 +0100")
    assert clock(planned.useful_until) == "2027-04-02 00:00 +0200"


def test_the_cards_of_a_campaign_are_asked_for_again_from_its_second_day_on() -> None:
    opened_on_the_day_of_a_lead = campaign_reminders(date(2027, 3, 2), date(2027, 4, 1), PARIS)
    opened_before = campaign_reminders(date(2027, 3, 1), date(2027, 4, 1), PARIS)

    assert tuple(each.lead for each in opened_before) == LEADS[EventKind.CAMPAIGN]
    assert opened_on_the_day_of_a_lead == opened_before[1:]
    assert {each.lead: clock(each.due_at) for each in opened_before} == {
        Lead.MONTH: "2027-03-02 09:00 +0100",
        Lead.FORTNIGHT: "2027-03-18 09:00 +0100",
        Lead.WEEK: "2027-03-25 09:00 +0100",
        Lead.DAY: "2027-03-31 09:00 +0200",
        Lead.SAME_DAY: "2027-04-01 09:00 +0200",
        Lead.THREE_DAYS_AFTER: "2027-04-04 09:00 +0200",
    }
    assert clock(opened_before[-1].useful_until) == "2027-04-06 09:00 +0200"


def test_the_reminder_of_the_day_itself_is_worth_nothing_on_the_next() -> None:
    planned = milestone_reminders(date(2027, 4, 1), PARIS)

    assert {each.lead: clock(each.useful_until) for each in planned} == {
        Lead.MONTH: "2027-03-18 09:00 +0100",
        Lead.FORTNIGHT: "2027-03-25 09:00 +0100",
        Lead.WEEK: "2027-03-31 09:00 +0200",
        Lead.DAY: "2027-04-01 09:00 +0200",
        Lead.SAME_DAY: "2027-04-02 00:00 +0200",
        Lead.THREE_DAYS_AFTER: "2027-04-11 09:00 +0200",
        Lead.TEN_DAYS_AFTER: "2027-04-13 09:00 +0200",
    }


def test_a_chair_is_reminded_a_week_before_on_the_same_hour_of_the_clock() -> None:
    (planned,) = chair_reminders(on_wall(date(2027, 4, 1), 18), PARIS)

    assert planned.lead is Lead.WEEK
    assert (planned.due_at, planned.useful_until) == (on_wall(date(2027, 3, 25), 18), on_wall(date(2027, 4, 1), 18))


def test_a_forum_is_reminded_from_a_month_before_and_asked_about_an_hour_after_it() -> None:
    planned = forum_reminders(on_wall(date(2027, 4, 6), 14), on_wall(date(2027, 4, 6), 18), PARIS)

    assert [(each.lead, clock(each.due_at)) for each in planned] == [
        (Lead.MONTH, "2027-03-07 14:00 +0100"),
        (Lead.WEEK, "2027-03-30 14:00 +0200"),
        (Lead.DAY, "2027-04-05 14:00 +0200"),
        (Lead.HOURS, "2027-04-06 12:00 +0200"),
        (Lead.AFTERWARDS, "2027-04-06 19:00 +0200"),
    ]


def test_a_reminder_of_a_forum_is_worth_sending_until_the_next_one_and_the_question_for_two_days() -> None:
    starts_at, ends_at = on_wall(date(2026, 11, 24), 14), on_wall(date(2026, 12, 8), 18)
    month, week, day, hours, afterwards = forum_reminders(starts_at, ends_at, PARIS)

    assert [month.useful_until, week.useful_until, day.useful_until] == [week.due_at, day.due_at, hours.due_at]
    assert hours.useful_until == starts_at
    assert clock(afterwards.useful_until) == "2026-12-10 19:00 +0100"


def test_by_day_a_reminder_comes_when_the_rule_says() -> None:
    assert told(on_wall(date(2026, 11, 24), 18, 30), Lead.HOURS) == "2026-11-24 16:30 +0100"


def test_a_reminder_of_the_night_waits_for_the_morning() -> None:
    assert told(on_wall(date(2026, 11, 24), 21, 30), Lead.DAY) == "2026-11-24 08:00 +0100"
    assert told(on_wall(date(2026, 11, 24), 7, 30), Lead.DAY) == "2026-11-23 08:00 +0100"


@pytest.mark.parametrize(
    ("hour", "minute", "moment"),
    [
        (9, 59, "2026-11-24 08:00 +0100"),
        (9, 0, "2026-11-24 08:00 +0100"),
        (8, 59, "2026-11-23 20:30 +0100"),
        (8, 30, "2026-11-23 20:30 +0100"),
    ],
)
def test_where_the_morning_leaves_less_than_an_hour_it_is_the_evening_before(
    hour: int, minute: int, moment: str
) -> None:
    assert told(on_wall(date(2026, 11, 24), hour, minute), Lead.HOURS) == moment


def test_a_late_meeting_is_reminded_on_its_own_evening() -> None:
    assert told(on_wall(date(2026, 11, 24), 23), Lead.HOURS) == "2026-11-24 20:30 +0100"
    assert told(on_wall(date(2026, 11, 25), 1), Lead.HOURS) == "2026-11-24 20:30 +0100"


def test_without_quiet_hours_the_night_is_as_the_day() -> None:
    assert told(on_wall(date(2026, 11, 24), 5), Lead.HOURS, NO_QUIET_HOURS) == "2026-11-24 03:00 +0100"


def test_quiet_hours_within_one_day_move_to_their_end_or_before_their_start() -> None:
    by_day = QuietHours(time(9), time(17))

    assert told(on_wall(date(2026, 11, 24), 12), Lead.DAY, by_day) == "2026-11-23 17:00 +0100"
    assert told(on_wall(date(2026, 11, 24), 18), Lead.HOURS, by_day) == "2026-11-24 17:00 +0100"
    assert told(on_wall(date(2026, 11, 24), 17, 30), Lead.HOURS, by_day) == "2026-11-24 08:30 +0100"


def test_the_morning_is_so_on_the_clock_in_the_nights_of_the_change() -> None:
    assert told(on_wall(BACK_TO_WINTER, 9, 30), Lead.HOURS) == "2026-10-25 08:00 +0100"
    assert told(on_wall(BACK_TO_WINTER, 8, 30), Lead.HOURS) == "2026-10-24 20:30 +0200"
    assert told(on_wall(ON_TO_SUMMER, 9, 30), Lead.HOURS) == "2027-03-28 08:00 +0200"
    assert told(on_wall(ON_TO_SUMMER, 8, 30), Lead.HOURS) == "2027-03-27 20:30 +0100"


def test_quiet_hours_that_end_in_the_missing_hour_end_after_it() -> None:
    until_half_past_two = QuietHours(time(21), time(2, 30))

    assert clock(out_of_quiet_hours(on_wall(ON_TO_SUMMER, 1), until_half_past_two, PARIS)) == "2027-03-28 03:30 +0200"


def test_an_instant_out_of_the_quiet_hours_stays_as_it_is() -> None:
    noon = on_wall(date(2026, 11, 24), 12)

    assert out_of_quiet_hours(noon, NIGHT, PARIS) == noon
    assert clock(out_of_quiet_hours(on_wall(date(2026, 11, 24), 21), NIGHT, PARIS)) == "2026-11-25 08:00 +0100"
    assert clock(out_of_quiet_hours(on_wall(date(2026, 11, 25), 7, 59), NIGHT, PARIS)) == "2026-11-25 08:00 +0100"


@st.composite
def quiet_hours(draw: st.DrawFn) -> QuietHours:
    """Quiet hours of up to 22 hours: two hours a day are left to be reminded in."""
    starts, lasts = draw(st.integers(0, 47)), draw(st.integers(0, 44))
    ends = (starts + lasts) % 48
    return QuietHours(time(starts // 2, starts % 2 * 30), time(ends // 2, ends % 2 * 30))


near_a_change_of_clock = st.one_of(
    st.datetimes(datetime(2026, 10, 22), datetime(2026, 11, 3)),  # noqa: DTZ001 (a zone is drawn for it)
    st.datetimes(datetime(2027, 3, 25), datetime(2027, 4, 6)),  # noqa: DTZ001 (same)
)
zones = st.sampled_from([PARIS, NOUMEA])


@st.composite
def reminders(draw: st.DrawFn) -> tuple[Planned, ZoneInfo]:
    zone = draw(zones)
    moment = draw(near_a_change_of_clock).replace(tzinfo=zone)
    some = st.sampled_from([*meeting_reminders(moment, zone), *milestone_reminders(moment.date(), zone)])
    return draw(some), zone


@given(near_a_change_of_clock, zones)
def test_reminders_of_a_meeting_are_in_the_order_of_time(moment: datetime, zone: ZoneInfo) -> None:
    starts_at = moment.replace(tzinfo=zone)
    planned = meeting_reminders(starts_at, zone)

    assert [each.due_at for each in planned] == sorted(each.due_at for each in planned)
    assert all(each.due_at < each.useful_until <= starts_at for each in planned)


@given(reminders(), quiet_hours())
def test_nobody_is_reminded_in_their_quiet_hours(planned_in: tuple[Planned, ZoneInfo], quiet: QuietHours) -> None:
    planned, zone = planned_in

    assert personal_moment(planned, quiet, zone).astimezone(zone).time() not in quiet


@given(reminders(), quiet_hours())
def test_a_reminder_that_was_moved_leaves_time_to_act(planned_in: tuple[Planned, ZoneInfo], quiet: QuietHours) -> None:
    planned, zone = planned_in

    moment = personal_moment(planned, quiet, zone)

    assert moment <= planned.due_at or moment <= planned.useful_until - TIME_TO_ACT


@given(reminders(), quiet_hours())
def test_quiet_hours_bring_a_reminder_forward_by_no_more_than_it_is_looked_at_early(
    planned_in: tuple[Planned, ZoneInfo], quiet: QuietHours
) -> None:
    planned, zone = planned_in

    assert personal_moment(planned, quiet, zone) >= planned.due_at - EARLIEST


@given(reminders())
def test_without_quiet_hours_nothing_moves(planned_in: tuple[Planned, ZoneInfo]) -> None:
    planned, zone = planned_in

    assert personal_moment(planned, NO_QUIET_HOURS, zone) == planned.due_at
