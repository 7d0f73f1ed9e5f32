from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from programme.errors import NotFound
from programme.ids import FindingId
from programme.support import Finding, FindingKind, FoundTotal, SupportRequest
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NOW, coalition, person
from tests.storage.help_asked import help_asked

YEAR = 2026
BEGINS, ENDS = datetime(2025, 12, 31, 23, tzinfo=UTC), datetime(2026, 12, 31, 23, tzinfo=UTC)


def asked(uow: SqlUnitOfWork) -> SupportRequest:
    return help_asked(uow, coalition(uow, "Toits"), by=person(uow, "Léa"))


def found(
    request: SupportRequest,
    kind: FindingKind = FindingKind.ROOM,
    *,
    on: date | None = None,
    cents: int | None = None,
    at: datetime = NOW,
) -> Finding:
    return Finding(FindingId(0), request.id, kind, "Les Capucins", on, cents, request.asked_by, at)


def test_what_was_found_is_kept_changed_and_dropped(uow: SqlUnitOfWork) -> None:
    request = asked(uow)
    first = uow.findings.add(found(request, on=date(2026, 12, 8), cents=12_050))
    second = uow.findings.add(found(request, FindingKind.SPEAKER))
    assert uow.findings.of_request(request.id) == [first, second]

    changed = replace(first, kind=FindingKind.OTHER, name="Le parvis", happens_on=None, cents=0)
    uow.findings.save(changed)
    assert uow.findings.get(first.id) == changed

    uow.findings.drop(first.id)
    assert uow.findings.of_request(request.id) == [second]
    with pytest.raises(NotFound):
        uow.findings.get(first.id)


def test_a_year_counts_what_takes_place_in_it_or_was_noted_in_it_without_a_day(uow: SqlUnitOfWork) -> None:
    request = asked(uow)
    for one in (
        found(request, on=date(2026, 1, 1), cents=5_000),
        found(request, on=date(2026, 12, 31), cents=2_550),
        found(request, on=date(2027, 1, 1), cents=99_900),
        found(request, on=date(2025, 12, 31), cents=99_900),
        found(request, at=BEGINS),
        found(request, at=ENDS, cents=99_900),
        found(request, FindingKind.OTHER),
    ):
        uow.findings.add(one)

    assert uow.findings.totals(date(YEAR, 1, 1), date(YEAR, 12, 31), BEGINS, ENDS) == [
        FoundTotal(FindingKind.ROOM, 3, 7_550),
        FoundTotal(FindingKind.OTHER, 1, 0),
    ]
