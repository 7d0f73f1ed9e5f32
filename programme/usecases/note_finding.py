"""Note what was found for a support request: a room that is booked, a speaker who comes; changed and removed later."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from programme.audit import AuditLine
from programme.errors import NotFound, OutOfRange
from programme.groups import CardKind, GroupCard
from programme.ids import FindingId, PersonId, SupportRequestId
from programme.notices import SupportFound
from programme.ports import UnitOfWork
from programme.support import COST_MOST, FINDING_MAX, Finding, FindingKind, SupportRequest, SupportState, anchor_of
from programme.texts import checked_line
from programme.usecases.answer_support import as_answered
from programme.usecases.rights import require_staff
from programme.usecases.support_sides import asking_side, keep_changed


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: its kind, its name or place, its day, and what it costs in cents, each None where not known."""

    kind: FindingKind
    name: str
    happens_on: date | None = None
    cents: int | None = None


def note_finding(uow: UnitOfWork, by: PersonId, request_id: SupportRequestId, found: Found, now: datetime) -> Finding:
    """Keep what was found and tell who asked, once; a request that waited is answered by it.

    Raises NotAllowed for who is not staff, NotWellFormed, OutOfRange.
    """
    require_staff(uow, by)
    request = uow.support.get(request_id)
    noted = Finding(FindingId(0), request.id, found.kind, "", None, None, by, now)
    kept = uow.findings.add(_with(noted, found))
    _show(uow, _answered(request, by), request, now)
    _audit(uow, by, "note_finding", kept, now)
    told = [person_id for person_id in asking_side(uow, request) if person_id != by]
    uow.notices.tell(told, SupportFound(kept.id), f"support_found:{kept.id}", now, anchor=anchor_of(request.id))
    return kept


def change_finding(uow: UnitOfWork, by: PersonId, finding_id: FindingId, found: Found, now: datetime) -> Finding:
    """Keep it as it is now; the card shows it, and nobody is told. Raises NotAllowed, NotFound, NotWellFormed."""
    before = noted_finding(uow, by, finding_id)
    after = _with(before, found)
    if after == before:
        return before
    uow.findings.save(after)
    uow.group_cards.refresh(GroupCard(CardKind.SUPPORT, after.request_id), now)
    _audit(uow, by, "change_finding", after, now)
    return after


def remove_finding(uow: UnitOfWork, by: PersonId, finding_id: FindingId, now: datetime) -> None:
    """Forget what was noted by mistake or came to nothing; raises NotAllowed or NotFound."""
    finding = noted_finding(uow, by, finding_id)
    uow.findings.drop(finding_id)
    uow.group_cards.refresh(GroupCard(CardKind.SUPPORT, finding.request_id), now)
    _audit(uow, by, "remove_finding", finding, now)


def noted_finding(uow: UnitOfWork, by: PersonId, finding_id: FindingId) -> Finding:
    """Give what was noted to who may change it: staff; raises NotAllowed or NotFound."""
    require_staff(uow, by)
    return uow.findings.get(finding_id)


def _with(finding: Finding, found: Found) -> Finding:
    if found.cents is not None and not 0 <= found.cents <= COST_MOST:
        raise OutOfRange("cents", 0, COST_MOST)
    if found.kind not in FindingKind:
        raise NotFound
    name = checked_line(found.name, "name", FINDING_MAX)
    return replace(finding, kind=found.kind, name=name, happens_on=found.happens_on, cents=found.cents)


def _answered(request: SupportRequest, by: PersonId) -> SupportRequest:
    """Give the request as its asker sees it who is told of what was found; a closed one stays closed."""
    if request.state in {SupportState.CLOSED, SupportState.ANSWERED}:
        return request
    return as_answered(request, by)


def _show(uow: UnitOfWork, after: SupportRequest, before: SupportRequest, now: datetime) -> None:
    if after == before:
        uow.group_cards.refresh(GroupCard(CardKind.SUPPORT, after.id), now)
    else:
        keep_changed(uow, after, now)


def _audit(uow: UnitOfWork, by: PersonId, deed: str, finding: Finding, now: datetime) -> None:
    details = {"finding": finding.id, "kind": finding.kind.value}
    uow.audit.add(AuditLine(now, by, deed, f"support_request:{finding.request_id}", details))
