from datetime import timedelta

import pytest

from programme.date_polls import DateAnswer
from programme.errors import NotAllowed, NotFound, TooLate
from programme.ids import DateOptionId
from programme.usecases.answer_dates import answer_date
from programme.usecases.decide_date import cancel_date_poll, decide_date
from tests.programme.usecases.date_poll_life import CLOSES_AT, options, proposes, says
from tests.programme.usecases.town import PARIS, Town
from tests.storage.brest import NOW

SECOND = timedelta(seconds=1)


def test_each_date_has_its_own_answer_and_the_last_one_counts(town: Town) -> None:
    poll = proposes(town)
    tuesday, thursday, friday = options(town, poll)

    says(town, town.member, tuesday, DateAnswer.YES)
    says(town, town.member, thursday, DateAnswer.NO)
    says(town, town.member, thursday, DateAnswer.IF_NEED_BE)

    assert town.uow.date_polls.answers(poll.id) == {
        tuesday.id: {town.member.id: DateAnswer.YES},
        thursday.id: {town.member.id: DateAnswer.IF_NEED_BE},
        friday.id: {},
    }


@pytest.mark.parametrize("role", ["staff", "stranger"])
def test_only_members_answer(town: Town, role: str) -> None:
    first, *_ = options(town, proposes(town))
    with pytest.raises(NotAllowed):
        says(town, town.who(role), first, DateAnswer.YES)


def test_a_date_that_nobody_proposed_can_not_be_answered(town: Town) -> None:
    with pytest.raises(NotFound):
        answer_date(town.uow, town.member.id, DateOptionId(99), DateAnswer.YES, NOW)


def test_answers_are_taken_until_the_instant_the_poll_closes(town: Town) -> None:
    poll = proposes(town)
    first, second, _ = options(town, poll)

    says(town, town.member, first, DateAnswer.YES, CLOSES_AT - SECOND)
    with pytest.raises(TooLate):
        says(town, town.member, second, DateAnswer.YES, CLOSES_AT)

    assert town.uow.date_polls.answers(poll.id)[second.id] == {}


def test_a_decided_or_cancelled_poll_takes_no_answers(town: Town) -> None:
    decided, cancelled = proposes(town), proposes(town)
    decide_date(town.uow, town.facilitator.id, options(town, decided)[0].id, NOW, PARIS)
    cancel_date_poll(town.uow, town.facilitator.id, cancelled.id, NOW)
    for poll in (decided, cancelled):
        with pytest.raises(TooLate):
            says(town, town.member, options(town, poll)[1], DateAnswer.YES)
