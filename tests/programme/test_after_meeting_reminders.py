from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from programme.leads import Lead
from programme.reminders import after_meeting_reminders

PARIS, NOUMEA = ZoneInfo("Europe/Paris"), ZoneInfo("Pacific/Noumea")


def test_who_came_is_asked_an_hour_after_the_end_then_at_nine_on_day_3_and_day_7() -> None:
    planned = after_meeting_reminders(datetime(2026, 12, 8, 17, 30, tzinfo=UTC), PARIS)

    assert [(each.lead, each.due_at.astimezone(PARIS).isoformat()) for each in planned] == [
        (Lead.AFTERWARDS, "2026-12-08T21:30:00+01:00"),
        (Lead.THREE_DAYS_AFTER, "2026-12-11T09:00:00+01:00"),
        (Lead.SEVEN_DAYS_AFTER, "2026-12-15T09:00:00+01:00"),
    ]


def test_each_question_is_worth_asking_until_the_next_one_and_the_last_for_two_days() -> None:
    first, second, third = after_meeting_reminders(datetime(2026, 12, 8, 17, 30, tzinfo=UTC), PARIS)

    assert (first.useful_until, second.useful_until) == (second.due_at, third.due_at)
    assert third.useful_until == datetime(2026, 12, 17, 8, tzinfo=UTC)


def test_nine_in_the_morning_is_so_on_the_clock_after_the_change() -> None:
    _, second, third = after_meeting_reminders(datetime(2027, 3, 24, 17, tzinfo=UTC), PARIS)
    assert [each.due_at.hour for each in (second, third)] == [8, 7]


def test_days_are_counted_from_the_day_on_the_wall() -> None:
    _, second, _ = after_meeting_reminders(datetime(2026, 12, 8, 17, 30, tzinfo=UTC), NOUMEA)
    assert second.due_at.astimezone(NOUMEA).isoformat() == "2026-12-12T09:00:00+11:00"
