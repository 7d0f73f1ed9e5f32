from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from handlers.documents.calendar_file import agenda_calendar, forum_calendar, meeting_calendar
from programme.coalitions import Coalition
from programme.forums import Forum, ForumDay, ForumState, Registration, RegistrationState
from programme.ids import CoalitionId, ForumId, MeetingId, OrganisationId, PersonId, RegistrationId, TelegramId
from programme.meetings import Answer, Meeting, MeetingState
from programme.people import Person
from programme.ports import AgendaEntry, RegistrationEntry
from programme.usecases.calendar_feed import Agenda
from tests.storage.brest import a_coalition

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
OWNER = "jalon_bot"
LEA = Person(PersonId(1), TelegramId(7), "Léa", OrganisationId(1), NOW)
RADE: Coalition = replace(a_coalition("Rade"), id=CoalitionId(3))
MEETING = Meeting(
    MeetingId(5),
    RADE.id,
    "Atelier ; suite, et fin",
    datetime(2026, 12, 1, 18, 30, tzinfo=PARIS),
    "ENIB, salle 2",
    MeetingState.PLANNED,
    2,
    None,
)
FORUM = Forum(
    ForumId(4),
    "f27",
    "Forum 2027",
    datetime(2026, 12, 9, 9, 0, tzinfo=PARIS),
    datetime(2026, 12, 9, 17, 0, tzinfo=PARIS),
    "Les Capucins",
    "9 h : accueil\n10 h : pitchs",
    80,
    ForumState.PLANNED,
    1,
)


def events(content: bytes) -> list[dict[str, Any]]:
    """What a calendar program reads of each event."""
    return [
        {
            "uid": str(event["uid"]),
            "sequence": event["sequence"],
            "starts": event.decoded("dtstart"),
            "ends": event.decoded("dtend"),
            "summary": str(event["summary"]),
            "status": str(event["status"]),
        }
        for event in Calendar.from_ical(content).walk("VEVENT")
    ]


def registered(state: RegistrationState) -> RegistrationEntry:
    one = Registration(RegistrationId(1), FORUM.id, LEA.id, None, 1, (), state, NOW, "ticket")
    return RegistrationEntry(FORUM, one)


def test_a_forum_has_a_uid_of_its_own_its_version_and_both_ends() -> None:
    [event] = events(forum_calendar(FORUM, OWNER, PARIS, NOW))

    assert event == {
        "uid": "forum-4@jalon_bot.jalon",
        "sequence": 1,
        "starts": FORUM.starts_at,
        "ends": FORUM.ends_at,
        "summary": "Forum 2027",
        "status": "CONFIRMED",
    }
    [parsed] = Calendar.from_ical(forum_calendar(FORUM, OWNER, PARIS, NOW)).walk("VEVENT")
    assert (str(parsed["description"]), str(parsed["location"])) == (FORUM.programme, FORUM.place)


def test_a_forum_of_several_days_has_an_event_for_each() -> None:
    day = timedelta(days=1)
    days = (
        ForumDay(1, FORUM.starts_at, FORUM.ends_at),
        ForumDay(3, FORUM.starts_at + day, FORUM.ends_at + day, "Le Quartz", "Visites"),
    )
    several = replace(FORUM, ends_at=FORUM.ends_at + day, days=days, version=2)

    first, second = Calendar.from_ical(forum_calendar(several, OWNER, PARIS, NOW)).walk("VEVENT")

    assert [str(event["uid"]) for event in (first, second)] == ["forum-4@jalon_bot.jalon", "forum-4-3@jalon_bot.jalon"]
    assert [event["sequence"] for event in (first, second)] == [2, 2]
    assert [event.decoded("dtstart") for event in (first, second)] == [FORUM.starts_at, FORUM.starts_at + day]
    assert [str(event["location"]) for event in (first, second)] == ["Les Capucins", "Le Quartz"]
    assert [str(event["description"]) for event in (first, second)] == [
        FORUM.programme,
        f"Visites\n\n{FORUM.programme}",
    ]


def test_what_is_cancelled_is_so_in_the_calendar() -> None:
    off = meeting_calendar(replace(MEETING, state=MeetingState.CANCELLED), RADE, OWNER, PARIS, NOW)
    forum_off = forum_calendar(replace(FORUM, state=ForumState.CANCELLED), OWNER, PARIS, NOW)

    assert [event["status"] for event in events(off) + events(forum_off)] == ["CANCELLED", "CANCELLED"]


def test_an_agenda_holds_the_same_events_as_the_single_files() -> None:
    agenda = Agenda(LEA, [AgendaEntry(MEETING, RADE, Answer.YES)], [registered(RegistrationState.CONFIRMED)])
    content = agenda_calendar(agenda, "Mon agenda", OWNER, PARIS, NOW)

    single = events(meeting_calendar(MEETING, RADE, OWNER, PARIS, NOW)) + events(
        forum_calendar(FORUM, OWNER, PARIS, NOW)
    )
    assert events(content) == single
    calendar = Calendar.from_ical(content)
    assert (str(calendar["x-wr-calname"]), calendar.decoded("refresh-interval")) == ("Mon agenda", timedelta(hours=4))
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT4H\r\n" in content
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Paris"]


@pytest.mark.parametrize(
    ("answer", "status"), [(Answer.YES, "CONFIRMED"), (Answer.MAYBE, "TENTATIVE"), (None, "TENTATIVE")]
)
def test_only_a_yes_makes_a_meeting_sure(answer: Answer | None, status: str) -> None:
    agenda = Agenda(LEA, [AgendaEntry(MEETING, RADE, answer)], [])

    assert [event["status"] for event in events(agenda_calendar(agenda, "A", OWNER, PARIS, NOW))] == [status]


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (RegistrationState.CONFIRMED, "CONFIRMED"),
        (RegistrationState.OFFERED, "TENTATIVE"),
        (RegistrationState.WAITING, "TENTATIVE"),
    ],
)
def test_only_a_confirmed_place_makes_a_forum_sure(state: RegistrationState, status: str) -> None:
    agenda = Agenda(LEA, [], [registered(state)])

    assert [event["status"] for event in events(agenda_calendar(agenda, "A", OWNER, PARIS, NOW))] == [status]


def test_an_empty_agenda_is_a_calendar_all_the_same() -> None:
    calendar = Calendar.from_ical(agenda_calendar(Agenda(LEA, [], []), "A", OWNER, PARIS, NOW))

    assert [component.name for component in calendar.subcomponents] == ["VTIMEZONE"]
