from dataclasses import replace
from datetime import timedelta

import pytest

from programme.campaigns import Campaign, CampaignState, Result
from programme.coalitions import CoalitionState
from programme.commitment_cards import CommitmentCard
from programme.errors import NotFound, Outdated
from programme.ids import CampaignId, CommitmentCardId, PersonId
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NEXT_WEEK, NOW, TODAY, coalition, joins, person

SPRING = Campaign(CampaignId(0), "Engagements de printemps", "Merci.", NOW, NEXT_WEEK.date())


def test_what_changes_is_kept_and_its_first_day_stays(uow: SqlUnitOfWork) -> None:
    kept = uow.campaigns.add(SPRING)
    assert uow.campaigns.get(kept.id) == replace(SPRING, id=kept.id) == kept

    changed = replace(kept, title="Printemps", word="", due_on=TODAY, version=1)
    uow.campaigns.save(changed)
    assert uow.campaigns.open_one() == changed
    with pytest.raises(NotFound):
        uow.campaigns.get(CampaignId(99))


def test_one_is_open_and_the_others_come_the_latest_first(uow: SqlUnitOfWork) -> None:
    first = uow.campaigns.add(SPRING)
    with pytest.raises(Outdated):
        uow.campaigns.add(replace(SPRING, title="Une autre"))

    over = replace(first, state=CampaignState.CLOSED, closed_at=NOW, result=Result(3, 8))
    uow.campaigns.save(over)
    second = uow.campaigns.add(replace(SPRING, title="Une autre"))
    later = replace(second, state=CampaignState.CLOSED, closed_at=NEXT_WEEK, result=Result(0, 0))
    uow.campaigns.save(later)

    assert (uow.campaigns.open_one(), uow.campaigns.closed()) == (None, [later, over])


def test_who_facilitates_is_concerned_while_a_card_is_awaited(uow: SqlUnitOfWork) -> None:
    lea, maude, sam, tom = (person(uow, name) for name in ("Léa", "Maude", "Sam", "Tom"))
    toits, quais = coalition(uow, "Toits"), coalition(uow, "Quais")
    joins(uow, lea, toits)
    for who, where in (
        (maude, toits),
        (maude, quais),
        (sam, quais),
        (tom, coalition(uow, "Refusée", state=CoalitionState.REFUSED)),
    ):
        joins(uow, who, where, facilitator=True)
    campaign = uow.campaigns.add(SPRING)

    def concerned(after: int = 0, limit: int = 10) -> list[PersonId]:
        found = uow.campaigns.concerned(campaign.id, PersonId(after), limit)
        assert all(one.facilitator for one in found)
        return [one.person_id for one in found]

    assert concerned() == [maude.id, sam.id]
    assert (concerned(after=maude.id), concerned(limit=1)) == ([sam.id], [maude.id])
    for version, published_at in ((1, NOW - timedelta(seconds=1)), (2, NOW)):
        card = CommitmentCard(CommitmentCardId(0), quais.id, version, "Quais", published_at=published_at)
        uow.commitment_cards.publish(card)
        assert concerned() == ([maude.id, sam.id] if version == 1 else [maude.id])
    uow.people.save(replace(maude, reachable=False))
    assert concerned() == []


def test_the_last_day_on_which_each_was_chased_is_kept(uow: SqlUnitOfWork) -> None:
    toits, quais = coalition(uow, "Toits"), coalition(uow, "Quais")
    campaign = uow.campaigns.add(SPRING)
    uow.campaigns.note_chased(campaign.id, [toits.id, quais.id], TODAY)
    uow.campaigns.note_chased(campaign.id, [quais.id], NEXT_WEEK.date())

    assert uow.campaigns.chased(campaign.id) == {toits.id: TODAY, quais.id: NEXT_WEEK.date()}
