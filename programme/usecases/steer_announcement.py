"""Steer an announcement on its way or after it: stop, resume, correct, withdraw; and note when all of it is sent."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from programme.announcements import Announcement, AnnouncementState, Content
from programme.audit import AuditLine
from programme.errors import OtherContent, StillOnTheWay, TooLate
from programme.ids import AnnouncementId, PersonId
from programme.ports import UnitOfWork
from programme.usecases.rights import require_staff
from programme.usecases.write_announcement import check_content

BEGUN = frozenset({AnnouncementState.SENDING, AnnouncementState.STOPPED, AnnouncementState.SENT})


def stop_announcement(uow: UnitOfWork, by: PersonId, announcement_id: AnnouncementId, now: datetime) -> Announcement:
    """Stop a sending: what is not on its way yet is kept back. Raises NotAllowed, or TooLate where nothing goes on."""
    announcement = _of_staff(uow, by, announcement_id)
    if announcement.state is not AnnouncementState.SENDING:
        raise TooLate
    stopped = uow.announcements.save(replace(announcement, state=AnnouncementState.STOPPED))
    held = uow.announcements.hold(announcement_id)
    _audit(uow, by, "stop_announcement", stopped, now, held=held)
    uow.announcements.show_progress(stopped, now)
    return stopped


def resume_announcement(uow: UnitOfWork, by: PersonId, announcement_id: AnnouncementId, now: datetime) -> Announcement:
    """Let a stopped sending go on with what is left; raises NotAllowed, or TooLate where it is not stopped."""
    announcement = _of_staff(uow, by, announcement_id)
    if announcement.state is not AnnouncementState.STOPPED:
        raise TooLate
    going = uow.announcements.save(replace(announcement, state=AnnouncementState.SENDING))
    released = uow.announcements.release(announcement_id, now)
    _audit(uow, by, "resume_announcement", going, now, released=released)
    uow.announcements.show_progress(going, now)
    return follow_announcement(uow, announcement_id, now)


def correct_announcement(
    uow: UnitOfWork, by: PersonId, announcement_id: AnnouncementId, content: Content, now: datetime
) -> Announcement:
    """Put another content in its place, also in what was delivered; a text under a file changes its caption.

    Raises NotAllowed, NotWellFormed, OtherContent, TooLate where nothing was sent or it is withdrawn, StillOnTheWay.
    """
    announcement = _of_staff(uow, by, announcement_id)
    _require_rest(uow, announcement)
    before = announcement.content
    if bool(content.kind) > bool(before.kind):
        raise OtherContent
    if before.kind and not content.kind:
        content = replace(before, text=content.text, entities=content.entities)
    check_content(content)
    changed = replace(announcement, content=content, corrections=announcement.corrections + 1)
    corrected = uow.announcements.save(changed)
    messages = uow.announcements.correct(corrected, now)
    _audit(uow, by, "correct_announcement", corrected, now, messages=messages)
    return corrected


def withdraw_announcement(
    uow: UnitOfWork, by: PersonId, announcement_id: AnnouncementId, now: datetime
) -> Announcement:
    """Take it back: what was delivered goes, what waits is never sent, and a draft is dropped.

    Raises NotAllowed, TooLate where it is withdrawn already, StillOnTheWay.
    """
    announcement = _of_staff(uow, by, announcement_id)
    if announcement.state is AnnouncementState.WITHDRAWN:
        raise TooLate
    messages = 0
    if announcement.state in BEGUN:
        _require_rest(uow, announcement)
    withdrawn = uow.announcements.save(replace(announcement, state=AnnouncementState.WITHDRAWN, ended_at=now))
    if announcement.state in BEGUN:
        uow.announcements.drop(announcement_id, now)
        messages = uow.announcements.take_away(withdrawn, now)
    _audit(uow, by, "withdraw_announcement", withdrawn, now, messages=messages)
    uow.announcements.show_progress(withdrawn, now)
    return withdrawn


def follow_announcement(uow: UnitOfWork, announcement_id: AnnouncementId, now: datetime) -> Announcement:
    """Note that all of it is sent once nothing is left, and have the message changed that shows how far it is."""
    announcement = uow.announcements.get(announcement_id)
    if announcement.state is AnnouncementState.SENDING and not uow.announcements.unfinished(announcement_id):
        announcement = replace(announcement, state=AnnouncementState.SENT, ended_at=now)
        announcement = uow.announcements.save(announcement)
    uow.announcements.show_progress(announcement, now)
    return announcement


def finish_announcements(uow: UnitOfWork, now: datetime, _zone: ZoneInfo) -> bool:
    """Note of one that all of it is sent, where nobody was left to be told; false where there is none."""
    for announcement in uow.announcements.sending():
        if not uow.announcements.unfinished(announcement.id):
            follow_announcement(uow, announcement.id, now)
            return True
    return False


def _of_staff(uow: UnitOfWork, by: PersonId, announcement_id: AnnouncementId) -> Announcement:
    require_staff(uow, by)
    return uow.announcements.get(announcement_id)


def _require_rest(uow: UnitOfWork, announcement: Announcement) -> None:
    """What is on its way would come later than what changes it."""
    if announcement.state not in BEGUN:
        raise TooLate
    if announcement.state is AnnouncementState.SENDING or uow.announcements.on_the_way(announcement.id):
        raise StillOnTheWay


def _audit(uow: UnitOfWork, by: PersonId, deed: str, announcement: Announcement, now: datetime, **details: int) -> None:
    uow.audit.add(AuditLine(now, by, deed, f"announcement:{announcement.id}", details))
