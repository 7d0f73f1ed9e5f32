from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from programme.leads import EventKind, Lead
from programme.meetings import Meeting
from programme.memberships import MembershipState
from programme.notices import MinutesWanted
from programme.usecases.keep_minutes import MinutesTold, keep_minutes
from programme.usecases.move_meeting import Move, cancel_meeting, move_meeting
from programme.usecases.note_attendance import note_attendance
from tests.programme.usecases.town import EVENING, NO_QUIET_HOURS, PARIS, Town, paris, remind_until
from tests.storage.brest import NOW

OVER = paris(8, 21, 30)
"""An hour after the end of a meeting of two hours."""
MORNING_AFTER, DAY_3, DAY_7 = paris(9, 8), paris(11, 9), paris(15, 9)
MUCH_LATER = paris(25, 9)


def asked(town: Town) -> list[tuple[str, Lead]]:
    """Who was asked who came and for the minutes, by which lead."""
    return [(name, notice.lead) for name, notice in town.told() if isinstance(notice, MinutesWanted)]


def plans(town: Town, **preferences: Any) -> Meeting:
    town.prefers(town.facilitator, **preferences)
    return town.plans()


def test_who_facilitates_is_asked_afterwards_on_day_3_and_on_day_7_then_no_more(town: Town) -> None:
    plans(town, quiet_hours=NO_QUIET_HOURS)

    for until, leads in (
        (OVER - timedelta(seconds=1), []),
        (OVER, [Lead.AFTERWARDS]),
        (DAY_3, [Lead.AFTERWARDS, Lead.THREE_DAYS_AFTER]),
        (DAY_7, [Lead.AFTERWARDS, Lead.THREE_DAYS_AFTER, Lead.SEVEN_DAYS_AFTER]),
        (MUCH_LATER, [Lead.AFTERWARDS, Lead.THREE_DAYS_AFTER, Lead.SEVEN_DAYS_AFTER]),
    ):
        remind_until(town.uow, until, NOW)
        assert asked(town) == [("Maude", lead) for lead in leads]


def test_the_question_of_an_evening_waits_for_the_morning(town: Town) -> None:
    plans(town)
    remind_until(town.uow, MORNING_AFTER - timedelta(seconds=1), NOW)
    assert asked(town) == []
    remind_until(town.uow, MORNING_AFTER, NOW)
    assert asked(town) == [("Maude", Lead.AFTERWARDS)]


def test_it_is_asked_as_long_as_one_of_the_two_is_missing(town: Town) -> None:
    meeting = plans(town, quiet_hours=NO_QUIET_HOURS)
    note_attendance(town.uow, town.facilitator.id, meeting.id, town.member.id, True, EVENING)
    remind_until(town.uow, OVER, NOW)
    assert asked(town) == [("Maude", Lead.AFTERWARDS)]

    keep_minutes(town.uow, town.facilitator.id, meeting.id, MinutesTold("Dix présents."), OVER)
    remind_until(town.uow, MUCH_LATER, OVER)
    assert asked(town) == [("Maude", Lead.AFTERWARDS)]


def test_leads_and_digest_of_the_settings_do_not_count_but_a_pause_does(town: Town) -> None:
    plans(town, quiet_hours=NO_QUIET_HOURS, leads=frozenset(), digest=True, paused_until=date(2026, 12, 10))
    remind_until(town.uow, MUCH_LATER, NOW)
    assert asked(town) == [("Maude", Lead.THREE_DAYS_AFTER), ("Maude", Lead.SEVEN_DAYS_AFTER)]


def test_who_chairs_is_asked_too_and_members_are_not(town: Town) -> None:
    meeting = plans(town, quiet_hours=NO_QUIET_HOURS)
    remind_until(town.uow, OVER, NOW)
    assert asked(town) == [("Maude", Lead.AFTERWARDS)]
    town.uow.meetings.save(replace(meeting, chair_id=town.member.id))
    remind_until(town.uow, DAY_3, OVER)
    assert asked(town)[1:] == [("Léa", Lead.THREE_DAYS_AFTER), ("Maude", Lead.THREE_DAYS_AFTER)]


def test_who_facilitates_no_more_is_not_asked(town: Town) -> None:
    plans(town, quiet_hours=NO_QUIET_HOURS)
    town.uow.memberships.put(town.facilitator.id, town.toits.id, MembershipState.ACCEPTED, NOW, facilitator=False)
    remind_until(town.uow, MUCH_LATER, NOW)
    assert asked(town) == []


def test_a_cancelled_meeting_asks_nothing(town: Town) -> None:
    meeting = plans(town, quiet_hours=NO_QUIET_HOURS)
    cancel_meeting(town.uow, town.facilitator.id, meeting.id, NOW)
    remind_until(town.uow, MUCH_LATER, NOW)
    assert asked(town) == []


def test_a_moved_meeting_asks_after_its_new_moment(town: Town) -> None:
    meeting = plans(town, quiet_hours=NO_QUIET_HOURS)
    move_meeting(town.uow, town.facilitator.id, meeting.id, Move(paris(10, 18, 30)), NOW, PARIS)

    remind_until(town.uow, paris(10, 21, 29), NOW)
    assert asked(town) == []
    remind_until(town.uow, paris(10, 21, 30), NOW)
    assert asked(town) == [("Maude", Lead.AFTERWARDS)]
    reminder = town.uow.reminders.get(EventKind.AFTER_MEETING, meeting.id, 1, Lead.SEVEN_DAYS_AFTER)
    assert reminder is not None
    assert reminder.due_at == paris(17, 9)
