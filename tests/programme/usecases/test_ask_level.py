from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from programme.commitment_levels import LevelRequest, LevelRequestState
from programme.errors import NotAllowed, NotFound, NotWellFormed, Outdated, TooLate
from programme.notices import LevelAsked, LevelLowered
from programme.people import Person
from programme.territory import OrganisationKind
from programme.usecases.ask_level import ask_level, lower_level, take_back_level
from tests.programme.usecases.support_life import BREST
from tests.programme.usecases.town import Town, found
from tests.storage.brest import NOW, person

OBJECTIVES = "20 % d’énergie en moins en 2028"


@pytest.fixture
def town(connection: Connection) -> Town:
    """The town, in which Léa speaks for the ENIB."""
    there = found(connection)
    enib = there.uow.organisations.add("ENIB", OrganisationKind.PUBLIC_BODY)
    lea = replace(there.member, organisation_id=enib.id)
    there.uow.people.save(lea)
    return replace(there, member=lea)


def asks(town: Town, level: str = "act", objectives: str = "", who: Person | None = None) -> LevelRequest:
    return ask_level(town.uow, (who or town.member).id, level, objectives, BREST, NOW)


def has(town: Town, level: str | None, objectives: str = "") -> None:
    assert town.member.organisation_id is not None
    town.uow.organisations.put_level(town.member.organisation_id, level, objectives)


def level_of(town: Town) -> tuple[str | None, str]:
    assert town.member.organisation_id is not None
    organisation = town.uow.organisations.get(town.member.organisation_id)
    return organisation.level, organisation.objectives


def test_staff_are_told_and_nothing_changes_until_they_decide(town: Town) -> None:
    request = asks(town)

    assert town.uow.level_requests.waiting() == [request]
    assert (request.level, request.objectives, request.asked_by) == ("act", "", town.member.id)
    assert town.told() == [("Anne", LevelAsked(request.id))]
    assert level_of(town) == (None, "")
    assert [(line.by, line.deed, line.details) for line in town.audited()] == [
        (town.member.id, "ask_level", {"before": "", "to": "act"})
    ]


def test_a_level_that_needs_objectives_is_asked_for_with_them(town: Town) -> None:
    with pytest.raises(NotWellFormed):
        asks(town, "quantify")
    assert asks(town, "quantify", f" {OBJECTIVES} ").objectives == OBJECTIVES


def test_another_level_keeps_no_words_that_it_does_not_need(town: Town) -> None:
    assert asks(town, "adhere", OBJECTIVES).objectives == ""


def test_other_objectives_of_the_same_level_are_asked_for_too(town: Town) -> None:
    has(town, "quantify", "10 % en 2027")
    assert asks(town, "quantify", OBJECTIVES).objectives == OBJECTIVES
    assert level_of(town) == ("quantify", "10 % en 2027")


def test_one_request_at_a_time_whoever_asks_for_the_organisation(town: Town) -> None:
    first = asks(town, "adhere")
    yann = person(town.uow, "Yann", speaks_for=town.member.organisation_id)
    with pytest.raises(Outdated):
        asks(town, "act", who=yann)

    assert take_back_level(town.uow, yann.id, first.id, NOW).state is LevelRequestState.WITHDRAWN
    with pytest.raises(TooLate):
        take_back_level(town.uow, yann.id, first.id, NOW)
    second = asks(town, "act", who=yann)
    assert town.uow.level_requests.waiting() == [second]


@pytest.mark.parametrize("level", ["adhere", "act"])
def test_a_level_that_one_has_or_is_above_is_not_asked_for(town: Town, level: str) -> None:
    has(town, "act")
    with pytest.raises(TooLate):
        asks(town, level)


@pytest.mark.parametrize("level", ["", "gold"])
def test_only_levels_of_the_charter_are_asked_for(town: Town, level: str) -> None:
    with pytest.raises(NotFound):
        asks(town, level)


def test_who_speaks_for_no_organisation_or_another_one_may_not(town: Town) -> None:
    request = asks(town)
    other = town.uow.organisations.add("UBO", OrganisationKind.PUBLIC_BODY)
    stranger = person(town.uow, "Yann", speaks_for=other.id)
    for deed in (
        lambda: asks(town, who=town.facilitator),
        lambda: lower_level(town.uow, town.facilitator.id, None, BREST, NOW),
        lambda: take_back_level(town.uow, town.facilitator.id, request.id, NOW),
        lambda: take_back_level(town.uow, stranger.id, request.id, NOW),
    ):
        with pytest.raises(NotAllowed):
            deed()
    assert town.uow.level_requests.get(request.id) == request


def test_going_down_is_done_at_once_takes_back_what_waits_and_tells_staff(town: Town) -> None:
    has(town, "quantify", OBJECTIVES)
    request = asks(town, "quantify", "30 % en 2030")
    lower_level(town.uow, town.member.id, "adhere", BREST, NOW)

    assert level_of(town) == ("adhere", "")
    assert town.uow.level_requests.get(request.id).state is LevelRequestState.WITHDRAWN
    assert town.member.organisation_id is not None
    assert town.told()[1:] == [("Anne", LevelLowered(town.member.organisation_id, "adhere"))]
    assert [(line.deed, line.details) for line in town.audited()][1:] == [
        ("take_back_level", {"before": "quantify", "to": "quantify"}),
        ("lower_level", {"before": "quantify", "to": "adhere"}),
    ]


def test_the_charter_is_left_and_joined_again(town: Town) -> None:
    has(town, "act")
    lower_level(town.uow, town.member.id, None, BREST, NOW)
    assert level_of(town) == (None, "")
    with pytest.raises(Outdated):
        lower_level(town.uow, town.member.id, None, BREST, NOW + timedelta(hours=1))
    assert asks(town, "adhere").level == "adhere"


@pytest.mark.parametrize("level", ["act", "quantify"])
def test_nobody_goes_up_by_going_down(town: Town, level: str) -> None:
    has(town, "act")
    with pytest.raises(Outdated):
        lower_level(town.uow, town.member.id, level, BREST, NOW)
    assert level_of(town) == ("act", "")
