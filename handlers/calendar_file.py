"""A meeting as a calendar file (RFC 5545): the same UID for ever, and a SEQUENCE that grows when it moves."""

from datetime import datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from programme.coalitions import Coalition
from programme.meetings import MEETING_LASTS, Meeting, MeetingState


def meeting_calendar(meeting: Meeting, coalition: Coalition, owner: str, zone: ZoneInfo, now: datetime) -> bytes:
    """Give the .ics of a meeting, on the wall clock of its zone; `owner` is the bot's user name."""
    event = Event()
    event.add("uid", f"meeting-{meeting.id}@{owner}.jalon")
    event.add("sequence", meeting.version)
    event.add("dtstamp", now)
    event.add("dtstart", meeting.starts_at.astimezone(zone))
    event.add("dtend", (meeting.starts_at + MEETING_LASTS).astimezone(zone))
    event.add("summary", f"{meeting.title} ({coalition.name})")
    event.add("location", meeting.place)
    event.add("status", "CONFIRMED" if meeting.state is MeetingState.PLANNED else "CANCELLED")
    calendar = Calendar()
    calendar.add("prodid", "-//Jalon//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content
