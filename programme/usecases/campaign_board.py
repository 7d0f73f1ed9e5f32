"""The board of a campaign: which coalition is how far with its commitment card, and whose card is awaited."""

from collections.abc import Sequence

from programme.campaigns import Board, Campaign, CardProgress, Standing
from programme.coalitions import Coalition
from programme.commitment_cards import CardFields, CommitmentCard
from programme.ids import CampaignId, PersonId
from programme.ports import UnitOfWork
from programme.territory import Territory
from programme.usecases.commitment_card import InWords, changed_since, corrected_fields, missing, next_card
from programme.usecases.rights import require_staff
from programme.votes import VoteState, VoteSubject


def campaign_board(
    uow: UnitOfWork, by: PersonId, campaign_id: CampaignId, territory: Territory, in_words: InWords
) -> Board:
    """Give who is where, for staff; raises NotAllowed or NotFound."""
    require_staff(uow, by)
    campaign = uow.campaigns.get(campaign_id)
    cards = {card.coalition_id: card for card in uow.commitment_cards.latest_of_each()}
    standings = [
        _standing(uow, campaign, coalition, cards.get(coalition.id), territory, in_words)
        for coalition in uow.coalitions.active()
    ]
    return Board(campaign, sorted(standings, key=lambda one: not one.late))


def awaited_coalitions(uow: UnitOfWork, campaign: Campaign) -> Sequence[Coalition]:
    """Give the active coalitions that have published no card since the campaign opened, by name."""
    published = {card.coalition_id for card in uow.commitment_cards.latest_of_each() if counts(campaign, card)}
    return [coalition for coalition in uow.coalitions.active() if coalition.id not in published]


def awaited_from(
    uow: UnitOfWork, campaign: Campaign, person_id: PersonId, territory: Territory, in_words: InWords
) -> Sequence[Standing]:
    """Give how far the coalitions are that a person facilitates and whose card is awaited, by name."""
    standings = [
        _standing(
            uow, campaign, coalition, next(iter(uow.commitment_cards.versions(coalition.id)), None), territory, in_words
        )
        for coalition in uow.coalitions.led_by(person_id)
    ]
    return [one for one in standings if one.late]


def counts(campaign: Campaign, card: CommitmentCard) -> bool:
    """Tell whether a card was published since the campaign opened."""
    return card.published_at is not None and card.published_at >= campaign.opens_at


def _standing(
    uow: UnitOfWork,
    campaign: Campaign,
    coalition: Coalition,
    latest: CommitmentCard | None,
    territory: Territory,
    in_words: InWords,
) -> Standing:
    if latest is not None and counts(campaign, latest):
        vote = uow.votes.latest_on(coalition.id, VoteSubject.COMMITMENT_CARD, latest.id)
        voting = vote is not None and vote.state is VoteState.OPEN
        return Standing(coalition, CardProgress.VOTE_OPEN if voting else CardProgress.PUBLISHED, latest)
    card = next_card(uow, coalition, territory, in_words)
    begun = _begun(uow, coalition, card.fields) if latest is None else changed_since(card, latest)
    progress = CardProgress.IN_PREPARATION if begun else CardProgress.NOT_BEGUN
    return Standing(coalition, progress, latest, missing(card.fields))


def _begun(uow: UnitOfWork, coalition: Coalition, fields: CardFields) -> bool:
    """Tell whether anybody has worked towards a first card: its other fields are known from the beginning."""
    return bool(fields.way_of_working or fields.first_actions or corrected_fields(uow, coalition.id))
