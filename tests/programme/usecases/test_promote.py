from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from programme.forums import RegistrationState
from programme.notices import RegistrationConfirmed, SeatOffered
from programme.quiet_hours import QuietHours
from programme.usecases.change_preferences import change_preferences
from programme.usecases.promote import promote
from tests.programme.usecases.gathering import ALMOST_CLOSE, CLOSE, STARTS_AT, Gathering, gather
from tests.programme.usecases.town import PARIS, Town


@pytest.fixture
def gathering(town: Town) -> Gathering:
    return gather(town, places=2)


def test_long_before_the_start_who_waits_is_confirmed_and_told(gathering: Gathering) -> None:
    gathering.come("Léa", "Sam", "Yann")

    gathering.cancels("Léa", now=ALMOST_CLOSE)

    yann = gathering.of("Yann")
    assert (yann.state, yann.version, yann.offer_until) == (RegistrationState.CONFIRMED, 1, None)
    assert gathering.told == [("Yann", RegistrationConfirmed(yann.id))]


def test_close_to_the_start_who_waits_is_offered_the_place_for_some_hours(gathering: Gathering) -> None:
    gathering.come("Léa", "Sam", "Yann")

    gathering.cancels("Léa", now=CLOSE)

    yann = gathering.of("Yann")
    assert (yann.state, yann.version) == (RegistrationState.OFFERED, 1)
    assert yann.offer_until == CLOSE + timedelta(hours=6)
    assert gathering.told == [("Yann", SeatOffered(yann.id, 1))]


def test_an_offer_at_night_waits_for_the_morning_of_who_sleeps(gathering: Gathering) -> None:
    gathering.come("Léa", "Sam", "Yann", "Nora")
    yann = gathering.person("Yann")
    quiet = replace(yann.preferences, quiet_hours=QuietHours(time(21), time(8)))
    change_preferences(gathering.town.uow, yann.id, quiet, CLOSE)
    night = datetime(2027, 1, 1, 23, 0, tzinfo=PARIS).astimezone(UTC)

    gathering.cancels("Léa", now=night)
    gathering.cancels("Sam", now=night)

    assert gathering.of("Yann").offer_until == datetime(2027, 1, 2, 10, 0, tzinfo=PARIS)
    assert gathering.of("Nora").offer_until == datetime(2027, 1, 2, 5, 0, tzinfo=PARIS)


def test_a_place_that_is_offered_is_held(gathering: Gathering) -> None:
    gathering.come("Léa", "Sam", "Yann")
    gathering.cancels("Léa", now=CLOSE)

    gathering.come("Nora", now=CLOSE)

    assert gathering.states == {"Léa": "cancelled", "Sam": "confirmed", "Yann": "offered", "Nora": "waiting"}


def test_several_seats_are_given_to_several_in_their_order(town: Town) -> None:
    gathering = gather(town, places=4)
    gathering.asks("Léa", seats=4)
    gathering.asks("Sam", seats=2)
    gathering.come("Yann")
    gathering.asks("Nora", seats=2)
    gathering.come("Anaïs")

    gathering.cancels("Léa")

    assert gathering.states == {
        "Léa": "cancelled",
        "Sam": "confirmed",
        "Yann": "confirmed",
        "Nora": "waiting",
        "Anaïs": "waiting",
    }
    assert [name for name, _ in gathering.told] == ["Sam", "Yann"]


@pytest.mark.parametrize(("now", "state"), [(ALMOST_CLOSE, "confirmed"), (CLOSE, "waiting")])
def test_who_cannot_be_reached_is_confirmed_long_before_and_passed_over_close_to_the_start(
    gathering: Gathering, now: datetime, state: str
) -> None:
    gathering.come("Léa", "Sam", "Yann", "Nora")
    gathering.blocks("Yann")

    gathering.cancels("Léa", now=now)

    next_one = {"confirmed": "waiting", "waiting": "offered"}[state]
    assert gathering.states == {"Léa": "cancelled", "Sam": "confirmed", "Yann": state, "Nora": next_one}


def test_who_was_forgotten_while_waiting_holds_up_nobody(gathering: Gathering) -> None:
    gathering.come("Léa", "Sam", "Yann", "Nora")
    gathering.town.connection.exec_driver_sql(
        "UPDATE registrations SET person_id = NULL WHERE id = ?", (gathering.of("Yann").id,)
    )

    gathering.cancels("Léa")

    assert gathering.of("Nora").state is RegistrationState.CONFIRMED


@pytest.mark.parametrize("now", [STARTS_AT, STARTS_AT + timedelta(hours=1)])
def test_nobody_is_promoted_once_it_has_begun(gathering: Gathering, now: datetime) -> None:
    gathering.come("Léa", "Sam", "Yann")
    gathering.town.uow.registrations.save(replace(gathering.of("Léa"), state=RegistrationState.CANCELLED))

    assert promote(gathering.town.uow, gathering.forum, now, PARIS) == 0
    assert gathering.of("Yann").state is RegistrationState.WAITING
    assert promote(gathering.town.uow, gathering.forum, STARTS_AT - timedelta(seconds=1), PARIS) == 1


def test_twenty_people_and_five_places_keep_their_order(town: Town) -> None:
    gathering = gather(town, places=5)
    names = [f"Personne {number:02}" for number in range(20)]
    gathering.come(*names)
    assert [gathering.states[name] for name in names] == ["confirmed"] * 5 + ["waiting"] * 15

    for leaves, comes in zip(names[:5], (f"Tardive {number}" for number in range(5)), strict=True):
        gathering.cancels(leaves)
        gathering.come(comes)

    assert list(gathering.states.values()) == ["cancelled"] * 5 + ["confirmed"] * 5 + ["waiting"] * 15
    assert gathering.told == [(name, RegistrationConfirmed(gathering.of(name).id)) for name in names[5:10]]


def test_of_two_forums_each_has_its_own_line(gathering: Gathering) -> None:
    other = Gathering(gathering.town, gather(gathering.town, places=1).forum, gathering.people)
    gathering.come("Léa", "Sam", "Yann")
    other.come("Sam", "Yann")

    gathering.cancels("Sam")

    assert gathering.of("Yann").state is RegistrationState.CONFIRMED
    assert (other.of("Sam").state, other.of("Yann").state) == (RegistrationState.CONFIRMED, RegistrationState.WAITING)
