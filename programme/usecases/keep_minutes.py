"""Keep the minutes of a meeting, as a text, a file or a link, and send them to who came."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from programme.audit import AuditLine
from programme.errors import NotAllowed, NotFound, NotWellFormed
from programme.ids import MeetingId, MinutesId, PersonId
from programme.meetings import LINK_MAX, MINUTES_TEXT_MAX, Answer, Minutes
from programme.notices import MinutesPublished
from programme.ports import UnitOfWork
from programme.texts import checked_text, clean_line
from programme.usecases.afterwards import kept_meeting
from programme.usecases.rights import facilitates, is_member

FILE_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,200}")
FILE_NAME_MAX: Final = 100
WEB: Final = frozenset({"http", "https"})


@dataclass(frozen=True, slots=True)
class MinutesTold:
    """What is kept: a text that may be a link and nothing else, or a file with a word or without.

    A photo has no `file_name`, a document has one: Telegram sends each of them back as what it was.
    """

    text: str = ""
    file_id: str = ""
    file_name: str = ""


def keep_minutes(uow: UnitOfWork, by: PersonId, meeting_id: MeetingId, told: MinutesTold, now: datetime) -> Minutes:
    """Keep the minutes in place of those before, and send them.

    Those who said yes or came get them at once; other members find them with the meeting. Raises NotAllowed, TooEarly,
    TooLate where the meeting was cancelled, NotWellFormed.
    """
    meeting = kept_meeting(uow, by, meeting_id, now)
    text = checked_text(told.text, "text", MINUTES_TEXT_MAX, may_be_empty=bool(told.file_id))
    link = text if not told.file_id and is_link(text) else ""
    if len(link) > LINK_MAX or (told.file_id and not FILE_ID.fullmatch(told.file_id)):
        raise NotWellFormed("link", LINK_MAX)
    minutes = uow.afterwards.add_minutes(
        Minutes(
            id=MinutesId(0),
            meeting_id=meeting.id,
            text="" if link else text,
            file_id=told.file_id,
            file_name=clean_line(told.file_name)[-FILE_NAME_MAX:] if told.file_id else "",
            link=link,
            added_by=by,
            added_at=now,
        )
    )
    readers = [person for person in who_gets_minutes(uow, meeting_id) if person != by]
    uow.notices.tell(readers, MinutesPublished(minutes.id), f"minutes:{minutes.id}", now)
    uow.audit.add(AuditLine(now, by, "keep_minutes", f"meeting:{meeting_id}", {"minutes": minutes.id}))
    return minutes


def is_link(text: str) -> bool:
    """Tell whether a text is the address of a page and nothing else."""
    if any(sign.isspace() for sign in text):
        return False
    try:
        address = urlsplit(text)
        return address.scheme.lower() in WEB and "." in (address.hostname or "")
    except ValueError:
        return False


def who_gets_minutes(uow: UnitOfWork, meeting_id: MeetingId) -> list[PersonId]:
    """Give the members who said yes to a meeting or came to it: they want its minutes."""
    meeting = uow.meetings.get(meeting_id)
    answers, noted = uow.meetings.answers(meeting_id), uow.afterwards.attendance(meeting_id)
    return [
        member
        for member in uow.memberships.members(meeting.coalition_id)
        if noted.get(member) or answers.get(member) is Answer.YES
    ]


def minutes_for(uow: UnitOfWork, person_id: PersonId, meeting_id: MeetingId) -> Minutes:
    """Give the minutes of a meeting to a member of its coalition; raises NotAllowed or NotFound."""
    meeting = uow.meetings.get(meeting_id)
    if not (is_member(uow, person_id, meeting.coalition_id) or facilitates(uow, person_id, meeting.coalition_id)):
        raise NotAllowed
    minutes = uow.afterwards.minutes(meeting_id)
    if minutes is None:
        raise NotFound
    return minutes
