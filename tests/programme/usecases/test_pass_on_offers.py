from datetime import timedelta

import pytest

from programme.notices import OfferLapsed, SeatOffered
from programme.usecases import pass_on_offers as deed
from programme.usecases.change_forum import cancel_forum
from tests.programme.usecases.gathering import ALMOST_CLOSE, CLOSE, STARTS_AT, Gathering, gather
from tests.programme.usecases.town import Town

DEADLINE = CLOSE + timedelta(hours=6)


@pytest.fixture
def gathering(town: Town) -> Gathering:
    """Two days before, Léa’s place is offered to Yann; Nora and Sam come next."""
    gathering = gather(town, places=1)
    gathering.come("Léa", "Yann", "Nora", "Sam")
    gathering.cancels("Léa", now=CLOSE)
    return gathering


def test_an_offer_stands_until_its_time_is_over(gathering: Gathering) -> None:
    assert gathering.passes_on(DEADLINE - timedelta(seconds=1)) == 0
    assert gathering.states == {"Léa": "cancelled", "Yann": "offered", "Nora": "waiting", "Sam": "waiting"}
    assert gathering.town.uow.registrations.next_lapse() == DEADLINE


def test_an_offer_that_nobody_confirmed_goes_to_the_next_one(gathering: Gathering) -> None:
    yann = gathering.of("Yann")

    assert gathering.passes_on(DEADLINE) == 1

    assert gathering.states == {"Léa": "cancelled", "Yann": "cancelled", "Nora": "offered", "Sam": "waiting"}
    assert gathering.of("Nora").offer_until == DEADLINE + timedelta(hours=6)
    assert gathering.told[1:] == [
        ("Yann", OfferLapsed(yann.id, 2)),
        ("Nora", SeatOffered(gathering.of("Nora").id, 1)),
    ]


def test_an_offer_goes_down_the_line_until_somebody_wants_it(gathering: Gathering) -> None:
    gathering.passes_on(DEADLINE)
    gathering.passes_on(DEADLINE + timedelta(hours=6))
    gathering.confirms("Sam", DEADLINE + timedelta(hours=7))

    assert gathering.states == {"Léa": "cancelled", "Yann": "cancelled", "Nora": "cancelled", "Sam": "confirmed"}
    assert gathering.town.uow.registrations.next_lapse() is None


def test_who_let_an_offer_pass_may_wait_again(gathering: Gathering) -> None:
    gathering.passes_on(DEADLINE)

    gathering.come("Yann", now=DEADLINE)

    assert gathering.states == {"Léa": "cancelled", "Nora": "offered", "Sam": "waiting", "Yann": "waiting"}


def test_several_offers_that_end_together_make_room_for_who_needs_several_seats(town: Town) -> None:
    gathering = gather(town, places=2)
    gathering.asks("Léa", seats=2)
    gathering.come("Yann", "Nora")
    gathering.asks("Sam", seats=2)
    gathering.cancels("Léa", now=CLOSE)

    gathering.passes_on(DEADLINE)

    assert gathering.states == {"Léa": "cancelled", "Yann": "cancelled", "Nora": "cancelled", "Sam": "offered"}


def test_after_an_outage_over_the_start_offers_end_and_nobody_is_promoted(gathering: Gathering) -> None:
    yann = gathering.of("Yann")

    gathering.passes_on(STARTS_AT)

    assert gathering.states == {"Léa": "cancelled", "Yann": "cancelled", "Nora": "waiting", "Sam": "waiting"}
    assert gathering.told[1:] == [("Yann", OfferLapsed(yann.id, 2))]


def test_of_a_cancelled_forum_no_offer_ends(gathering: Gathering) -> None:
    cancel_forum(gathering.town.uow, gathering.town.staff.id, gathering.forum.id, CLOSE)
    told = gathering.told

    assert gathering.passes_on(STARTS_AT) == 0
    assert gathering.states == {"Léa": "cancelled", "Yann": "offered", "Nora": "waiting", "Sam": "waiting"}
    assert (gathering.told, gathering.town.uow.registrations.next_lapse()) == (told, None)


def test_the_offer_of_somebody_forgotten_goes_on_without_a_word(gathering: Gathering) -> None:
    gathering.town.connection.exec_driver_sql(
        "UPDATE registrations SET person_id = NULL WHERE id = ?", (gathering.of("Yann").id,)
    )

    gathering.passes_on(DEADLINE)

    assert [name for name, _ in gathering.told] == ["Yann", "Nora"]


def test_who_can_be_reached_again_is_offered_what_is_free(town: Town) -> None:
    gathering = gather(town, places=1)
    gathering.come("Léa", "Yann")
    gathering.blocks("Yann")
    gathering.cancels("Léa", now=CLOSE)
    assert gathering.passes_on(CLOSE) == 0

    gathering.blocks("Yann", again=True)

    assert gathering.passes_on(CLOSE) == 1
    assert gathering.states == {"Léa": "cancelled", "Yann": "offered"}


def test_as_the_start_comes_near_who_cannot_be_reached_holds_up_nobody_any_more(town: Town) -> None:
    gathering = gather(town, places=2)
    gathering.come("Léa")
    gathering.asks("Yann", seats=2)
    gathering.come("Nora")
    gathering.blocks("Yann")
    assert gathering.passes_on(ALMOST_CLOSE) == 0

    assert gathering.passes_on(CLOSE) == 1

    assert gathering.states == {"Léa": "confirmed", "Yann": "waiting", "Nora": "offered"}


def test_many_offers_of_several_forums_are_passed_on_in_batches(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deed, "BATCH", 2)
    first, second = gather(town, places=3), gather(town, places=3)
    for gathering, names in ((first, ("A", "B", "C")), (second, ("D", "E", "F"))):
        gathering.asks("Léa", seats=3)
        gathering.come(*names)
        gathering.cancels("Léa", now=CLOSE)

    assert first.passes_on(DEADLINE) == 3
    assert second.passes_on(DEADLINE) == 0
    assert {**first.states, **second.states} == dict.fromkeys(["Léa", *"ABCDEF"], "cancelled")
