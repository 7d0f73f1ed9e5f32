from dataclasses import replace

import pytest

from programme.errors import NotAllowed, NotFound, TooEarly, TooLate
from programme.ids import MeetingId
from programme.memberships import MembershipState
from programme.usecases.afterwards import keeps, kept_meeting
from programme.usecases.move_meeting import cancel_meeting
from tests.programme.usecases.town import EVENING, Town
from tests.storage.brest import NOW


def test_who_facilitates_and_staff_keep_a_meeting(town: Town) -> None:
    meeting = town.plans()
    assert {
        role: keeps(town.uow, town.who(role).id, meeting) for role in ("member", "facilitator", "staff", "stranger")
    } == {
        "member": False,
        "facilitator": True,
        "staff": True,
        "stranger": False,
    }


def test_who_chairs_a_meeting_keeps_it_while_a_member(town: Town) -> None:
    chaired = replace(town.plans(), chair_id=town.member.id)
    assert keeps(town.uow, town.member.id, chaired)
    town.uow.memberships.put(town.member.id, town.toits.id, MembershipState.LEFT, NOW)
    assert not keeps(town.uow, town.member.id, chaired)


def test_a_meeting_is_kept_from_its_beginning_on_unless_it_was_cancelled(town: Town) -> None:
    meeting, cancelled = town.plans(), town.plans()
    cancel_meeting(town.uow, town.facilitator.id, cancelled.id, NOW)

    assert kept_meeting(town.uow, town.facilitator.id, meeting.id, EVENING) == meeting
    with pytest.raises(TooEarly):
        kept_meeting(town.uow, town.facilitator.id, meeting.id, NOW)
    with pytest.raises(TooLate):
        kept_meeting(town.uow, town.facilitator.id, cancelled.id, EVENING)
    with pytest.raises(NotAllowed):
        kept_meeting(town.uow, town.member.id, meeting.id, EVENING)
    with pytest.raises(NotFound):
        kept_meeting(town.uow, town.facilitator.id, MeetingId(99), EVENING)
