from datetime import timedelta

import pytest

from programme.errors import TooLate
from programme.forums import RegistrationState
from programme.notices import RegistrationConfirmed
from programme.usecases.cancel_registration import leave_every_forum
from programme.usecases.change_forum import cancel_forum
from tests.programme.usecases.gathering import STARTS_AT, Gathering, gather
from tests.programme.usecases.town import PARIS, Town
from tests.storage.brest import NOW


@pytest.fixture
def gathering(town: Town) -> Gathering:
    """Léa and Sam have the two places, Yann and Nora wait."""
    gathering = gather(town, places=2)
    gathering.come("Léa", "Sam", "Yann", "Nora")
    return gathering


def test_a_place_given_up_goes_to_the_first_who_waits(gathering: Gathering) -> None:
    before = gathering.of("Léa")

    cancelled = gathering.cancels("Léa")

    assert (cancelled.state, cancelled.version) == (RegistrationState.CANCELLED, before.version + 1)
    assert gathering.states == {"Léa": "cancelled", "Sam": "confirmed", "Yann": "confirmed", "Nora": "waiting"}
    assert gathering.told == [("Yann", RegistrationConfirmed(gathering.of("Yann").id))]


def test_who_gives_up_waiting_frees_nothing(gathering: Gathering) -> None:
    gathering.cancels("Yann")

    assert gathering.states == {"Léa": "confirmed", "Sam": "confirmed", "Yann": "cancelled", "Nora": "waiting"}
    assert gathering.told == []


def test_who_gives_up_waiting_may_let_the_next_one_in(gathering: Gathering) -> None:
    gathering.asks("Yann", seats=2)
    gathering.cancels("Léa")

    gathering.cancels("Yann")

    assert gathering.states == {"Léa": "cancelled", "Sam": "confirmed", "Yann": "cancelled", "Nora": "confirmed"}
    assert gathering.told == [("Nora", RegistrationConfirmed(gathering.of("Nora").id))]


def test_the_ticket_of_a_place_given_up_still_names_it(gathering: Gathering) -> None:
    cancelled = gathering.cancels("Léa")

    assert gathering.town.uow.registrations.by_ticket(cancelled.ticket) == cancelled


def test_nothing_is_cancelled_twice(gathering: Gathering) -> None:
    gathering.cancels("Léa")

    with pytest.raises(TooLate):
        gathering.cancels("Léa")

    assert len(gathering.told) == 1


def test_nothing_is_cancelled_once_it_has_begun(gathering: Gathering) -> None:
    with pytest.raises(TooLate):
        gathering.cancels("Léa", now=STARTS_AT)

    assert gathering.states == {"Léa": "confirmed", "Sam": "confirmed", "Yann": "waiting", "Nora": "waiting"}


def test_of_a_cancelled_forum_nobody_needs_to_cancel_anything(gathering: Gathering) -> None:
    cancel_forum(gathering.town.uow, gathering.town.staff.id, gathering.forum.id, NOW)

    with pytest.raises(TooLate):
        gathering.cancels("Léa")


def test_who_leaves_for_good_frees_what_they_hold_of_every_forum_to_come(gathering: Gathering) -> None:
    lea = gathering.person("Léa")
    past = Gathering(gathering.town, gather(gathering.town, starts_at=NOW + timedelta(hours=1)).forum, gathering.people)
    later = Gathering(gathering.town, gather(gathering.town, places=1).forum, gathering.people)
    past.asks("Léa")
    later.come("Léa", "Yann")
    an_hour_later = NOW + timedelta(hours=1)

    leave_every_forum(gathering.town.uow, lea.id, an_hour_later, PARIS)

    states = [each.state for each in gathering.town.uow.registrations.of_person(lea.id)]
    assert states == [RegistrationState.CANCELLED, RegistrationState.CONFIRMED, RegistrationState.CANCELLED]
    assert [gathering.of("Yann").state, later.of("Yann").state] == [RegistrationState.CONFIRMED] * 2
