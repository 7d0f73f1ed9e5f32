"""Close a support request: the project team has done what it could."""

from dataclasses import replace
from datetime import datetime

from programme.audit import AuditLine
from programme.errors import Outdated, TooLate
from programme.ids import PersonId, SupportRequestId
from programme.notices import SupportChanged
from programme.ports import UnitOfWork
from programme.support import SupportRequest, SupportState, anchor_of
from programme.usecases.rights import require_staff
from programme.usecases.support_sides import asking_side, keep_changed


def close_support(
    uow: UnitOfWork, by: PersonId, request_id: SupportRequestId, version: int, now: datetime
) -> SupportRequest:
    """Close a request and tell who asked.

    Raises NotAllowed for who is not staff, TooLate where it is closed already, Outdated where something was said or
    changed since `version`: nobody closes over a question they have not read.
    """
    require_staff(uow, by)
    request = uow.support.get(request_id)
    if request.state is SupportState.CLOSED:
        raise TooLate
    if request.version != version:
        raise Outdated
    rests = replace(request, state=SupportState.CLOSED, closed_at=now, waits_since=None, recalled_on=None)
    closed = keep_changed(uow, rests, now)
    uow.audit.add(AuditLine(now, by, "close_support", f"support_request:{request_id}", {}))
    told = [person_id for person_id in asking_side(uow, closed) if person_id != by]
    notice = SupportChanged(closed.id, closed.version)
    uow.notices.tell(told, notice, f"support_changed:{closed.id}:{closed.version}", now, anchor=anchor_of(closed.id))
    return closed
