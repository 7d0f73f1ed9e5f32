"""Notices after a meeting: who came and the minutes are wanted, and the minutes are there."""

from handlers.cards.meeting import meeting_lines
from handlers.cards.minutes import keeping_row, minutes_screen
from handlers.navigation import way_out
from handlers.notices.reader import Reader, Untrue
from handlers.notices.why import why_button
from handlers.screen import Screen, paragraphs
from programme.leads import Lead
from programme.meetings import MeetingState
from programme.notices import MinutesPublished, MinutesWanted
from programme.usecases.afterwards import attendance_missing, keeps, minutes_missing
from programme.usecases.rights import is_member


def minutes_wanted(notice: MinutesWanted, reader: Reader) -> Screen:
    """Ask who keeps a meeting for what is still missing: who came, the minutes, or both."""
    uow, language = reader.uow, reader.language
    meeting = uow.meetings.get(notice.meeting_id)
    if meeting.state is not MeetingState.PLANNED:
        raise Untrue("cancelled")
    if meeting.version != notice.version:
        raise Untrue("moved")
    if not keeps(uow, reader.person.id, meeting):
        raise Untrue("not theirs")
    came, minutes = attendance_missing(uow, meeting.id), minutes_missing(uow, meeting.id)
    if not (came or minutes):
        raise Untrue("nothing missing")
    if came and minutes:
        asked = language.say("<b>Who came, and where are the minutes?</b>")
    else:
        asked = language.say("<b>Who came?</b>") if came else language.say("<b>Where are the minutes?</b>")
    last = language.say("I do not ask again after this.") if notice.lead is Lead.SEVEN_DAYS_AFTER else None
    coalition = uow.coalitions.get(meeting.coalition_id)
    text = paragraphs(asked, meeting_lines(meeting, coalition, language, reader.territory), last)
    row = keeping_row(meeting, language, has_minutes=not minutes)
    return Screen(text, (row, why_button(notice, language), *way_out(language, "meeting", meeting.id)))


def minutes_published(notice: MinutesPublished, reader: Reader) -> Screen:
    """Give a member the minutes of a meeting they said yes to or came to."""
    uow, language = reader.uow, reader.language
    minutes = uow.afterwards.minutes_by_id(notice.minutes_id)
    meeting = uow.meetings.get(minutes.meeting_id)
    if not is_member(uow, reader.person.id, meeting.coalition_id):
        raise Untrue("left")
    latest = uow.afterwards.minutes(meeting.id)
    if latest is None or latest.id != minutes.id:
        raise Untrue("replaced")
    coalition = uow.coalitions.get(meeting.coalition_id)
    rows = (why_button(notice, language), *way_out(language, "meeting", meeting.id))
    return minutes_screen(minutes, meeting, coalition, language, reader.territory, rows)
