"""Report on an announcement: who asks is sent its counts and a list with names, which is an export like others."""

from datetime import datetime

from programme.audit import AuditLine
from programme.errors import NotFound
from programme.ids import AnnouncementId, PersonId
from programme.notices import AnnouncementReport
from programme.ports import UnitOfWork
from programme.usecases.rights import require_staff


def report_announcement(uow: UnitOfWork, by: PersonId, announcement_id: AnnouncementId, now: datetime) -> None:
    """Have the report sent, drawn at its sending; raises NotAllowed, or NotFound where nothing was sent yet."""
    require_staff(uow, by)
    if uow.announcements.get(announcement_id).began_at is None:
        raise NotFound
    uow.audit.add(AuditLine(now, by, "document_exported", f"announcement:{announcement_id}"))
    key = f"announcement_report:{announcement_id}:{now.isoformat()}"
    uow.notices.tell([by], AnnouncementReport(announcement_id), key, now)
