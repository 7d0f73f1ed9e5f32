from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from programme.errors import NobodyFacilitates, NotAllowed, TooEarly, TooLate
from programme.ids import CoalitionId
from programme.notices import CampaignChased
from programme.quiet_hours import QuietHours
from programme.usecases.chase_campaign import chase_campaign
from storage.tables.delivery import outbox
from tests.programme.usecases.campaign_life import SPRING, TODAY, opened, publishes
from tests.programme.usecases.town import PARIS, Town
from tests.storage.brest import NOW, coalition, joins

TOMORROW = NOW + timedelta(days=1)


def chased(town: Town, which: CoalitionId | None = None, now: datetime = NOW) -> int:
    campaign = town.uow.campaigns.open_one()
    assert campaign is not None
    return chase_campaign(town.uow, town.staff.id, campaign.id, which, now, PARIS)


def test_all_whose_card_is_awaited_are_asked_once_a_day(town: Town) -> None:
    campaign = opened(town)
    publishes(town, town.lagune, NOW)

    assert chased(town) == 1
    assert town.told() == [("Maude", CampaignChased(campaign.id))]
    assert town.uow.campaigns.chased(campaign.id) == {town.toits.id: TODAY}
    with pytest.raises(TooLate):
        chased(town)
    assert chased(town, now=TOMORROW) == 1
    assert len(town.told()) == 2
    assert [(line.deed, line.details) for line in town.audited()][1] == (
        "chase_campaign",
        {"coalitions": 1, "people": 1},
    )


def test_one_coalition_is_asked_and_the_others_may_be_later_that_day(town: Town) -> None:
    opened(town)
    assert chased(town, town.toits.id) == 1
    assert [name for name, _ in town.told()] == ["Maude"]
    with pytest.raises(TooLate):
        chased(town, town.toits.id)

    assert chased(town) == 1
    assert [name for name, _ in town.told()] == ["Maude", "Sam"]


def test_who_facilitates_two_reads_one_message_a_day(town: Town) -> None:
    other = coalition(town.uow, "Vélos")
    joins(town.uow, town.facilitator, other, facilitator=True)
    opened(town)

    assert (chased(town, town.toits.id), chased(town, other.id)) == (1, 1)
    assert [name for name, _ in town.told()] == ["Maude"]


def test_quiet_hours_hold_it_back_and_a_pause_keeps_it_away(town: Town) -> None:
    town.prefers(town.facilitator, quiet_hours=QuietHours(time(9), time(14)))
    town.prefers(town.stranger, paused_until=TODAY + timedelta(days=3))
    opened(town)

    assert chased(town) == 1
    assert town.connection.scalars(select(outbox.c.due_at)).all() == [datetime(2026, 11, 24, 13, tzinfo=UTC)]
    with pytest.raises(NobodyFacilitates):
        chased(town, town.lagune.id)


def test_a_coalition_that_nobody_facilitates_has_nobody_to_ask(town: Town) -> None:
    alone = coalition(town.uow, "Vélos")
    opened(town)
    with pytest.raises(NobodyFacilitates):
        chased(town, alone.id)
    assert chased(town) == 2
    with pytest.raises(TooLate):
        chased(town)


def test_not_before_its_first_day_nor_for_a_published_card(town: Town) -> None:
    opened(town, replace(SPRING, opens_on=TODAY + timedelta(days=1)))
    with pytest.raises(TooEarly):
        chased(town)
    publishes(town, town.toits, TOMORROW)
    with pytest.raises(TooLate):
        chased(town, town.toits.id, TOMORROW)


def test_staff_alone_chase(town: Town) -> None:
    campaign = opened(town)
    for who in (town.member, town.facilitator, town.stranger):
        with pytest.raises(NotAllowed):
            chase_campaign(town.uow, who.id, campaign.id, None, NOW, PARIS)
    assert town.told() == []
