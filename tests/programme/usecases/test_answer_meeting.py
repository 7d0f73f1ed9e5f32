from datetime import timedelta

import pytest

from programme.errors import NotAllowed, NotFound, Outdated, TooLate
from programme.groups import Group
from programme.ids import MeetingId
from programme.meetings import Answer, AnswerCounts, MeetingState
from programme.memberships import MembershipState
from programme.usecases.answer_meeting import answer_meeting
from programme.usecases.decide_membership import decide_membership
from programme.usecases.join_coalition import join_coalition
from programme.usecases.meeting_cards import card_of
from programme.usecases.move_meeting import Move, cancel_meeting, move_meeting
from tests.programme.usecases.group_cards import cards_waiting
from tests.programme.usecases.town import PARIS, Town
from tests.storage.brest import NEXT_WEEK, NOW, coalition, joins, meeting


@pytest.mark.parametrize("answer", list(Answer))
@pytest.mark.parametrize("role", ["member", "facilitator"])
def test_who_is_in_the_coalition_answers(town: Town, role: str, answer: Answer) -> None:
    workshop = meeting(town.uow, town.toits)

    assert answer_meeting(town.uow, town.who(role).id, workshop.id, 0, answer, NOW) == workshop
    assert town.uow.meetings.answer_of(workshop.id, town.who(role).id) is answer


@pytest.mark.parametrize("role", ["staff", "stranger"])
def test_who_is_not_in_the_coalition_does_not_answer(town: Town, role: str) -> None:
    workshop = meeting(town.uow, town.toits)

    with pytest.raises(NotAllowed):
        answer_meeting(town.uow, town.who(role).id, workshop.id, 0, Answer.YES, NOW)

    assert town.uow.meetings.counts(workshop.id) == AnswerCounts()


@pytest.mark.parametrize("state", [MembershipState.REFUSED, MembershipState.LEFT])
def test_who_was_refused_or_has_left_does_not_answer(town: Town, state: MembershipState) -> None:
    workshop = meeting(town.uow, town.toits)
    town.uow.memberships.put(town.member.id, town.toits.id, state, NOW)

    with pytest.raises(NotAllowed):
        answer_meeting(town.uow, town.member.id, workshop.id, 0, Answer.YES, NOW)


def test_the_answer_of_who_asks_to_join_counts_once_they_are_accepted(town: Town) -> None:
    workshop, yann = meeting(town.uow, town.toits), town.newcomer()
    asked = join_coalition(town.uow, yann.id, town.toits.id, NOW)

    answer_meeting(town.uow, yann.id, workshop.id, 0, Answer.YES, NOW)
    assert (town.uow.meetings.counts(workshop.id), town.uow.meetings.answers(workshop.id)) == (AnswerCounts(), {})

    decide_membership(town.uow, town.facilitator.id, asked.id, NOW, accepted=True)
    assert town.uow.meetings.counts(workshop.id) == AnswerCounts(yes=1)
    assert town.uow.meetings.answers(workshop.id) == {yann.id: Answer.YES}


def test_the_answer_of_who_asked_and_was_refused_never_counts(town: Town) -> None:
    workshop, yann = meeting(town.uow, town.toits), town.newcomer()
    asked = join_coalition(town.uow, yann.id, town.toits.id, NOW)
    answer_meeting(town.uow, yann.id, workshop.id, 0, Answer.YES, NOW)

    decide_membership(town.uow, town.facilitator.id, asked.id, NOW, accepted=False)

    assert town.uow.meetings.counts(workshop.id) == AnswerCounts()
    with pytest.raises(NotAllowed):
        answer_meeting(town.uow, yann.id, workshop.id, 0, Answer.NO, NOW)


def test_a_new_answer_changes_the_cards_in_groups_once_until_they_are_sent(town: Town) -> None:
    workshop = town.plans()
    card, group = card_of(workshop.id), Group(-1001, None, town.toits.id)
    town.uow.group_cards.show(card, group, NOW)
    said = cards_waiting(town)

    for answer in (Answer.YES, Answer.YES, Answer.NO):
        answer_meeting(town.uow, town.member.id, workshop.id, 0, answer, NOW)

    assert (said, cards_waiting(town)) == (1, 1)


def test_an_answer_takes_the_place_of_the_one_before(town: Town) -> None:
    workshop = meeting(town.uow, town.toits)

    for answer in (Answer.YES, Answer.MAYBE, Answer.NO, Answer.NO, Answer.MAYBE):
        answer_meeting(town.uow, town.member.id, workshop.id, 0, answer, NOW)

    assert town.uow.meetings.counts(workshop.id) == AnswerCounts(maybe=1)


def test_answering_tells_nobody_and_is_no_matter_for_the_audit_log(town: Town) -> None:
    answer_meeting(town.uow, town.member.id, meeting(town.uow, town.toits).id, 0, Answer.YES, NOW)

    assert (town.told(), town.audited()) == ([], [])


def test_a_meeting_that_is_nowhere_is_not_found(town: Town) -> None:
    with pytest.raises(NotFound):
        answer_meeting(town.uow, town.member.id, MeetingId(99), 0, Answer.YES, NOW)


def test_once_it_has_begun_it_is_too_late(town: Town) -> None:
    workshop = meeting(town.uow, town.toits)

    answer_meeting(town.uow, town.member.id, workshop.id, 0, Answer.YES, NEXT_WEEK - timedelta(seconds=1))
    with pytest.raises(TooLate):
        answer_meeting(town.uow, town.member.id, workshop.id, 0, Answer.NO, NEXT_WEEK)

    assert town.uow.meetings.answer_of(workshop.id, town.member.id) is Answer.YES


def test_a_cancelled_meeting_takes_no_answer(town: Town) -> None:
    workshop = cancel_meeting(town.uow, town.facilitator.id, meeting(town.uow, town.toits).id, NOW)
    assert workshop.state is MeetingState.CANCELLED

    for version in (0, 1):
        with pytest.raises(TooLate):
            answer_meeting(town.uow, town.member.id, workshop.id, version, Answer.YES, NOW)


def test_an_old_button_does_not_answer_the_moved_meeting(town: Town) -> None:
    workshop = meeting(town.uow, town.toits)
    later = Move(NEXT_WEEK + timedelta(days=1))
    moved = move_meeting(town.uow, town.facilitator.id, workshop.id, later, NOW, PARIS)

    with pytest.raises(Outdated):
        answer_meeting(town.uow, town.member.id, workshop.id, workshop.version, Answer.YES, NOW)
    answer_meeting(town.uow, town.member.id, workshop.id, moved.version, Answer.NO, NOW)

    assert town.uow.meetings.answer_of(workshop.id, town.member.id) is Answer.NO


def test_an_answer_is_for_one_meeting_only(town: Town) -> None:
    habitat = coalition(town.uow, "Habitat")
    joins(town.uow, town.member, habitat)
    here, there = meeting(town.uow, town.toits), meeting(town.uow, habitat)

    answer_meeting(town.uow, town.member.id, here.id, 0, Answer.NO, NOW)

    assert town.uow.meetings.answer_of(there.id, town.member.id) is None
