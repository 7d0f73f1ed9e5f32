from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from programme.actions import Action, RoadmapState, When
from programme.coalitions import CoalitionState
from programme.commitment_cards import CommitmentCard
from programme.errors import NotAllowed, NotFound, TooLate
from programme.ids import CoalitionId, CommitmentCardId
from programme.notices import VoteClosed, VoteOpened
from programme.territory import VoteRules
from programme.usecases.leave_coalition import leave_coalition
from programme.usecases.propose_action import ActionProposed, propose_action
from programme.usecases.vote import ROADMAP_ID, cast_ballot, close_votes, open_vote, withdraw_votes
from programme.votes import Ballot, Tally, Vote, VoteState, VoteSubject
from tests.programme.usecases.actions import PLAN_CLIMAT
from tests.programme.usecases.town import PARIS, Town
from tests.storage.brest import NOW, joins

RULES = VoteRules(quorum=50, majority=50, days=7)
CLOSES = NOW + timedelta(days=7)
FOR, AGAINST, ABSTAIN = Ballot.FOR, Ballot.AGAINST, Ballot.ABSTAIN


@pytest.fixture
def action(town: Town) -> Action:
    return proposed(town)


@pytest.fixture
def vote(town: Town, action: Action) -> Vote:  # noqa: ARG001 (what is voted on)
    return opened(town)


def test_vote_is_open_for_its_days_and_told_to_the_members(town: Town, action: Action, vote: Vote) -> None:
    assert town.uow.votes.get(vote.id) == vote
    assert (vote.subject, vote.subject_id, vote.opened_at, vote.closes_at) == (VoteSubject.ROADMAP, 0, NOW, CLOSES)
    assert (vote.quorum, vote.majority, vote.state, vote.result) == (50, 50, VoteState.OPEN, None)
    assert town.told() == [("Léa", VoteOpened(vote.id))]
    assert [(line.by, line.deed, line.subject) for line in town.audited()] == [
        (town.facilitator.id, "propose_action", f"action:{action.id}"),
        (town.facilitator.id, "open_vote", f"coalition:{town.toits.id}"),
    ]


def test_nobody_else_opens_one_and_nothing_proposed_needs_none(town: Town) -> None:
    for who in (town.member, town.stranger):
        with pytest.raises(NotAllowed):
            open_vote(town.uow, who.id, town.toits.id, VoteSubject.ROADMAP, ROADMAP_ID, RULES, NOW)
    with pytest.raises(TooLate):
        opened(town)
    with pytest.raises(NotFound):
        open_vote(town.uow, town.staff.id, town.toits.id, VoteSubject.ROADMAP, 3, RULES, NOW)
    town.uow.coalitions.save(replace(town.toits, state=CoalitionState.REFUSED))
    with pytest.raises(NotFound):
        opened(town)


def test_card_of_another_coalition_is_not_voted_on(town: Town) -> None:
    theirs, ours = a_card(town, town.lagune.id), a_card(town, town.toits.id)
    for number in (theirs.id, 999):
        with pytest.raises(NotFound):
            open_vote(town.uow, town.facilitator.id, town.toits.id, VoteSubject.COMMITMENT_CARD, number, RULES, NOW)

    vote = open_vote(town.uow, town.facilitator.id, town.toits.id, VoteSubject.COMMITMENT_CARD, ours.id, RULES, NOW)
    assert (vote.subject, vote.subject_id) == (VoteSubject.COMMITMENT_CARD, ours.id)


def test_second_tap_finds_the_vote_that_is_open(town: Town, vote: Vote) -> None:
    assert open_vote(town.uow, town.staff.id, town.toits.id, VoteSubject.ROADMAP, 0, RULES, NOW) == vote
    assert town.told() == [("Léa", VoteOpened(vote.id))]


def test_next_version_of_a_card_takes_the_place_of_the_one_before(town: Town, vote: Vote) -> None:
    first, second = a_card(town, town.toits.id), a_card(town, town.toits.id, version=2)
    by, toits = town.facilitator.id, town.toits.id
    earlier = open_vote(town.uow, by, toits, VoteSubject.COMMITMENT_CARD, first.id, RULES, NOW)
    later = open_vote(town.uow, by, toits, VoteSubject.COMMITMENT_CARD, second.id, RULES, NOW)

    assert town.uow.votes.get(earlier.id).state is VoteState.WITHDRAWN
    assert town.uow.votes.open_of(toits) == [vote, later]
    with pytest.raises(TooLate):
        cast_ballot(town.uow, town.member.id, earlier.id, FOR, NOW)


def test_ballot_can_change_until_the_vote_closes(town: Town, vote: Vote) -> None:
    joins(town.uow, town.newcomer(), town.toits)
    cast_ballot(town.uow, town.member.id, vote.id, FOR, NOW)
    cast_ballot(town.uow, town.member.id, vote.id, AGAINST, CLOSES - timedelta(seconds=1))

    assert town.uow.votes.tally(vote.id) == Tally(members=3, against=1)
    with pytest.raises(TooLate):
        cast_ballot(town.uow, town.member.id, vote.id, FOR, CLOSES)
    assert town.uow.votes.tally(vote.id) == Tally(members=3, against=1)


def test_only_members_vote(town: Town, vote: Vote) -> None:
    for who in (town.stranger, town.staff):
        with pytest.raises(NotAllowed):
            cast_ballot(town.uow, who.id, vote.id, FOR, NOW)
    leave_coalition(town.uow, town.member.id, town.toits.id, NOW)
    with pytest.raises(NotAllowed):
        cast_ballot(town.uow, town.member.id, vote.id, FOR, NOW)


def test_last_members_ballot_closes_the_vote_and_validates_the_roadmap(town: Town, action: Action, vote: Vote) -> None:
    assert cast_ballot(town.uow, town.member.id, vote.id, FOR, NOW) == vote
    closed = cast_ballot(town.uow, town.facilitator.id, vote.id, ABSTAIN, NOW)

    result = Tally(members=2, in_favour=1, abstained=1)
    assert closed == replace(vote, state=VoteState.ADOPTED, closed_at=NOW, result=result)
    assert town.uow.votes.get(vote.id) == closed
    assert town.uow.actions.get(action.id).roadmap is RoadmapState.VALIDATED
    assert town.told() == [
        ("Léa", VoteOpened(vote.id)),
        ("Léa", VoteClosed(vote.id)),
        ("Maude", VoteClosed(vote.id)),
    ]
    assert [(line.by, line.deed, line.details["state"]) for line in town.audited()[-1:]] == [
        (None, "close_vote", "adopted")
    ]


@pytest.mark.parametrize(
    ("ballots", "state"),
    [
        ((), VoteState.REJECTED),
        ((FOR,), VoteState.REJECTED),
        ((FOR, FOR), VoteState.ADOPTED),
        ((FOR, AGAINST), VoteState.REJECTED),
        ((FOR, ABSTAIN), VoteState.ADOPTED),
        ((ABSTAIN, ABSTAIN), VoteState.REJECTED),
        ((FOR, FOR, AGAINST), VoteState.ADOPTED),
    ],
)
def test_of_four_members_two_must_vote_and_more_than_half_be_for(
    town: Town, vote: Vote, ballots: tuple[Ballot, ...], state: VoteState
) -> None:
    for name in ("Yann", "Zoé"):
        joins(town.uow, town.newcomer(name), town.toits)
    voters = town.uow.memberships.members(town.toits.id)
    for who, ballot in zip(voters, ballots, strict=False):
        cast_ballot(town.uow, who, vote.id, ballot, NOW)

    assert close_votes(town.uow, CLOSES - timedelta(seconds=1), PARIS) is False
    assert close_votes(town.uow, CLOSES, PARIS) is True
    assert close_votes(town.uow, CLOSES, PARIS) is False

    assert town.uow.votes.get(vote.id).state is state
    validated = RoadmapState.VALIDATED if state is VoteState.ADOPTED else RoadmapState.PROPOSED
    assert [action.roadmap for action in town.uow.actions.roadmap(town.toits.id)] == [validated]


def test_two_thirds_are_more_than_two_thirds(town: Town, action: Action) -> None:  # noqa: ARG001 (what is voted on)
    strict = VoteRules(quorum=100, majority=66, days=1)
    joins(town.uow, town.newcomer(), town.toits)
    vote = open_vote(town.uow, town.facilitator.id, town.toits.id, VoteSubject.ROADMAP, 0, strict, NOW)
    for who, ballot in zip(town.uow.memberships.members(town.toits.id), (FOR, FOR, AGAINST), strict=True):
        cast_ballot(town.uow, who, vote.id, ballot, NOW)

    assert town.uow.votes.get(vote.id).state is VoteState.ADOPTED


def test_ballot_of_who_left_does_not_count_and_what_was_counted_stays(town: Town, vote: Vote) -> None:
    yann = town.newcomer()
    joins(town.uow, yann, town.toits)
    cast_ballot(town.uow, town.member.id, vote.id, AGAINST, NOW)
    cast_ballot(town.uow, yann.id, vote.id, FOR, NOW)
    leave_coalition(town.uow, town.member.id, town.toits.id, NOW)

    close_votes(town.uow, CLOSES, PARIS)
    assert town.uow.votes.get(vote.id).result == Tally(members=2, in_favour=1)
    leave_coalition(town.uow, yann.id, town.toits.id, CLOSES)
    closed = town.uow.votes.get(vote.id)
    assert (closed.state, closed.result) == (VoteState.ADOPTED, Tally(members=2, in_favour=1))


def test_vote_that_is_counted_late_ended_when_it_was_to(town: Town, vote: Vote) -> None:
    close_votes(town.uow, CLOSES + timedelta(days=2), PARIS)
    assert town.uow.votes.get(vote.id).closed_at == CLOSES


def test_vote_whose_time_is_over_is_counted_before_another_takes_its_place(town: Town, vote: Vote) -> None:
    joins(town.uow, town.newcomer(), town.toits)
    for who in (town.member, town.facilitator):
        cast_ballot(town.uow, who.id, vote.id, FOR, NOW)
    second = proposed(town, "Former les équipes", CLOSES)

    assert town.uow.votes.get(vote.id).state is VoteState.ADOPTED
    assert [(action.title, action.roadmap) for action in town.uow.actions.roadmap(town.toits.id)] == [
        ("Isoler les combles", RoadmapState.VALIDATED),
        (second.title, RoadmapState.PROPOSED),
    ]


def test_who_proposes_withdraws_what_is_no_longer_the_same(town: Town, vote: Vote) -> None:
    assert withdraw_votes(town.uow, town.facilitator.id, town.toits.id, VoteSubject.COMMITMENT_CARD, NOW) is False
    assert withdraw_votes(town.uow, town.facilitator.id, town.toits.id, VoteSubject.ROADMAP, NOW) is True
    assert town.uow.votes.get(vote.id).state is VoteState.WITHDRAWN
    assert town.uow.votes.next_close() is None


def proposed(town: Town, title: str = "Isoler les combles", at: datetime = NOW) -> Action:
    told = ActionProposed(title, "Deux jours", "12 MWh", When(date(2027, 3, 1)), town.member.id)
    return propose_action(town.uow, town.facilitator.id, town.toits.id, told, PLAN_CLIMAT, at)


def opened(town: Town) -> Vote:
    return open_vote(town.uow, town.facilitator.id, town.toits.id, VoteSubject.ROADMAP, ROADMAP_ID, RULES, NOW)


def a_card(town: Town, coalition_id: CoalitionId, version: int = 1) -> CommitmentCard:
    coalition = town.toits if coalition_id == town.toits.id else town.lagune
    card = CommitmentCard(CommitmentCardId(0), coalition.id, version, coalition.name, published_at=NOW)
    return town.uow.commitment_cards.publish(card)
