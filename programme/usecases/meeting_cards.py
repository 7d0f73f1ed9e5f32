"""The cards of meetings in the groups of their coalition: shown, changed in place, pinned on the day."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from programme.groups import CardKind, Group, GroupCard
from programme.ids import CoalitionId, MeetingId
from programme.meetings import Meeting
from programme.ports import UnitOfWork
from programme.reminders import on_the_clock

A_DAY: Final = timedelta(days=1)


def card_of(meeting_id: MeetingId) -> GroupCard:
    """Give the card of a meeting."""
    return GroupCard(CardKind.MEETING, meeting_id)


def groups_in_reach(uow: UnitOfWork, coalition_id: CoalitionId) -> list[Group]:
    """Give where a coalition talks and the bot can write: one place for each Telegram group, the oldest binding."""
    found: dict[int, Group] = {}
    for group in uow.groups.of_coalition(coalition_id):
        chat = uow.groups.chat(group.chat_id)
        if chat is None or chat.in_reach:
            found.setdefault(group.chat_id, group)
    return list(found.values())


def show_meeting(uow: UnitOfWork, meeting: Meeting, now: datetime, zone: ZoneInfo) -> None:
    """Say a meeting's card in every group of its coalition, anew where it stands there; on the day it is pinned."""
    for group in groups_in_reach(uow, meeting.coalition_id):
        uow.group_cards.show(card_of(meeting.id), group, now)
    pin_on_its_day(uow, meeting, now, zone)


def show_where_missing(uow: UnitOfWork, meeting: Meeting, now: datetime) -> int:
    """Say a meeting's card in the groups in which it does not stand; gives how many there were."""
    standing = {group.chat_id for group in uow.group_cards.places(card_of(meeting.id))}
    missing = [group for group in groups_in_reach(uow, meeting.coalition_id) if group.chat_id not in standing]
    for group in missing:
        uow.group_cards.show(card_of(meeting.id), group, now)
    return len(missing)


def pin_on_its_day(uow: UnitOfWork, meeting: Meeting, now: datetime, zone: ZoneInfo) -> None:
    """Pin a meeting's card until midnight if the meeting is today: once for each version of it."""
    today = now.astimezone(zone).date()
    if meeting.starts_at.astimezone(zone).date() != today:
        return
    card, until = card_of(meeting.id), on_the_clock(today + A_DAY, time(0), zone)
    for group in uow.group_cards.places(card):
        chat = uow.groups.chat(group.chat_id)
        if chat is None or chat.may_pin:
            uow.group_cards.pin(card, group, now, until=until, once=f"meeting:{meeting.id}:{meeting.version}")


def call_off(uow: UnitOfWork, meeting: Meeting, now: datetime) -> None:
    """Have a cancelled meeting's cards say so; those that may be pinned by now are pinned no more."""
    uow.group_cards.refresh(card_of(meeting.id), now)
    if meeting.starts_at - now < A_DAY:
        for group in uow.group_cards.places(card_of(meeting.id)):
            uow.group_cards.unpin(card_of(meeting.id), group, now)


def refresh_cards(uow: UnitOfWork, meeting_ids: Iterable[MeetingId], now: datetime) -> None:
    """Have the cards of these meetings changed wherever they stand."""
    for meeting_id in meeting_ids:
        uow.group_cards.refresh(card_of(meeting_id), now)
