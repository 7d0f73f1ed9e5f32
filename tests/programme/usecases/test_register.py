from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from programme.errors import NoRoom, NotFound, OutOfRange, TooLate
from programme.forums import SEATS_MOST, Registration, RegistrationState
from programme.ids import ForumId, OrganisationId, PitchId
from programme.territory import OrganisationKind
from programme.usecases.change_forum import cancel_forum, resize_forum
from programme.usecases.offer_pitch import offer_pitch
from programme.usecases.places import place_in_line, seats_left
from programme.usecases.register import RegistrationAsked, change_registration, register
from tests.programme.usecases.gathering import ALMOST_CLOSE, CLOSE, STARTS_AT, Gathering, gather
from tests.programme.usecases.town import PARIS, Town
from tests.storage.brest import NOW, person


@pytest.fixture
def gathering(town: Town) -> Gathering:
    return gather(town, places=2)


def a_pitch(gathering: Gathering, title: str = "Nos toits") -> PitchId:
    return offer_pitch(gathering.town.uow, gathering.town.staff.id, gathering.forum.id, None, title, NOW).id


def enlarged(gathering: Gathering, places: int) -> Gathering:
    resized = resize_forum(gathering.town.uow, gathering.town.staff.id, gathering.forum.id, places, NOW, PARIS)
    return Gathering(gathering.town, resized.forum, gathering.people)


def test_where_there_is_room_a_place_is_confirmed_at_once(gathering: Gathering) -> None:
    registration = gathering.asks("Léa", seats=2)

    assert registration == Registration(
        id=registration.id,
        forum_id=gathering.forum.id,
        person_id=gathering.person("Léa").id,
        organisation_id=None,
        seats=2,
        pitches=(),
        state=RegistrationState.CONFIRMED,
        asked_at=NOW,
        ticket=registration.ticket,
        version=1,
    )
    assert gathering.of("Léa") == registration
    assert seats_left(gathering.town.uow, gathering.forum) == 0
    assert gathering.told == []


def test_who_comes_when_it_is_full_waits_at_the_end_of_the_line(gathering: Gathering) -> None:
    gathering.come("Léa", "Sam", "Yann", "Nora")

    assert gathering.states == {"Léa": "confirmed", "Sam": "confirmed", "Yann": "waiting", "Nora": "waiting"}
    assert [place_in_line(gathering.town.uow, gathering.of(name)) for name in ("Yann", "Nora")] == [1, 2]


def test_who_would_fit_does_not_pass_the_first_who_waits(gathering: Gathering) -> None:
    gathering.come("Léa")
    gathering.asks("Sam", seats=2)
    gathering.come("Yann")

    assert gathering.states == {"Léa": "confirmed", "Sam": "waiting", "Yann": "waiting"}
    assert seats_left(gathering.town.uow, gathering.forum) == 1


@pytest.mark.parametrize("now", [ALMOST_CLOSE, CLOSE, STARTS_AT - timedelta(minutes=1)])
def test_who_registers_close_to_the_start_is_confirmed_without_being_asked_again(
    gathering: Gathering, now: datetime
) -> None:
    gathering.come("Léa", now=now)

    assert (gathering.states, gathering.told) == ({"Léa": "confirmed"}, [])


def test_close_to_the_start_nobody_waits_behind_somebody_who_cannot_be_reached(gathering: Gathering) -> None:
    gathering.come("Léa")
    gathering.asks("Sam", seats=2)
    gathering.blocks("Sam")

    gathering.come("Yann", now=CLOSE)

    assert gathering.states == {"Léa": "confirmed", "Sam": "waiting", "Yann": "confirmed"}


def test_a_ticket_fits_into_a_link_and_is_nobody_elses(gathering: Gathering) -> None:
    tickets = [gathering.asks(name).ticket for name in ("Léa", "Sam")]

    assert len(set(tickets)) == 2
    assert all(len(ticket) <= 32 and set(ticket) <= LINK_SIGNS for ticket in tickets)
    assert [gathering.town.uow.registrations.by_ticket(ticket) for ticket in tickets] == [
        gathering.of("Léa"),
        gathering.of("Sam"),
    ]


LINK_SIGNS = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


def test_registering_twice_changes_nothing(gathering: Gathering) -> None:
    first, waiting = gathering.asks("Léa", seats=2), gathering.asks("Sam")

    assert gathering.asks("Léa", seats=2, now=CLOSE) == first
    assert gathering.asks("Sam", now=CLOSE) == waiting


def test_registering_again_with_something_else_changes_the_registration(gathering: Gathering) -> None:
    first, pitch = gathering.asks("Léa", seats=2), a_pitch(gathering)

    assert gathering.asks("Léa", seats=1, pitches=(pitch,)) == replace(first, seats=1, pitches=(pitch,))


def test_who_cancelled_comes_again_at_the_end_of_the_line(gathering: Gathering) -> None:
    gathering.come("Léa", "Sam", "Yann")
    before = gathering.of("Léa")
    gathering.cancels("Léa")

    again = gathering.asks("Léa")

    assert gathering.states == {"Sam": "confirmed", "Yann": "confirmed", "Léa": "waiting"}
    assert (again.id > before.id, again.ticket == before.ticket) == (True, False)


@pytest.mark.parametrize("seats", [0, -1, SEATS_MOST + 1])
def test_a_number_of_seats_that_cannot_be_is_refused(town: Town, seats: int) -> None:
    gathering = gather(town, places=50)

    with pytest.raises(OutOfRange) as refused:
        gathering.asks("Léa", seats=seats)

    assert (refused.value.field, refused.value.least, refused.value.most) == ("seats", 1, SEATS_MOST)
    assert gathering.states == {}


def test_nobody_can_wait_for_more_seats_than_the_forum_has(gathering: Gathering) -> None:
    with pytest.raises(NoRoom) as refused:
        gathering.asks("Léa", seats=3)

    assert refused.value.most == 2
    assert gathering.states == {}


def test_registering_ends_when_the_forum_begins_or_is_cancelled(gathering: Gathering) -> None:
    with pytest.raises(TooLate):
        gathering.come("Léa", now=STARTS_AT)
    cancel_forum(gathering.town.uow, gathering.town.staff.id, gathering.forum.id, NOW)
    with pytest.raises(TooLate):
        gathering.come("Léa")


def test_a_forum_that_is_not_there_takes_nobody(town: Town) -> None:
    with pytest.raises(NotFound):
        register(town.uow, town.member.id, ForumId(404), RegistrationAsked(1), NOW, PARIS)


def test_somebody_comes_for_their_own_organisation_or_in_their_own_name(gathering: Gathering) -> None:
    organisations = gathering.town.uow.organisations
    own = organisations.add("Énergies d’Iroise", OrganisationKind.COMPANY).id
    other = organisations.add("Vert le Jardin", OrganisationKind.ASSOCIATION).id
    gathering.person("Léa", speaks_for=own)

    assert gathering.asks("Léa", organisation=own).organisation_id == own
    assert gathering.asks("Léa").organisation_id is None
    for not_theirs in (other, OrganisationId(404)):
        with pytest.raises(NotFound):
            gathering.asks("Léa", organisation=not_theirs)
        with pytest.raises(NotFound):
            gathering.asks("Sam", organisation=not_theirs)


def test_who_changed_their_organisation_may_still_come_for_the_one_they_registered_for(gathering: Gathering) -> None:
    own = gathering.town.uow.organisations.add("Énergies d’Iroise", OrganisationKind.COMPANY).id
    lea = gathering.person("Léa", speaks_for=own)
    gathering.asks("Léa", organisation=own)
    gathering.town.uow.people.save(replace(lea, organisation_id=None))

    assert gathering.asks("Léa", seats=2, organisation=own).organisation_id == own
    assert gathering.asks("Léa", seats=2).organisation_id is None
    with pytest.raises(NotFound):
        gathering.asks("Léa", organisation=own)


def test_pitches_are_those_of_this_forum(gathering: Gathering) -> None:
    first, second = a_pitch(gathering), a_pitch(gathering, "La lagune")
    of_another = a_pitch(gather(gathering.town))

    assert gathering.asks("Léa", pitches=(second, first, second)).pitches == (first, second)
    with pytest.raises(NotFound):
        gathering.asks("Léa", pitches=(first, of_another))


def test_who_asks_for_fewer_seats_keeps_them_and_the_others_go_to_who_waits(gathering: Gathering) -> None:
    gathering.asks("Léa", seats=2)
    gathering.come("Sam", "Yann")

    gathering.asks("Léa", seats=1)

    assert gathering.of("Léa").seats == 1
    assert gathering.states == {"Léa": "confirmed", "Sam": "confirmed", "Yann": "waiting"}


def test_more_seats_are_given_where_there_is_room(town: Town) -> None:
    gathering = gather(town, places=4)
    gathering.come("Léa", "Sam")

    assert gathering.asks("Léa", seats=3).seats == 3
    with pytest.raises(NoRoom) as refused:
        gathering.asks("Sam", seats=2)
    assert refused.value.most == 1


def test_nobody_who_has_a_place_gets_more_seats_while_others_wait(town: Town) -> None:
    gathering = gather(town, places=3)
    gathering.come("Léa", "Sam")
    gathering.asks("Yann", seats=2)

    with pytest.raises(NoRoom) as refused:
        gathering.asks("Léa", seats=2)

    assert refused.value.most == 1
    assert gathering.of("Léa").seats == 1


def test_who_waits_changes_their_seats_and_keeps_their_place_in_the_line(gathering: Gathering) -> None:
    gathering.come("Léa", "Sam", "Yann", "Nora")

    more = gathering.asks("Yann", seats=2)

    assert (more.seats, more.state, place_in_line(gathering.town.uow, more)) == (2, RegistrationState.WAITING, 1)
    with pytest.raises(NoRoom) as refused:
        gathering.asks("Yann", seats=3)
    assert refused.value.most == 2


@pytest.mark.parametrize("now", [NOW, CLOSE])
def test_the_first_who_waits_lowers_their_seats_and_has_a_place_at_once(gathering: Gathering, now: datetime) -> None:
    gathering.come("Léa")
    gathering.asks("Sam", seats=2)

    lowered = gathering.asks("Sam", seats=1, now=now)

    assert (lowered.state, lowered.seats) == (RegistrationState.CONFIRMED, 1)
    assert gathering.told == []


def test_who_lowers_their_seats_further_down_the_line_still_waits(gathering: Gathering) -> None:
    gathering.come("Léa")
    gathering.asks("Sam", seats=2)
    gathering.asks("Yann", seats=2)

    assert gathering.asks("Yann", seats=1).state is RegistrationState.WAITING


def test_the_seats_of_who_cannot_all_fit_any_more_may_stay_as_they_are(gathering: Gathering) -> None:
    gathering.come("Léa")
    gathering.asks("Sam", seats=2)
    smaller, pitch = enlarged(gathering, 1), a_pitch(gathering)

    assert smaller.asks("Sam", seats=2, pitches=(pitch,)).pitches == (pitch,)
    assert smaller.states == {"Léa": "confirmed", "Sam": "waiting"}


def test_only_who_is_registered_has_something_to_change(gathering: Gathering) -> None:
    yann = person(gathering.town.uow, "Yann")

    with pytest.raises(NotFound):
        change_registration(gathering.town.uow, yann.id, gathering.forum.id, RegistrationAsked(1), NOW, PARIS)


def test_nothing_changes_once_it_has_begun(gathering: Gathering) -> None:
    gathering.asks("Léa", seats=2)

    with pytest.raises(TooLate):
        change_registration(
            gathering.town.uow, gathering.person("Léa").id, gathering.forum.id, RegistrationAsked(1), STARTS_AT, PARIS
        )

    assert gathering.of("Léa").seats == 2
