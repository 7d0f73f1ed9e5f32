"""Announcements at their sending: who is still to get them, and the message as it was written."""

from datetime import datetime
from typing import Any

from bot.attempt import Rendered
from bot.delivery_policy import NotNow
from bot.messages import pack, withdrawal
from handlers.cards.announcement import announcement_as_received, announcement_screen, withdrawn_words
from handlers.reply import Change, Say
from handlers.screen import Screen
from locales import Language, language_for
from programme.announcements import (
    DELETABLE,
    OUT_OF_REACH,
    PROGRESS_SPACING,
    QUIET,
    Announcement,
    AnnouncementState,
)
from programme.errors import NotFound
from programme.ids import AnnouncementId, PersonId
from programme.people import Person
from programme.ports import UnitOfWork
from programme.quiet_hours import QuietHours
from programme.reminders import out_of_quiet_hours
from programme.territory import Territory
from storage.announcement_statements import STOPPED
from storage.outbox import Outgoing


def render_announcement(
    uow: UnitOfWork, territory: Territory, outgoing: Outgoing, now: datetime, group_language: Language
) -> Rendered:
    """Give what is to be sent of an announcement, or why it is not sent now or any more.

    It is a delivery, a change or a withdrawal of what was delivered, a trial, or how far the sending is.
    """
    content = outgoing.content
    try:
        announcement = uow.announcements.get(AnnouncementId(content["announcement"]))
        person = None if outgoing.person_id is None else uow.people.get(PersonId(outgoing.person_id))
    except NotFound:
        return "gone"
    language = group_language if person is None else language_for(person.preferences.language)
    if content.get("progress"):
        if person is None or not uow.people.is_staff(person.id):
            return "no longer staff"
        return pack(Change(announcement_screen(uow, announcement, language, territory, now)))
    if "withdrawal" in content or "correction" in content:
        return _changed(announcement, content, now, language)
    if content.get("trial"):
        return pack(Say(announcement_as_received(announcement)))
    return _delivered(uow, territory, announcement, outgoing, person, now)


def _delivered(
    uow: UnitOfWork,
    territory: Territory,
    announcement: Announcement,
    outgoing: Outgoing,
    person: Person | None,
    now: datetime,
) -> Rendered:
    if announcement.state is AnnouncementState.STOPPED:
        return NotNow(STOPPED, now + PROGRESS_SPACING)
    if announcement.state is not AnnouncementState.SENDING:
        return "withdrawn"
    quiet = QuietHours()
    if person is None:
        if not uow.announcements.concerns_group(announcement, outgoing.chat_id, outgoing.thread_id):
            return "left"
    else:
        untold = _why_not(uow, territory, announcement, person, now)
        if untold is not None:
            return untold
        quiet = person.preferences.quiet_hours
    due_at = now if announcement.urgent else out_of_quiet_hours(now, quiet, territory.zone)
    if due_at > now:
        return NotNow(QUIET, due_at)
    return pack(Say(announcement_as_received(announcement)))


def _why_not(
    uow: UnitOfWork, territory: Territory, announcement: Announcement, person: Person, now: datetime
) -> str | None:
    paused_until = person.preferences.paused_until
    if not person.reachable:
        return OUT_OF_REACH
    if paused_until is not None and now.astimezone(territory.zone).date() < paused_until:
        return "paused"
    return None if uow.announcements.concerns(announcement, person.id) else "left"


def _changed(announcement: Announcement, content: dict[str, Any], now: datetime, language: Language) -> Rendered:
    number = content.get("message_id")
    if number is None:
        return "the group became a supergroup"
    if "withdrawal" in content:
        return _withdrawn(number, datetime.fromisoformat(content["sent_at"]), now, language)
    if announcement.state is AnnouncementState.WITHDRAWN or announcement.corrections != content["correction"]:
        return "changed since"
    return pack(Change(announcement_as_received(announcement), message_id=number, or_say=False))


def _withdrawn(number: int, sent_at: datetime, now: datetime, language: Language) -> Rendered:
    words = withdrawn_words(language)
    if now - sent_at < DELETABLE:
        return withdrawal(number, str(words))
    return pack(Change(Screen(words), message_id=number, or_say=False))
