"""Send an announcement: at once or at a chosen moment, after a second member of staff approved one to many."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from programme.announcements import Announcement, AnnouncementState
from programme.audit import AuditLine
from programme.errors import InThePast, NeedsAnotherPerson, NobodyToTell, NotFound, Outdated, TooLate
from programme.ids import AnnouncementId, PersonId
from programme.notices import AnnouncementToApprove
from programme.ports import UnitOfWork
from programme.usecases.rights import require_staff


def send_announcement(
    uow: UnitOfWork,
    by: PersonId,
    announcement_id: AnnouncementId,
    version: int,
    now: datetime,
    zone: ZoneInfo,
    *,
    approval_above: int,
    due_at: datetime | None = None,
) -> Announcement:
    """Send a draft now, or at `due_at`; above `approval_above` recipients it waits for somebody else's approval first.

    Whoever of staff says so is the one whom somebody else has to approve. Raises NotAllowed, InThePast, NobodyToTell,
    NeedsAnotherPerson where nobody else could approve it, TooLate for one that is no draft any more, Outdated for one
    that has changed since `version`.
    """
    require_staff(uow, by)
    draft = _as_shown(uow, announcement_id, version, AnnouncementState.DRAFT)
    if due_at is not None and due_at <= now:
        raise InThePast
    recipients = uow.announcements.reach(draft.audience, _day(now, zone)).recipients
    if recipients == 0 and due_at is None:
        raise NobodyToTell
    wanted = replace(draft, by=by, due_at=due_at)
    if recipients > approval_above:
        if not _others(uow, by):
            raise NeedsAnotherPerson
        return _ask_for_approval(uow, wanted, recipients, now)
    return _go(uow, wanted, by, now)


def approve_announcement(
    uow: UnitOfWork, by: PersonId, announcement_id: AnnouncementId, version: int, now: datetime
) -> Announcement:
    """Approve one that waits for it: it is sent now, or at its moment where that is to come.

    Raises NotAllowed, NeedsAnotherPerson for who wants it sent, TooLate where it waits no more, Outdated.
    """
    require_staff(uow, by)
    waiting = _as_shown(uow, announcement_id, version, AnnouncementState.TO_APPROVE)
    if waiting.by == by:
        raise NeedsAnotherPerson
    uow.audit.add(AuditLine(now, by, "approve_announcement", f"announcement:{announcement_id}"))
    approved = _go(uow, replace(waiting, approved_by=by), by, now)
    if approved.state is AnnouncementState.SCHEDULED:
        uow.announcements.show_progress(approved, now)
    return approved


def send_due_announcements(uow: UnitOfWork, now: datetime, zone: ZoneInfo, *, approval_above: int) -> bool:
    """Begin the first scheduled one whose moment has come; false where none is left.

    One whose audience has grown above `approval_above` meanwhile waits for approval first.
    """
    due = uow.announcements.due(now)
    if due is None:
        return False
    recipients = uow.announcements.reach(due.audience, _day(now, zone)).recipients
    if recipients > approval_above and due.approved_by is None:
        _ask_for_approval(uow, due, recipients, now)
    else:
        _begin(uow, due, now)
    return True


def try_announcement(uow: UnitOfWork, by: PersonId, announcement_id: AnnouncementId, now: datetime) -> None:
    """Send it to who asks alone, in the way that everybody will get it; raises NotAllowed or NotFound."""
    require_staff(uow, by)
    announcement = uow.announcements.get(announcement_id)
    if announcement.state is AnnouncementState.WITHDRAWN:
        raise NotFound
    uow.announcements.try_out(announcement, by, now)


def _as_shown(uow: UnitOfWork, announcement_id: AnnouncementId, version: int, state: AnnouncementState) -> Announcement:
    announcement = uow.announcements.get(announcement_id)
    if announcement.state is not state:
        raise TooLate
    if announcement.version != version:
        raise Outdated
    return announcement


def _go(uow: UnitOfWork, wanted: Announcement, by: PersonId, now: datetime) -> Announcement:
    if wanted.due_at is not None and wanted.due_at > now:
        details = {"due_at": wanted.due_at.isoformat()}
        uow.audit.add(AuditLine(now, by, "schedule_announcement", f"announcement:{wanted.id}", details))
        return uow.announcements.save(replace(wanted, state=AnnouncementState.SCHEDULED))
    return _begin(uow, wanted, now)


def _begin(uow: UnitOfWork, announcement: Announcement, now: datetime) -> Announcement:
    """Begin to send: its deliveries are put in once, in the transaction that says so."""
    sending = uow.announcements.save(replace(announcement, state=AnnouncementState.SENDING, began_at=now))
    deliveries = uow.announcements.deliver(sending, now)
    details = {"deliveries": deliveries}
    uow.audit.add(AuditLine(now, sending.by, "send_announcement", f"announcement:{sending.id}", details))
    uow.announcements.show_progress(sending, now)
    return sending


def _ask_for_approval(uow: UnitOfWork, wanted: Announcement, recipients: int, now: datetime) -> Announcement:
    submitted = replace(wanted, state=AnnouncementState.TO_APPROVE, approved_by=None, submitted_at=now)
    waiting = uow.announcements.save(submitted)
    details = {"recipients": recipients}
    uow.audit.add(AuditLine(now, waiting.by, "submit_announcement", f"announcement:{waiting.id}", details))
    notice = AnnouncementToApprove(waiting.id, waiting.version)
    others = _others(uow, waiting.by)
    uow.notices.tell(others, notice, f"announcement_to_approve:{waiting.id}:{waiting.version}", now)
    return waiting


def _others(uow: UnitOfWork, by: PersonId | None) -> Sequence[PersonId]:
    return [person.id for person in uow.people.staff() if person.id != by]


def _day(now: datetime, zone: ZoneInfo) -> date:
    return now.astimezone(zone).date()
