"""Answer a support request for the project team."""

from dataclasses import replace
from datetime import datetime

from programme.audit import AuditLine
from programme.ids import PersonId, SupportMessageId, SupportRequestId
from programme.ports import UnitOfWork
from programme.support import SUPPORT_TEXT_MAX, SupportMessage, SupportState
from programme.texts import checked_text
from programme.usecases.rights import require_staff
from programme.usecases.support_sides import keep_changed, pass_on


def answer_support(
    uow: UnitOfWork, by: PersonId, request_id: SupportRequestId, text: str, now: datetime
) -> SupportMessage:
    """Keep an answer and pass it on; a request that nobody had taken is theirs from now on.

    While the request is closed the answer is kept, and passed on when it is reopened. Raises NotAllowed for who is not
    staff, NotWellFormed for a text that is too long.
    """
    require_staff(uow, by)
    request = uow.support.get(request_id)
    said = checked_text(text, "text", SUPPORT_TEXT_MAX)
    message = uow.support.add_message(SupportMessage(SupportMessageId(0), request.id, by, True, said, now))
    if request.state is SupportState.CLOSED:
        return message
    taken_by = by if request.taken_by is None else request.taken_by
    answered = keep_changed(uow, replace(request, state=SupportState.ANSWERED, taken_by=taken_by), now)
    uow.audit.add(AuditLine(now, by, "answer_support", f"support_request:{request_id}", {"message": message.id}))
    pass_on(uow, answered, message, now)
    return message
