import pytest

from programme.audit import AuditLine
from programme.coalitions import CoalitionState
from programme.errors import NotAllowed, NotFound, NotWellFormed, TooLate
from programme.forums import PITCH_TITLE_MAX, Pitch
from programme.ids import ForumId
from programme.usecases.offer_pitch import offer_pitch
from tests.programme.usecases.gathering import STARTS_AT, Gathering, gather
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW, coalition


@pytest.fixture
def gathering(town: Town) -> Gathering:
    return gather(town)


@pytest.mark.parametrize("role", ["facilitator", "staff"])
def test_who_facilitates_a_coalition_offers_its_pitch(gathering: Gathering, role: str) -> None:
    town, by = gathering.town, gathering.town.who(role).id

    pitch = offer_pitch(town.uow, by, gathering.forum.id, town.toits.id, "  Cent toits\nen un an ", NOW)

    assert pitch == Pitch(pitch.id, gathering.forum.id, town.toits.id, "Cent toits en un an")
    assert town.uow.forums.pitches(gathering.forum.id) == [pitch]
    assert town.audited()[1:] == [AuditLine(NOW, by, "offer_pitch", f"forum:{gathering.forum.id}", {"pitch": pitch.id})]


@pytest.mark.parametrize("role", ["member", "stranger"])
def test_nobody_else_offers_one_not_even_who_facilitates_another_coalition(gathering: Gathering, role: str) -> None:
    town = gathering.town

    with pytest.raises(NotAllowed):
        offer_pitch(town.uow, town.who(role).id, gathering.forum.id, town.toits.id, "Cent toits", NOW)

    assert town.uow.forums.pitches(gathering.forum.id) == []


def test_the_project_team_offers_its_own(gathering: Gathering) -> None:
    town = gathering.town

    assert offer_pitch(town.uow, town.staff.id, gathering.forum.id, None, "Bilan", NOW).coalition_id is None
    with pytest.raises(NotAllowed):
        offer_pitch(town.uow, town.facilitator.id, gathering.forum.id, None, "Bilan", NOW)


def test_a_coalition_that_is_not_active_and_a_forum_that_is_not_there_have_none(gathering: Gathering) -> None:
    town = gathering.town
    proposed = coalition(town.uow, "Une idée", state=CoalitionState.PROPOSED)

    with pytest.raises(NotFound):
        offer_pitch(town.uow, town.staff.id, gathering.forum.id, proposed.id, "Une idée", NOW)
    with pytest.raises(NotFound):
        offer_pitch(town.uow, town.staff.id, ForumId(404), town.toits.id, "Cent toits", NOW)


def test_the_programme_is_closed_once_the_forum_has_begun(gathering: Gathering) -> None:
    town = gathering.town

    with pytest.raises(TooLate):
        offer_pitch(town.uow, town.facilitator.id, gathering.forum.id, town.toits.id, "Cent toits", STARTS_AT)


@pytest.mark.parametrize("title", ["", " \n", "x" * (PITCH_TITLE_MAX + 1)])
def test_a_pitch_has_a_title(gathering: Gathering, title: str) -> None:
    town = gathering.town

    with pytest.raises(NotWellFormed) as refused:
        offer_pitch(town.uow, town.facilitator.id, gathering.forum.id, town.toits.id, title, NOW)

    assert (refused.value.field, refused.value.longest) == ("title", PITCH_TITLE_MAX)
