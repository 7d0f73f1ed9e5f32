from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from programme.campaigns import Campaign
from programme.errors import EndsBeforeStart, InThePast, NotAllowed, NotWellFormed, Outdated, Refusal
from programme.leads import LEADS, EventKind, Lead
from programme.notices import CampaignOpened, CampaignReminder
from programme.quiet_hours import QuietHours
from programme.usecases.name_facilitator import name_facilitator
from programme.usecases.open_campaign import CampaignPlan, open_campaign
from tests.programme.usecases.campaign_life import DEADLINE, SPRING, TODAY, days_from_deadline, nine, opened, publishes
from tests.programme.usecases.town import PARIS, Town, remind_at, remind_until
from tests.storage.brest import NOW, joins

LATER = replace(SPRING, opens_on=date(2026, 12, 7))


def test_who_facilitates_is_told_at_once_where_it_begins_today(town: Town) -> None:
    campaign = opened(town)
    remind_at(town.uow, NOW)

    assert town.uow.campaigns.open_one() == campaign
    assert (campaign.title, campaign.due_on, campaign.word) == (SPRING.title, DEADLINE, SPRING.word)
    assert town.told() == [("Maude", CampaignOpened(campaign.id)), ("Sam", CampaignOpened(campaign.id))]
    assert [(line.by, line.deed, line.subject) for line in town.audited()] == [
        (town.staff.id, "open_campaign", f"campaign:{campaign.id}")
    ]


def test_one_that_begins_later_is_told_in_the_morning_of_its_first_day_once(town: Town) -> None:
    campaign = opened(town, LATER)
    remind_until(town.uow, nine(LATER.opens_on) - timedelta(minutes=1), NOW)
    assert town.told() == []

    remind_until(town.uow, nine(LATER.opens_on) + timedelta(days=10), NOW)
    assert town.told() == [("Maude", CampaignOpened(campaign.id)), ("Sam", CampaignOpened(campaign.id))]


def test_quiet_hours_hold_the_opening_back(town: Town) -> None:
    town.prefers(town.facilitator, quiet_hours=QuietHours(time(20), time(12)))
    opened(town)
    remind_at(town.uow, NOW)
    assert [name for name, _ in town.told()] == ["Sam"]

    remind_until(town.uow, NOW + timedelta(hours=3), NOW)
    assert [(one.name, one.at) for one in town.reminded()] == [("Sam", NOW), ("Maude", NOW + timedelta(hours=2))]


def test_who_begins_to_facilitate_meanwhile_is_told_too(town: Town) -> None:
    opened(town)
    remind_until(town.uow, NOW + timedelta(days=1), NOW)
    newcomer = town.newcomer()
    joins(town.uow, newcomer, town.toits)
    later = NOW + timedelta(days=2)
    name_facilitator(town.uow, town.staff.id, town.uow.memberships.of(newcomer.id, town.toits.id).id, later)  # type: ignore[union-attr]  # they have just joined
    remind_at(town.uow, later)

    assert [name for name, notice in town.told() if isinstance(notice, CampaignOpened)] == ["Maude", "Sam", "Yann"]


def test_chasers_come_by_the_leads_until_the_card_is_published(town: Town) -> None:
    campaign = opened(town)
    publishes(town, town.lagune, days_from_deadline(-20))
    remind_until(town.uow, days_from_deadline(20), NOW)

    asked = [notice for name, notice in town.told() if name == "Maude"]
    assert asked == [
        CampaignOpened(campaign.id),
        *(CampaignReminder(campaign.id, 0, lead) for lead in LEADS[EventKind.CAMPAIGN]),
    ]
    assert [each.at for each in town.reminders_of(town.facilitator)][1:] == [
        days_from_deadline(days) for days in (-30, -14, -7, -1, 0, 3)
    ]


def test_who_has_published_is_left_alone(town: Town) -> None:
    campaign = opened(town)
    remind_until(town.uow, days_from_deadline(-10), NOW)
    publishes(town, town.lagune, days_from_deadline(-10))
    remind_until(town.uow, days_from_deadline(20), days_from_deadline(-10))

    assert [notice for name, notice in town.told() if name == "Sam"] == [
        CampaignOpened(campaign.id),
        CampaignReminder(campaign.id, 0, Lead.MONTH),
        CampaignReminder(campaign.id, 0, Lead.FORTNIGHT),
    ]


def test_a_card_of_before_the_opening_does_not_count(town: Town) -> None:
    publishes(town, town.toits, NOW - timedelta(days=300))
    opened(town)
    remind_at(town.uow, NOW)

    assert [name for name, _ in town.told()] == ["Maude", "Sam"]


def test_no_setting_keeps_a_chaser_away_but_a_pause_does(town: Town) -> None:
    town.prefers(town.facilitator, leads=frozenset(), digest=True)
    town.prefers(town.stranger, paused_until=DEADLINE + timedelta(days=30))
    opened(town)
    remind_until(town.uow, days_from_deadline(20), NOW)

    assert {name for name, _ in town.told()} == {"Maude"}
    assert len(town.told()) == 1 + len(LEADS[EventKind.CAMPAIGN])


def test_a_short_campaign_has_only_the_chasers_that_are_ahead(town: Town) -> None:
    plan = replace(SPRING, due_on=TODAY + timedelta(days=7))
    campaign = opened(town, plan)
    remind_until(town.uow, nine(plan.due_on) + timedelta(days=20), NOW)

    leads = [notice.lead for name, notice in town.told() if name == "Sam" and isinstance(notice, CampaignReminder)]
    assert leads == [Lead.DAY, Lead.SAME_DAY, Lead.THREE_DAYS_AFTER]
    assert campaign.version == 0


@pytest.mark.parametrize(
    ("plan", "refusal"),
    [
        (replace(SPRING, opens_on=TODAY - timedelta(days=1)), InThePast),
        (replace(SPRING, due_on=TODAY), EndsBeforeStart),
        (replace(SPRING, title=" \u200b"), NotWellFormed),
        (replace(SPRING, word="x" * 601), NotWellFormed),
    ],
)
def test_days_and_words_are_checked(town: Town, plan: CampaignPlan, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        opened(town, plan)
    assert town.uow.campaigns.open_one() is None


def test_one_at_a_time_and_staff_only(town: Town) -> None:
    for who in (town.member, town.facilitator, town.stranger):
        with pytest.raises(NotAllowed):
            open_campaign(town.uow, who.id, SPRING, NOW, PARIS)
    first = opened(town)
    with pytest.raises(Outdated):
        opened(town, replace(LATER, title="Une autre"))
    assert town.uow.campaigns.open_one() == first


def test_cards_count_from_the_beginning_of_the_first_day(town: Town) -> None:
    campaign: Campaign = opened(town)
    assert campaign.opens_at == datetime(2026, 11, 24, tzinfo=PARIS)
