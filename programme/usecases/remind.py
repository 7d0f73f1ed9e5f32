"""Remind people of an event when the moment has come: a reminder of an event becomes one notice a person.

Each call handles a batch, so that ten thousand people due at one instant hold up nobody's answer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from programme.campaigns import CampaignState
from programme.digest import replaces_reminder
from programme.errors import NotFound
from programme.forums import ForumState
from programme.ids import CampaignId, ForumId, MeetingId, MilestoneId, PersonId
from programme.leads import EventKind, Lead
from programme.meetings import MeetingState
from programme.milestones import MilestoneState
from programme.notices import (
    CampaignOpened,
    CampaignReminder,
    ChairTurn,
    ForumReminder,
    MeetingReminder,
    MilestoneReminder,
    MinutesWanted,
    Notice,
)
from programme.ports import Concerned, UnitOfWork
from programme.reminders import Planned, Reminder, ReminderState, out_of_quiet_hours, personal_moment
from programme.usecases.afterwards import attendance_missing, minutes_missing

BATCH: Final = 200
OVERDUE: Final = frozenset({Lead.THREE_DAYS_AFTER, Lead.TEN_DAYS_AFTER})
NOT_THE_OWNERS_ALONE: Final = OVERDUE | {Lead.SAME_DAY}
"""When a milestone that somebody looks after is the business of the facilitators too."""
CAMPAIGNS: Final = frozenset({EventKind.CAMPAIGN, EventKind.CAMPAIGN_OPENING})
DUTIES: Final = CAMPAIGNS | {EventKind.CHAIR, EventKind.AFTER_MEETING}
"""What somebody has taken on: no setting and no digest keeps its reminder from them, but a pause does."""

NOTICES: Final[dict[EventKind, Callable[[Reminder], Notice]]] = {
    EventKind.MEETING: lambda due: MeetingReminder(MeetingId(due.event_id), due.version, due.lead),
    EventKind.CHAIR: lambda due: ChairTurn(MeetingId(due.event_id), due.version, due.lead),
    EventKind.AFTER_MEETING: lambda due: MinutesWanted(MeetingId(due.event_id), due.version, due.lead),
    EventKind.FORUM: lambda due: ForumReminder(ForumId(due.event_id), due.version, due.lead),
    EventKind.MILESTONE: lambda due: MilestoneReminder(MilestoneId(due.event_id), due.version, due.lead),
    EventKind.CAMPAIGN: lambda due: CampaignReminder(CampaignId(due.event_id), due.version, due.lead),
    EventKind.CAMPAIGN_OPENING: lambda due: CampaignOpened(CampaignId(due.event_id)),
}
"""What each reminder tells."""


@dataclass(frozen=True, slots=True)
class _Pass:
    """What one batch found: who is told now, who comes too late, and when the next one is due."""

    due: tuple[PersonId, ...]
    late: tuple[PersonId, ...]
    later_at: datetime | None


def remind(uow: UnitOfWork, now: datetime, zone: ZoneInfo) -> bool:
    """Carry out the next batch of what is due; false when nothing is due any more."""
    reminder = uow.reminders.next_due(now)
    if reminder is None:
        return False
    if not _still_true(uow, reminder):
        uow.reminders.save(replace(reminder, state=ReminderState.CANCELLED))
        return True
    concerned = _concerned(uow, reminder)
    found = _sort(concerned, reminder, now, zone)
    notice = NOTICES[reminder.event](reminder)
    key = reminder_key(reminder.event, reminder.event_id, reminder.version, reminder.lead)
    uow.notices.tell(found.due, notice, key, now)
    uow.notices.skip(found.late, notice, key, now, reason="too late")
    later_at = min((at for at in (reminder.later_at, found.later_at) if at is not None), default=None)
    uow.reminders.save(_advanced(reminder, concerned, later_at, now))
    return True


def reminder_key(event: EventKind, event_id: int, version: int, lead: Lead) -> str:
    """Give the key under which everybody gets one reminder once."""
    return f"{event}:{event_id}:{version}:{lead}"


def _still_true(uow: UnitOfWork, reminder: Reminder) -> bool:
    try:
        return _present(uow, reminder)
    except NotFound:
        # One event that is gone must not hold up the reminders of all the others.
        return False


def _present(uow: UnitOfWork, reminder: Reminder) -> bool:
    if reminder.event is EventKind.MEETING:
        meeting = uow.meetings.get(MeetingId(reminder.event_id))
        return meeting.state is MeetingState.PLANNED and meeting.version == reminder.version
    if reminder.event is EventKind.CHAIR:
        chaired = uow.meetings.get(MeetingId(reminder.event_id))
        return chaired.state is MeetingState.PLANNED and chaired.version == reminder.version
    if reminder.event is EventKind.AFTER_MEETING:
        held = uow.meetings.get(MeetingId(reminder.event_id))
        missing = attendance_missing(uow, held.id) or minutes_missing(uow, held.id)
        return held.state is MeetingState.PLANNED and held.version == reminder.version and missing
    if reminder.event is EventKind.FORUM:
        forum = uow.forums.get(ForumId(reminder.event_id))
        return forum.state is ForumState.PLANNED and forum.version == reminder.version
    if reminder.event in CAMPAIGNS:
        campaign = uow.campaigns.get(CampaignId(reminder.event_id))
        # Its first day never moves: what is told of it does not depend on the version.
        opening = reminder.event is EventKind.CAMPAIGN_OPENING
        return campaign.state is CampaignState.OPEN and (opening or campaign.version == reminder.version)
    milestone = uow.milestones.get(MilestoneId(reminder.event_id))
    return milestone.state is MilestoneState.OPEN and milestone.version == reminder.version


def _concerned(uow: UnitOfWork, reminder: Reminder) -> Sequence[Concerned]:
    if reminder.event is EventKind.MEETING:
        return uow.meetings.concerned(MeetingId(reminder.event_id), reminder.after_person, BATCH)
    if reminder.event is EventKind.CHAIR:
        return uow.meetings.chair(MeetingId(reminder.event_id), reminder.after_person, BATCH)
    if reminder.event is EventKind.AFTER_MEETING:
        return uow.meetings.keepers(MeetingId(reminder.event_id), reminder.after_person, BATCH)
    if reminder.event is EventKind.FORUM:
        return uow.registrations.concerned(ForumId(reminder.event_id), reminder.after_person, BATCH)
    if reminder.event in CAMPAIGNS:
        return uow.campaigns.concerned(CampaignId(reminder.event_id), reminder.after_person, BATCH)
    return uow.milestones.concerned(MilestoneId(reminder.event_id), reminder.after_person, BATCH)


def _sort(concerned: Sequence[Concerned], reminder: Reminder, now: datetime, zone: ZoneInfo) -> _Pass:
    planned = Planned(reminder.lead, reminder.due_at, reminder.useful_until)
    due, late, later = [], [], []
    for one in concerned:
        quiet = one.preferences.quiet_hours
        moment = personal_moment(planned, quiet, zone)
        if not _wants(one, reminder, moment, zone):
            continue
        # After an outage, or for who joins at night, the moment is over and it is quiet now.
        at = out_of_quiet_hours(max(moment, now), quiet, zone)
        if now >= reminder.useful_until:
            late.append(one.person_id)
        elif at > now:
            later.append(at)
        else:
            due.append(one.person_id)
    return _Pass(tuple(due), tuple(late), min(later, default=None))


def _wants(one: Concerned, reminder: Reminder, moment: datetime, zone: ZoneInfo) -> bool:
    """What is overdue is the business of those who keep a coalition going, and of who looks after it.

    A pause swallows the moments inside it, a digest all but the question afterwards. That one is no reminder that
    people switch off.
    """
    duty = reminder.event in DUTIES
    if reminder.lead in OVERDUE and not (duty or one.facilitator or one.owner):
        return False
    if one.owner is False and reminder.lead not in NOT_THE_OWNERS_ALONE:
        return False
    if replaces_reminder(one.preferences, reminder.lead) and not duty:
        return False
    paused_until = one.preferences.paused_until
    paused = paused_until is not None and moment.astimezone(zone).date() < paused_until
    chosen = duty or reminder.lead is Lead.AFTERWARDS or reminder.lead in one.preferences.leads
    return chosen and not paused


def _advanced(reminder: Reminder, concerned: Sequence[Concerned], later_at: datetime | None, now: datetime) -> Reminder:
    if len(concerned) == BATCH:
        return replace(reminder, after_person=concerned[-1].person_id, later_at=later_at)
    start_over = replace(reminder, after_person=PersonId(0), later_at=None)
    if later_at is not None and later_at <= now:
        # Somebody's moment came while the batches before this one were carried out.
        return replace(start_over, next_at=now)
    if now >= reminder.useful_until:
        return replace(start_over, state=ReminderState.DONE)
    # Whoever joins or changes their settings meanwhile has this looked at again; at the end it closes by itself.
    ahead = [at for at in (later_at, reminder.due_at, reminder.useful_until) if at is not None and at > now]
    return replace(start_over, next_at=min(ahead))
