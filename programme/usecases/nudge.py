"""Nudge, once a meeting, the members who have not answered it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from programme.audit import AuditLine
from programme.errors import TooLate
from programme.ids import MeetingId, PersonId
from programme.meetings import Meeting
from programme.notices import MeetingNudge
from programme.ports import UnitOfWork
from programme.usecases.move_meeting import movable_meeting

BATCH: Final = 500


def nudge(uow: UnitOfWork, by: PersonId, meeting_id: MeetingId, now: datetime, zone: ZoneInfo) -> int:
    """Ask who has not answered once more, and give how many they are; nobody asked leaves the nudge for later.

    Raises NotAllowed, or TooLate where it has begun, is cancelled, or was nudged already.
    """
    meeting = movable_meeting(uow, by, meeting_id, now)
    if meeting.nudged_at is not None:
        raise TooLate
    silent = [member for member in to_nudge(uow, meeting, now, zone) if member != by]
    if not silent:
        return 0
    uow.meetings.save(replace(meeting, nudged_at=now))
    key = f"meeting_nudge:{meeting_id}:{meeting.version}"
    uow.notices.tell(silent, MeetingNudge(meeting_id, meeting.version), key, now)
    uow.audit.add(AuditLine(now, by, "nudge", f"meeting:{meeting_id}", {"people": len(silent)}))
    return len(silent)


def to_nudge(uow: UnitOfWork, meeting: Meeting, now: datetime, zone: ZoneInfo) -> Sequence[PersonId]:
    """Give the members who have not answered, whom the bot reaches and who have not paused, by id."""
    silent, today = frozenset(uow.meetings.silent(meeting.id)), now.astimezone(zone).date()
    found: list[PersonId] = []
    after = PersonId(0)
    while members := uow.meetings.concerned(meeting.id, after, BATCH):
        for one in members:
            paused_until = one.preferences.paused_until
            if one.person_id in silent and (paused_until is None or today >= paused_until):
                found.append(one.person_id)
        after = members[-1].person_id
    return found
