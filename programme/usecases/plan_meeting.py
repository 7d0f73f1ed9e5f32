"""Plan a meeting of a coalition, tell its members, and have them reminded."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from programme.audit import AuditLine
from programme.digest import waits_for_digest
from programme.errors import InThePast
from programme.ids import CoalitionId, MeetingId, PersonId
from programme.leads import EventKind
from programme.meetings import MEETING_TITLE_MAX, PLACE_MAX, Meeting, MeetingState
from programme.notices import MeetingPlanned
from programme.ports import UnitOfWork
from programme.reminders import meeting_reminders
from programme.texts import checked_line
from programme.usecases.rights import led_coalition

BATCH: Final = 500


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
    _tell_members(uow, by, planned, now, zone)
    uow.audit.add(AuditLine(now, by, "plan_meeting", f"meeting:{planned.id}"))
    return planned


def remind_of_meeting(uow: UnitOfWork, meeting: Meeting, now: datetime, zone: ZoneInfo) -> None:
    """Plan the reminders of a meeting's present version; those whose moment is over already are left out."""
    ahead = [planned for planned in meeting_reminders(meeting.starts_at, zone) if planned.due_at > now]
    uow.reminders.plan(EventKind.MEETING, meeting.id, meeting.version, ahead)


def _tell_members(uow: UnitOfWork, by: PersonId, meeting: Meeting, now: datetime, zone: ZoneInfo) -> None:
    """Tell the members at once, but for those whose digest brings it in time."""
    waiting = _readers_of_digests(uow, meeting, now, zone)
    members = [member for member in uow.memberships.members(meeting.coalition_id) if member != by]
    notice, key = MeetingPlanned(meeting.id, meeting.version), f"meeting_planned:{meeting.id}"
    uow.notices.tell([member for member in members if member not in waiting], notice, key, now)
    uow.notices.skip([member for member in members if member in waiting], notice, key, now, reason="in the digest")


def _readers_of_digests(uow: UnitOfWork, meeting: Meeting, now: datetime, zone: ZoneInfo) -> set[PersonId]:
    readers: set[PersonId] = set()
    after = PersonId(0)
    while members := uow.meetings.concerned(meeting.id, after, BATCH):
        readers |= {one.person_id for one in members if waits_for_digest(one.preferences, meeting.starts_at, now, zone)}
        after = members[-1].person_id
    return readers
