"""Whose turn it is to chair: the order, and the meetings to come that have their chair already."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from programme.audit import AuditLine
from programme.errors import NotAllowed, NotFound, Outdated, TooLate
from programme.groups import CardKind, GroupCard
from programme.ids import CoalitionId, MeetingId, PersonId
from programme.leads import EventKind, Lead
from programme.meetings import Meeting, MeetingState
from programme.notices import ChairTurn, TurnPassedOn
from programme.ports import UnitOfWork
from programme.reminders import chair_reminders
from programme.usecases.remind import reminder_key
from programme.usecases.rights import facilitates, is_member, led_coalition, require_facilitator


def chairs_in_order(uow: UnitOfWork, coalition_id: CoalitionId) -> Sequence[PersonId]:
    """Give who chairs in turn, the next one first; nobody where the chair does not rotate."""
    agreement = uow.path.agreement(coalition_id)
    return uow.path.chairs(coalition_id) if agreement is not None and agreement.rotating else ()


def chaired(uow: UnitOfWork, coalition_id: CoalitionId, now: datetime) -> Sequence[Meeting]:
    """Give the meetings to come that have their chair, soonest first."""
    return [one for one in uow.meetings.of_coalition(coalition_id, now, None) if one.chair_id is not None]


def take_turn(uow: UnitOfWork, coalition_id: CoalitionId) -> PersonId | None:
    """Give who chairs the next meeting, and move them to the end of the order; the fixed chair where there is one.

    Nobody chairs where there is no agreement, or nobody is left to.
    """
    agreement = uow.path.agreement(coalition_id)
    if agreement is None:
        return None
    if not agreement.rotating:
        return agreement.chair_id
    order = uow.path.chairs(coalition_id)
    if not order:
        return None
    first, *others = order
    uow.path.put_chairs(coalition_id, [*others, first])
    return first


def give_back_turn(uow: UnitOfWork, coalition_id: CoalitionId, person_id: PersonId) -> None:
    """Put somebody of the order at its front again: the meeting they were to chair does not take place."""
    order = chairs_in_order(uow, coalition_id)
    if person_id in order:
        uow.path.put_chairs(coalition_id, [person_id, *order])


def set_order(
    uow: UnitOfWork, by: PersonId, coalition_id: CoalitionId, people: Sequence[PersonId], now: datetime
) -> None:
    """Keep another order of chairs, of members only; raises NotAllowed, or NotFound for who is none."""
    led_coalition(uow, by, coalition_id)
    for person_id in people:
        _check_member(uow, person_id, coalition_id)
    _put_order(uow, by, coalition_id, people, now)


def join_rotation(uow: UnitOfWork, by: PersonId, coalition_id: CoalitionId, person_id: PersonId, now: datetime) -> None:
    """Put a member at the end of the order: a facilitator does it for anybody, a member for themself."""
    _check_own_or_led(uow, by, coalition_id, person_id)
    _check_member(uow, person_id, coalition_id)
    order = chairs_in_order(uow, coalition_id)
    if person_id not in order:
        _put_order(uow, by, coalition_id, [*order, person_id], now)


def leave_rotation(
    uow: UnitOfWork, by: PersonId, coalition_id: CoalitionId, person_id: PersonId, now: datetime
) -> None:
    """Take somebody out of the order; the meetings that they chair already stay theirs."""
    _check_own_or_led(uow, by, coalition_id, person_id)
    order = chairs_in_order(uow, coalition_id)
    if person_id in order:
        _put_order(uow, by, coalition_id, [one for one in order if one != person_id], now)


def swap(
    uow: UnitOfWork, by: PersonId, coalition_id: CoalitionId, one: PersonId, other: PersonId, now: datetime
) -> None:
    """Have two people of the order change places, and the next meetings that they chair.

    Raises NotAllowed, or NotFound where one of them is not in the order.
    """
    led_coalition(uow, by, coalition_id)
    order = chairs_in_order(uow, coalition_id)
    if one not in order or other not in order or one == other:
        raise NotFound
    places = {one: other, other: one}
    meetings = chaired(uow, coalition_id, now)
    first = {person: next((each for each in meetings if each.chair_id == person), None) for person in places}
    _put_order(uow, by, coalition_id, [places.get(person, person) for person in order], now)
    for person, meeting in first.items():
        if meeting is not None:
            _hand(uow, by, meeting, places[person], now)


def skip(
    uow: UnitOfWork,
    by: PersonId,
    coalition_id: CoalitionId,
    person_id: PersonId,
    meeting_id: MeetingId | None,
    now: datetime,
) -> PersonId | None:
    """Have the next one in the order take somebody's turn: at a meeting, or where none is given, the turn to come.

    A facilitator does it for anybody, a member for themself; who passes waits for the next round. Gives who takes the
    turn, None where nobody else is in the order. Raises NotAllowed, or Outdated where it is not this person's turn.
    """
    _check_own_or_led(uow, by, coalition_id, person_id)
    order = chairs_in_order(uow, coalition_id)
    meeting = next((one for one in chaired(uow, coalition_id, now) if one.id == meeting_id), None)
    if (meeting.chair_id if meeting is not None else next(iter(order), None)) != person_id:
        raise Outdated
    if meeting is None and meeting_id is not None:
        raise Outdated
    taker = next((one for one in order if one != person_id), None)
    if taker is None:
        return None
    last = person_id if meeting is None else taker
    _put_order(uow, by, coalition_id, [*(one for one in order if one != last), last], now)
    if meeting is not None:
        _hand(uow, by, meeting, taker, now)
    return taker


def whose_turn(uow: UnitOfWork, coalition_id: CoalitionId, now: datetime) -> PersonId | None:
    """Tell who chairs the next meeting: the one that is planned, or else the one to be planned."""
    meeting = next(iter(chaired(uow, coalition_id, now)), None)
    if meeting is not None:
        return meeting.chair_id
    agreement = uow.path.agreement(coalition_id)
    if agreement is None or not agreement.rotating:
        return None if agreement is None else agreement.chair_id
    return next(iter(uow.path.chairs(coalition_id)), None)


def name_chair(
    uow: UnitOfWork, by: PersonId, meeting_id: MeetingId, person_id: PersonId, now: datetime, zone: ZoneInfo
) -> Meeting:
    """Have a member chair a meeting to come, by a facilitator's choice: it counts as their turn.

    Raises NotAllowed, NotFound for who is no member, or TooLate.
    """
    meeting = uow.meetings.get_to_change(meeting_id)
    require_facilitator(uow, by, meeting.coalition_id)
    _check_member(uow, person_id, meeting.coalition_id)
    if meeting.state is not MeetingState.PLANNED or meeting.starts_at <= now:
        raise TooLate
    if meeting.chair_id == person_id:
        return meeting
    if meeting.chair_id is not None:
        give_back_turn(uow, meeting.coalition_id, meeting.chair_id)
    order = chairs_in_order(uow, meeting.coalition_id)
    if person_id in order:
        uow.path.put_chairs(meeting.coalition_id, [*(one for one in order if one != person_id), person_id])
    details = {"person": person_id, "meeting": meeting_id}
    uow.audit.add(AuditLine(now, by, "name_chair", f"coalition:{meeting.coalition_id}", details))
    named = _hand(uow, by, meeting, person_id, now)
    _plan_reminder(uow, named, now, zone)
    return named


def hand_on_turns(uow: UnitOfWork, person_id: PersonId, coalition_id: CoalitionId, now: datetime) -> None:
    """Give the meetings that somebody was to chair to the next ones, as they are no longer a member.

    To be called once their membership has ended.
    """
    order = uow.path.chairs(coalition_id)
    uow.path.put_chairs(coalition_id, [one for one in order if one != person_id])
    for meeting in chaired(uow, coalition_id, now):
        if meeting.chair_id == person_id:
            _hand(uow, person_id, meeting, take_turn(uow, coalition_id), now)


def remind_chair(uow: UnitOfWork, meeting: Meeting, now: datetime, zone: ZoneInfo) -> None:
    """Have who chairs a meeting reminded a week before; told at once where that is over already."""
    if meeting.chair_id is not None and not _plan_reminder(uow, meeting, now, zone):
        notice = ChairTurn(meeting.id, meeting.version, Lead.WEEK)
        key = reminder_key(EventKind.CHAIR, meeting.id, meeting.version, Lead.WEEK)
        uow.notices.tell([meeting.chair_id], notice, key, now)


def _plan_reminder(uow: UnitOfWork, meeting: Meeting, now: datetime, zone: ZoneInfo) -> bool:
    ahead = [planned for planned in chair_reminders(meeting.starts_at, zone) if planned.due_at > now]
    uow.reminders.plan(EventKind.CHAIR, meeting.id, meeting.version, ahead)
    return bool(ahead)


def _hand(uow: UnitOfWork, by: PersonId, meeting: Meeting, person_id: PersonId | None, now: datetime) -> Meeting:
    """Give a meeting another chair, and tell both, but for who does it."""
    handed = replace(uow.meetings.get_to_change(meeting.id), chair_id=person_id)
    uow.meetings.save(handed)
    uow.group_cards.refresh(GroupCard(CardKind.MEETING, meeting.id), now)
    moment = f"{meeting.id}:{meeting.version}:{now:%Y%m%dT%H%M%S%f}"
    if person_id is not None:
        notice = ChairTurn(meeting.id, meeting.version, Lead.WEEK)
        uow.notices.tell([person_id] if person_id != by else [], notice, f"chair_turn:{moment}", now)
        _count_as_reminded(uow, meeting, person_id, notice, now)
    before = meeting.chair_id
    if before not in {None, by, person_id}:
        uow.notices.tell([PersonId(before or 0)], TurnPassedOn(meeting.id), f"turn_passed_on:{moment}", now)
    return handed


def _count_as_reminded(
    uow: UnitOfWork, meeting: Meeting, person_id: PersonId, notice: ChairTurn, now: datetime
) -> None:
    """Have the reminder of the week before not follow what is told now, where its moment is over already."""
    reminder = uow.reminders.get(EventKind.CHAIR, meeting.id, meeting.version, Lead.WEEK)
    if reminder is not None and reminder.due_at <= now:
        key = reminder_key(EventKind.CHAIR, meeting.id, meeting.version, Lead.WEEK)
        uow.notices.skip([person_id], notice, key, now, reason="told at once")


def _put_order(
    uow: UnitOfWork, by: PersonId, coalition_id: CoalitionId, people: Sequence[PersonId], now: datetime
) -> None:
    uow.path.put_chairs(coalition_id, people)
    if set(people) != {by}:
        details = {"order": ",".join(str(one) for one in people)}
        uow.audit.add(AuditLine(now, by, "set_chairs", f"coalition:{coalition_id}", details))


def _check_own_or_led(uow: UnitOfWork, by: PersonId, coalition_id: CoalitionId, person_id: PersonId) -> None:
    own = by == person_id and is_member(uow, by, coalition_id)
    if not (own or facilitates(uow, by, coalition_id)):
        raise NotAllowed


def _check_member(uow: UnitOfWork, person_id: PersonId, coalition_id: CoalitionId) -> None:
    if not is_member(uow, person_id, coalition_id):
        raise NotFound
