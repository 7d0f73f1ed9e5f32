from datetime import timedelta

from programme.date_polls import DatePollState
from programme.memberships import MembershipState
from programme.notices import DatePollClosed
from programme.usecases.close_date_polls import close_date_polls
from programme.usecases.decide_date import decide_date
from tests.programme.usecases.date_poll_life import CLOSES_AT, options, proposes
from tests.programme.usecases.town import PARIS, Town
from tests.storage.brest import NOW

SECOND = timedelta(seconds=1)


def test_a_poll_closes_at_its_time_and_the_choice_goes_to_who_facilitates(town: Town) -> None:
    poll = proposes(town)

    assert not close_date_polls(town.uow, CLOSES_AT - SECOND, PARIS)
    assert close_date_polls(town.uow, CLOSES_AT, PARIS)
    assert not close_date_polls(town.uow, CLOSES_AT, PARIS)

    assert town.uow.date_polls.get(poll.id).state is DatePollState.CLOSED
    assert town.told()[1:] == [("Maude", DatePollClosed(poll.id))]


def test_where_nobody_facilitates_any_more_the_choice_is_the_project_team_s(town: Town) -> None:
    poll = proposes(town)
    town.uow.memberships.put(town.facilitator.id, town.toits.id, MembershipState.LEFT, NOW)

    close_date_polls(town.uow, CLOSES_AT, PARIS)

    assert town.told()[1:] == [("Anne", DatePollClosed(poll.id))]


def test_a_poll_that_is_decided_before_does_not_close(town: Town) -> None:
    poll = proposes(town)
    decide_date(town.uow, town.facilitator.id, options(town, poll)[0].id, NOW, PARIS)

    assert not close_date_polls(town.uow, CLOSES_AT, PARIS)
    assert town.uow.date_polls.get(poll.id).state is DatePollState.DECIDED
