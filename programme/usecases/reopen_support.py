"""Reopen a closed support request with what was said since."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from programme.audit import AuditLine
from programme.errors import TooLate
from programme.ids import PersonId, SupportMessageId, SupportRequestId
from programme.ports import UnitOfWork
from programme.support import SupportMessage, SupportState
from programme.usecases.follow_up_support import awaiting
from programme.usecases.support_sides import in_the_hands_of, keep_changed, pass_on, speaks_for_team


def reopen_support(
    uow: UnitOfWork,
    by: PersonId,
    request_id: SupportRequestId,
    since: SupportMessageId,
    now: datetime,
    *,
    in_group: bool,
) -> Sequence[SupportMessage]:
    """Open a request again, and pass on what was said while it was closed, from `since` on at the latest.

    Either side may, as it may speak; gives what was passed on. Raises NotAllowed, and TooLate where it is open.
    """
    request = uow.support.get(request_id)
    speaks_for_team(uow, by, request, in_group=in_group)
    if request.state is not SupportState.CLOSED or request.closed_at is None:
        raise TooLate
    held_back = [
        message
        for message in uow.support.messages(request_id)
        if message.id >= since or message.said_at > request.closed_at
    ]
    opened = awaiting(replace(request, taken_by=in_the_hands_of(uow, request), closed_at=None), now)
    if held_back and held_back[-1].from_staff:
        last_word = held_back[-1].by
        answered = replace(opened, state=SupportState.ANSWERED, waits_since=None, recalled_on=None)
        opened = replace(answered, taken_by=opened.taken_by or last_word)
    kept = keep_changed(uow, opened, now)
    uow.audit.add(AuditLine(now, by, "reopen_support", f"support_request:{request_id}", {}))
    for message in held_back:
        pass_on(uow, kept, message, now)
    return held_back
