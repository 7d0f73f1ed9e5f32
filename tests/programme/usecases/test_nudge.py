from datetime import date, timedelta

import pytest

from programme.audit import AuditLine
from programme.errors import NotAllowed, TooLate
from programme.meetings import Answer
from programme.notices import MeetingNudge
from programme.usecases.answer_meeting import answer_meeting
from programme.usecases.introduce_person import mark_reachable
from programme.usecases.move_meeting import Move, cancel_meeting, move_meeting
from programme.usecases.nudge import nudge
from tests.programme.usecases.town import EVENING, PARIS, Town
from tests.storage.brest import NOW, joins

LATER = NOW + timedelta(days=1)


def newcomers(town: Town, *names: str) -> None:
    for name in names:
        joins(town.uow, town.newcomer(name), town.toits)


def nudged(town: Town) -> list[str]:
    return [name for name, notice in town.told() if isinstance(notice, MeetingNudge)]


@pytest.mark.parametrize("answer", list(Answer))
def test_who_has_not_answered_is_asked_once_more(town: Town, answer: Answer) -> None:
    newcomers(town, "Yann", "Zoé")
    planned = town.plans()
    answer_meeting(town.uow, town.member.id, planned.id, 0, answer, NOW)

    assert nudge(town.uow, town.facilitator.id, planned.id, LATER, PARIS) == 2

    assert nudged(town) == ["Yann", "Zoé"]
    assert town.uow.meetings.get(planned.id).nudged_at == LATER
    assert town.audited()[-1] == AuditLine(LATER, town.facilitator.id, "nudge", f"meeting:{planned.id}", {"people": 2})


def test_it_is_done_once_a_meeting(town: Town) -> None:
    planned = town.plans()
    nudge(town.uow, town.facilitator.id, planned.id, NOW, PARIS)

    with pytest.raises(TooLate):
        nudge(town.uow, town.facilitator.id, planned.id, LATER, PARIS)

    assert nudged(town) == ["Léa"]


def test_a_moved_meeting_asks_anew_and_may_be_nudged_anew(town: Town) -> None:
    planned = town.plans()
    nudge(town.uow, town.facilitator.id, planned.id, NOW, PARIS)
    move_meeting(town.uow, town.facilitator.id, planned.id, Move(EVENING + timedelta(days=1)), NOW, PARIS)

    assert nudge(town.uow, town.facilitator.id, planned.id, LATER, PARIS) == 1


def test_nobody_to_ask_leaves_it_for_later(town: Town) -> None:
    planned = town.plans()
    answer_meeting(town.uow, town.member.id, planned.id, 0, Answer.MAYBE, NOW)

    assert nudge(town.uow, town.facilitator.id, planned.id, NOW, PARIS) == 0
    newcomers(town, "Yann")
    assert nudge(town.uow, town.facilitator.id, planned.id, LATER, PARIS) == 1


def test_who_has_paused_or_can_not_be_reached_is_left_alone(town: Town) -> None:
    newcomers(town, "Yann", "Zoé")
    planned = town.plans()
    yann, zoe = (person for person in town.uow.memberships.members(town.toits.id)[2:])
    mark_reachable(town.uow, yann, NOW, reachable=False)
    town.prefers(town.uow.people.get(zoe), paused_until=date(2026, 12, 24))

    assert nudge(town.uow, town.facilitator.id, planned.id, LATER, PARIS) == 1
    assert nudged(town) == ["Léa"]


@pytest.mark.parametrize("role", ["member", "stranger"])
def test_nobody_else_nudges(town: Town, role: str) -> None:
    planned = town.plans()

    with pytest.raises(NotAllowed):
        nudge(town.uow, town.who(role).id, planned.id, NOW, PARIS)

    assert nudged(town) == []


def test_nothing_is_asked_of_what_is_over_or_cancelled(town: Town) -> None:
    over, cancelled = town.plans(), town.plans()
    cancel_meeting(town.uow, town.facilitator.id, cancelled.id, NOW)

    for meeting, at in ((over, EVENING), (cancelled, LATER)):
        with pytest.raises(TooLate):
            nudge(town.uow, town.facilitator.id, meeting.id, at, PARIS)
