"""Write an announcement: what it says and to whom, as a draft that nobody else gets."""

from dataclasses import replace
from datetime import datetime

from programme.announcements import (
    ANNOUNCEMENT_CAPTION_MAX,
    ANNOUNCEMENT_TEXT_MAX,
    BY_NUMBER,
    Announcement,
    AnnouncementState,
    AudienceKind,
    Content,
    Part,
)
from programme.audit import AuditLine
from programme.errors import NotFound, NotWellFormed, TooLate
from programme.ids import AnnouncementId, CoalitionId, ForumId, PersonId
from programme.ports import UnitOfWork
from programme.territory import OrganisationKind, ScopeKind
from programme.usecases.rights import require_staff

CHANGEABLE = frozenset({AnnouncementState.DRAFT, AnnouncementState.TO_APPROVE, AnnouncementState.SCHEDULED})


def write_announcement(
    uow: UnitOfWork, by: PersonId, content: Content, audience: tuple[Part, ...], now: datetime, *, urgent: bool = False
) -> Announcement:
    """Keep a draft; raises NotAllowed for who is not staff, NotWellFormed or NotFound."""
    require_staff(uow, by)
    check_content(content)
    _check_audience(uow, audience)
    draft = Announcement(
        id=AnnouncementId(0),
        content=content,
        audience=tuple(dict.fromkeys(audience)),
        urgent=urgent,
        state=AnnouncementState.DRAFT,
        by=by,
        made_at=now,
    )
    kept = uow.announcements.add(draft)
    uow.audit.add(AuditLine(now, by, "write_announcement", f"announcement:{kept.id}"))
    return kept


def rewrite_announcement(
    uow: UnitOfWork, by: PersonId, announcement_id: AnnouncementId, content: Content, now: datetime
) -> Announcement:
    """Put another content into a draft; raises NotAllowed, NotWellFormed, or TooLate where it is no draft any more."""
    require_staff(uow, by)
    announcement = uow.announcements.get(announcement_id)
    if announcement.state is not AnnouncementState.DRAFT:
        raise TooLate
    check_content(content)
    uow.audit.add(AuditLine(now, by, "rewrite_announcement", f"announcement:{announcement_id}"))
    return uow.announcements.save(replace(announcement, content=content))


def readdress_announcement(
    uow: UnitOfWork,
    by: PersonId,
    announcement_id: AnnouncementId,
    audience: tuple[Part, ...],
    now: datetime,
    *,
    urgent: bool,
) -> Announcement:
    """Give a draft another audience; raises NotAllowed, NotFound, or TooLate where it is no draft any more."""
    require_staff(uow, by)
    announcement = uow.announcements.get(announcement_id)
    if announcement.state is not AnnouncementState.DRAFT:
        raise TooLate
    _check_audience(uow, audience)
    uow.audit.add(AuditLine(now, by, "readdress_announcement", f"announcement:{announcement_id}"))
    return uow.announcements.save(replace(announcement, audience=tuple(dict.fromkeys(audience)), urgent=urgent))


def reconsider(
    uow: UnitOfWork, by: PersonId, announcement_id: AnnouncementId, version: int, now: datetime
) -> Announcement:
    """Take one that is scheduled or waits for approval back to a draft, which its sender sees.

    Raises NotAllowed, TooLate or Outdated.
    """
    require_staff(uow, by)
    announcement = uow.announcements.get(announcement_id)
    if announcement.state not in CHANGEABLE:
        raise TooLate
    draft = replace(announcement, state=AnnouncementState.DRAFT, approved_by=None, due_at=None, version=version)
    uow.audit.add(AuditLine(now, by, "reconsider_announcement", f"announcement:{announcement_id}"))
    kept = uow.announcements.save(draft)
    if announcement.by != by:
        uow.announcements.show_progress(kept, now)
    return kept


def check_content(content: Content) -> None:
    """Raise NotWellFormed for a text or a caption that Telegram would refuse."""
    longest = ANNOUNCEMENT_CAPTION_MAX if content.kind else ANNOUNCEMENT_TEXT_MAX
    if len(content.text) > longest or not (content.text.strip() or content.kind):
        raise NotWellFormed("text", longest)


def _check_audience(uow: UnitOfWork, audience: tuple[Part, ...]) -> None:
    if not audience:
        raise NotFound
    for part in audience:
        if part.kind in BY_NUMBER and not (part.subject.isascii() and part.subject.isdecimal()):
            raise NotFound
        match part.kind:
            case AudienceKind.COALITION | AudienceKind.GROUP:
                uow.coalitions.get(CoalitionId(part.number))
            case AudienceKind.REGISTRANTS | AudienceKind.WAITING_LIST:
                uow.forums.get(ForumId(part.number))
            case AudienceKind.SCOPE if part.subject not in set(ScopeKind):
                raise NotFound
            case AudienceKind.ORGANISATION_KIND if part.subject not in set(OrganisationKind):
                raise NotFound
            case _:
                pass
