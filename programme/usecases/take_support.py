"""Take a support request: somebody of the project team looks after it from now on."""

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


def take_support(
    uow: UnitOfWork, by: PersonId, request_id: SupportRequestId, version: int, now: datetime
) -> SupportRequest:
    """Make a request theirs, also a colleague's; who has it already changes nothing. They have time from now on.

    Raises NotAllowed for who is not staff, TooLate where it is closed, Outdated where it has changed since `version`.
    """
    require_staff(uow, by)
    request = uow.support.get(request_id)
    if request.state is SupportState.CLOSED:
        raise TooLate
    if request.taken_by == by:
        return request
    if request.version != version:
        raise Outdated
    state = SupportState.TAKEN if request.state is SupportState.RECEIVED else request.state
    waits_since = None if state is SupportState.ANSWERED else now
    theirs = replace(request, state=state, taken_by=by, waits_since=waits_since, recalled_on=None)
    taken = keep_changed(uow, theirs, now)
    details = {} if request.taken_by is None else {"instead_of": f"person:{request.taken_by}"}
    uow.audit.add(AuditLine(now, by, "take_support", f"support_request:{request_id}", details))
    told = [person_id for person_id in asking_side(uow, taken) if person_id != by]
    notice = SupportChanged(taken.id, taken.version)
    uow.notices.tell(told, notice, f"support_changed:{taken.id}:{taken.version}", now, anchor=anchor_of(taken.id))
    return taken
