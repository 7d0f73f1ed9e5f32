from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from programme.doors import DOORS_OPEN_BEFORE, Arrival
from programme.errors import NotAllowed, NotFound, TooLate
from programme.forums import ForumDay, RegistrationState, over_days
from programme.ids import ForumId, RegistrationId
from programme.people import Person
from programme.usecases.change_forum import cancel_forum
from programme.usecases.check_in import (
    AtTheDoor,
    CheckedIn,
    check_in,
    expected,
    registrant_of,
    registrants_of,
    take_back_arrival,
)
from programme.usecases.name_helper import name_helper
from tests.programme.usecases.gathering import ENDS_AT, STARTS_AT, Gathering, gather
from tests.programme.usecases.town import PARIS, Town
from tests.storage.brest import NOW

OPEN = STARTS_AT - DOORS_OPEN_BEFORE
BEFORE = OPEN - timedelta(seconds=1)
DAY = STARTS_AT.astimezone(PARIS).date()


@pytest.fixture
def gathering(town: Town) -> Gathering:
    """Léa and Nour have the two places, Sam waits; Yann helps at the doors."""
    gathering = gather(town, places=2)
    gathering.come("Léa", "Nour", "Sam")
    name_helper(town.uow, town.staff.id, gathering.forum.id, gathering.person("Yann").id, NOW)
    return gathering


def scans(gathering: Gathering, by: Person, name: str, now: datetime) -> CheckedIn:
    return check_in(gathering.town.uow, by.id, gathering.of(name).id, now, PARIS)


@pytest.mark.parametrize("by", ["Anne", "Yann"])
def test_a_ticket_is_noted_once_while_the_doors_are_open(gathering: Gathering, by: str) -> None:
    who = gathering.town.staff if by == "Anne" else gathering.person("Yann")
    later = STARTS_AT + timedelta(minutes=20)

    first, second = scans(gathering, who, "Léa", OPEN), scans(gathering, gathering.town.staff, "Léa", later)

    noted, lea = Arrival(gathering.of("Léa").id, DAY, OPEN), gathering.of("Léa")
    assert (first.became, first.arrival) == (AtTheDoor.NOTED, noted)
    assert (second.became, second.arrival) == (AtTheDoor.ALREADY, noted)
    assert lea.checked_in_at == OPEN
    assert gathering.town.uow.doors.arrived_on(gathering.forum.id, DAY) == {lea.id}


def test_outside_the_hours_the_team_sees_a_ticket_and_notes_nothing(gathering: Gathering) -> None:
    staff = gathering.town.staff

    assert scans(gathering, staff, "Léa", BEFORE).became is AtTheDoor.DOORS_CLOSED
    assert scans(gathering, staff, "Léa", ENDS_AT).became is AtTheDoor.FORUM_OVER
    assert gathering.of("Léa").checked_in_at is None


def test_a_ticket_without_a_place_tells_why(gathering: Gathering) -> None:
    staff, uow = gathering.town.staff, gathering.town.uow
    assert scans(gathering, staff, "Sam", OPEN).became is AtTheDoor.WAITS
    offered = replace(gathering.of("Sam"), state=RegistrationState.OFFERED)
    uow.registrations.save(offered)
    assert scans(gathering, staff, "Sam", OPEN).became is AtTheDoor.NOT_CONFIRMED
    given_up = gathering.cancels("Nour")
    assert check_in(uow, staff.id, given_up.id, OPEN, PARIS).became is AtTheDoor.GAVE_UP

    cancel_forum(uow, staff.id, gathering.forum.id, NOW)

    assert scans(gathering, staff, "Léa", OPEN).became is AtTheDoor.FORUM_CANCELLED
    assert uow.doors.anybody_came(gathering.forum.id) is False


def test_each_day_has_its_arrival_and_the_first_one_stays_with_the_registration(gathering: Gathering) -> None:
    uow, staff = gathering.town.uow, gathering.town.staff
    tomorrow = STARTS_AT + timedelta(days=1)
    days = (ForumDay(1, STARTS_AT, ENDS_AT), ForumDay(2, tomorrow, tomorrow + timedelta(hours=8)))
    uow.forums.save(over_days(gathering.forum, days))

    for woken_at in (STARTS_AT, tomorrow):
        assert scans(gathering, staff, "Léa", woken_at).became is AtTheDoor.NOTED

    lea = gathering.of("Léa")
    came = [Arrival(lea.id, DAY, STARTS_AT), Arrival(lea.id, DAY + timedelta(days=1), tomorrow)]
    assert (list(uow.doors.arrivals(lea.id)), lea.checked_in_at) == (came, STARTS_AT)

    take_back_arrival(uow, staff.id, lea.id, DAY, tomorrow, PARIS)

    assert gathering.of("Léa").checked_in_at == tomorrow


def test_an_arrival_noted_by_mistake_is_taken_back_once(gathering: Gathering) -> None:
    uow, yann = gathering.town.uow, gathering.person("Yann")
    before = gathering.of("Léa")
    scans(gathering, yann, "Léa", OPEN)

    assert take_back_arrival(uow, yann.id, before.id, DAY, OPEN, PARIS) == before

    assert gathering.of("Léa") == before
    with pytest.raises(TooLate):
        take_back_arrival(uow, yann.id, before.id, DAY, OPEN, PARIS)


@pytest.mark.parametrize(
    ("by", "now"),
    [("Yann", BEFORE), ("Yann", ENDS_AT), ("Léa", OPEN), ("member", OPEN), ("facilitator", OPEN), ("stranger", OPEN)],
)
def test_who_helps_does_so_while_the_doors_are_open_and_others_never(
    gathering: Gathering, by: str, now: datetime
) -> None:
    uow, lea = gathering.town.uow, gathering.of("Léa")
    who = gathering.person(by) if by in {"Yann", "Léa"} else gathering.town.who(by)

    with pytest.raises(NotAllowed):
        check_in(uow, who.id, lea.id, now, PARIS)
    with pytest.raises(NotAllowed):
        take_back_arrival(uow, who.id, lea.id, DAY, now, PARIS)
    with pytest.raises(NotAllowed):
        expected(uow, who.id, gathering.forum.id, "", now, PARIS)
    assert gathering.of("Léa") == lea


def test_helping_at_one_forum_opens_no_other_and_no_lists(gathering: Gathering) -> None:
    uow, yann = gathering.town.uow, gathering.person("Yann")
    other = gather(gathering.town)
    other.come("Zoé")
    zoe = other.of("Zoé")

    with pytest.raises(NotAllowed):
        check_in(uow, yann.id, zoe.id, OPEN, PARIS)
    with pytest.raises(NotAllowed):
        registrants_of(uow, yann.id, gathering.forum.id)
    with pytest.raises(NotAllowed):
        registrant_of(uow, yann.id, gathering.of("Léa").id)


def test_a_name_is_found_among_those_who_have_a_place(gathering: Gathering) -> None:
    uow, yann = gathering.town.uow, gathering.person("Yann")

    def names(words: str) -> list[str]:
        return [one.name for one in expected(uow, yann.id, gathering.forum.id, words, OPEN, PARIS)]

    assert (names("LEA"), names(""), names("sam")) == (["Léa"], ["Léa", "Nour"], [])


def test_the_team_reads_everybody_who_registered(gathering: Gathering) -> None:
    uow, staff = gathering.town.uow, gathering.town.staff
    gathering.cancels("Nour")

    found = registrants_of(uow, staff.id, gathering.forum.id)

    assert [(one.name, one.registration.state) for one in found] == [
        ("Léa", RegistrationState.CONFIRMED),
        ("Nour", RegistrationState.CANCELLED),
        ("Sam", RegistrationState.CONFIRMED),
    ]
    assert registrant_of(uow, staff.id, found[1].registration.id) == found[1]


def test_what_is_not_there_can_not_be_checked_in(gathering: Gathering) -> None:
    uow, staff = gathering.town.uow, gathering.town.staff

    with pytest.raises(NotFound):
        check_in(uow, staff.id, RegistrationId(404), OPEN, PARIS)
    with pytest.raises(NotFound):
        expected(uow, staff.id, ForumId(404), "", OPEN, PARIS)
