from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from programme.audit import AuditLine
from programme.errors import NotAllowed, NotFound, Outdated, TooLate
from programme.ids import MeetingId, PersonId
from programme.leads import Lead
from programme.meetings import Meeting
from programme.memberships import MembershipState
from programme.notices import ChairTurn, Notice, TurnPassedOn
from programme.path import Agreement
from programme.people import Person
from programme.usecases.chairs import (
    chairs_in_order,
    give_back_turn,
    hand_on_turns,
    join_rotation,
    leave_rotation,
    name_chair,
    remind_chair,
    set_order,
    skip,
    swap,
    take_turn,
    whose_turn,
)
from tests.programme.usecases.town import EVENING, PARIS, Reminded, Town, paris, remind_at, remind_until
from tests.storage.brest import NOW, joins, meeting

WEEK_BEFORE = EVENING - timedelta(days=7)


def agrees(town: Town, *, rotating: bool = True, chair: Person | None = None) -> None:
    chair_id = None if chair is None else chair.id
    town.uow.path.put_agreement(Agreement(town.toits.id, rotating, chair_id, "Le mardi", "Ici", "Léa", "Sam"), NOW)


def rotation(town: Town, *names: str) -> list[Person]:
    """Let Léa, Maude and these newcomers, members too, chair in turn, in this order."""
    newcomers = [town.newcomer(name) for name in names]
    for one in newcomers:
        joins(town.uow, one, town.toits)
    agrees(town)
    people = [town.member, town.facilitator, *newcomers]
    town.uow.path.put_chairs(town.toits.id, [one.id for one in people])
    return people


def order(town: Town) -> list[str]:
    return [town.uow.people.get(one).name for one in chairs_in_order(town.uow, town.toits.id)]


def chairs(town: Town, who: Person, at: int = 0) -> Meeting:
    """Have somebody chair a meeting to come, so many days after the usual evening."""
    planned = replace(meeting(town.uow, town.toits, EVENING + timedelta(days=at)), chair_id=who.id)
    town.uow.meetings.save(planned)
    return planned


def chair_of(town: Town, planned: Meeting) -> PersonId | None:
    return town.uow.meetings.get(planned.id).chair_id


def told(town: Town) -> Sequence[tuple[str, Notice]]:
    return [(name, notice) for name, notice in town.told() if isinstance(notice, ChairTurn | TurnPassedOn)]


def test_turns_go_round(town: Town) -> None:
    lea, maude, yann = rotation(town, "Yann")

    taken = [take_turn(town.uow, town.toits.id) for _ in range(4)]

    assert taken == [lea.id, maude.id, yann.id, lea.id]
    assert order(town) == ["Maude", "Yann", "Léa"]


def test_without_an_agreement_nobody_chairs(town: Town) -> None:
    town.uow.path.put_chairs(town.toits.id, [town.member.id])

    assert take_turn(town.uow, town.toits.id) is None
    assert (order(town), whose_turn(town.uow, town.toits.id, NOW)) == ([], None)


def test_in_an_empty_rotation_nobody_chairs(town: Town) -> None:
    agrees(town)

    assert take_turn(town.uow, town.toits.id) is None


def test_the_fixed_chair_always_chairs_while_they_are_a_member(town: Town) -> None:
    agrees(town, rotating=False, chair=town.member)
    assert [take_turn(town.uow, town.toits.id) for _ in range(2)] == [town.member.id, town.member.id]
    assert whose_turn(town.uow, town.toits.id, NOW) == town.member.id

    town.uow.memberships.put(town.member.id, town.toits.id, MembershipState.LEFT, NOW)

    assert take_turn(town.uow, town.toits.id) is None


def test_a_turn_that_is_given_back_comes_first_again(town: Town) -> None:
    lea, _, _ = rotation(town, "Yann")
    take_turn(town.uow, town.toits.id)

    give_back_turn(town.uow, town.toits.id, lea.id)

    assert order(town) == ["Léa", "Maude", "Yann"]


def test_who_is_not_in_the_order_gives_nothing_back(town: Town) -> None:
    rotation(town)

    give_back_turn(town.uow, town.toits.id, town.stranger.id)

    assert order(town) == ["Léa", "Maude"]


def test_the_order_is_the_facilitators_to_set_and_written_in_the_audit_log(town: Town) -> None:
    lea, maude, yann = rotation(town, "Yann")

    set_order(town.uow, maude.id, town.toits.id, [yann.id, lea.id, maude.id], NOW)

    assert order(town) == ["Yann", "Léa", "Maude"]
    details = {"order": f"{yann.id},{lea.id},{maude.id}"}
    assert town.audited() == [AuditLine(NOW, maude.id, "set_chairs", f"coalition:{town.toits.id}", details)]


@pytest.mark.parametrize("role", ["member", "stranger"])
def test_nobody_else_sets_the_order_swaps_or_names(town: Town, role: str) -> None:
    lea, maude = rotation(town)
    planned, by = chairs(town, maude), town.who(role).id

    with pytest.raises(NotAllowed):
        set_order(town.uow, by, town.toits.id, [lea.id], NOW)
    with pytest.raises(NotAllowed):
        swap(town.uow, by, town.toits.id, lea.id, maude.id, NOW)
    with pytest.raises(NotAllowed):
        name_chair(town.uow, by, planned.id, lea.id, NOW, PARIS)
    with pytest.raises(NotAllowed):
        skip(town.uow, by, town.toits.id, maude.id, planned.id, NOW)
    with pytest.raises(NotAllowed):
        leave_rotation(town.uow, by, town.toits.id, maude.id, NOW)
    assert (order(town), chair_of(town, planned), town.audited()) == (["Léa", "Maude"], maude.id, [])


def test_only_members_are_put_into_the_order(town: Town) -> None:
    lea, maude = rotation(town)

    with pytest.raises(NotFound):
        set_order(town.uow, maude.id, town.toits.id, [lea.id, town.stranger.id], NOW)
    with pytest.raises(NotFound):
        join_rotation(town.uow, maude.id, town.toits.id, town.stranger.id, NOW)

    assert order(town) == ["Léa", "Maude"]


def test_a_member_comes_in_and_goes_out_by_themself(town: Town) -> None:
    _, maude = rotation(town)
    town.uow.path.put_chairs(town.toits.id, [maude.id])

    join_rotation(town.uow, town.member.id, town.toits.id, town.member.id, NOW)
    join_rotation(town.uow, town.member.id, town.toits.id, town.member.id, NOW)
    assert order(town) == ["Maude", "Léa"]
    leave_rotation(town.uow, town.member.id, town.toits.id, town.member.id, NOW)

    assert order(town) == ["Maude"]
    with pytest.raises(NotAllowed):
        join_rotation(town.uow, town.stranger.id, town.toits.id, town.stranger.id, NOW)


def test_two_who_swap_change_places_and_the_next_meetings_that_they_chair(town: Town) -> None:
    lea, maude, yann = rotation(town, "Yann")
    first, second, third = chairs(town, lea), chairs(town, maude, at=7), chairs(town, lea, at=14)

    swap(town.uow, town.staff.id, town.toits.id, lea.id, maude.id, NOW)

    assert order(town) == ["Maude", "Léa", "Yann"]
    assert [chair_of(town, one) for one in (first, second, third)] == [maude.id, lea.id, lea.id]
    assert told(town) == [
        ("Maude", ChairTurn(first.id, 0, Lead.WEEK)),
        ("Léa", TurnPassedOn(first.id)),
        ("Léa", ChairTurn(second.id, 0, Lead.WEEK)),
        ("Maude", TurnPassedOn(second.id)),
    ]
    assert [line.deed for line in town.audited()] == ["set_chairs"]
    with pytest.raises(NotFound):
        swap(town.uow, town.staff.id, town.toits.id, yann.id, town.stranger.id, NOW)
    with pytest.raises(NotFound):
        swap(town.uow, town.staff.id, town.toits.id, yann.id, yann.id, NOW)


def test_who_swaps_before_any_meeting_is_planned_changes_the_order_only(town: Town) -> None:
    lea, maude, yann = rotation(town, "Yann")

    swap(town.uow, maude.id, town.toits.id, lea.id, yann.id, NOW)

    assert (order(town), told(town)) == (["Yann", "Maude", "Léa"], [])


def test_the_next_one_takes_the_meeting_of_who_passes_and_comes_last(town: Town) -> None:
    lea, maude, yann = rotation(town, "Yann")
    planned = chairs(town, lea)
    town.uow.path.put_chairs(town.toits.id, [maude.id, yann.id, lea.id])

    taker = skip(town.uow, lea.id, town.toits.id, lea.id, planned.id, NOW)

    assert taker == maude.id
    assert (order(town), chair_of(town, planned)) == (["Yann", "Léa", "Maude"], maude.id)
    assert told(town) == [("Maude", ChairTurn(planned.id, 0, Lead.WEEK))]


def test_the_turn_to_come_is_passed_to_the_next_one(town: Town) -> None:
    lea, maude, _ = rotation(town, "Yann")

    assert skip(town.uow, maude.id, town.toits.id, lea.id, None, NOW) == maude.id

    assert order(town) == ["Maude", "Yann", "Léa"]
    assert whose_turn(town.uow, town.toits.id, NOW) == maude.id


def test_a_second_tap_passes_nobody_elses_turn(town: Town) -> None:
    lea, maude, _ = rotation(town, "Yann")
    planned = chairs(town, lea)
    skip(town.uow, maude.id, town.toits.id, lea.id, planned.id, NOW)

    for about in (planned.id, MeetingId(99)):
        with pytest.raises(Outdated):
            skip(town.uow, maude.id, town.toits.id, lea.id, about, NOW)

    assert chair_of(town, planned) == maude.id


def test_who_is_alone_in_the_order_can_not_pass(town: Town) -> None:
    agrees(town)
    town.uow.path.put_chairs(town.toits.id, [town.member.id])
    planned = chairs(town, town.member)

    assert skip(town.uow, town.member.id, town.toits.id, town.member.id, planned.id, NOW) is None
    assert chair_of(town, planned) == town.member.id


def test_whose_turn_it_is_is_told_by_the_next_meeting_that_has_a_chair(town: Town) -> None:
    lea, maude = rotation(town)
    assert whose_turn(town.uow, town.toits.id, NOW) == lea.id

    meeting(town.uow, town.toits, EVENING - timedelta(days=1))
    chairs(town, maude)

    assert whose_turn(town.uow, town.toits.id, NOW) == maude.id


def test_who_is_named_has_had_their_turn_and_who_chaired_gets_theirs_back(town: Town) -> None:
    lea, maude, yann = rotation(town, "Yann")
    planned = chairs(town, lea)
    town.uow.path.put_chairs(town.toits.id, [maude.id, yann.id, lea.id])

    named = name_chair(town.uow, maude.id, planned.id, yann.id, NOW, PARIS)

    assert (named.chair_id, chair_of(town, planned)) == (yann.id, yann.id)
    assert order(town) == ["Léa", "Maude", "Yann"]
    assert told(town) == [("Yann", ChairTurn(planned.id, 0, Lead.WEEK)), ("Léa", TurnPassedOn(planned.id))]
    details = {"person": yann.id, "meeting": planned.id}
    assert town.audited() == [AuditLine(NOW, maude.id, "name_chair", f"coalition:{town.toits.id}", details)]


def test_a_meeting_without_a_chair_gets_one_who_is_reminded(town: Town) -> None:
    planned = meeting(town.uow, town.toits, EVENING)

    name_chair(town.uow, town.facilitator.id, planned.id, town.member.id, NOW, PARIS)
    name_chair(town.uow, town.facilitator.id, planned.id, town.member.id, NOW, PARIS)

    remind_until(town.uow, EVENING, NOW)
    assert [(each.name, each.at) for each in chair_reminders(town)] == [("Léa", WEEK_BEFORE)]


def test_only_a_member_chairs_and_only_what_is_to_come(town: Town) -> None:
    planned, over = meeting(town.uow, town.toits, EVENING), meeting(town.uow, town.toits, NOW)

    with pytest.raises(NotFound):
        name_chair(town.uow, town.facilitator.id, planned.id, town.stranger.id, NOW, PARIS)
    with pytest.raises(TooLate):
        name_chair(town.uow, town.facilitator.id, over.id, town.member.id, NOW, PARIS)


def test_the_turns_of_who_leaves_go_to_the_next_ones(town: Town) -> None:
    lea, maude, yann = rotation(town, "Yann")
    first, other, second = chairs(town, lea), chairs(town, maude, at=7), chairs(town, lea, at=14)
    over = chairs(town, lea, at=-30)
    town.uow.memberships.put(lea.id, town.toits.id, MembershipState.LEFT, NOW)

    hand_on_turns(town.uow, lea.id, town.toits.id, NOW)

    assert [chair_of(town, one) for one in (first, other, second)] == [maude.id, maude.id, yann.id]
    assert chair_of(town, over) == lea.id
    assert order(town) == ["Maude", "Yann"]
    assert told(town) == [
        ("Maude", ChairTurn(first.id, 0, Lead.WEEK)),
        ("Yann", ChairTurn(second.id, 0, Lead.WEEK)),
    ]


def test_where_nobody_is_left_a_meeting_has_no_chair(town: Town) -> None:
    agrees(town, rotating=False, chair=town.member)
    planned = chairs(town, town.member)
    town.uow.memberships.put(town.member.id, town.toits.id, MembershipState.LEFT, NOW)

    hand_on_turns(town.uow, town.member.id, town.toits.id, NOW)

    assert (chair_of(town, planned), told(town)) == (None, [])


def test_who_comes_back_is_not_in_the_order_any_more(town: Town) -> None:
    lea, _ = rotation(town)
    town.uow.memberships.put(lea.id, town.toits.id, MembershipState.LEFT, NOW)
    hand_on_turns(town.uow, lea.id, town.toits.id, NOW)

    joins(town.uow, lea, town.toits)

    assert order(town) == ["Maude"]


def chair_reminders(town: Town) -> list[Reminded]:
    """The reminders that were told: in these stories they are all of chairs."""
    return [each for each in town.reminded() if each.skipped is None]


def test_the_chair_is_reminded_a_week_before(town: Town) -> None:
    planned = chairs(town, town.member)
    remind_chair(town.uow, planned, NOW, PARIS)

    remind_until(town.uow, EVENING, NOW)

    assert told(town) == [("Léa", ChairTurn(planned.id, 0, Lead.WEEK))]
    assert [(each.name, each.at) for each in chair_reminders(town)] == [("Léa", WEEK_BEFORE)]


def test_who_took_over_is_reminded_in_place_of_who_passed(town: Town) -> None:
    lea, maude = rotation(town)
    planned = chairs(town, lea)
    remind_chair(town.uow, planned, NOW, PARIS)

    name_chair(town.uow, town.staff.id, planned.id, maude.id, NOW, PARIS)
    remind_until(town.uow, EVENING, NOW)

    assert [(each.name, each.at) for each in chair_reminders(town)] == [("Maude", WEEK_BEFORE)]


def test_who_takes_over_in_the_last_week_is_told_once(town: Town) -> None:
    lea, maude = rotation(town)
    planned = chairs(town, lea)
    remind_chair(town.uow, planned, NOW, PARIS)
    remind_at(town.uow, WEEK_BEFORE)

    later = WEEK_BEFORE + timedelta(days=2)
    name_chair(town.uow, town.staff.id, planned.id, maude.id, later, PARIS)
    town.uow.reminders.look_again(later)
    remind_until(town.uow, EVENING, later)

    turns = [name for name, notice in told(town) if isinstance(notice, ChairTurn)]
    assert turns == ["Léa", "Maude"]


def test_a_meeting_less_than_a_week_ahead_tells_its_chair_at_once(town: Town) -> None:
    planned = chairs(town, town.member)

    remind_chair(town.uow, planned, EVENING - timedelta(days=3), PARIS)

    assert told(town) == [("Léa", ChairTurn(planned.id, 0, Lead.WEEK))]


def test_a_meeting_without_a_chair_reminds_nobody(town: Town) -> None:
    remind_chair(town.uow, meeting(town.uow, town.toits, EVENING), EVENING - timedelta(days=3), PARIS)

    assert (told(town), town.uow.reminders.next_at()) == ([], None)


def test_no_setting_keeps_a_turn_from_who_took_it_but_a_pause_does(town: Town) -> None:
    planned = chairs(town, town.member)
    remind_chair(town.uow, planned, NOW, PARIS)
    town.prefers(town.member, leads=frozenset(), digest=True)
    remind_at(town.uow, WEEK_BEFORE)
    assert [name for name, _ in told(town)] == ["Léa"]

    other = chairs(town, town.facilitator, at=1)
    remind_chair(town.uow, other, NOW, PARIS)
    town.prefers(town.facilitator, paused_until=date(2026, 12, 7))
    remind_until(town.uow, EVENING, NOW)

    assert [name for name, _ in told(town)] == ["Léa"]


def test_a_meeting_that_is_gone_or_moved_reminds_no_chair(town: Town) -> None:
    planned = chairs(town, town.member)
    remind_chair(town.uow, planned, NOW, PARIS)
    moved = replace(planned, starts_at=paris(20, 18, 30), version=1)
    town.uow.meetings.save(moved)

    remind_until(town.uow, EVENING, NOW)
    assert told(town) == []
    remind_chair(town.uow, moved, EVENING, PARIS)
    remind_until(town.uow, moved.starts_at, EVENING)

    assert [(each.name, each.at) for each in chair_reminders(town)] == [("Léa", paris(13, 18, 30))]
