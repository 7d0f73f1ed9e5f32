from dataclasses import replace

import pytest
from sqlalchemy import Connection

from programme.commitment_levels import LevelRequest, LevelRequestState
from programme.errors import NotAllowed, NotFound, NotWellFormed, TooLate
from programme.notices import LevelDecided
from programme.territory import OrganisationKind
from programme.usecases.ask_level import ask_level, take_back_level
from programme.usecases.decide_level import decide_level
from programme.usecases.erase_person import erase_person
from tests.programme.usecases.support_life import BREST
from tests.programme.usecases.town import PARIS, Town, found
from tests.storage.brest import NOW, person

OBJECTIVES = "20 % d’énergie en moins en 2028"


@pytest.fixture
def town(connection: Connection) -> Town:
    return found(connection)


@pytest.fixture
def request_(town: Town) -> LevelRequest:
    """Yann asks for the highest level for the ENIB."""
    enib = town.uow.organisations.add("ENIB", OrganisationKind.PUBLIC_BODY)
    yann = person(town.uow, "Yann", speaks_for=enib.id)
    return ask_level(town.uow, yann.id, "quantify", OBJECTIVES, BREST, NOW)


def test_a_confirmed_level_is_the_organisations_and_who_asked_is_told(town: Town, request_: LevelRequest) -> None:
    decided = decide_level(town.uow, town.staff.id, request_.id, BREST, NOW, confirmed=True)

    assert (decided.state, decided.decided_by, decided.decided_at) == (LevelRequestState.CONFIRMED, town.staff.id, NOW)
    enib = town.uow.organisations.get(request_.organisation_id)
    assert (enib.level, enib.objectives) == ("quantify", OBJECTIVES)
    assert town.told()[1:] == [("Yann", LevelDecided(request_.id))]
    assert town.audited()[-1].details == {"to": "quantify", "state": "confirmed"}
    assert town.uow.level_requests.waiting() == []


def test_a_refusal_changes_nothing_and_keeps_its_word(town: Town, request_: LevelRequest) -> None:
    decided = decide_level(
        town.uow, town.staff.id, request_.id, BREST, NOW, confirmed=False, word="Il manque une date."
    )
    assert (decided.state, decided.word) == (LevelRequestState.REFUSED, "Il manque une date.")
    assert town.uow.organisations.get(request_.organisation_id).level is None
    assert town.told()[1:] == [("Yann", LevelDecided(request_.id))]


def test_what_is_decided_or_taken_back_is_over(town: Town, request_: LevelRequest) -> None:
    assert request_.asked_by is not None
    take_back_level(town.uow, request_.asked_by, request_.id, NOW)
    with pytest.raises(TooLate):
        decide_level(town.uow, town.staff.id, request_.id, BREST, NOW, confirmed=True)
    assert town.uow.organisations.get(request_.organisation_id).level is None


def test_a_level_that_the_charter_has_dropped_can_only_be_refused(town: Town, request_: LevelRequest) -> None:
    without = replace(BREST, commitment_levels=BREST.commitment_levels[:2])
    with pytest.raises(NotFound):
        decide_level(town.uow, town.staff.id, request_.id, without, NOW, confirmed=True)
    refused = decide_level(town.uow, town.staff.id, request_.id, without, NOW, confirmed=False)
    assert refused.state is LevelRequestState.REFUSED


def test_staff_alone_decide_with_a_short_word(town: Town, request_: LevelRequest) -> None:
    for who in (town.member, town.facilitator, town.stranger):
        with pytest.raises(NotAllowed):
            decide_level(town.uow, who.id, request_.id, BREST, NOW, confirmed=True)
    with pytest.raises(NotWellFormed):
        decide_level(town.uow, town.staff.id, request_.id, BREST, NOW, confirmed=False, word="x" * 501)
    assert town.uow.level_requests.get(request_.id) == request_


def test_the_level_stays_when_who_asked_is_erased(town: Town, request_: LevelRequest) -> None:
    decide_level(town.uow, town.staff.id, request_.id, BREST, NOW, confirmed=True)
    assert request_.asked_by is not None
    erase_person(town.uow, request_.asked_by, NOW, PARIS)

    assert town.uow.level_requests.get(request_.id).asked_by is None
    assert town.uow.organisations.get(request_.organisation_id).level == "quantify"


def test_who_is_erased_while_it_waits_takes_it_along_where_nobody_else_names_the_organisation(
    town: Town, request_: LevelRequest
) -> None:
    assert request_.asked_by is not None
    erase_person(town.uow, request_.asked_by, NOW, PARIS)
    assert town.uow.level_requests.waiting() == []


def test_it_is_decided_all_the_same_where_who_asked_is_erased(town: Town, request_: LevelRequest) -> None:
    person(town.uow, "Zoé", speaks_for=request_.organisation_id)
    assert request_.asked_by is not None
    erase_person(town.uow, request_.asked_by, NOW, PARIS)
    before = town.told()

    assert town.uow.level_requests.waiting() == [replace(request_, asked_by=None)]
    decide_level(town.uow, town.staff.id, request_.id, BREST, NOW, confirmed=True)
    assert (town.uow.organisations.get(request_.organisation_id).level, town.told()) == ("quantify", before)
