from dataclasses import replace
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection

from programme.coalitions import Coalition, CoalitionState
from programme.errors import NotFound
from programme.ids import MeetingId, PersonId, SeriesId
from programme.meetings import Answer, AnswerCounts, MeetingKind, MeetingState
from programme.memberships import MembershipState
from programme.people import Preferences
from programme.ports import AgendaEntry, Concerned
from programme.series import Frequency, Series
from storage.tables.programme import people
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NEXT_WEEK, NOW, TODAY, coalition, joins, meeting, person


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


def test_answers_come_in_their_order_and_only_from_members(uow: SqlUnitOfWork) -> None:
    toits = coalition(uow, "Toits")
    planned, other = meeting(uow, toits), meeting(uow, toits)
    first, second, third, gone = (person(uow, name) for name in ("Une", "Deux", "Trois", "Partie"))
    for who in (first, second, third):
        joins(uow, who, toits)
    for minute, (who, answer) in enumerate(((third, Answer.YES), (gone, Answer.YES), (first, Answer.NO))):
        uow.meetings.put_answer(planned.id, who.id, answer, NOW + timedelta(minutes=minute))
    uow.meetings.put_answer(other.id, second.id, Answer.MAYBE, NOW)

    assert list(uow.meetings.answers(planned.id).items()) == [(third.id, Answer.YES), (first.id, Answer.NO)]
    assert uow.meetings.silent(planned.id) == [second.id]
    assert uow.meetings.silent(other.id) == [first.id, third.id]


def test_a_series_gives_what_follows_a_moment_cancelled_ones_too(uow: SqlUnitOfWork) -> None:
    toits = coalition(uow, "Toits")
    again = uow.series.add(weekly(toits))
    kept = [
        replace(meeting(uow, toits, NOW + timedelta(weeks=week)), series_id=again.id, slot_on=TODAY + timedelta(week))
        for week in (2, 0, 1)
    ]
    kept[2] = replace(kept[2], state=MeetingState.CANCELLED)
    for one in kept:
        uow.meetings.save(one)
    meeting(uow, toits, NOW + timedelta(weeks=1))

    assert uow.meetings.of_series(again.id, NOW) == [kept[2], kept[0]]
    assert uow.meetings.of_series(again.id, NOW - timedelta(minutes=1)) == [kept[1], kept[2], kept[0]]


def test_a_coalition_gives_what_takes_place_between_two_moments(uow: SqlUnitOfWork) -> None:
    toits, eau = coalition(uow, "Toits"), coalition(uow, "Eau")
    late, soon, now = (meeting(uow, toits, NOW + timedelta(days=days)) for days in (30, 1, 0))
    cancelled = replace(meeting(uow, toits, NOW + timedelta(days=2)), state=MeetingState.CANCELLED)
    uow.meetings.save(cancelled)
    of_others = meeting(uow, eau, NOW + timedelta(hours=3))

    assert uow.meetings.of_coalition(toits.id, NOW, late.starts_at) == [now, soon]
    assert uow.meetings.of_coalition(toits.id, soon.starts_at, None) == [soon, late]
    assert uow.meetings.to_pin(NOW, NOW + timedelta(days=1)) == [now, of_others]


def test_a_meeting_is_kept_by_its_facilitators_and_its_chair(uow: SqlUnitOfWork) -> None:
    toits = coalition(uow, "Toits")
    planned = meeting(uow, toits)
    maude, lea, member, blocked = (person(uow, name) for name in ("Maude", "Léa", "Membre", "Bloquée"))
    for who in (maude, lea, member, blocked):
        joins(uow, who, toits, facilitator=who in {maude, blocked})
    uow.people.save(replace(blocked, reachable=False))
    assert uow.meetings.chair(planned.id, PersonId(0), 10) == []
    uow.meetings.save(replace(planned, chair_id=lea.id))

    leading = Concerned(maude.id, maude.preferences, facilitator=True)
    chairing = Concerned(lea.id, lea.preferences, facilitator=False)
    assert uow.meetings.keepers(planned.id, PersonId(0), 10) == [leading, chairing]
    assert uow.meetings.keepers(planned.id, maude.id, 10) == [chairing]
    assert uow.meetings.keepers(planned.id, PersonId(0), 1) == [leading]
    assert uow.meetings.chair(planned.id, PersonId(0), 10) == [chairing]
    assert uow.meetings.chair(planned.id, lea.id, 10) == []

    uow.memberships.put(lea.id, toits.id, MembershipState.LEFT, NOW)
    assert uow.meetings.keepers(planned.id, PersonId(0), 10) == [leading]
    assert uow.meetings.chair(planned.id, PersonId(0), 10) == []


def weekly(of: Coalition) -> Series:
    return Series(
        id=SeriesId(0),
        coalition_id=of.id,
        title="Point du mardi",
        kind=MeetingKind.WORKING,
        place="",
        agenda="",
        frequency=Frequency.WEEKLY,
        starts_on=TODAY,
        at=time(18, 30),
        nth=None,
        until_on=None,
        planned_by=None,
    )
