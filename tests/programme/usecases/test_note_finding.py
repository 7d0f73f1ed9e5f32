from datetime import date

import pytest

from programme.audit import AuditLine
from programme.errors import NotAllowed, NotFound, NotWellFormed, OutOfRange, Refusal
from programme.ids import FindingId
from programme.notices import SupportAsked, SupportChanged, SupportFound
from programme.support import COST_MOST, Finding, FindingKind, SupportState
from programme.usecases.close_support import close_support
from programme.usecases.note_finding import Found, change_finding, note_finding, remove_finding
from programme.usecases.take_support import take_support
from tests.programme.usecases.support_life import LATER, LATER_STILL, asked
from tests.programme.usecases.town import Town

ROOM = Found(FindingKind.ROOM, " Maison des  associations ", date(2026, 12, 8), 12_050)


def test_what_was_found_is_kept_told_to_who_asked_and_answers_the_request(town: Town) -> None:
    request = asked(town)
    noted = note_finding(town.uow, town.staff.id, request.id, ROOM, LATER)

    kept = Finding(
        noted.id, request.id, FindingKind.ROOM, "Maison des associations", ROOM.happens_on, 12_050, town.staff.id, LATER
    )
    assert town.uow.findings.of_request(request.id) == [kept]
    answered = town.uow.support.get(request.id)
    assert (answered.state, answered.taken_by, answered.waits_since) == (SupportState.ANSWERED, town.staff.id, None)
    assert town.told() == [("Anne", SupportAsked(request.id)), ("Maude", SupportFound(noted.id))]
    assert town.audited() == [
        AuditLine(
            LATER,
            town.staff.id,
            "note_finding",
            f"support_request:{request.id}",
            {"finding": noted.id, "kind": "room"},
        )
    ]


def test_what_is_found_after_the_end_is_kept_and_the_request_stays_closed(town: Town) -> None:
    request = asked(town)
    closed = close_support(town.uow, town.staff.id, request.id, request.version, LATER)
    note_finding(town.uow, town.staff.id, request.id, ROOM, LATER_STILL)

    assert town.uow.support.get(request.id) == closed


def test_a_change_is_kept_and_told_to_nobody(town: Town) -> None:
    request = asked(town)
    taken = take_support(town.uow, town.staff.id, request.id, request.version, LATER)
    noted = note_finding(town.uow, town.staff.id, taken.id, ROOM, LATER)
    told = town.told()
    changed = change_finding(town.uow, town.staff.id, noted.id, Found(FindingKind.OTHER, "Le parvis"), LATER_STILL)

    assert town.uow.findings.get(noted.id) == changed
    assert (changed.kind, changed.name, changed.happens_on, changed.cents) == (
        FindingKind.OTHER,
        "Le parvis",
        None,
        None,
    )
    assert (
        town.told() == told == [*told[:1], ("Maude", SupportChanged(request.id, 2)), ("Maude", SupportFound(noted.id))]
    )
    assert town.audited()[-1].deed == "change_finding"


def test_the_same_again_is_no_change(town: Town) -> None:
    noted = note_finding(town.uow, town.staff.id, asked(town).id, ROOM, LATER)
    lines = town.audited()

    assert change_finding(town.uow, town.staff.id, noted.id, ROOM, LATER_STILL) == noted
    assert town.audited() == lines


def test_what_is_removed_is_gone(town: Town) -> None:
    request = asked(town)
    noted = note_finding(town.uow, town.staff.id, request.id, ROOM, LATER)
    remove_finding(town.uow, town.staff.id, noted.id, LATER_STILL)

    assert town.uow.findings.of_request(request.id) == []
    assert town.audited()[-1].deed == "remove_finding"
    with pytest.raises(NotFound):
        remove_finding(town.uow, town.staff.id, noted.id, LATER_STILL)


@pytest.mark.parametrize(
    ("found", "refusal"),
    [
        (Found(FindingKind.ROOM, " "), NotWellFormed),
        (Found(FindingKind.ROOM, "a" * 201), NotWellFormed),
        (Found(FindingKind.ROOM, "Une salle", cents=-1), OutOfRange),
        (Found(FindingKind.ROOM, "Une salle", cents=COST_MOST + 1), OutOfRange),
    ],
)
def test_what_can_not_be_is_refused(town: Town, found: Found, refusal: type[Refusal]) -> None:
    request = asked(town)
    with pytest.raises(refusal):
        note_finding(town.uow, town.staff.id, request.id, found, LATER)


@pytest.mark.parametrize("role", ["member", "facilitator", "stranger"])
def test_only_the_team_notes_changes_and_removes(town: Town, role: str) -> None:
    request, by = asked(town), town.who(role).id
    noted = note_finding(town.uow, town.staff.id, request.id, ROOM, LATER)
    with pytest.raises(NotAllowed):
        note_finding(town.uow, by, request.id, ROOM, LATER)
    with pytest.raises(NotAllowed):
        change_finding(town.uow, by, noted.id, ROOM, LATER)
    with pytest.raises(NotAllowed):
        remove_finding(town.uow, by, noted.id, LATER)

    assert town.uow.findings.of_request(request.id) == [noted]


def test_what_is_nowhere_is_not_found(town: Town) -> None:
    with pytest.raises(NotFound):
        change_finding(town.uow, town.staff.id, FindingId(99), ROOM, LATER)
