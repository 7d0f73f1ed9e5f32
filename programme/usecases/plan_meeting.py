"""Plan a meeting of a coalition, tell its members, and have them reminded."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from programme.audit import AuditLine
from programme.errors import InThePast
from programme.ids import CoalitionId, MeetingId, PersonId
from programme.leads import EventKind
from programme.meetings import MEETING_TITLE_MAX, PLACE_MAX, Meeting, MeetingState
from programme.notices import MeetingPlanned
from programme.ports import UnitOfWork
from programme.reminders import meeting_reminders
from programme.texts import checked_line
from programme.usecases.rights import led_coalition


@dataclass(frozen=True, slots=True)
class MeetingPlan:
    """What a facilitator plans; `place` is a place or a link."""

    coalition: CoalitionId
    title: str
    starts_at: datetime
    place: str


def plan_meeting(uow: UnitOfWork, by: PersonId, plan: MeetingPlan, now: datetime, zone: ZoneInfo) -> Meeting:
    """Keep the meeting; raises NotAllowed, NotFound where the coalition is not active, or InThePast."""
    led_coalition(uow, by, plan.coalition)
    if plan.starts_at <= now:
        raise InThePast
    planned = uow.meetings.add(
        Meeting(
            id=MeetingId(0),
            coalition_id=plan.coalition,
            title=checked_line(plan.title, "title", MEETING_TITLE_MAX),
            starts_at=plan.starts_at,
            place=checked_line(plan.place, "place", PLACE_MAX),
            state=MeetingState.PLANNED,
            version=0,
            planned_by=by,
        )
    )
    remind_of_meeting(uow, planned, now, zone)
    members = [member for member in uow.memberships.members(plan.coalition) if member != by]
    uow.notices.tell(members, MeetingPlanned(planned.id, planned.version), f"meeting_planned:{planned.id}", now)
    uow.audit.add(AuditLine(now, by, "plan_meeting", f"meeting:{planned.id}"))
    return planned


def remind_of_meeting(uow: UnitOfWork, meeting: Meeting, now: datetime, zone: ZoneInfo) -> None:
    """Plan the reminders of a meeting's present version; those whose moment is over already are left out."""
    ahead = [planned for planned in meeting_reminders(meeting.starts_at, zone) if planned.due_at > now]
    uow.reminders.plan(EventKind.MEETING, meeting.id, meeting.version, ahead)
