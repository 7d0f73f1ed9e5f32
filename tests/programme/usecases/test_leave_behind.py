from dataclasses import replace
from datetime import date, timedelta

import pytest

from programme.actions import ActionState, RoadmapState
from programme.groups import CardKind, Group, GroupCard
from programme.path import Agreement, Step, StepProgress
from programme.usecases.erase_person import erase_person
from programme.usecases.join_coalition import join_coalition
from programme.usecases.leave_coalition import leave_coalition
from programme.usecases.remove_member import remove_member
from tests.programme.usecases.town import PARIS, Town
from tests.storage.brest import NEXT_WEEK, NOW, action, joins, meeting, milestone

LATER = NOW + timedelta(hours=1)
TODAY = date(2026, 11, 24)
GROUP = -1_002_000_000_001


def goes(town: Town, way: str) -> None:
    """Have Léa leave, or be removed, or erased."""
    if way == "leaves":
        leave_coalition(town.uow, town.member.id, town.toits.id, LATER)
    elif way == "is removed":
        membership = town.uow.memberships.of(town.member.id, town.toits.id)
        assert membership is not None
        remove_member(town.uow, town.facilitator.id, membership.id, LATER)
    else:
        erase_person(town.uow, town.member.id, LATER, PARIS)


WAYS = pytest.mark.parametrize("way", ["leaves", "is removed", "is erased"])


def agree(town: Town, *, rotating: bool) -> None:
    chair = None if rotating else town.member.id
    town.uow.path.put_agreement(Agreement(town.toits.id, rotating, chair, "Chaque mois", "", "", ""), NOW)


@WAYS
def test_the_next_one_chairs_what_they_were_to_chair(town: Town, way: str) -> None:
    agree(town, rotating=True)
    town.uow.path.put_chairs(town.toits.id, [town.member.id, town.facilitator.id])
    planned = meeting(town.uow, town.toits, NEXT_WEEK)
    town.uow.meetings.save(replace(planned, chair_id=town.member.id))

    goes(town, way)

    assert town.uow.meetings.get(planned.id).chair_id == town.facilitator.id
    assert town.uow.path.chairs(town.toits.id) == [town.facilitator.id]


@WAYS
def test_a_fixed_chair_who_goes_leaves_the_chair_free(town: Town, way: str) -> None:
    agree(town, rotating=False)
    planned = meeting(town.uow, town.toits, NEXT_WEEK)
    town.uow.meetings.save(replace(planned, chair_id=town.member.id))

    goes(town, way)

    agreement = town.uow.path.agreement(town.toits.id)
    assert agreement is not None
    assert (agreement.chair_id, town.uow.meetings.get(planned.id).chair_id) == (None, None)


@WAYS
def test_what_they_were_to_do_has_no_owner(town: Town, way: str) -> None:
    uow, toits, lea = town.uow, town.toits, town.member
    uow.path.put_step(toits.id, StepProgress(Step.INVITE, TODAY, lea.id))
    planned = uow.milestones.add(replace(milestone(uow, "card", of=toits), code="own", owner_id=lea.id))
    to_do = action(uow, toits, by=town.facilitator)
    uow.actions.save(replace(to_do, roadmap=RoadmapState.VALIDATED, owner_id=lea.id))

    goes(town, way)

    assert uow.path.steps(toits.id)[Step.INVITE] == StepProgress(Step.INVITE, TODAY, None)
    assert uow.milestones.get(planned.id).owner_id is None
    assert uow.actions.get(to_do.id).owner_id is None


def test_what_they_did_stays_theirs_unless_they_are_erased(town: Town) -> None:
    uow, toits, lea = town.uow, town.toits, town.member
    reached = uow.milestones.add(replace(milestone(uow, "card", of=toits), code="own", owner_id=lea.id))
    uow.milestones.save(replace(reached, done_at=NOW))
    done = action(uow, toits, state=ActionState.DONE)
    uow.actions.save(replace(done, roadmap=RoadmapState.VALIDATED, owner_id=lea.id))

    leave_coalition(uow, lea.id, toits.id, LATER)
    assert (uow.milestones.get(reached.id).owner_id, uow.actions.get(done.id).owner_id) == (lea.id, lea.id)

    erase_person(uow, lea.id, LATER, PARIS)
    assert (uow.milestones.get(reached.id).owner_id, uow.actions.get(done.id).owner_id) == (None, None)


def test_who_had_only_asked_leaves_nothing_behind(town: Town) -> None:
    agree(town, rotating=True)
    town.uow.path.put_chairs(town.toits.id, [town.facilitator.id])
    join_coalition(town.uow, town.stranger.id, town.toits.id, NOW)

    leave_coalition(town.uow, town.stranger.id, town.toits.id, LATER)

    assert town.uow.path.chairs(town.toits.id) == [town.facilitator.id]


def stands(town: Town, *cards: GroupCard) -> None:
    """Have these cards stand in the group of « Toits solaires », with nothing of them left to send."""
    group = Group(GROUP, None, town.toits.id)
    town.uow.groups.bind(group, NOW)
    for card in cards:
        town.uow.group_cards.show(card, group, NOW)
    town.connection.exec_driver_sql("DELETE FROM outbox")


def changed(town: Town) -> list[str]:
    """Give the anchors of the cards that are to be changed."""
    rows = town.connection.exec_driver_sql("SELECT anchor FROM outbox WHERE anchor LIKE 'card:%' ORDER BY anchor")
    return [row.anchor for row in rows]


@WAYS
def test_the_cards_that_count_members_change_when_somebody_goes(town: Town, way: str) -> None:
    to_come, over = meeting(town.uow, town.toits, NEXT_WEEK), meeting(town.uow, town.toits, NOW - timedelta(days=3))
    cards = [GroupCard(CardKind.MEETING, one.id) for one in (to_come, over)]
    stands(town, *cards, GroupCard(CardKind.STEPS, town.toits.id))

    goes(town, way)

    of_meetings = [f"card:meeting:{to_come.id}", f"card:meeting:{over.id}"]
    kept = of_meetings if way == "is erased" else of_meetings[:1]
    assert changed(town) == [*kept, f"card:steps:{town.toits.id}"]


def test_the_cards_change_when_somebody_comes(town: Town) -> None:
    town.opens()
    stands(town, GroupCard(CardKind.STEPS, town.toits.id))

    join_coalition(town.uow, town.stranger.id, town.toits.id, LATER)

    assert changed(town) == [f"card:steps:{town.toits.id}"]


def test_an_erased_person_is_on_no_card_of_a_coalition_they_had_left(town: Town) -> None:
    over = meeting(town.uow, town.toits, NOW - timedelta(days=3))
    stands(town, GroupCard(CardKind.MEETING, over.id))
    joins(town.uow, town.newcomer(), town.toits)
    leave_coalition(town.uow, town.member.id, town.toits.id, LATER)
    assert changed(town) == []

    erase_person(town.uow, town.member.id, LATER, PARIS)

    assert changed(town) == [f"card:meeting:{over.id}"]
