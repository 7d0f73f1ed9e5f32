from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from programme.coalitions import CoalitionState
from programme.ids import MilestoneId
from programme.leads import EventKind, Lead
from programme.memberships import MembershipState
from programme.milestones import Milestone
from programme.notices import MilestoneReminder
from programme.people import Person
from programme.quiet_hours import QuietHours
from programme.reminders import milestone_reminders
from programme.usecases.decide_proposal import decide_proposal
from programme.usecases.introduce_person import mark_reachable
from programme.usecases.propose_coalition import Proposal, propose_coalition
from tests.programme.usecases.town import PARIS, Reminded, Town, remind_at, remind_until
from tests.storage.brest import NOW, coalition, joins

DUE_ON = date(2027, 4, 1)
LONG_AFTER = datetime(2027, 5, 1, tzinfo=UTC)


def at_nine(day: date) -> datetime:
    return datetime.combine(day, time(9), PARIS).astimezone(UTC)


def milestone(town: Town, *, of_toits: bool = False, owner: Person | None = None) -> Milestone:
    """The spring commitments, of the whole programme or of « Toits solaires » alone, with their reminders."""
    whose, owner_id = town.toits.id if of_toits else None, None if owner is None else owner.id
    title = "Publier les fiches d’engagement"
    kept = town.uow.milestones.add(
        Milestone(MilestoneId(0), "spring", whose, title, "", DUE_ON, version=0, owner_id=owner_id)
    )
    town.uow.reminders.plan(EventKind.MILESTONE, kept.id, 0, milestone_reminders(DUE_ON, PARIS))
    return kept


def told(town: Town) -> dict[str, list[str]]:
    """The leads by which each person was reminded, by name."""
    found: dict[str, list[str]] = {}
    for each in town.reminded():
        assert each.skipped is None
        found.setdefault(each.name, []).append(each.lead)
    return found


BEFORE_AND_ON_THE_DAY = ["d-30", "d-14", "d-7", "d-1", "d-0"]
UNTIL_IT_IS_DONE = [*BEFORE_AND_ON_THE_DAY, "d+3", "d+10"]


def test_members_are_reminded_until_the_day_and_facilitators_until_it_is_done(town: Town) -> None:
    milestone(town)

    remind_until(town.uow, LONG_AFTER, NOW)

    assert told(town) == {"Léa": BEFORE_AND_ON_THE_DAY, "Maude": UNTIL_IT_IS_DONE, "Sam": UNTIL_IT_IS_DONE}
    assert town.uow.reminders.next_at() is None


def test_a_milestone_is_reminded_at_nine_on_the_clock(town: Town) -> None:
    milestone(town)

    remind_until(town.uow, LONG_AFTER, NOW)

    assert town.reminders_of(town.facilitator) == [
        Reminded("Maude", "d-30", at_nine(date(2027, 3, 2))),
        Reminded("Maude", "d-14", at_nine(date(2027, 3, 18))),
        Reminded("Maude", "d-7", at_nine(date(2027, 3, 25))),
        Reminded("Maude", "d-1", at_nine(date(2027, 3, 31))),
        Reminded("Maude", "d-0", at_nine(date(2027, 4, 1))),
        Reminded("Maude", "d+3", at_nine(date(2027, 4, 4))),
        Reminded("Maude", "d+10", at_nine(date(2027, 4, 11))),
    ]


def test_a_reminder_names_the_milestone_its_version_and_the_lead(town: Town) -> None:
    spring = milestone(town, of_toits=True)

    remind_at(town.uow, at_nine(DUE_ON - timedelta(days=1)))

    assert town.told()[-1] == ("Maude", MilestoneReminder(spring.id, 0, Lead.DAY))


def test_a_coalitions_own_milestone_is_its_owners_business_then_the_facilitators(town: Town) -> None:
    milestone(town, of_toits=True, owner=town.member)
    joins(town.uow, town.newcomer(), town.toits)

    remind_until(town.uow, LONG_AFTER, NOW)

    assert told(town) == {"Léa": UNTIL_IT_IS_DONE, "Maude": ["d-0", "d+3", "d+10"]}


def test_facilitators_stand_in_for_an_owner_that_there_is_not(town: Town) -> None:
    milestone(town, of_toits=True)

    remind_until(town.uow, LONG_AFTER, NOW)

    assert told(town) == {"Maude": UNTIL_IT_IS_DONE}


def test_facilitators_stand_in_for_an_owner_who_leaves_or_blocks_the_bot(town: Town) -> None:
    milestone(town, of_toits=True, owner=town.member)
    remind_until(town.uow, at_nine(DUE_ON - timedelta(days=30)), NOW)
    mark_reachable(town.uow, town.member.id, NOW, reachable=False)
    remind_until(town.uow, at_nine(DUE_ON - timedelta(days=14)), at_nine(DUE_ON - timedelta(days=30)))
    mark_reachable(town.uow, town.member.id, NOW, reachable=True)
    town.uow.memberships.put(town.member.id, town.toits.id, MembershipState.LEFT, NOW)
    remind_until(town.uow, at_nine(DUE_ON - timedelta(days=7)), at_nine(DUE_ON - timedelta(days=14)))

    assert (town.leads_of(town.member), town.leads_of(town.facilitator)) == (["d-30"], ["d-14", "d-7"])


def test_given_up_milestone_is_reminded_no_more(town: Town) -> None:
    own = milestone(town, of_toits=True, owner=town.member)
    remind_until(town.uow, at_nine(DUE_ON - timedelta(days=14)), NOW)

    town.uow.milestones.save(replace(own, given_up_at=at_nine(DUE_ON - timedelta(days=10))))
    remind_until(town.uow, LONG_AFTER, at_nine(DUE_ON - timedelta(days=10)))

    assert told(town) == {"Léa": ["d-30", "d-14"]}


def test_who_is_in_two_coalitions_is_reminded_once_and_as_a_facilitator_of_either(town: Town) -> None:
    milestone(town)
    joins(town.uow, town.member, town.lagune, facilitator=True)
    joins(town.uow, town.facilitator, town.lagune)

    remind_until(town.uow, LONG_AFTER, NOW)

    assert told(town) == dict.fromkeys(("Léa", "Maude", "Sam"), UNTIL_IT_IS_DONE)


def test_a_milestone_done_is_reminded_to_nobody(town: Town) -> None:
    spring = milestone(town)
    remind_until(town.uow, at_nine(DUE_ON - timedelta(days=7)), NOW)

    town.uow.milestones.save(replace(spring, done_at=at_nine(DUE_ON - timedelta(days=6))))
    remind_until(town.uow, LONG_AFTER, at_nine(DUE_ON - timedelta(days=6)))

    until_then = ["d-30", "d-14", "d-7"]
    assert told(town) == {"Léa": until_then, "Maude": until_then, "Sam": until_then}
    assert town.uow.reminders.next_at() is None


def test_a_milestone_done_after_its_day_troubles_no_facilitator_any_more(town: Town) -> None:
    spring = milestone(town)
    remind_until(town.uow, at_nine(DUE_ON + timedelta(days=3)), NOW)

    town.uow.milestones.save(replace(spring, done_at=at_nine(DUE_ON + timedelta(days=4))))
    remind_until(town.uow, LONG_AFTER, at_nine(DUE_ON + timedelta(days=4)))

    assert told(town)["Maude"] == [*BEFORE_AND_ON_THE_DAY, "d+3"]


@pytest.mark.parametrize("state", [MembershipState.ASKED, MembershipState.REFUSED, MembershipState.LEFT])
def test_who_is_in_no_coalition_is_not_reminded(town: Town, state: MembershipState) -> None:
    milestone(town)
    town.uow.memberships.put(town.member.id, town.toits.id, state, NOW)
    joins(town.uow, town.newcomer(), coalition(town.uow, "Une idée", state=CoalitionState.PROPOSED))

    remind_until(town.uow, LONG_AFTER, NOW)

    assert sorted(told(town)) == ["Maude", "Sam"]


def test_who_paused_is_unreachable_or_wants_none_is_not_reminded(town: Town) -> None:
    milestone(town)
    town.prefers(town.member, paused_until=date(2027, 6, 1))
    town.prefers(town.facilitator, leads=frozenset({Lead.DAY}))
    mark_reachable(town.uow, town.stranger.id, NOW, reachable=False)

    remind_until(town.uow, LONG_AFTER, NOW)

    assert told(town) == {"Maude": ["d-1"]}


def test_a_milestone_that_moved_is_reminded_by_its_new_day_only(town: Town) -> None:
    spring = milestone(town, of_toits=True, owner=town.member)
    remind_until(town.uow, at_nine(DUE_ON - timedelta(days=30)), NOW)
    later = DUE_ON + timedelta(days=45)

    town.uow.milestones.save(replace(spring, due_on=later, version=1))
    town.uow.reminders.plan(EventKind.MILESTONE, spring.id, 1, milestone_reminders(later, PARIS))
    remind_until(town.uow, at_nine(later), at_nine(DUE_ON - timedelta(days=30)))

    assert [(each.lead, each.at) for each in town.reminders_of(town.member)] == [
        ("d-30", at_nine(DUE_ON - timedelta(days=30))),
        *(
            (lead, at_nine(later - timedelta(days=days)))
            for lead, days in (("d-30", 30), ("d-14", 14), ("d-7", 7), ("d-1", 1), ("d-0", 0))
        ),
    ]


def test_after_an_outage_the_same_days_reminder_is_told_on_that_day_and_not_on_the_next(town: Town) -> None:
    milestone(town)
    remind_until(town.uow, at_nine(DUE_ON - timedelta(days=1)), NOW)
    town.prefers(town.stranger, quiet_hours=QuietHours(time(8), time(18)))

    remind_until(town.uow, at_nine(DUE_ON) + timedelta(hours=3), at_nine(DUE_ON) + timedelta(hours=3))
    midnight = datetime(2027, 4, 2, 0, 30, tzinfo=PARIS).astimezone(UTC)
    remind_until(town.uow, midnight, midnight)

    assert [each for each in town.reminded() if each.lead == "d-0"] == [
        Reminded("Léa", "d-0", at_nine(DUE_ON) + timedelta(hours=3)),
        Reminded("Maude", "d-0", at_nine(DUE_ON) + timedelta(hours=3)),
        Reminded("Sam", "d-0", midnight, skipped="too late"),
    ]


def test_a_proposer_whose_coalition_is_approved_is_reminded_of_what_is_near(town: Town) -> None:
    milestone(town)
    yann = town.newcomer()
    compost = propose_coalition(town.uow, yann.id, Proposal("Des déchets.", "Compost", "Composter.", "area"), NOW)
    approved_at = at_nine(DUE_ON - timedelta(days=4))
    remind_until(town.uow, approved_at, NOW)

    decide_proposal(town.uow, town.staff.id, compost.id, approved_at, approved=True)
    remind_until(town.uow, LONG_AFTER, approved_at)

    assert town.reminders_of(yann)[0] == Reminded("Yann", "d-7", approved_at)
    assert town.leads_of(yann) == ["d-7", "d-1", "d-0", "d+3", "d+10"]
