"""The minutes of a meeting as people read them: the text, the link, or the file, under what they are of."""

from datetime import datetime

from markupsafe import Markup

from handlers.screen import Button, Rows, Screen, button, lines, paragraphs
from locales import Language
from programme.coalitions import Coalition
from programme.ids import PersonId
from programme.meetings import Meeting, MeetingState, Minutes
from programme.ports import UnitOfWork
from programme.territory import Territory
from programme.usecases.afterwards import keeps, minutes_missing


def minutes_screen(
    minutes: Minutes, meeting: Meeting, coalition: Coalition, language: Language, territory: Territory, rows: Rows
) -> Screen:
    """Give the minutes with their file, if they have one: a photo has no name, a document has one."""
    text = paragraphs(
        minutes_title(meeting, coalition, language, territory),
        language.say("{text}", text=minutes.text) if minutes.text else None,
        language.say("{link}", link=minutes.link) if minutes.link else None,
    )
    photo, document = (minutes.file_id, "") if not minutes.file_name else ("", minutes.file_id)
    return Screen(text, rows, photo=photo, document=document)


def minutes_title(meeting: Meeting, coalition: Coalition, language: Language, territory: Territory) -> Markup:
    """Say which meeting the minutes are of."""
    return lines(
        language.say("<b>Minutes: {title}</b>", title=meeting.title),
        language.say("Coalition: {name}", name=coalition.name),
        language.say("When: {moment}", moment=language.moment(meeting.starts_at, territory.zone)),
    )


def afterwards_rows(uow: UnitOfWork, person_id: PersonId, meeting: Meeting, language: Language, now: datetime) -> Rows:
    """Give the rows of a meeting that has begun: its minutes, and for who keeps them who came, and new minutes."""
    if now < meeting.starts_at or meeting.state is not MeetingState.PLANNED:
        return ()
    has_minutes = not minutes_missing(uow, meeting.id)
    read = ((button(language.plain("Read the minutes"), "minutes", meeting.id),),) if has_minutes else ()
    keep = keeping_row(meeting, language, has_minutes=has_minutes)
    return (*read, keep) if keeps(uow, person_id, meeting) else read


def keeping_row(meeting: Meeting, language: Language, *, has_minutes: bool) -> tuple[Button, ...]:
    """Give the row that opens who came, and the conversation that keeps the minutes."""
    keep = language.plain("Replace the minutes") if has_minutes else language.plain("Add the minutes")
    return (
        button(language.plain("Who came"), "attendance", meeting.id, 0),
        button(keep, "minutes.keep", meeting.id),
    )
