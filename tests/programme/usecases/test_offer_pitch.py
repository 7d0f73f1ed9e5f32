import pytest

from programme.audit import AuditLine
from programme.coalitions import CoalitionState
from programme.errors import NotAllowed, NotFound, NotWellFormed, OutOfRange, PitchFull, TooLate
from programme.forums import PITCH_TITLE_MAX, PLACES_MOST, Pitch
from programme.ids import ForumId
from programme.usecases.offer_pitch import change_pitch, offer_pitch
from programme.usecases.places import pitch_seats_left
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


def with_seats(gathering: Gathering, seats: int | None) -> Pitch:
    town = gathering.town
    return offer_pitch(town.uow, town.facilitator.id, gathering.forum.id, town.toits.id, "Cent toits", NOW, seats)


@pytest.mark.parametrize("seats", [0, PLACES_MOST + 1])
def test_a_pitch_has_a_number_of_seats_that_can_be(gathering: Gathering, seats: int) -> None:
    with pytest.raises(OutOfRange) as refused:
        with_seats(gathering, seats)

    assert (refused.value.field, refused.value.least, refused.value.most) == ("seats", 1, PLACES_MOST)


def test_a_full_pitch_is_refused_by_its_title_and_who_waits_counts(gathering: Gathering) -> None:
    pitch, town = with_seats(gathering, 3), gathering.town
    gathering.asks("Léa", seats=2, pitches=(pitch.id,))

    with pytest.raises(PitchFull) as refused:
        gathering.asks("Sam", seats=2, pitches=(pitch.id,))
    assert refused.value.title == "Cent toits"
    gathering.asks("Sam", seats=1, pitches=(pitch.id,))

    assert gathering.states == {"Léa": "confirmed", "Sam": "waiting"}
    assert pitch_seats_left(town.uow, gathering.forum.id) == {pitch.id: 0}
    assert pitch_seats_left(town.uow, gathering.forum.id, gathering.person("Léa").id) == {pitch.id: 2}


def test_seats_come_free_with_a_cancellation_or_another_choice(gathering: Gathering) -> None:
    pitch = with_seats(gathering, 1)
    gathering.asks("Léa", pitches=(pitch.id,))
    gathering.asks("Léa")
    gathering.asks("Sam", pitches=(pitch.id,))
    gathering.cancels("Sam")

    assert gathering.asks("Yann", pitches=(pitch.id,)).pitches == (pitch.id,)


def test_a_pitch_without_a_number_is_never_full(gathering: Gathering) -> None:
    pitch = with_seats(gathering, None)
    for name in ("Léa", "Sam"):
        gathering.asks(name, seats=2, pitches=(pitch.id,))

    assert pitch_seats_left(gathering.town.uow, gathering.forum.id) == {}


def test_fewer_seats_throw_nobody_out_but_let_nobody_in(gathering: Gathering) -> None:
    town, pitch = gathering.town, with_seats(gathering, 5)
    gathering.asks("Léa", seats=2, pitches=(pitch.id,))

    changed = change_pitch(town.uow, town.facilitator.id, pitch.id, "Cent toits", 1, NOW)

    assert town.uow.forums.pitch(pitch.id) == changed
    assert gathering.asks("Léa", seats=1, pitches=(pitch.id,)).pitches == (pitch.id,)
    with pytest.raises(PitchFull):
        gathering.asks("Léa", seats=2, pitches=(pitch.id,))
    with pytest.raises(PitchFull):
        gathering.asks("Sam", pitches=(pitch.id,))


def test_who_offers_a_pitch_changes_its_title_and_seats(gathering: Gathering) -> None:
    town, pitch = gathering.town, with_seats(gathering, 5)

    changed = change_pitch(town.uow, town.facilitator.id, pitch.id, " Mille\ntoits ", None, NOW)
    change_pitch(town.uow, town.staff.id, pitch.id, "Mille toits", None, NOW)

    assert changed == Pitch(pitch.id, gathering.forum.id, town.toits.id, "Mille toits", None)
    assert [(line.by, line.deed) for line in town.audited()[2:]] == [(town.facilitator.id, "change_pitch")]
    for role in ("member", "stranger"):
        with pytest.raises(NotAllowed):
            change_pitch(town.uow, town.who(role).id, pitch.id, "À moi", 1, NOW)
    with pytest.raises(TooLate):
        change_pitch(town.uow, town.facilitator.id, pitch.id, "Trop tard", 1, STARTS_AT)
    assert town.uow.forums.pitch(pitch.id) == changed
