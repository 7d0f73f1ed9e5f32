from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection

from programme.coalitions import CoalitionState
from programme.errors import NotFound
from programme.ids import MeetingId, PersonId
from programme.meetings import Answer, AnswerCounts, MeetingState
from programme.memberships import MembershipState
from programme.people import Preferences
from programme.ports import AgendaEntry, Concerned
from storage.tables.programme import people
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NEXT_WEEK, NOW, coalition, joins, meeting, person


def test_a_moved_meeting_is_kept_with_its_version(uow: SqlUnitOfWork) -> None:
    planned = meeting(uow, coalition(uow, "Toits"), NEXT_WEEK.astimezone(ZoneInfo("Europe/Paris")))
    assert uow.meetings.get(planned.id) == planned

    moved = replace(planned, starts_at=NEXT_WEEK + timedelta(days=1), place="En ligne", version=1)
    uow.meetings.save(moved)

    assert uow.meetings.get(planned.id) == moved
    with pytest.raises(NotFound):
        uow.meetings.get(MeetingId(99))


def test_the_next_meeting_is_the_soonest_that_takes_place(uow: SqlUnitOfWork) -> None:
    toits, other = coalition(uow, "Toits"), coalition(uow, "Eau")
    meeting(uow, toits, NOW - timedelta(hours=1))
    cancelled = meeting(uow, toits, NOW + timedelta(days=1))
    uow.meetings.save(replace(cancelled, state=MeetingState.CANCELLED))
    meeting(uow, toits, NOW + timedelta(days=9))
    soonest = meeting(uow, toits, NOW + timedelta(days=8))
    meeting(uow, other, NOW + timedelta(days=2))

    assert uow.meetings.next_of(toits.id, NOW) == soonest
    assert uow.meetings.next_of(toits.id, NOW + timedelta(days=10)) is None


def test_the_agenda_shows_my_meetings_with_my_answers(uow: SqlUnitOfWork) -> None:
    lea, sam = person(uow, "Léa"), person(uow, "Sam")
    toits, eau, bois = (coalition(uow, name) for name in ("Toits", "Eau", "Bois"))
    refused = coalition(uow, "Refusée", state=CoalitionState.REFUSED)
    joins(uow, lea, toits)
    joins(uow, lea, eau, facilitator=True)
    joins(uow, lea, refused)
    joins(uow, sam, toits)
    uow.memberships.put(lea.id, bois.id, MembershipState.LEFT, NOW)
    late, soon = meeting(uow, toits, NEXT_WEEK), meeting(uow, eau, NOW + timedelta(days=1))
    meeting(uow, bois)
    meeting(uow, refused)
    uow.meetings.put_answer(late.id, lea.id, Answer.MAYBE, NOW)
    uow.meetings.put_answer(soon.id, sam.id, Answer.NO, NOW)

    assert uow.meetings.agenda(lea.id, NOW) == [
        AgendaEntry(soon, eau, None),
        AgendaEntry(late, toits, Answer.MAYBE),
    ]
    assert uow.meetings.upcoming_led_by(lea.id, NOW) == [soon]
    assert uow.meetings.upcoming_led_by(sam.id, NOW) == []


def test_an_answer_takes_the_place_of_the_one_before(uow: SqlUnitOfWork) -> None:
    lea = person(uow, "Léa")
    planned = meeting(uow, coalition(uow, "Toits"))
    assert uow.meetings.answer_of(planned.id, lea.id) is None

    uow.meetings.put_answer(planned.id, lea.id, Answer.NO, NOW)
    uow.meetings.put_answer(planned.id, lea.id, Answer.YES, NOW)

    assert uow.meetings.answer_of(planned.id, lea.id) is Answer.YES


def test_only_the_answers_of_members_count(uow: SqlUnitOfWork) -> None:
    toits = coalition(uow, "Toits")
    planned = meeting(uow, toits)
    everybody = [person(uow, f"Membre {number}") for number in range(5)]
    for who, answer in zip(everybody, (Answer.YES, Answer.YES, Answer.MAYBE, Answer.NO, Answer.YES), strict=True):
        joins(uow, who, toits)
        uow.meetings.put_answer(planned.id, who.id, answer, NOW)
    uow.memberships.put(everybody[0].id, toits.id, MembershipState.LEFT, NOW)

    assert uow.meetings.counts(planned.id) == AnswerCounts(yes=2, maybe=1, no=1)


def test_a_move_forgets_the_answers_of_that_meeting_only(uow: SqlUnitOfWork) -> None:
    lea, toits = person(uow, "Léa"), coalition(uow, "Toits")
    joins(uow, lea, toits)
    moved, other = meeting(uow, toits), meeting(uow, toits)
    for each in (moved, other):
        uow.meetings.put_answer(each.id, lea.id, Answer.YES, NOW)

    uow.meetings.forget_answers(moved.id)

    assert uow.meetings.counts(moved.id) == AnswerCounts()
    assert uow.meetings.counts(other.id) == AnswerCounts(yes=1)


def test_a_meeting_concerns_reachable_members_who_did_not_decline(uow: SqlUnitOfWork) -> None:
    toits = coalition(uow, "Toits")
    planned = meeting(uow, toits)
    silent, coming, declined, blocked, left, stranger = (
        person(uow, name, preferences=Preferences(language="en"))
        for name in ("Silencieuse", "Partante", "Empêchée", "Bloquée", "Partie", "Étrangère")
    )
    for who in (silent, coming, declined, blocked):
        joins(uow, who, toits, facilitator=who is coming)
    uow.memberships.put(left.id, toits.id, MembershipState.LEFT, NOW)
    joins(uow, stranger, coalition(uow, "Eau"))
    uow.meetings.put_answer(planned.id, coming.id, Answer.YES, NOW)
    uow.meetings.put_answer(planned.id, declined.id, Answer.NO, NOW)
    uow.people.save(replace(blocked, reachable=False))

    first = Concerned(silent.id, silent.preferences, facilitator=False)
    second = Concerned(coming.id, coming.preferences, facilitator=True)
    assert uow.meetings.concerned(planned.id, PersonId(0), 10) == [first, second]
    assert uow.meetings.concerned(planned.id, PersonId(0), 1) == [first]
    assert uow.meetings.concerned(planned.id, silent.id, 10) == [second]


def test_a_meeting_outlives_who_planned_it_and_their_answer_goes(uow: SqlUnitOfWork, connection: Connection) -> None:
    lea, toits = person(uow, "Léa"), coalition(uow, "Toits")
    joins(uow, lea, toits)
    planned = uow.meetings.add(replace(meeting(uow, toits), planned_by=lea.id))
    uow.meetings.put_answer(planned.id, lea.id, Answer.YES, NOW)

    connection.execute(people.delete().where(people.c.id == lea.id))

    assert uow.meetings.get(planned.id) == replace(planned, planned_by=None)
    assert uow.meetings.answer_of(planned.id, lea.id) is None
