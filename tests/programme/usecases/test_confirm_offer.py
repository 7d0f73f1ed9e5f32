from datetime import timedelta

import pytest

from programme.errors import TooLate
from programme.forums import RegistrationState
from programme.notices import SeatOffered
from programme.usecases.change_forum import cancel_forum
from programme.usecases.confirm_offer import confirm_offer, decline_offer
from tests.programme.usecases.gathering import CLOSE, Gathering, gather
from tests.programme.usecases.town import PARIS, Town

DEADLINE = CLOSE + timedelta(hours=6)


@pytest.fixture
def gathering(town: Town) -> Gathering:
    """Two days before, Léa’s place is offered to Yann; Nora comes next."""
    gathering = gather(town, places=1)
    gathering.come("Léa", "Yann", "Nora")
    gathering.cancels("Léa", now=CLOSE)
    return gathering


def test_who_confirms_in_time_has_the_place(gathering: Gathering) -> None:
    confirmed = gathering.confirms("Yann", DEADLINE - timedelta(seconds=1))

    assert (confirmed.state, confirmed.version, confirmed.offer_until) == (RegistrationState.CONFIRMED, 2, None)
    assert gathering.of("Yann") == confirmed
    assert gathering.told == [("Yann", SeatOffered(confirmed.id, 1))]


def test_once_the_time_is_over_it_is_too_late(gathering: Gathering) -> None:
    with pytest.raises(TooLate):
        gathering.confirms("Yann", DEADLINE)
    gathering.passes_on(DEADLINE)
    with pytest.raises(TooLate):
        gathering.confirms("Yann", DEADLINE)

    assert gathering.states == {"Léa": "cancelled", "Yann": "cancelled", "Nora": "offered"}


def test_confirming_twice_is_confirming_once(gathering: Gathering) -> None:
    confirmed = gathering.confirms("Yann", CLOSE)

    assert gathering.confirms("Yann", DEADLINE) == confirmed


def test_only_what_is_offered_can_be_confirmed(gathering: Gathering) -> None:
    for who in (gathering.person("Nora"), gathering.person("Léa"), gathering.town.member):
        with pytest.raises(TooLate):
            confirm_offer(gathering.town.uow, who.id, gathering.forum.id, CLOSE, PARIS)


def test_of_a_cancelled_forum_nothing_is_confirmed(gathering: Gathering) -> None:
    cancel_forum(gathering.town.uow, gathering.town.staff.id, gathering.forum.id, CLOSE)

    with pytest.raises(TooLate):
        gathering.confirms("Yann", CLOSE)


def test_who_declines_leaves_the_place_to_the_next_one(gathering: Gathering) -> None:
    yann = gathering.person("Yann")

    declined = decline_offer(gathering.town.uow, yann.id, gathering.forum.id, CLOSE, PARIS)

    assert declined.state is RegistrationState.CANCELLED
    assert gathering.states == {"Léa": "cancelled", "Yann": "cancelled", "Nora": "offered"}
    assert gathering.told[1:] == [("Nora", SeatOffered(gathering.of("Nora").id, 1))]


def test_an_old_button_declines_nothing_that_is_confirmed(gathering: Gathering) -> None:
    gathering.confirms("Yann", CLOSE)

    for who in (gathering.person("Yann"), gathering.person("Nora"), gathering.town.member):
        with pytest.raises(TooLate):
            decline_offer(gathering.town.uow, who.id, gathering.forum.id, CLOSE, PARIS)

    assert gathering.states == {"Léa": "cancelled", "Yann": "confirmed", "Nora": "waiting"}
