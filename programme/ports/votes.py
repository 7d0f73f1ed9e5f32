"""Votes of coalitions, and their ballots."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from programme.ids import CoalitionId, PersonId, VoteId
from programme.votes import Ballot, Tally, Vote, VoteSubject


class Votes(Protocol):
    """What members validate; a ballot is never shown with its name."""

    def get(self, vote_id: VoteId) -> Vote:
        """Give a vote; raises NotFound."""

    def get_to_change(self, vote_id: VoteId) -> Vote:
        """Give a vote that nobody else changes until this turn ends; raises NotFound."""

    def add(self, vote: Vote) -> Vote:
        """Keep a new vote; its id is given here, whatever it was."""

    def save(self, vote: Vote) -> None:
        """Keep what changed of a vote."""

    def latest_on(self, coalition_id: CoalitionId, subject: VoteSubject, subject_id: int) -> Vote | None:
        """Give the latest vote of a coalition on something, whatever its state."""

    def open_of(self, coalition_id: CoalitionId) -> Sequence[Vote]:
        """Give the open votes of a coalition, oldest first."""

    def ballot_of(self, vote_id: VoteId, person_id: PersonId) -> Ballot | None:
        """Give what a person voted."""

    def put_ballot(self, vote_id: VoteId, person_id: PersonId, ballot: Ballot, at: datetime) -> None:
        """Keep a person's ballot in place of the one before."""

    def tally(self, vote_id: VoteId) -> Tally:
        """Count the ballots of those who are accepted members."""

    def due_to_close(self, now: datetime, limit: int) -> Sequence[Vote]:
        """Give the open votes whose time is over, oldest first."""

    def next_close(self) -> datetime | None:
        """Tell when the next open vote closes."""
