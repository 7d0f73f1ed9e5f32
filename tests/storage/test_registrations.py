from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import IntegrityError

from programme.errors import NotFound
from programme.forums import Feedback, ForumState, RegistrationState
from programme.ids import PersonId, PitchId, RegistrationId
from programme.people import Preferences
from programme.ports import Concerned, RegistrationEntry
from storage.tables.programme import people
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NEXT_WEEK, NOW, forum, person, registration

CANCELLED, CONFIRMED = RegistrationState.CANCELLED, RegistrationState.CONFIRMED
OFFERED, WAITING = RegistrationState.OFFERED, RegistrationState.WAITING


def test_a_registration_is_kept_from_waiting_to_what_was_thought_of_it(uow: SqlUnitOfWork) -> None:
    lea, this = person(uow, "Léa"), forum(uow)
    waits = registration(uow, lea, this, WAITING, seats=2)
    assert uow.registrations.get(waits.id) == waits

    went = replace(
        waits,
        seats=3,
        pitches=(PitchId(2), PitchId(10)),
        state=CONFIRMED,
        version=2,
        offer_until=NOW + timedelta(hours=6),
        checked_in_at=NEXT_WEEK,
        feedback=Feedback.VERY_USEFUL,
    )
    uow.registrations.save(replace(went, pitches=(PitchId(10), PitchId(2))))

    assert uow.registrations.get(waits.id) == went
    assert uow.registrations.by_ticket(waits.ticket) == went
    assert uow.registrations.by_ticket("forged") is None
    with pytest.raises(NotFound):
        uow.registrations.get(RegistrationId(99))


def test_who_comes_back_has_a_new_registration_after_all_others(uow: SqlUnitOfWork) -> None:
    lea, sam, this = person(uow, "Léa"), person(uow, "Sam"), forum(uow)
    assert uow.registrations.of(lea.id, this.id) is None
    first = registration(uow, lea, this, WAITING)
    sams = registration(uow, sam, this, WAITING)
    gone = replace(first, state=CANCELLED)
    uow.registrations.save(gone)

    again = registration(uow, lea, this, WAITING)

    assert uow.registrations.of(lea.id, this.id) == again
    assert uow.registrations.waiting(this.id) == [sams, again]
    assert uow.registrations.of_person(lea.id) == [gone, again]


def test_nobody_has_two_registrations_that_count(uow: SqlUnitOfWork) -> None:
    lea, this = person(uow, "Léa"), forum(uow)
    registration(uow, lea, this, WAITING)

    with pytest.raises(IntegrityError):
        registration(uow, lea, this)


def test_seats_confirmed_and_offered_are_taken(uow: SqlUnitOfWork) -> None:
    this, other = forum(uow, "forum-2027"), forum(uow, "forum-2028")
    assert uow.registrations.seats_taken(this.id) == 0

    offered = registration(uow, person(uow, "Invitée"), this, OFFERED, seats=2)
    confirmed = registration(uow, person(uow, "Confirmée"), this, CONFIRMED, seats=3)
    waits = registration(uow, person(uow, "En attente"), this, WAITING, seats=4)
    registration(uow, person(uow, "Partie"), this, CANCELLED, seats=5)
    registration(uow, person(uow, "Ailleurs"), other, CONFIRMED, seats=1)

    assert uow.registrations.seats_taken(this.id) == 5
    assert uow.registrations.holding(this.id) == [offered, confirmed]
    assert uow.registrations.waiting(this.id) == [waits]


def test_the_seats_asked_for_each_pitch_are_counted_but_for_what_is_cancelled(uow: SqlUnitOfWork) -> None:
    this, other = forum(uow, "forum-2027"), forum(uow, "forum-2028")
    lea = person(uow, "Léa")
    for who, at, state, seats, pitches in (
        (lea, this, CONFIRMED, 2, (1, 2)),
        (person(uow, "En attente"), this, WAITING, 3, (2,)),
        (person(uow, "Partie"), this, CANCELLED, 4, (1,)),
        (lea, other, CONFIRMED, 5, (1,)),
    ):
        asked = registration(uow, who, at, state, seats=seats)
        uow.registrations.save(replace(asked, pitches=tuple(PitchId(one) for one in pitches)))

    assert uow.registrations.pitch_seats(this.id) == {1: 2, 2: 5}
    assert uow.registrations.pitch_seats(this.id, besides=lea.id) == {2: 3}


def test_offers_lapse_the_oldest_first(uow: SqlUnitOfWork) -> None:
    this, other = forum(uow, "forum-2027"), forum(uow, "forum-2028")
    assert uow.registrations.next_lapse() is None
    later, now, before = (
        registration(uow, person(uow, name), at, OFFERED, offer_until=NOW + timedelta(hours=hours))
        for name, at, hours in (("Plus tard", this, 1), ("Maintenant", this, 0), ("Avant", other, -1))
    )
    registration(uow, person(uow, "Répondu"), this, CONFIRMED, offer_until=NOW - timedelta(hours=2))

    assert uow.registrations.lapsed(NOW, 10) == [before, now]
    assert uow.registrations.lapsed(NOW, 1) == [before]
    assert uow.registrations.next_lapse() == before.offer_until
    for over in (before, now):
        uow.registrations.save(replace(over, state=CANCELLED))
    assert uow.registrations.next_lapse() == later.offer_until


def test_an_agenda_shows_my_places_at_forums_that_are_not_over(uow: SqlUnitOfWork) -> None:
    lea, sam = person(uow, "Léa"), person(uow, "Sam")
    late, soon = forum(uow, "late", NEXT_WEEK), forum(uow, "soon", NOW - timedelta(hours=1))
    over, left, off = forum(uow, "over", NOW - timedelta(days=1)), forum(uow, "left"), forum(uow, "off")
    confirmed, waits = registration(uow, lea, late), registration(uow, lea, soon, WAITING)
    for at, state in ((over, CONFIRMED), (left, CANCELLED), (off, CONFIRMED)):
        registration(uow, lea, at, state)
    registration(uow, sam, late)
    uow.forums.save(replace(off, state=ForumState.CANCELLED))

    assert uow.registrations.upcoming(lea.id, NOW) == [
        RegistrationEntry(soon, waits),
        RegistrationEntry(late, confirmed),
    ]


def test_a_forum_concerns_the_reachable_whose_place_is_confirmed(uow: SqlUnitOfWork) -> None:
    this, other = forum(uow, "forum-2027"), forum(uow, "forum-2028")
    wanted = Preferences(language="en", digest=True)
    lea, sam = (person(uow, name, preferences=wanted) for name in ("Léa", "Sam"))
    blocked = person(uow, "Bloquée")
    for who in (sam, lea, blocked):
        registration(uow, who, this)
    for state in (WAITING, OFFERED, CANCELLED):
        registration(uow, person(uow, state.value), this, state)
    registration(uow, person(uow, "Ailleurs"), other)
    uow.people.save(replace(blocked, reachable=False))

    first, second = (Concerned(who.id, wanted, facilitator=False) for who in (lea, sam))
    assert uow.registrations.concerned(this.id, PersonId(0), 10) == [first, second]
    assert uow.registrations.concerned(this.id, PersonId(0), 1) == [first]
    assert uow.registrations.concerned(this.id, lea.id, 10) == [second]


def test_a_past_place_outlives_the_person(uow: SqlUnitOfWork, connection: Connection) -> None:
    lea, sam, this = person(uow, "Léa"), person(uow, "Sam"), forum(uow)
    places = [registration(uow, who, this) for who in (lea, sam)]

    connection.execute(people.delete().where(people.c.id.in_([lea.id, sam.id])))

    assert uow.registrations.holding(this.id) == [replace(place, person_id=None) for place in places]
    assert uow.registrations.concerned(this.id, PersonId(0), 10) == []


def test_what_is_asked_often_is_found_by_its_index(uow: SqlUnitOfWork, connection: Connection) -> None:
    lea, this = person(uow, "Léa"), forum(uow)
    plans: list[str] = []

    def explain(connection: Connection, _: Any, statement: str, parameters: Any, *__: Any) -> None:
        rows = connection.connection.cursor()
        rows.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        plans.extend(str(row[-1]) for row in rows.fetchall())

    event.listen(connection, "before_cursor_execute", explain)
    uow.registrations.of(lea.id, this.id)
    uow.registrations.lapsed(NOW, 10)
    uow.registrations.next_lapse()
    uow.registrations.seats_taken(this.id)
    event.remove(connection, "before_cursor_execute", explain)

    assert plans == [
        "SEARCH registrations USING INDEX uq_registrations_person (person_id=? AND forum_id=?)",
        "SEARCH registrations USING INDEX ix_registrations_offers (offer_until<?)",
        "SEARCH registrations USING INDEX ix_registrations_offers",
        "SEARCH registrations USING INDEX ix_registrations_forum (forum_id=? AND state=?)",
    ]
