"""Votes: members validate a commitment card or a roadmap, each by one ballot that nobody else sees."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from programme.actions import RoadmapState, to_validate
from programme.audit import AuditLine
from programme.errors import NotFound, TooLate
from programme.groups import CardKind, GroupCard
from programme.ids import CoalitionId, CommitmentCardId, PersonId, VoteId
from programme.notices import VoteClosed, VoteOpened
from programme.ports import UnitOfWork
from programme.territory import VoteRules
from programme.usecases.rights import led_coalition, require_member
from programme.votes import Ballot, Vote, VoteState, VoteSubject

ROADMAP_ID: Final = 0
"""The subject id of a vote on a roadmap: a coalition has one only."""


def open_vote(
    uow: UnitOfWork,
    by: PersonId,
    coalition_id: CoalitionId,
    subject: VoteSubject,
    subject_id: int,
    rules: VoteRules,
    now: datetime,
) -> Vote:
    """Have the members vote; where this very thing is being voted on, that vote goes on.

    An older open vote on the same kind of thing is withdrawn. Raises NotAllowed, NotFound where the coalition is not
    active or the card is not its own, TooLate where its roadmap holds nothing to validate.
    """
    led_coalition(uow, by, coalition_id)
    for earlier in _open_on(uow, coalition_id, subject, now):
        if earlier.subject_id == subject_id:
            return earlier
    _require_subject(uow, coalition_id, subject, subject_id)
    withdraw_votes(uow, by, coalition_id, subject, now)
    vote = uow.votes.add(
        Vote(
            id=VoteId(0),
            coalition_id=coalition_id,
            subject=subject,
            subject_id=subject_id,
            opened_by=by,
            opened_at=now,
            closes_at=now + timedelta(days=rules.days),
            quorum=rules.quorum,
            majority=rules.majority,
        )
    )
    members = [member for member in uow.memberships.members(coalition_id) if member != by]
    uow.notices.tell(members, VoteOpened(vote.id), f"vote_opened:{vote.id}", now)
    for group in uow.groups.of_coalition(coalition_id):
        uow.group_cards.show(vote_card(vote.id), group, now)
    _refresh_subject(uow, vote, now)
    details: dict[str, str | int] = {"vote": vote.id, "subject": subject.value, "subject_id": subject_id}
    uow.audit.add(AuditLine(now, by, "open_vote", f"coalition:{coalition_id}", details))
    return vote


def withdraw_votes(
    uow: UnitOfWork, by: PersonId, coalition_id: CoalitionId, subject: VoteSubject, now: datetime
) -> bool:
    """Take back the open votes of a coalition on a kind of thing, which is no longer what they were opened on.

    Tells whether there was one. Who may do so is for the caller to know.
    """
    open_ones = _open_on(uow, coalition_id, subject, now)
    for vote in open_ones:
        _end(uow, vote, VoteState.WITHDRAWN, now)
        uow.audit.add(AuditLine(now, by, "withdraw_vote", f"coalition:{coalition_id}", {"vote": vote.id}))
    return bool(open_ones)


def cast_ballot(uow: UnitOfWork, person_id: PersonId, vote_id: VoteId, ballot: Ballot, now: datetime) -> Vote:
    """Keep a member's ballot in place of the one before; the last member's closes the vote.

    Raises NotAllowed for others, TooLate once it is closed or its time is over.
    """
    vote = uow.votes.get_to_change(vote_id)
    require_member(uow, person_id, vote.coalition_id)
    if vote.state is not VoteState.OPEN or vote.closes_at <= now:
        raise TooLate
    uow.votes.put_ballot(vote_id, person_id, ballot, now)
    uow.group_cards.refresh(vote_card(vote_id), now)
    tally = uow.votes.tally(vote_id)
    return _close(uow, vote, now) if tally.voted == tally.members else vote


def close_votes(uow: UnitOfWork, now: datetime, zone: ZoneInfo) -> bool:  # noqa: ARG001 (what every batch of the schedule gets)
    """Close the next vote whose time is over; false when there is none any more."""
    due = uow.votes.due_to_close(now, limit=1)
    if not due:
        return False
    vote = uow.votes.get_to_change(due[0].id)
    if vote.state is VoteState.OPEN:
        _close(uow, vote, now)
    return True


def vote_card(vote_id: VoteId) -> GroupCard:
    """Give the card of a vote in groups."""
    return GroupCard(CardKind.VOTE, vote_id)


def _open_on(uow: UnitOfWork, coalition_id: CoalitionId, subject: VoteSubject, now: datetime) -> list[Vote]:
    """Give the open votes of a coalition on a kind of thing; those whose time is over are closed first."""
    open_ones = [vote for vote in uow.votes.open_of(coalition_id) if vote.subject is subject]
    for vote in open_ones:
        if vote.closes_at <= now:
            _close(uow, vote, now)
    return [vote for vote in open_ones if vote.closes_at > now]


def _require_subject(uow: UnitOfWork, coalition_id: CoalitionId, subject: VoteSubject, subject_id: int) -> None:
    if subject is VoteSubject.COMMITMENT_CARD:
        if uow.commitment_cards.get(CommitmentCardId(subject_id)).coalition_id != coalition_id:
            raise NotFound
        return
    if subject_id != ROADMAP_ID:
        raise NotFound
    if not to_validate(uow.actions.roadmap(coalition_id)):
        raise TooLate


def _close(uow: UnitOfWork, vote: Vote, now: datetime) -> Vote:
    """Count the ballots, carry out what was adopted, and tell the members."""
    adopted = uow.votes.tally(vote.id).adopts(vote)
    if adopted and vote.subject is VoteSubject.ROADMAP:
        for action in to_validate(uow.actions.roadmap(vote.coalition_id)):
            uow.actions.save(replace(action, roadmap=RoadmapState.VALIDATED))
    closed = _end(uow, vote, VoteState.ADOPTED if adopted else VoteState.REJECTED, now)
    members = uow.memberships.members(vote.coalition_id)
    uow.notices.tell(members, VoteClosed(vote.id), f"vote_closed:{vote.id}", now)
    details: dict[str, str | int] = {"vote": vote.id, "state": closed.state.value}
    uow.audit.add(AuditLine(now, None, "close_vote", f"coalition:{vote.coalition_id}", details))
    return closed


def _end(uow: UnitOfWork, vote: Vote, state: VoteState, now: datetime) -> Vote:
    # One that is counted late, after the bot stood still, ended when it was to.
    ended = replace(vote, state=state, closed_at=min(now, vote.closes_at), result=uow.votes.tally(vote.id))
    uow.votes.save(ended)
    uow.group_cards.refresh(vote_card(vote.id), now)
    _refresh_subject(uow, vote, now)
    return ended


def _refresh_subject(uow: UnitOfWork, vote: Vote, now: datetime) -> None:
    """Have the roadmap's card show that it is voted on, and what came of it."""
    if vote.subject is VoteSubject.ROADMAP:
        uow.group_cards.refresh(GroupCard(CardKind.ROADMAP, vote.coalition_id), now)
