"""Move a meeting, or cancel it: old reminders stop, everybody is told at once, and asked again."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from programme.audit import AuditLine
from programme.errors import InThePast, Outdated, TooLate
from programme.ids import MeetingId, PersonId
from programme.leads import EventKind
from programme.meetings import PLACE_MAX, Meeting, MeetingState
from programme.notices import MeetingCancelled, MeetingMoved
from programme.ports import UnitOfWork
from programme.texts import checked_line
from programme.usecases.chairs import give_back_turn
from programme.usecases.meeting_cards import call_off, show_meeting
from programme.usecases.plan_meeting import remind_of_meeting
from programme.usecases.rights import require_facilitator

REMINDED_OF: Final = (EventKind.MEETING, EventKind.CHAIR, EventKind.AFTER_MEETING)
"""What of a meeting is reminded of."""


@dataclass(frozen=True, slots=True)
class Move:
    """Another moment for a meeting; without a `place` it stays where it was.

    `version` is the one that was seen; of two who move a meeting at once, the second is told that it has changed.
    """

    starts_at: datetime
    place: str = ""
    version: int | None = None


def move_meeting(
    uow: UnitOfWork, by: PersonId, meeting_id: MeetingId, move: Move, now: datetime, zone: ZoneInfo
) -> Meeting:
    """Give the meeting its new moment and version; raises NotAllowed, TooLate, Outdated or InThePast."""
    meeting = movable_meeting(uow, by, meeting_id, now)
    if move.version is not None and move.version != meeting.version:
        raise Outdated
    if move.starts_at <= now:
        raise InThePast
    place = checked_line(move.place, "place", PLACE_MAX) if move.place else meeting.place
    if (move.starts_at, place) == (meeting.starts_at, meeting.place):
        return meeting
    moved = put_elsewhere(uow, replace(meeting, starts_at=move.starts_at, place=place), now, zone)
    _tell_members(uow, by, moved, MeetingMoved(meeting_id, moved.version), now)
    show_meeting(uow, moved, now, zone)
    uow.audit.add(AuditLine(now, by, "move_meeting", f"meeting:{meeting_id}", {"version": moved.version}))
    return moved


def cancel_meeting(uow: UnitOfWork, by: PersonId, meeting_id: MeetingId, now: datetime) -> Meeting:
    """Call a meeting off; raises NotAllowed, or TooLate where it is over or cancelled already."""
    cancelled = take_off(uow, movable_meeting(uow, by, meeting_id, now), now)
    _tell_members(uow, by, cancelled, MeetingCancelled(meeting_id, cancelled.version), now)
    uow.audit.add(AuditLine(now, by, "cancel_meeting", f"meeting:{meeting_id}"))
    return cancelled


def movable_meeting(uow: UnitOfWork, by: PersonId, meeting_id: MeetingId, now: datetime) -> Meeting:
    """Give a meeting that its facilitator may still move or cancel; raises NotAllowed or TooLate."""
    meeting = uow.meetings.get_to_change(meeting_id)
    require_facilitator(uow, by, meeting.coalition_id)
    if meeting.state is not MeetingState.PLANNED or meeting.starts_at <= now:
        raise TooLate
    return meeting


def put_elsewhere(uow: UnitOfWork, meeting: Meeting, now: datetime, zone: ZoneInfo) -> Meeting:
    """Keep a meeting's new moment or place under its next version, which asks again and may be nudged again."""
    moved = replace(meeting, version=meeting.version + 1, nudged_at=None)
    uow.meetings.save(moved)
    uow.meetings.forget_answers(moved.id)
    remind_of_meeting(uow, moved, now, zone)
    return moved


def take_off(uow: UnitOfWork, meeting: Meeting, now: datetime) -> Meeting:
    """Keep that a meeting does not take place: no reminder, the turn of who was to chair it given back."""
    cancelled = replace(meeting, state=MeetingState.CANCELLED, version=meeting.version + 1)
    uow.meetings.save(cancelled)
    for event in REMINDED_OF:
        uow.reminders.cancel(event, meeting.id)
    if meeting.chair_id is not None:
        give_back_turn(uow, meeting.coalition_id, meeting.chair_id)
    call_off(uow, cancelled, now)
    return cancelled


def _tell_members(
    uow: UnitOfWork, by: PersonId, meeting: Meeting, notice: MeetingMoved | MeetingCancelled, now: datetime
) -> None:
    members = [member for member in uow.memberships.members(meeting.coalition_id) if member != by]
    uow.notices.tell(members, notice, f"meeting_changed:{meeting.id}:{meeting.version}", now)
