from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from programme.doors import Registrant, RegistrantsView, named_so, next_opening, open_doors, sorted_registrants
from programme.forums import Forum, ForumDay, ForumState, Registration, RegistrationState
from programme.ids import ForumId, PersonId, RegistrationId

PARIS = ZoneInfo("Europe/Paris")


def on(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=PARIS).astimezone(UTC)


def forum(starts_at: datetime, ends_at: datetime, *days: ForumDay) -> Forum:
    return Forum(
        id=ForumId(1),
        code="code",
        title="Forum",
        starts_at=starts_at,
        ends_at=ends_at,
        place="Les Capucins",
        programme="",
        places=100,
        state=ForumState.PLANNED,
        version=0,
        days=days,
    )


ONE_EVENING = forum(on(17, 18), on(18, 1))
TWO_DAYS = forum(on(17, 14), on(18, 18), ForumDay(1, on(17, 14), on(17, 18)), ForumDay(2, on(18, 9), on(18, 18)))
A_LONG_ONE = forum(on(17, 14), on(19, 18))


@pytest.mark.parametrize(
    ("held", "now", "day"),
    [
        (ONE_EVENING, on(17, 14, 59), None),
        (ONE_EVENING, on(17, 15), 17),
        (ONE_EVENING, on(18, 0, 59), 17),
        (ONE_EVENING, on(18, 1), None),
        (TWO_DAYS, on(17, 11), 17),
        (TWO_DAYS, on(17, 20), None),
        (TWO_DAYS, on(18, 6), 18),
        (A_LONG_ONE, on(17, 11), 17),
        (A_LONG_ONE, on(18, 4), 18),
        (replace(ONE_EVENING, state=ForumState.CANCELLED), on(17, 19), None),
    ],
)
def test_doors_open_three_hours_before_each_day_and_close_at_its_end(
    held: Forum, now: datetime, day: int | None
) -> None:
    doors = open_doors(held, now, PARIS)

    assert (None if doors is None else doors.day) == (None if day is None else date(2026, 12, day))


def test_who_waits_outside_learns_when_the_doors_open() -> None:
    assert next_opening(TWO_DAYS, on(1, 9)) == on(17, 11)
    assert next_opening(TWO_DAYS, on(17, 20)) == on(18, 6)
    assert next_opening(TWO_DAYS, on(18, 7)) is None
    assert next_opening(replace(TWO_DAYS, state=ForumState.CANCELLED), on(1, 9)) is None


def registrant(
    number: int, name: str, state: RegistrationState = RegistrationState.CONFIRMED, *, came: bool = False
) -> Registrant:
    registration = Registration(
        id=RegistrationId(number),
        forum_id=ForumId(1),
        person_id=PersonId(number),
        organisation_id=None,
        seats=1,
        pitches=(),
        state=state,
        asked_at=on(1, 9),
        ticket=f"ticket-{number}",
        checked_in_at=on(17, 18) if came else None,
    )
    return Registrant(registration, name, "École d’ingénieurs" if name == "Zoé" else "")


LEA, SAM = registrant(1, "Léa", came=True), registrant(2, "Sam")
ZOE = registrant(3, "Zoé", RegistrationState.WAITING)


def test_who_did_not_come_is_known_once_it_is_over_and_anybody_was_checked_in() -> None:
    during, over = (sorted_registrants([LEA, SAM, ZOE], over=over) for over in (False, True))
    unnoted = sorted_registrants([SAM, ZOE], over=True)

    assert over == {
        RegistrantsView.CONFIRMED: (LEA, SAM),
        RegistrantsView.OFFERED: (),
        RegistrantsView.WAITING: (ZOE,),
        RegistrantsView.CANCELLED: (),
        RegistrantsView.ARRIVED: (LEA,),
        RegistrantsView.NO_SHOW: (SAM,),
    }
    assert (during[RegistrantsView.NO_SHOW], unnoted[RegistrantsView.NO_SHOW]) == ((), ())


@pytest.mark.parametrize(
    ("words", "found"), [("lea", [LEA]), ("INGENIEUR", [ZOE]), ("a", [LEA, SAM]), ("", [LEA, SAM, ZOE]), ("x", [])]
)
def test_a_few_letters_find_a_name_or_an_organisation(words: str, found: list[Registrant]) -> None:
    forgotten = registrant(4, "")

    assert named_so([ZOE, SAM, LEA, forgotten], words) == found
