"""Commitment cards: published versions, which never change, and what was corrected for the next one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from programme.commitment_cards import CardCorrections, CommitmentCard
from programme.ids import CoalitionId, CommitmentCardId


class CommitmentCards(Protocol):
    """The cards of the coalitions."""

    def get(self, card_id: CommitmentCardId) -> CommitmentCard:
        """Give a published version; raises NotFound."""

    def publish(self, card: CommitmentCard) -> CommitmentCard:
        """Keep a new version, its id given here; raises Outdated where this version was published already."""

    def versions(self, coalition_id: CoalitionId) -> Sequence[CommitmentCard]:
        """Give a coalition's published versions, the latest first."""

    def latest_of_each(self) -> Sequence[CommitmentCard]:
        """Give the latest published version of every active coalition that has one, by the coalition's name."""

    def corrections(self, coalition_id: CoalitionId) -> CardCorrections:
        """Give what was written in place of what is known."""

    def put_corrections(self, coalition_id: CoalitionId, corrections: CardCorrections, now: datetime) -> None:
        """Keep what is written in place of what is known."""
