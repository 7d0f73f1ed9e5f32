from dataclasses import replace
from datetime import timedelta

import pytest

from programme.commitment_levels import LevelRequest, LevelRequestState
from programme.errors import NotFound, Outdated
from programme.ids import LevelRequestId
from programme.organisations import Organisation
from programme.territory import OrganisationKind
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NOW, person


@pytest.fixture
def enib(uow: SqlUnitOfWork) -> Organisation:
    return uow.organisations.add("ENIB", OrganisationKind.PUBLIC_BODY)


def asked(of: Organisation, level: str = "act") -> LevelRequest:
    return LevelRequest(LevelRequestId(0), of.id, level, "10 % en 2027", None, NOW)


def test_a_request_and_what_is_decided_about_it_are_kept(uow: SqlUnitOfWork, enib: Organisation) -> None:
    lea, anne = person(uow, "Léa"), person(uow, "Anne")
    kept = uow.level_requests.add(replace(asked(enib), asked_by=lea.id))
    assert uow.level_requests.get(kept.id) == replace(asked(enib), id=kept.id, asked_by=lea.id) == kept

    decided = replace(
        kept, state=LevelRequestState.REFUSED, decided_by=anne.id, decided_at=NOW, word="Il manque une date."
    )
    uow.level_requests.save(decided)
    assert uow.level_requests.get(kept.id) == decided
    with pytest.raises(NotFound):
        uow.level_requests.get(LevelRequestId(99))


def test_one_of_each_organisation_waits_and_the_oldest_comes_first(uow: SqlUnitOfWork, enib: Organisation) -> None:
    ubo = uow.organisations.add("UBO", OrganisationKind.PUBLIC_BODY)
    first = uow.level_requests.add(asked(enib))
    older = uow.level_requests.add(replace(asked(ubo), asked_at=NOW - timedelta(days=1)))
    with pytest.raises(Outdated):
        uow.level_requests.add(asked(enib, "quantify"))
    assert uow.level_requests.waiting() == [older, first]

    uow.level_requests.save(replace(first, state=LevelRequestState.WITHDRAWN))
    second = uow.level_requests.add(asked(enib, "quantify"))
    assert (uow.level_requests.waiting_of(enib.id), uow.level_requests.waiting()) == (second, [older, second])
    uow.level_requests.save(replace(second, state=LevelRequestState.CONFIRMED))
    assert uow.level_requests.waiting_of(enib.id) is None


def test_an_organisation_keeps_its_level_with_its_objectives(uow: SqlUnitOfWork, enib: Organisation) -> None:
    assert (enib.level, enib.objectives) == (None, "")
    uow.organisations.put_level(enib.id, "quantify", "10 % en 2027")
    found = replace(enib, level="quantify", objectives="10 % en 2027")
    assert uow.organisations.by_name("enib") == found == uow.organisations.find("enib", 1)[0]
