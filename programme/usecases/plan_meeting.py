"""Plan a meeting of a coalition, show it in its groups, tell its members, and have them reminded."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from programme.audit import AuditLine
from programme.digest import waits_for_digest
from programme.errors import InThePast, NotFound
from programme.ids import CoalitionId, MeetingId, PersonId
from programme.leads import EventKind
from programme.meetings import AGENDA_MAX, MEETING_TITLE_MAX, PLACE_MAX, Meeting, MeetingKind, MeetingState
from programme.notices import MeetingPlanned, SeriesPlanned
from programme.ports import UnitOfWork
from programme.reminders import after_meeting_reminders, meeting_reminders
from programme.texts import checked_line, checked_text
from programme.usecases.chairs import chairs_in_order, remind_chair, take_turn
from programme.usecases.meeting_cards import show_meeting
from programme.usecases.rights import is_member, led_coalition

BATCH: Final = 500
BY_ROTATION: Final = "rotation"
NOBODY_YET: Final = "nobody"
DIGITS_MAX: Final = 9
"""The longest number of a person that every database keeps."""


@dataclass(frozen=True, slots=True)
class MeetingPlan:
    """What a facilitator plans; `place` is a place or a link.

    Who chairs is the number of a member, BY_ROTATION for whose turn it is, or NOBODY_YET.
    """

    coalition: CoalitionId
    title: str
    starts_at: datetime
    place: str
    kind: MeetingKind = MeetingKind.WORKING
    agenda: str = ""
    chair: str = NOBODY_YET


def plan_meeting(uow: UnitOfWork, by: PersonId, plan: MeetingPlan, now: datetime, zone: ZoneInfo) -> Meeting:
    """Keep the meeting; raises NotAllowed, InThePast, or NotFound for an inactive coalition or a strange chair."""
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
            kind=plan.kind,
            agenda=checked_text(plan.agenda, "agenda", AGENDA_MAX, may_be_empty=True),
            chair_id=_chair(uow, plan),
        )
    )
    remind_of_meeting(uow, planned, now, zone)
    tell_members(
        uow, by, planned, MeetingPlanned(planned.id, planned.version), f"meeting_planned:{planned.id}", now, zone
    )
    show_meeting(uow, planned, now, zone)
    uow.audit.add(AuditLine(now, by, "plan_meeting", f"meeting:{planned.id}"))
    return planned


def next_chair(uow: UnitOfWork, coalition_id: CoalitionId) -> PersonId | None:
    """Tell who chairs a meeting planned BY_ROTATION: whose turn comes next, or the fixed chair."""
    agreement = uow.path.agreement(coalition_id)
    if agreement is None or agreement.rotating:
        return next(iter(chairs_in_order(uow, coalition_id)), None)
    return agreement.chair_id


def remind_of_meeting(uow: UnitOfWork, meeting: Meeting, now: datetime, zone: ZoneInfo) -> None:
    """Plan the reminders of a meeting's present version; those whose moment is over already are left out.

    What is asked afterwards, who came and the minutes, is planned with them.
    """
    ahead = [planned for planned in meeting_reminders(meeting.starts_at, zone) if planned.due_at > now]
    uow.reminders.plan(EventKind.MEETING, meeting.id, meeting.version, ahead)
    afterwards = after_meeting_reminders(meeting.starts_at, zone)
    uow.reminders.plan(EventKind.AFTER_MEETING, meeting.id, meeting.version, afterwards)
    remind_chair(uow, meeting, now, zone)


def tell_members(
    uow: UnitOfWork,
    by: PersonId,
    meeting: Meeting,
    notice: MeetingPlanned | SeriesPlanned,
    key: str,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    """Tell the other members of new meetings, of which this is the first, but for those whose digest brings it."""
    waiting = _readers_of_digests(uow, meeting, now, zone)
    members = [member for member in uow.memberships.members(meeting.coalition_id) if member != by]
    uow.notices.tell([member for member in members if member not in waiting], notice, key, now)
    uow.notices.skip([member for member in members if member in waiting], notice, key, now, reason="in the digest")


def _chair(uow: UnitOfWork, plan: MeetingPlan) -> PersonId | None:
    """Give who chairs; who is named has had their turn, like who chairs by rotation."""
    if plan.chair == NOBODY_YET:
        return None
    if plan.chair == BY_ROTATION:
        return take_turn(uow, plan.coalition)
    if not (plan.chair.isascii() and plan.chair.isdecimal() and len(plan.chair) <= DIGITS_MAX):
        raise NotFound
    chosen = PersonId(int(plan.chair))
    if not is_member(uow, chosen, plan.coalition):
        raise NotFound
    order = chairs_in_order(uow, plan.coalition)
    if chosen in order:
        uow.path.put_chairs(plan.coalition, [*(one for one in order if one != chosen), chosen])
    return chosen


def _readers_of_digests(uow: UnitOfWork, meeting: Meeting, now: datetime, zone: ZoneInfo) -> set[PersonId]:
    readers: set[PersonId] = set()
    after = PersonId(0)
    while members := uow.meetings.concerned(meeting.id, after, BATCH):
        readers |= {one.person_id for one in members if waits_for_digest(one.preferences, meeting.starts_at, now, zone)}
        after = members[-1].person_id
    return readers
