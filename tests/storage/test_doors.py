from datetime import timedelta

from programme.doors import Arrival
from programme.forums import RegistrationState
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NEXT_WEEK, NOW, forum, person, registration

DAY = NEXT_WEEK.date()


def test_an_arrival_is_kept_once_a_day_and_can_be_taken_back(uow: SqlUnitOfWork) -> None:
    this, other = forum(uow), forum(uow, "other")
    lea, elsewhere = registration(uow, person(uow, "Léa"), this), registration(uow, person(uow, "Sam"), other)
    first, later = Arrival(lea.id, DAY, NEXT_WEEK), Arrival(lea.id, DAY, NEXT_WEEK + timedelta(hours=1))
    next_day = Arrival(lea.id, DAY + timedelta(days=1), NEXT_WEEK + timedelta(days=1))
    assert uow.doors.anybody_came(this.id) is False

    assert [uow.doors.note_arrival(one) for one in (next_day, first, later)] == [True, True, False]
    uow.doors.note_arrival(Arrival(elsewhere.id, DAY, NEXT_WEEK))

    assert uow.doors.arrivals(lea.id) == [first, next_day]
    assert uow.doors.arrived_on(this.id, DAY) == {lea.id}
    assert uow.doors.anybody_came(this.id) is True
    assert [uow.doors.take_back_arrival(lea.id, DAY) for _ in range(2)] == [True, False]
    assert uow.doors.arrivals(lea.id) == [next_day]


def test_helpers_are_those_of_one_forum_in_the_order_they_were_named(uow: SqlUnitOfWork) -> None:
    this, other, lea, sam = forum(uow), forum(uow, "other"), person(uow, "Léa"), person(uow, "Sam")
    assert [uow.doors.name_helper(this.id, sam.id, NOW + timedelta(hours=late)) for late in (0, 1)] == [True, False]
    uow.doors.name_helper(this.id, lea.id, NOW + timedelta(minutes=1))

    assert list(uow.doors.helpers(this.id)) == [sam.id, lea.id]
    assert (uow.doors.helps(this.id, lea.id), uow.doors.helps(other.id, lea.id)) == (True, False)
    assert [uow.doors.remove_helper(this.id, sam.id) for _ in range(2)] == [True, False]
    assert list(uow.doors.helpers(this.id)) == [lea.id]


def test_a_forum_has_one_link_for_helpers_at_a_time(uow: SqlUnitOfWork) -> None:
    this = forum(uow)
    assert uow.doors.helper_code(this.id) is None

    for code in ("un", "deux"):
        uow.doors.put_helper_code(this.id, code)

    assert uow.doors.helper_code(this.id) == "deux"
    assert [uow.doors.forum_of_helper_code(code) for code in ("un", "deux")] == [None, this.id]
    assert [uow.doors.drop_helper_code(this.id) for _ in range(2)] == [True, False]


def test_registrants_come_with_their_names_in_the_order_they_came(uow: SqlUnitOfWork) -> None:
    this, sam, lea = forum(uow), person(uow, "Sam"), person(uow, "Léa")
    first = registration(uow, sam, this, RegistrationState.CANCELLED)
    second = registration(uow, lea, this, RegistrationState.WAITING)
    registration(uow, lea, forum(uow, "other"))

    found = uow.registrations.registrants(this.id)

    assert [(one.registration, one.name, one.organisation) for one in found] == [
        (first, "Sam", ""),
        (second, "Léa", ""),
    ]
