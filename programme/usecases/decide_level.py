"""Decide on a level of commitment that an organisation asks for: confirmed, or refused with a word."""

from dataclasses import replace
from datetime import datetime

from programme.audit import AuditLine
from programme.commitment_levels import LevelRequest, LevelRequestState
from programme.errors import NotFound, TooLate
from programme.ids import LevelRequestId, PersonId
from programme.notices import LevelDecided
from programme.ports import UnitOfWork
from programme.territory import Territory
from programme.texts import checked_text
from programme.usecases.decide_proposal import WORD_MAX
from programme.usecases.rights import require_staff


def decide_level(
    uow: UnitOfWork,
    by: PersonId,
    request_id: LevelRequestId,
    territory: Territory,
    now: datetime,
    *,
    confirmed: bool,
    word: str = "",
) -> LevelRequest:
    """Confirm or refuse, and tell who asked; a confirmed level is the organisation's from now on.

    Raises NotAllowed, NotFound where the charter has dropped the level that is to be confirmed, NotWellFormed, or
    TooLate where a colleague decided before or the request was taken back.
    """
    require_staff(uow, by)
    request = uow.level_requests.get(request_id)
    if request.state is not LevelRequestState.ASKED:
        raise TooLate
    if confirmed and territory.commitment_level(request.level) is None:
        raise NotFound
    decided = replace(
        request,
        state=LevelRequestState.CONFIRMED if confirmed else LevelRequestState.REFUSED,
        decided_by=by,
        decided_at=now,
        word=checked_text(word, "word", WORD_MAX, may_be_empty=True),
    )
    uow.level_requests.save(decided)
    if confirmed:
        uow.organisations.put_level(request.organisation_id, request.level, request.objectives)
    details = {"to": request.level, "state": decided.state.value}
    uow.audit.add(AuditLine(now, by, "decide_level", f"organisation:{request.organisation_id}", details))
    if request.asked_by is not None:
        uow.notices.tell([request.asked_by], LevelDecided(request.id), f"level_decided:{request.id}", now)
    return decided
