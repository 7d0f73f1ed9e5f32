from dataclasses import replace
from datetime import timedelta

import pytest

from programme.coalitions import Coalition
from programme.errors import NotFound
from programme.ids import VoteId
from programme.memberships import MembershipState
from programme.people import Person
from programme.votes import Ballot, Tally, Vote, VoteState, VoteSubject
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NOW, coalition, joins, person

CLOSES = NOW + timedelta(days=7)


def vote(uow: SqlUnitOfWork, of: Coalition, subject: VoteSubject = VoteSubject.ROADMAP, subject_id: int = 0) -> Vote:
    return uow.votes.add(Vote(VoteId(0), of.id, subject, subject_id, None, NOW, CLOSES, quorum=50, majority=66))


def member(uow: SqlUnitOfWork, name: str, of: Coalition) -> Person:
    who = person(uow, name)
    joins(uow, who, of)
    return who


def test_vote_is_kept_with_what_came_of_it(uow: SqlUnitOfWork) -> None:
    toits, lea = coalition(uow, "Toits"), person(uow, "Léa")
    opened = uow.votes.add(
        Vote(VoteId(0), toits.id, VoteSubject.COMMITMENT_CARD, 3, lea.id, NOW, CLOSES, quorum=40, majority=60)
    )
    assert uow.votes.get(opened.id) == opened == uow.votes.get_to_change(opened.id)

    closed = replace(opened, state=VoteState.REJECTED, closed_at=CLOSES, result=Tally(9, 2, 3, 1))
    uow.votes.save(closed)
    assert uow.votes.get(opened.id) == closed
    for give in (uow.votes.get, uow.votes.get_to_change):
        with pytest.raises(NotFound):
            give(VoteId(99))


def test_ballots_of_members_count_and_the_last_of_each_only(uow: SqlUnitOfWork) -> None:
    toits = coalition(uow, "Toits")
    lea, maude, sam, nour = (member(uow, name, toits) for name in ("Léa", "Maude", "Sam", "Nour"))
    on_roadmap, other = vote(uow, toits), vote(uow, toits)
    for who, ballot in ((lea, Ballot.FOR), (maude, Ballot.AGAINST), (sam, Ballot.ABSTAIN), (lea, Ballot.AGAINST)):
        uow.votes.put_ballot(on_roadmap.id, who.id, ballot, NOW)

    assert uow.votes.tally(on_roadmap.id) == Tally(members=4, against=2, abstained=1)
    assert uow.votes.tally(other.id) == Tally(members=4)
    assert [uow.votes.ballot_of(on_roadmap.id, who.id) for who in (lea, nour)] == [Ballot.AGAINST, None]

    uow.memberships.put(maude.id, toits.id, MembershipState.LEFT, NOW)
    assert uow.votes.tally(on_roadmap.id) == Tally(members=3, against=1, abstained=1)
    uow.own_data.erase(sam)
    assert uow.votes.tally(on_roadmap.id) == Tally(members=2, against=1)


def test_open_votes_are_found_by_coalition_and_by_their_end(uow: SqlUnitOfWork) -> None:
    toits, eau = coalition(uow, "Toits"), coalition(uow, "Eau")
    assert uow.votes.next_close() is None
    first, card = vote(uow, toits), vote(uow, toits, VoteSubject.COMMITMENT_CARD, 4)
    sooner = replace(vote(uow, eau), closes_at=NOW + timedelta(days=1))
    uow.votes.save(sooner)

    assert uow.votes.open_of(toits.id) == [first, card]
    assert uow.votes.next_close() == sooner.closes_at
    assert uow.votes.due_to_close(sooner.closes_at - timedelta(seconds=1), limit=10) == []
    assert uow.votes.due_to_close(CLOSES, limit=2) == [sooner, first]

    uow.votes.save(replace(sooner, state=VoteState.ADOPTED, closed_at=CLOSES))
    assert uow.votes.due_to_close(CLOSES, limit=10) == [first, card]
    assert (uow.votes.open_of(eau.id), uow.votes.next_close()) == ([], CLOSES)


def test_latest_vote_on_something_is_the_last_one_opened(uow: SqlUnitOfWork) -> None:
    toits, eau = coalition(uow, "Toits"), coalition(uow, "Eau")
    withdrawn = vote(uow, toits)
    uow.votes.save(replace(withdrawn, state=VoteState.WITHDRAWN, closed_at=NOW))
    latest, card = vote(uow, toits), vote(uow, toits, VoteSubject.COMMITMENT_CARD, 4)

    assert uow.votes.latest_on(toits.id, VoteSubject.ROADMAP, 0) == latest
    assert uow.votes.latest_on(toits.id, VoteSubject.COMMITMENT_CARD, 4) == card
    assert uow.votes.latest_on(toits.id, VoteSubject.COMMITMENT_CARD, 5) is None
    assert uow.votes.latest_on(eau.id, VoteSubject.ROADMAP, 0) is None
