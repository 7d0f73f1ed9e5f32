"""Meetings and forums as calendar files (RFC 5545): the same UID for ever, and a SEQUENCE that grows with each move."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

from programme.coalitions import Coalition
from programme.forums import Forum, ForumDay, ForumState, RegistrationState, days_of
from programme.meetings import MEETING_LASTS, Answer, Meeting, MeetingState
from programme.usecases.calendar_feed import Agenda

LOOK_AGAIN: Final = timedelta(hours=4)
"""How often a calendar that subscribes is asked to look for changes (RFC 7986, REFRESH-INTERVAL)."""


class Status(StrEnum):
    """How sure an event is (RFC 5545, STATUS)."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


def meeting_calendar(meeting: Meeting, coalition: Coalition, owner: str, zone: ZoneInfo, now: datetime) -> bytes:
    """Give the .ics of a meeting, on the wall clock of its zone; `owner` is the bot's user name."""
    status = Status.CONFIRMED if meeting.state is MeetingState.PLANNED else Status.CANCELLED
    return _written(_calendar([_meeting(meeting, coalition, status, owner, zone, now)]))


def forum_calendar(forum: Forum, owner: str, zone: ZoneInfo, now: datetime) -> bytes:
    """Give the .ics of a forum, an event for each day, on its zone’s wall clock; `owner` is the bot’s user name."""
    status = Status.CONFIRMED if forum.state is ForumState.PLANNED else Status.CANCELLED
    return _written(_calendar(_forum(forum, status, owner, zone, now)))


def agenda_calendar(agenda: Agenda, name: str, owner: str, zone: ZoneInfo, now: datetime) -> bytes:
    """Give the .ics of somebody's agenda to subscribe to, under a `name`; what is not sure yet is tentative."""
    meetings = [
        _meeting(
            entry.meeting,
            entry.coalition,
            Status.CONFIRMED if entry.answer is Answer.YES else Status.TENTATIVE,
            owner,
            zone,
            now,
        )
        for entry in agenda.meetings
    ]
    forums = [
        event
        for entry in agenda.forums
        for event in _forum(
            entry.forum,
            Status.CONFIRMED if entry.registration.state is RegistrationState.CONFIRMED else Status.TENTATIVE,
            owner,
            zone,
            now,
        )
    ]
    calendar = _calendar([*meetings, *forums])
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    if not calendar.timezones:
        # A calendar without any component is none (RFC 5545, section 3.6), and some programs refuse it.
        calendar.add_component(Timezone.from_tzinfo(zone))
    return _written(calendar)


def _meeting(
    meeting: Meeting, coalition: Coalition, status: Status, owner: str, zone: ZoneInfo, now: datetime
) -> Event:
    event = Event()
    event.add("uid", f"meeting-{meeting.id}@{owner}.jalon")
    event.add("sequence", meeting.version)
    event.add("dtstamp", now)
    event.add("dtstart", meeting.starts_at.astimezone(zone))
    event.add("dtend", (meeting.starts_at + MEETING_LASTS).astimezone(zone))
    event.add("summary", f"{meeting.title} ({coalition.name})")
    if meeting.agenda:
        event.add("description", meeting.agenda)
    event.add("location", meeting.place)
    event.add("status", status.value)
    return event


def _forum(forum: Forum, status: Status, owner: str, zone: ZoneInfo, now: datetime) -> list[Event]:
    return [_forum_day(forum, day, status, owner, zone, now) for day in days_of(forum)]


def _forum_day(forum: Forum, day: ForumDay, status: Status, owner: str, zone: ZoneInfo, now: datetime) -> Event:
    # The first day keeps the UID that the forum had before it got others.
    uid = f"forum-{forum.id}" if day.number == 1 else f"forum-{forum.id}-{day.number}"
    event = Event()
    event.add("uid", f"{uid}@{owner}.jalon")
    event.add("sequence", forum.version)
    event.add("dtstamp", now)
    event.add("dtstart", day.starts_at.astimezone(zone))
    event.add("dtend", day.ends_at.astimezone(zone))
    event.add("summary", forum.title)
    event.add("description", "\n\n".join(text for text in (day.programme, forum.programme) if text))
    event.add("location", day.place or forum.place)
    event.add("status", status.value)
    return event


def _calendar(events: Iterable[Event]) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Jalon//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar


def _written(calendar: Calendar) -> bytes:
    content: bytes = calendar.to_ical()
    return content
