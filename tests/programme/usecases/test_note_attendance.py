from dataclasses import replace

import pytest

from programme.errors import NotAllowed, NotFound, TooEarly
from programme.meetings import Answer
from programme.memberships import MembershipState
from programme.usecases.note_attendance import Attendee, attendees, note_all_who_said_yes, note_attendance
from tests.programme.usecases.town import EVENING, Town, crowd
from tests.storage.brest import NOW


def test_who_came_is_noted_changed_and_taken_back(town: Town) -> None:
    meeting, maude, lea = town.plans(), town.facilitator.id, town.member.id

    note_attendance(town.uow, maude, meeting.id, lea, True, EVENING)
    assert town.uow.afterwards.attendance(meeting.id) == {lea: True}
    note_attendance(town.uow, maude, meeting.id, lea, False, EVENING)
    assert town.uow.afterwards.attendance(meeting.id) == {lea: False}
    note_attendance(town.uow, maude, meeting.id, lea, None, EVENING)
    assert town.uow.afterwards.attendance(meeting.id) == {}


def test_all_who_said_yes_are_noted_at_once_and_the_others_stay_as_they_were(town: Town) -> None:
    crowd(town, 5)
    meeting = town.plans()
    lea, maude, one, other, third = town.uow.memberships.members(town.toits.id)
    for person, answer in ((lea, Answer.YES), (one, Answer.YES), (other, Answer.NO), (third, Answer.MAYBE)):
        town.uow.meetings.put_answer(meeting.id, person, answer, NOW)
    note_attendance(town.uow, maude, meeting.id, one, False, EVENING)
    note_attendance(town.uow, maude, meeting.id, other, True, EVENING)

    assert note_all_who_said_yes(town.uow, maude, meeting.id, EVENING) == 2

    assert town.uow.afterwards.attendance(meeting.id) == {lea: True, one: True, other: True}


def test_only_who_keeps_the_meeting_notes_once_it_has_begun(town: Town) -> None:
    meeting, lea = town.plans(), town.member.id
    for role in ("member", "stranger"):
        with pytest.raises(NotAllowed):
            note_attendance(town.uow, town.who(role).id, meeting.id, lea, True, EVENING)
        with pytest.raises(NotAllowed):
            note_all_who_said_yes(town.uow, town.who(role).id, meeting.id, EVENING)
        with pytest.raises(NotAllowed):
            attendees(town.uow, town.who(role).id, meeting.id, EVENING)
    with pytest.raises(TooEarly):
        note_attendance(town.uow, town.facilitator.id, meeting.id, lea, True, NOW)
    town.uow.meetings.save(replace(meeting, chair_id=lea))
    note_attendance(town.uow, lea, meeting.id, lea, True, EVENING)
    assert town.uow.afterwards.attendance(meeting.id) == {lea: True}


def test_only_members_are_noted(town: Town) -> None:
    meeting = town.plans()
    with pytest.raises(NotFound):
        note_attendance(town.uow, town.facilitator.id, meeting.id, town.stranger.id, True, EVENING)


def test_members_are_listed_by_what_they_had_said_then_by_name(town: Town) -> None:
    crowd(town, 6)
    meeting = town.plans()
    lea, maude, *others = town.uow.memberships.members(town.toits.id)
    said = (Answer.NO, Answer.YES, Answer.MAYBE, Answer.YES)
    for person, answer in zip(others, said, strict=True):
        town.uow.meetings.put_answer(meeting.id, person, answer, NOW)
    note_attendance(town.uow, maude, meeting.id, others[3], True, EVENING)
    note_attendance(town.uow, maude, meeting.id, lea, False, EVENING)

    assert attendees(town.uow, maude, meeting.id, EVENING) == [
        Attendee(others[1], "Membre 001", Answer.YES, None),
        Attendee(others[3], "Membre 003", Answer.YES, True),
        Attendee(others[2], "Membre 002", Answer.MAYBE, None),
        Attendee(lea, "Léa", None, False),
        Attendee(maude, "Maude", None, None),
        Attendee(others[0], "Membre 000", Answer.NO, None),
    ]


def test_who_left_is_not_listed_any_more(town: Town) -> None:
    meeting = town.plans()
    town.uow.meetings.put_answer(meeting.id, town.member.id, Answer.YES, NOW)
    town.uow.memberships.put(town.member.id, town.toits.id, MembershipState.LEFT, NOW)

    assert [each.name for each in attendees(town.uow, town.facilitator.id, meeting.id, EVENING)] == ["Maude"]
    assert note_all_who_said_yes(town.uow, town.facilitator.id, meeting.id, EVENING) == 0
