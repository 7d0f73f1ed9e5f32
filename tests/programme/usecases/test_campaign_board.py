from datetime import timedelta

import pytest

from programme.campaigns import Board, CardProgress, Standing
from programme.commitment_cards import CardField
from programme.errors import NotAllowed
from programme.ids import CampaignId
from programme.territory import VoteRules
from programme.usecases.campaign_board import campaign_board
from programme.usecases.commitment_card import correct_card
from programme.usecases.vote import open_vote
from programme.votes import VoteSubject
from tests.programme.usecases.campaign_life import opened, publishes
from tests.programme.usecases.support_life import BREST
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW, action, coalition


def board(town: Town, campaign_id: CampaignId) -> Board:
    return campaign_board(town.uow, town.staff.id, campaign_id, BREST, lambda agreement: agreement.frequency)


def standing(town: Town, campaign_id: CampaignId) -> Standing:
    (found,) = [one for one in board(town, campaign_id).standings if one.coalition.id == town.toits.id]
    return found


def test_a_coalition_goes_from_nothing_to_a_published_card(town: Town) -> None:
    campaign = opened(town)
    assert standing(town, campaign.id).progress is CardProgress.NOT_BEGUN

    action(town.uow, town.toits)
    begun = standing(town, campaign.id)
    assert begun.progress is CardProgress.IN_PREPARATION
    assert begun.missing == (CardField.MEMBERS, CardField.WAY_OF_WORKING, CardField.STAKES)
    for field, value in (
        (CardField.MEMBERS, ("ENIB",)),
        (CardField.WAY_OF_WORKING, "Chaque mois"),
        (CardField.STAKES, ("mobility",)),
    ):
        correct_card(town.uow, town.facilitator.id, town.toits.id, field, value, BREST, NOW)
    assert standing(town, campaign.id) == Standing(town.toits, CardProgress.IN_PREPARATION, None)

    card = publishes(town, town.toits, NOW)
    assert standing(town, campaign.id) == Standing(town.toits, CardProgress.PUBLISHED, card)
    open_vote(town.uow, town.facilitator.id, town.toits.id, VoteSubject.COMMITMENT_CARD, card.id, VoteRules(), NOW)
    assert standing(town, campaign.id) == Standing(town.toits, CardProgress.VOTE_OPEN, card)


def test_the_card_of_the_year_before_is_to_be_renewed(town: Town) -> None:
    card = publishes(town, town.toits, NOW - timedelta(days=300))
    campaign = opened(town)
    renewing = standing(town, campaign.id)
    assert (renewing.progress, renewing.card) == (CardProgress.IN_PREPARATION, card)
    assert renewing.late


def test_those_whose_card_is_awaited_come_first_and_all_are_counted(town: Town) -> None:
    campaign = opened(town)
    coalition(town.uow, "Vélos")
    publishes(town, town.lagune, NOW)
    found = board(town, campaign.id)

    assert [one.coalition.name for one in found.standings] == ["Toits solaires", "Vélos", "Lagune"]
    assert {progress: found.count(progress) for progress in CardProgress} == {
        CardProgress.PUBLISHED: 1,
        CardProgress.VOTE_OPEN: 0,
        CardProgress.IN_PREPARATION: 0,
        CardProgress.NOT_BEGUN: 2,
    }


def test_the_board_is_for_staff(town: Town) -> None:
    campaign = opened(town)
    with pytest.raises(NotAllowed):
        campaign_board(town.uow, town.facilitator.id, campaign.id, BREST, lambda _: "")
