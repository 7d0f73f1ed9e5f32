from datetime import UTC, datetime

import pytest

from bot.public_holidays import public_holidays
from programme.commitment_levels import LevelRequest
from programme.notices import LevelRecalled
from programme.territory import OrganisationKind
from programme.usecases.ask_level import ask_level
from programme.usecases.decide_level import decide_level
from programme.usecases.recall_levels import recall_levels
from tests.programme.usecases.support_life import BREST
from tests.programme.usecases.town import PARIS, Town
from tests.storage.brest import person


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=PARIS).astimezone(UTC)


@pytest.fixture
def request_(town: Town) -> LevelRequest:
    """Yann asks on a Thursday."""
    enib = town.uow.organisations.add("ENIB", OrganisationKind.PUBLIC_BODY)
    yann = person(town.uow, "Yann", speaks_for=enib.id)
    return ask_level(town.uow, yann.id, "act", "", BREST, at(19))


def recalled(town: Town, now: datetime) -> int:
    before = len(town.told())
    assert recall_levels(town.uow, now, PARIS, public_holidays(BREST)) is False
    return len(town.told()) - before


def test_staff_are_reminded_after_three_whole_working_days_and_again_every_three(
    town: Town, request_: LevelRequest
) -> None:
    moments = [at(20), at(21), at(22), at(23), at(24), at(25, 7), at(25, 9), at(26), at(27), at(30)]
    assert [recalled(town, woken_at) for woken_at in moments] == [0, 0, 0, 0, 0, 0, 1, 0, 0, 1]
    assert town.told()[1:] == [("Anne", LevelRecalled(request_.id))] * 2


def test_what_is_decided_is_not_recalled(town: Town, request_: LevelRequest) -> None:
    decide_level(town.uow, town.staff.id, request_.id, BREST, at(20), confirmed=True)
    assert recalled(town, at(30)) == 0
