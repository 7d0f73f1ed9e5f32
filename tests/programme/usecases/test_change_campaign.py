from dataclasses import replace
from datetime import date, timedelta

import pytest

from programme.campaigns import CampaignState, Result
from programme.errors import EndsBeforeStart, InThePast, NotAllowed, TooLate
from programme.notices import CampaignClosed, CampaignMoved, CampaignOpened, CampaignReminder
from programme.usecases.change_campaign import ChangedPlan, change_campaign, close_campaign
from tests.programme.usecases.campaign_life import DEADLINE, SPRING, TODAY, days_from_deadline, opened, publishes
from tests.programme.usecases.town import PARIS, Town, remind_at, remind_until
from tests.storage.brest import NOW, person

MARCH = date(2027, 3, 1)


def plan(due_on: date = MARCH, title: str = SPRING.title) -> ChangedPlan:
    return ChangedPlan(title, due_on, SPRING.word)


def test_chasers_follow_the_deadline_and_who_has_not_published_is_told(town: Town) -> None:
    campaign = opened(town)
    publishes(town, town.lagune, NOW)
    remind_until(town.uow, days_from_deadline(-13), NOW)
    changed = change_campaign(town.uow, town.staff.id, campaign.id, plan(), days_from_deadline(-13), PARIS)
    remind_until(town.uow, days_from_deadline(60), days_from_deadline(-13))

    assert (changed.due_on, changed.version) == (MARCH, 1)
    leads = [
        (notice.version, notice.lead.value)
        for name, notice in town.told()
        if name == "Maude" and isinstance(notice, CampaignReminder)
    ]
    before, after = ["d-30", "d-14"], ["d-30", "d-14", "d-7", "d-1", "d-0", "d+3"]
    assert leads == [*((0, lead) for lead in before), *((1, lead) for lead in after)]
    assert [each for each in town.told() if isinstance(each[1], CampaignMoved)] == [
        ("Maude", CampaignMoved(campaign.id, 1))
    ]
    assert [line.deed for line in town.audited()] == ["open_campaign", "change_campaign"]


def test_other_words_tell_nobody(town: Town) -> None:
    campaign = opened(town)
    renamed = change_campaign(town.uow, town.staff.id, campaign.id, plan(DEADLINE, "Printemps"), NOW, PARIS)
    assert renamed == replace(campaign, title="Printemps")
    assert change_campaign(town.uow, town.staff.id, campaign.id, plan(DEADLINE, "Printemps"), NOW, PARIS) == renamed
    assert town.told() == []
    assert [line.deed for line in town.audited()] == ["open_campaign", "change_campaign"]


def test_before_its_first_day_only_the_plan_changes(town: Town) -> None:
    campaign = opened(town, replace(SPRING, opens_on=TODAY + timedelta(days=5)))
    change_campaign(town.uow, town.staff.id, campaign.id, plan(), NOW, PARIS)
    assert town.told() == []

    remind_until(town.uow, NOW + timedelta(days=6), NOW)
    assert [name for name, notice in town.told() if notice == CampaignOpened(campaign.id)] == ["Maude", "Sam"]


def test_a_deadline_lies_ahead_and_after_the_opening(town: Town) -> None:
    campaign = opened(town, replace(SPRING, opens_on=TODAY + timedelta(days=5)))
    for due_on, refusal in ((TODAY - timedelta(days=1), InThePast), (TODAY + timedelta(days=5), EndsBeforeStart)):
        with pytest.raises(refusal):
            change_campaign(town.uow, town.staff.id, campaign.id, plan(due_on), NOW, PARIS)
    assert town.uow.campaigns.get(campaign.id) == campaign


def test_a_closed_one_asks_nobody_any_more_and_the_team_reads_what_came_of_it(town: Town) -> None:
    colleague = person(town.uow, "Paul")
    town.uow.people.appoint(colleague.id, staff=True)
    campaign = opened(town)
    publishes(town, town.lagune, NOW)
    closed = close_campaign(town.uow, town.staff.id, campaign.id, NOW)
    remind_until(town.uow, days_from_deadline(20), NOW)

    assert town.told() == [("Paul", CampaignClosed(campaign.id))]
    assert (closed.state, closed.closed_at, closed.result) == (CampaignState.CLOSED, NOW, Result(1, 2))
    assert (town.uow.campaigns.open_one(), town.uow.campaigns.closed()) == (None, [closed])
    again = opened(town, replace(SPRING, title="La suivante"))
    assert town.uow.campaigns.open_one() == again


def test_what_is_closed_stays_so_and_staff_alone_decide(town: Town) -> None:
    campaign = opened(town)
    for who in (town.facilitator, town.stranger):
        with pytest.raises(NotAllowed):
            change_campaign(town.uow, who.id, campaign.id, plan(), NOW, PARIS)
        with pytest.raises(NotAllowed):
            close_campaign(town.uow, who.id, campaign.id, NOW)
    close_campaign(town.uow, town.staff.id, campaign.id, NOW)
    with pytest.raises(TooLate):
        close_campaign(town.uow, town.staff.id, campaign.id, NOW)
    with pytest.raises(TooLate):
        change_campaign(town.uow, town.staff.id, campaign.id, plan(), NOW, PARIS)
    assert remind_at(town.uow, NOW) == 0
