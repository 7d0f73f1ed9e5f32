import pytest

from programme.date_polls import DateAnswer, DatePollState
from programme.errors import InThePast, NotAllowed, NotFound, TooLate
from programme.ids import DateOptionId, DatePollId
from programme.meetings import Answer
from programme.notices import DatePollOpened, MeetingPlanned
from programme.usecases.close_date_polls import close_date_polls
from programme.usecases.decide_date import cancel_date_poll, decide_date, standings
from tests.programme.usecases.date_poll_life import CLOSES_AT, FRIDAY, THURSDAY, TUESDAY, options, proposes, says
from tests.programme.usecases.town import PARIS, Town, crowd
from tests.storage.brest import NOW


def test_the_chosen_date_becomes_the_meeting_with_those_who_said_yes(town: Town) -> None:
    names = crowd(town, 4)
    poll = proposes(town)
    tuesday, thursday, _ = options(town, poll)
    people = [town.uow.people.get(one) for one in town.uow.memberships.members(town.toits.id)]
    said = (DateAnswer.YES, DateAnswer.IF_NEED_BE, DateAnswer.NO, DateAnswer.YES)
    for who, answer in zip(people, said, strict=True):
        says(town, who, thursday, answer)
        says(town, who, tuesday, DateAnswer.YES)
    close_date_polls(town.uow, CLOSES_AT, PARIS)

    meeting = decide_date(town.uow, town.facilitator.id, thursday.id, CLOSES_AT, PARIS)

    assert (meeting.title, meeting.place, meeting.starts_at) == ("Atelier", "Les Capucins", THURSDAY)
    assert town.uow.meetings.answers(meeting.id) == {people[0].id: Answer.YES, people[3].id: Answer.YES}
    decided = town.uow.date_polls.get(poll.id)
    assert (decided.state, decided.meeting_id) == (DatePollState.DECIDED, meeting.id)
    told = [name for name, notice in town.told() if notice == MeetingPlanned(meeting.id, 0)]
    assert told == [name for name in names if name != "Maude"]
    assert [line.deed for line in town.audited()] == ["ask_for_dates", "plan_meeting", "decide_date"]


def test_the_date_may_be_decided_before_the_poll_closes(town: Town) -> None:
    poll = proposes(town)
    meeting = decide_date(town.uow, town.facilitator.id, options(town, poll)[2].id, NOW, PARIS)
    assert (meeting.starts_at, town.uow.date_polls.get(poll.id).meeting_id) == (FRIDAY, meeting.id)


def test_of_two_who_decide_the_second_is_too_late(town: Town) -> None:
    tuesday, thursday, _ = options(town, proposes(town))
    decide_date(town.uow, town.facilitator.id, tuesday.id, NOW, PARIS)
    for option in (tuesday, thursday):
        with pytest.raises(TooLate):
            decide_date(town.uow, town.staff.id, option.id, NOW, PARIS)
    assert len(town.uow.meetings.of_coalition(town.toits.id, NOW, None)) == 1


@pytest.mark.parametrize("role", ["member", "stranger"])
def test_only_who_facilitates_and_staff_decide_or_cancel(town: Town, role: str) -> None:
    poll = proposes(town)
    with pytest.raises(NotAllowed):
        decide_date(town.uow, town.who(role).id, options(town, poll)[0].id, NOW, PARIS)
    with pytest.raises(NotAllowed):
        cancel_date_poll(town.uow, town.who(role).id, poll.id, NOW)
    assert decide_date(town.uow, town.staff.id, options(town, poll)[0].id, NOW, PARIS).planned_by == town.staff.id


def test_a_date_that_is_over_can_not_be_chosen(town: Town) -> None:
    poll = proposes(town)
    with pytest.raises(InThePast):
        decide_date(town.uow, town.facilitator.id, options(town, poll)[0].id, TUESDAY, PARIS)
    assert decide_date(town.uow, town.facilitator.id, options(town, poll)[1].id, TUESDAY, PARIS).starts_at == THURSDAY


def test_a_cancelled_poll_comes_to_nothing(town: Town) -> None:
    poll = proposes(town)
    assert cancel_date_poll(town.uow, town.facilitator.id, poll.id, NOW).state is DatePollState.CANCELLED
    with pytest.raises(TooLate):
        decide_date(town.uow, town.facilitator.id, options(town, poll)[0].id, NOW, PARIS)
    with pytest.raises(TooLate):
        cancel_date_poll(town.uow, town.facilitator.id, poll.id, NOW)
    assert [notice for _, notice in town.told()] == [DatePollOpened(poll.id)]


def test_what_does_not_exist_is_not_found(town: Town) -> None:
    with pytest.raises(NotFound):
        decide_date(town.uow, town.facilitator.id, DateOptionId(99), NOW, PARIS)
    with pytest.raises(NotFound):
        cancel_date_poll(town.uow, town.facilitator.id, DatePollId(99), NOW)


def test_dates_stand_by_yes_then_if_need_be_then_soonest(town: Town) -> None:
    crowd(town, 4)
    poll = proposes(town)
    tuesday, thursday, friday = options(town, poll)
    lea, maude, one, other = [town.uow.people.get(each) for each in town.uow.memberships.members(town.toits.id)]
    for who, option, answer in (
        (lea, thursday, DateAnswer.YES),
        (maude, friday, DateAnswer.YES),
        (one, friday, DateAnswer.IF_NEED_BE),
        (other, thursday, DateAnswer.NO),
        (other, tuesday, DateAnswer.IF_NEED_BE),
    ):
        says(town, who, option, answer)

    found = standings(town.uow, poll.id)

    assert [(each.option, each.yes, each.if_need_be, each.no) for each in found] == [
        (friday, 1, 1, 0),
        (thursday, 1, 0, 1),
        (tuesday, 0, 1, 0),
    ]
