"""Answer a support request for the project team."""

from dataclasses import replace
from datetime import datetime

from programme.audit import AuditLine
from programme.ids import PersonId, SupportMessageId, SupportRequestId
from programme.ports import UnitOfWork
from programme.support import SentFile, SupportMessage, SupportRequest, SupportState
from programme.usecases.rights import require_staff
from programme.usecases.support_sides import checked_words, keep_changed, pass_on


def answer_support(
    uow: UnitOfWork,
    by: PersonId,
    request_id: SupportRequestId,
    text: str,
    now: datetime,
    *,
    file: SentFile | None = None,
) -> SupportMessage:
    """Keep an answer and pass it on; a request that nobody had taken is theirs from now on.

    While the request is closed the answer is kept, and passed on when it is reopened. Raises NotAllowed for who is not
    staff, NotWellFormed for a text that is too long, or empty without a `file`.
    """
    require_staff(uow, by)
    request = uow.support.get(request_id)
    said = checked_words(text, file)
    message = uow.support.add_message(SupportMessage(SupportMessageId(0), request.id, by, True, said, now, file))
    if request.state is SupportState.CLOSED:
        return message
    answered = keep_changed(uow, as_answered(request, by), now)
    uow.audit.add(AuditLine(now, by, "answer_support", f"support_request:{request_id}", {"message": message.id}))
    pass_on(uow, answered, message, now)
    return message


def as_answered(request: SupportRequest, by: PersonId) -> SupportRequest:
    """Give the request as one that waits no more: who answers what nobody had taken has it from now on."""
    taken_by = by if request.taken_by is None else request.taken_by
    return replace(request, state=SupportState.ANSWERED, taken_by=taken_by, waits_since=None, recalled_on=None)
