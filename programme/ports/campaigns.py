"""Campaigns, whom they concern, and who was chased by hand."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from programme.campaigns import Campaign
from programme.ids import CampaignId, CoalitionId, PersonId
from programme.ports.meetings import Concerned


class Campaigns(Protocol):
    """The campaigns."""

    def get(self, campaign_id: CampaignId) -> Campaign:
        """Give a campaign; raises NotFound."""

    def open_one(self) -> Campaign | None:
        """Give the campaign that is open, if there is one."""

    def closed(self) -> Sequence[Campaign]:
        """Give those that are over, the latest first."""

    def add(self, campaign: Campaign) -> Campaign:
        """Keep a new campaign, its id given here; raises Outdated where another one is open, and this one too."""

    def save(self, campaign: Campaign) -> None:
        """Keep what changed of a campaign."""

    def concerned(self, campaign_id: CampaignId, after: PersonId, limit: int) -> Sequence[Concerned]:
        """Give the reachable people who facilitate a coalition whose card is awaited, by id from after `after`."""

    def chased(self, campaign_id: CampaignId) -> Mapping[CoalitionId, date]:
        """Give the last day on which staff chased each coalition that they did chase."""

    def note_chased(self, campaign_id: CampaignId, coalition_ids: Iterable[CoalitionId], on: date) -> None:
        """Note that staff chased these coalitions on a day."""
