"""Votes: registered members validate a commitment card or a roadmap."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from programme.ids import CoalitionId, PersonId, VoteId


class VoteSubject(StrEnum):
    """What is voted on."""

    COMMITMENT_CARD = "commitment_card"
    ROADMAP = "roadmap"


class VoteState(StrEnum):
    """Where a vote stands; one without its quorum is rejected."""

    OPEN = "open"
    ADOPTED = "adopted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Ballot(StrEnum):
    """What a member votes."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True)
class Tally:
    """The ballots of those who are members, and how many members there are."""

    members: int
    in_favour: int = 0
    against: int = 0
    abstained: int = 0

    @property
    def voted(self) -> int:
        """How many members voted."""
        return self.in_favour + self.against + self.abstained

    def reaches_quorum(self, vote: "Vote") -> bool:
        """Tell whether enough members voted."""
        return self.voted >= vote.voters_wanted(self.members)

    def adopts(self, vote: "Vote") -> bool:
        """Tell whether the vote passes."""
        expressed = self.in_favour + self.against
        return self.reaches_quorum(vote) and self.in_favour * 100 > vote.majority * expressed


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote of a coalition; `subject_id` is the id of the commitment card, 0 for the roadmap.

    `quorum` is the share of the members who must vote, `majority` the share of those for among those for or against,
    both in percent and as they were when it was opened: as many or more for the quorum, more than it for the majority.
    `result` is what was counted when it closed: who leaves later changes nothing of it.
    """

    id: VoteId
    coalition_id: CoalitionId
    subject: VoteSubject
    subject_id: int
    opened_by: PersonId | None
    opened_at: datetime
    closes_at: datetime
    quorum: int
    majority: int
    state: VoteState = VoteState.OPEN
    closed_at: datetime | None = None
    result: Tally | None = None

    def voters_wanted(self, members: int) -> int:
        """Give how many of so many members must vote for the vote to count."""
        return max(1, -(-self.quorum * members // 100))
