"""Campaigns: by a deadline, every coalition is asked to publish its commitment card, new or renewed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from programme.coalitions import Coalition
from programme.commitment_cards import CardField, CommitmentCard
from programme.ids import CampaignId, PersonId

CAMPAIGN_TITLE_MAX: Final = 80
CAMPAIGN_WORD_MAX: Final = 600


class CampaignState(StrEnum):
    """Where a campaign stands; one that is announced for a day to come is open already."""

    OPEN = "open"
    CLOSED = "closed"


class CardProgress(StrEnum):
    """How far a coalition is with its card in a campaign, from the end to the beginning."""

    PUBLISHED = "published"
    VOTE_OPEN = "vote_open"
    IN_PREPARATION = "in_preparation"
    NOT_BEGUN = "not_begun"


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a campaign when it was closed: how many coalitions there were, and how many had published."""

    published: int
    coalitions: int


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign; the cards that count are those published from `opens_at` on, when its first day begins.

    `due_on` is the last day; a new `version` begins whenever that day changes. `result` is there once it is closed.
    """

    id: CampaignId
    title: str
    word: str
    opens_at: datetime
    due_on: date
    version: int = 0
    state: CampaignState = CampaignState.OPEN
    opened_by: PersonId | None = None
    closed_at: datetime | None = None
    result: Result | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one coalition is; `card` is its latest one, whenever that was published, and `missing` is still empty."""

    coalition: Coalition
    progress: CardProgress
    card: CommitmentCard | None
    missing: tuple[CardField, ...] = ()

    @property
    def late(self) -> bool:
        """Whether its card is still awaited."""
        return self.progress in {CardProgress.IN_PREPARATION, CardProgress.NOT_BEGUN}


@dataclass(frozen=True, slots=True)
class Board:
    """Who is where in a campaign: the coalitions whose card is awaited come first, then the others, by name."""

    campaign: Campaign
    standings: Sequence[Standing]

    def count(self, progress: CardProgress) -> int:
        """How many coalitions are so far."""
        return sum(one.progress is progress for one in self.standings)
