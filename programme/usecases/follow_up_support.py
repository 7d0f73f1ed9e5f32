"""Follow up a support request for the coalition: what its members add, ask or answer."""

from dataclasses import replace
from datetime import datetime

from programme.errors import NotAllowed
from programme.ids import PersonId, SupportMessageId, SupportRequestId
from programme.ports import UnitOfWork
from programme.support import SentFile, SupportMessage, SupportRequest, SupportState
from programme.usecases.support_sides import checked_words, keep_changed, pass_on, speaks_for_team


def follow_up_support(
    uow: UnitOfWork,
    by: PersonId,
    request_id: SupportRequestId,
    text: str,
    now: datetime,
    *,
    in_group: bool,
    file: SentFile | None = None,
) -> SupportMessage:
    """Keep what the coalition says and pass it on to the project team, whose turn it is again.

    In the group any member speaks, in private who asked, or facilitates. While the request is closed the text is kept,
    and passed on when it is reopened. Raises NotAllowed, NotWellFormed.
    """
    request = uow.support.get(request_id)
    if speaks_for_team(uow, by, request, in_group=in_group):
        raise NotAllowed
    said = checked_words(text, file)
    message = uow.support.add_message(SupportMessage(SupportMessageId(0), request.id, by, False, said, now, file))
    if request.state is SupportState.CLOSED:
        return message
    followed = keep_changed(uow, awaiting(request, now), now)
    pass_on(uow, followed, message, now)
    return message


def awaiting(request: SupportRequest, now: datetime) -> SupportRequest:
    """Give the request as one that waits for the project team: taken where somebody has it, else received.

    One that waited already has done so since then.
    """
    state = SupportState.RECEIVED if request.taken_by is None else SupportState.TAKEN
    return replace(request, state=state, waits_since=request.waits_since or now)
