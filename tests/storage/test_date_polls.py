from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from programme.coalitions import Coalition
from programme.date_polls import DateAnswer, DatePoll, DatePollState
from programme.errors import NotFound
from programme.ids import DateOptionId, DatePollId
from programme.meetings import MeetingKind
from programme.memberships import MembershipState
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NOW, coalition, joins, meeting, person

A_DAY = timedelta(days=1)


def poll(uow: SqlUnitOfWork, of: Coalition, *moments: datetime, closes_at: datetime = NOW + A_DAY) -> DatePoll:
    asked = DatePoll(
        id=DatePollId(0),
        coalition_id=of.id,
        title="Atelier",
        kind=MeetingKind.WORKSHOP,
        place="ENIB",
        agenda="Se connaître",
        closes_at=closes_at,
        state=DatePollState.OPEN,
        asked_by=None,
    )
    return uow.date_polls.add(asked, moments or (NOW + 2 * A_DAY, NOW + 3 * A_DAY))


def test_a_poll_is_kept_with_its_dates_soonest_first_and_each_once(uow: SqlUnitOfWork) -> None:
    late, soon = NOW + 5 * A_DAY, NOW + 2 * A_DAY
    asked = poll(uow, coalition(uow, "Toits"), late, soon, soon.astimezone(ZoneInfo("Europe/Paris")))

    assert uow.date_polls.get(asked.id) == asked
    assert uow.date_polls.get_to_answer(asked.id) == uow.date_polls.get_to_change(asked.id) == asked
    options = uow.date_polls.options(asked.id)
    assert [option.starts_at for option in options] == [soon, late]
    assert uow.date_polls.option(options[1].id) == options[1]
    for missing in (uow.date_polls.get, uow.date_polls.get_to_answer, uow.date_polls.get_to_change):
        with pytest.raises(NotFound):
            missing(DatePollId(99))
    with pytest.raises(NotFound):
        uow.date_polls.option(DateOptionId(99))


def test_what_changed_of_a_poll_is_kept(uow: SqlUnitOfWork) -> None:
    toits = coalition(uow, "Toits")
    asked = poll(uow, toits)
    decided = replace(asked, state=DatePollState.DECIDED, meeting_id=meeting(uow, toits).id)

    uow.date_polls.save(decided)

    assert uow.date_polls.get(asked.id) == decided


def test_answers_are_those_of_members_in_the_order_they_came_and_the_last_one_counts(uow: SqlUnitOfWork) -> None:
    toits = coalition(uow, "Toits")
    lea, sam, zoe = (person(uow, name) for name in ("Léa", "Sam", "Zoé"))
    joins(uow, lea, toits)
    joins(uow, sam, toits)
    uow.memberships.put(zoe.id, toits.id, MembershipState.LEFT, NOW)
    asked = poll(uow, toits)
    first, second = uow.date_polls.options(asked.id)
    for who, answer, minute in (
        (sam, DateAnswer.YES, 1),
        (lea, DateAnswer.NO, 2),
        (zoe, DateAnswer.YES, 3),
        (lea, DateAnswer.IF_NEED_BE, 0),
    ):
        uow.date_polls.put_answer(first.id, who.id, answer, NOW + timedelta(minutes=minute))

    answers = uow.date_polls.answers(asked.id)

    assert answers == {first.id: {lea.id: DateAnswer.IF_NEED_BE, sam.id: DateAnswer.YES}, second.id: {}}
    assert list(answers[first.id]) == [lea.id, sam.id]


def test_polls_that_wait_for_a_choice_are_open_and_closed_ones(uow: SqlUnitOfWork) -> None:
    toits, eau = coalition(uow, "Toits"), coalition(uow, "Eau")
    polls = [poll(uow, toits) for _ in DatePollState]
    for one, state in zip(polls, DatePollState, strict=True):
        uow.date_polls.save(replace(one, state=state))
    poll(uow, eau)

    assert [one.state for one in uow.date_polls.open_of(toits.id)] == [DatePollState.OPEN, DatePollState.CLOSED]


def test_open_polls_whose_time_is_over_are_due_oldest_first(uow: SqlUnitOfWork) -> None:
    toits = coalition(uow, "Toits")
    later, soon, decided, last = (poll(uow, toits, closes_at=NOW + hours * A_DAY / 24) for hours in (2, 1, 1, 3))
    uow.date_polls.save(replace(decided, state=DatePollState.DECIDED))
    assert uow.date_polls.next_close() == soon.closes_at

    assert uow.date_polls.due_to_close(soon.closes_at - timedelta(seconds=1), 10) == []
    assert uow.date_polls.due_to_close(later.closes_at, 10) == [soon, later]
    assert uow.date_polls.due_to_close(NOW + A_DAY, 2) == [soon, later]
    for one in (soon, later, last):
        uow.date_polls.save(replace(one, state=DatePollState.CLOSED))
    assert uow.date_polls.next_close() is None
