"""Votes of coalitions, and their ballots."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import Connection, RowMapping, Select, bindparam, func, insert, select, update

from programme.errors import NotFound
from programme.ids import CoalitionId, PersonId, VoteId
from programme.memberships import MembershipState
from programme.votes import Ballot, Tally, Vote, VoteState, VoteSubject
from storage.engine import insert_new
from storage.tables.commitments import ballots, votes
from storage.tables.programme import memberships

BY_ID: Final = select(votes).where(votes.c.id == bindparam("vote"))
TO_CHANGE: Final = BY_ID.with_for_update()
ADD: Final = insert(votes)
SAVE: Final = update(votes).where(votes.c.id == bindparam("vote"))
LATEST_ON: Final = (
    select(votes)
    .where(
        votes.c.coalition_id == bindparam("coalition"),
        votes.c.subject == bindparam("about"),
        votes.c.subject_id == bindparam("about_id"),
    )
    .order_by(votes.c.id.desc())
    .limit(1)
)
OPEN_OF: Final = (
    select(votes)
    .where(votes.c.coalition_id == bindparam("coalition"), votes.c.state == VoteState.OPEN)
    .order_by(votes.c.id)
)
BALLOT: Final = select(ballots.c.ballot).where(
    ballots.c.vote_id == bindparam("vote"), ballots.c.person_id == bindparam("person")
)
CHANGE_BALLOT: Final = update(ballots).where(
    ballots.c.vote_id == bindparam("vote"), ballots.c.person_id == bindparam("person")
)
MEMBERS: Final = (
    select(func.count())
    .select_from(memberships)
    .join(votes, votes.c.coalition_id == memberships.c.coalition_id)
    .where(votes.c.id == bindparam("vote"), memberships.c.state == MembershipState.ACCEPTED)
)
COUNTS: Final = (
    select(ballots.c.ballot, func.count())
    .join(votes, votes.c.id == ballots.c.vote_id)
    .join(
        memberships,
        (memberships.c.coalition_id == votes.c.coalition_id)
        & (memberships.c.person_id == ballots.c.person_id)
        & (memberships.c.state == MembershipState.ACCEPTED),
    )
    .where(ballots.c.vote_id == bindparam("vote"))
    .group_by(ballots.c.ballot)
)
DUE: Final = (
    select(votes)
    .where(votes.c.state == VoteState.OPEN, votes.c.closes_at <= bindparam("now"))
    .order_by(votes.c.closes_at, votes.c.id)
    .limit(bindparam("most"))
)
NEXT_CLOSE: Final = select(func.min(votes.c.closes_at)).where(votes.c.state == VoteState.OPEN)


class SqlVotes:
    """The votes in the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, vote_id: VoteId) -> Vote:
        """Give a vote; raises NotFound."""
        return self._one(BY_ID, vote_id)

    def get_to_change(self, vote_id: VoteId) -> Vote:
        """Give a vote that nobody else changes until this turn ends; raises NotFound."""
        return self._one(TO_CHANGE, vote_id)

    def add(self, vote: Vote) -> Vote:
        """Keep a new vote under an id given here."""
        values = {
            "coalition_id": vote.coalition_id,
            "subject": vote.subject,
            "subject_id": vote.subject_id,
            "opened_by": vote.opened_by,
            "opened_at": vote.opened_at,
            "quorum": vote.quorum,
            "majority": vote.majority,
            **_columns(vote),
        }
        (new_id,) = cast("tuple[int]", self._connection.execute(ADD, values).inserted_primary_key)
        return replace(vote, id=VoteId(new_id))

    def save(self, vote: Vote) -> None:
        """Keep when a vote closes, where it stands and what was counted; what it is about stays."""
        self._connection.execute(SAVE, {"vote": vote.id, **_columns(vote)})

    def latest_on(self, coalition_id: CoalitionId, subject: VoteSubject, subject_id: int) -> Vote | None:
        """Give the latest vote of a coalition on something, whatever its state."""
        values = {"coalition": coalition_id, "about": subject, "about_id": subject_id}
        row = self._connection.execute(LATEST_ON, values).mappings().one_or_none()
        return None if row is None else _vote(row)

    def open_of(self, coalition_id: CoalitionId) -> Sequence[Vote]:
        """Give the open votes of a coalition, oldest first."""
        return [_vote(row) for row in self._connection.execute(OPEN_OF, {"coalition": coalition_id}).mappings()]

    def ballot_of(self, vote_id: VoteId, person_id: PersonId) -> Ballot | None:
        """Give what a person voted."""
        kept = self._connection.scalar(BALLOT, {"vote": vote_id, "person": person_id})
        return None if kept is None else Ballot(kept)

    def put_ballot(self, vote_id: VoteId, person_id: PersonId, ballot: Ballot, at: datetime) -> None:
        """Keep a person's ballot in place of the one before."""
        values: dict[str, Any] = {"ballot": ballot, "cast_at": at}
        if not insert_new(self._connection, ballots, [{"vote_id": vote_id, "person_id": person_id, **values}]):
            self._connection.execute(CHANGE_BALLOT, {"vote": vote_id, "person": person_id, **values})

    def tally(self, vote_id: VoteId) -> Tally:
        """Count the ballots of those who are accepted members."""
        counts = {Ballot(ballot): count for ballot, count in self._connection.execute(COUNTS, {"vote": vote_id})}
        return Tally(
            members=self._connection.scalars(MEMBERS, {"vote": vote_id}).one(),
            in_favour=counts.get(Ballot.FOR, 0),
            against=counts.get(Ballot.AGAINST, 0),
            abstained=counts.get(Ballot.ABSTAIN, 0),
        )

    def due_to_close(self, now: datetime, limit: int) -> Sequence[Vote]:
        """Give the open votes whose time is over, oldest first."""
        return [_vote(row) for row in self._connection.execute(DUE, {"now": now, "most": limit}).mappings()]

    def next_close(self) -> datetime | None:
        """Tell when the next open vote closes."""
        next_close: datetime | None = self._connection.scalar(NEXT_CLOSE)
        return next_close

    def _one(self, statement: Select[Any], vote_id: VoteId) -> Vote:
        row = self._connection.execute(statement, {"vote": vote_id}).mappings().one_or_none()
        if row is None:
            raise NotFound
        return _vote(row)


def _vote(row: RowMapping) -> Vote:
    return Vote(
        id=row[votes.c.id],
        coalition_id=row[votes.c.coalition_id],
        subject=VoteSubject(row[votes.c.subject]),
        subject_id=row[votes.c.subject_id],
        opened_by=row[votes.c.opened_by],
        opened_at=row[votes.c.opened_at],
        closes_at=row[votes.c.closes_at],
        quorum=row[votes.c.quorum],
        majority=row[votes.c.majority],
        state=VoteState(row[votes.c.state]),
        closed_at=row[votes.c.closed_at],
        result=_result(row),
    )


def _result(row: RowMapping) -> Tally | None:
    if row[votes.c.members] is None:
        return None
    return Tally(row[votes.c.members], row[votes.c.in_favour], row[votes.c.against], row[votes.c.abstained])


def _columns(vote: Vote) -> dict[str, Any]:
    result = vote.result
    return {
        "closes_at": vote.closes_at,
        "state": vote.state,
        "closed_at": vote.closed_at,
        "members": None if result is None else result.members,
        "in_favour": None if result is None else result.in_favour,
        "against": None if result is None else result.against,
        "abstained": None if result is None else result.abstained,
    }
