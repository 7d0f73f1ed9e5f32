"""Move a meeting, or cancel it: old reminders stop, everybody is told at once, and asked again."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from programme.audit import AuditLine
from programme.errors import InThePast, TooLate
from programme.ids import MeetingId, PersonId
from programme.leads import EventKind
from programme.meetings import PLACE_MAX, Meeting, MeetingState
from programme.notices import MeetingCancelled, MeetingMoved
from programme.ports import UnitOfWork
from programme.texts import checked_line
from programme.usecases.plan_meeting import remind_of_meeting
from programme.usecases.rights import require_facilitator


@dataclass(frozen=True, slots=True)
class Move:
    """Another moment for a meeting; without a `place` it stays where it was."""

    starts_at: datetime
    place: str = ""


def move_meeting(
    uow: UnitOfWork, by: PersonId, meeting_id: MeetingId, move: Move, now: datetime, zone: ZoneInfo
) -> Meeting:
    """Give the meeting its new moment and version; raises NotAllowed, TooLate or InThePast."""
    meeting = movable_meeting(uow, by, meeting_id, now)
    if move.starts_at <= now:
        raise InThePast
    moved = replace(
        meeting,
        starts_at=move.starts_at,
        place=checked_line(move.place, "place", PLACE_MAX) if move.place else meeting.place,
        version=meeting.version + 1,
    )
    if replace(moved, version=meeting.version) == meeting:
        return meeting
    uow.meetings.save(moved)
    uow.meetings.forget_answers(meeting_id)
    remind_of_meeting(uow, moved, now, zone)
    _tell_members(uow, by, moved, MeetingMoved(meeting_id, moved.version), now)
    uow.audit.add(AuditLine(now, by, "move_meeting", f"meeting:{meeting_id}", {"version": moved.version}))
    return moved


def cancel_meeting(uow: UnitOfWork, by: PersonId, meeting_id: MeetingId, now: datetime) -> Meeting:
    """Call a meeting off; raises NotAllowed, or TooLate where it is over or cancelled already."""
    meeting = movable_meeting(uow, by, meeting_id, now)
    cancelled = replace(meeting, state=MeetingState.CANCELLED, version=meeting.version + 1)
    uow.meetings.save(cancelled)
    uow.reminders.cancel(EventKind.MEETING, meeting_id)
    _tell_members(uow, by, cancelled, MeetingCancelled(meeting_id, cancelled.version), now)
    uow.audit.add(AuditLine(now, by, "cancel_meeting", f"meeting:{meeting_id}"))
    return cancelled


def movable_meeting(uow: UnitOfWork, by: PersonId, meeting_id: MeetingId, now: datetime) -> Meeting:
    """Give a meeting that its facilitator may still move or cancel; raises NotAllowed or TooLate."""
    meeting = uow.meetings.get(meeting_id)
    require_facilitator(uow, by, meeting.coalition_id)
    if meeting.state is not MeetingState.PLANNED or meeting.starts_at <= now:
        raise TooLate
    return meeting


def _tell_members(
    uow: UnitOfWork, by: PersonId, meeting: Meeting, notice: MeetingMoved | MeetingCancelled, now: datetime
) -> None:
    members = [member for member in uow.memberships.members(meeting.coalition_id) if member != by]
    uow.notices.tell(members, notice, f"meeting_changed:{meeting.id}:{meeting.version}", now)
